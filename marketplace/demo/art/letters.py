"""Writing with outlines, so that a picture needs no font where it is shown."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib.resources import files

Glyph = tuple[int, list[tuple[int, int, str]]]


@cache
def _table() -> dict[str, Glyph]:
    """Advance and contours of each character, in thousandths of the size."""
    text = files(__package__).joinpath("letters.json").read_text(encoding="utf-8")
    table: dict[str, Glyph] = json.loads(text)
    return table


def width_of(words: str, size: float, track: int = 0) -> float:
    """Width in picture units; `track` = extra space between letters in thousandths of size."""
    table = _table()
    advance = sum(table[letter][0] + track for letter in words) - track
    return max(advance, 0) * size / 1000


def writing(
    words: str,
    middle: float,
    baseline: float,
    size: float,
    fill: str,
    *,
    at_most: float = 1e9,
    track: int = 0,
) -> str:
    """One centred line as a single path; made smaller where it would be wider than `at_most`.

    Raises: KeyError for a character that is not in the table.
    """
    width = width_of(words, size, track)
    if width > at_most:
        size, width = size * at_most / width, at_most
    table, pen = _table(), 0
    way: list[str] = []
    for letter in words:
        advance, contours = table[letter]
        way.extend(f"M{x + pen} {y}{commands}" for x, y, commands in contours)
        pen += advance + track
    place = f"translate({middle - width / 2:.1f} {baseline:.1f}) scale({size / 1000:.4f})"
    return f'<path transform="{place}" fill="{fill}" d="{"".join(way)}"/>'


def unknown_letters(words: str) -> set[str]:
    """The characters of the words that cannot be written."""
    return set(words) - set(_table())


def writable(words: str) -> str:
    """The words with letters that are not in the table as their plain base, others left out."""
    known = _table()
    plain = ("".join(unicodedata.normalize("NFKD", letter)) if letter not in known else letter
             for letter in words)
    return " ".join("".join(part for letter in plain for part in letter if part in known).split())
