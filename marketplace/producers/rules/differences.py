"""What changed between two versions of a text. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

MOST_WORDS = 4_000


def difference(old: str, new: str) -> Sequence[tuple[str, str]]:
    """The text as stretches of words: ("same" | "out" | "in", words), in the order of reading.

    Very long texts are compared by lines.
    """
    cut = r"\S+\s*" if len(new) + len(old) < 8 * MOST_WORDS else r"[^\n]*\n?"
    before, after = re.findall(cut, old), re.findall(cut, new)
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(after[c:d])))
            continue
        if a < b:
            found.append(("out", "".join(before[a:b])))
        if c < d:
            found.append(("in", "".join(after[c:d])))
    return found
