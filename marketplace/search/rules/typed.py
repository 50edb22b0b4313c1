"""The two signs that mean something in a query: quotes for a phrase, a minus for without. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marketplace.search.rules.analysis import LONGEST_QUERY, fold, stem, tokens

_QUOTED = re.compile("[\"“”„«»]([^\"“”„«»]{2,})[\"“”„«»]")
_MINUS = re.compile(r"(?<!\S)-(?=[^\W\d_])(\S+)")
DENIED = frozenset(("frei", "free", "kein", "keine", "keinen", "keiner", "nicht", "no", "not",
                    "ohne", "without"))
NEAR = 3
"""So many words before an unwanted one a text may say that it is without it."""
SHORTEST_PART = 4

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: words to look for, phrases by stems, words that must not be there."""

    words: str
    phrases: tuple[Stems, ...] = ()
    without: tuple[str, ...] = ()


def read(typed: str) -> Typed:
    """Take quotes and minuses out of a query; an odd quote, or nothing but minuses, is text."""
    cut = typed[:LONGEST_QUERY]
    phrases = tuple(_stems(tokens(one)) for one in _QUOTED.findall(cut))
    plain = _QUOTED.sub(r" \1 ", cut)
    without = tuple(word for one in _MINUS.findall(plain) for word in tokens(one))
    wanted = _MINUS.sub(" ", plain)
    if not tokens(wanted):
        return Typed(plain, tuple(one for one in phrases if len(one) > 1))
    return Typed(" ".join(wanted.split()), tuple(one for one in phrases if len(one) > 1), without)


def _stems(words: Iterable[str]) -> Stems:
    return tuple(stem(word) for word in words)


def holds(text: str, phrase: Stems) -> bool:
    """Whether a text has the words of a phrase one after the other, in any of their forms."""
    said = _stems(tokens(text))
    return any(said[at:at + len(phrase)] == phrase for at in range(len(said) - len(phrase) + 1))


def names(text: str, unwanted: str) -> bool:
    """Whether a text names what nobody wants, unless it says there that it is without it.

    Vectors: ("mit Haselnüssen", "nüsse") and ("nuts", "nut") hold; ("ohne Nüsse", "nüsse"),
    ("Becher ohne Henkel", "henkel") and ("nussfrei", "nüsse") do not.
    """
    words = tokens(text)
    wanted = tokens(unwanted)
    return bool(wanted) and any(
        _same(words[at:at + len(wanted)], wanted) and not DENIED & set(words[max(at - NEAR, 0):at])
        for at in range(len(words) - len(wanted) + 1))


def _same(said: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(stem(one) == stem(two) or _part(one, two)
               for one, two in zip(said, wanted, strict=True))


def _part(said: str, wanted: str) -> bool:
    """Whether a compound ends with the word: "Haselnüsse" are nuts."""
    end = stem(fold(wanted))
    return len(end) >= SHORTEST_PART and stem(said).endswith(end)
