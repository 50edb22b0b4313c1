"""The reader itself: figures first, then the marketplace's own words, longest phrase first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from marketplace.search.rules.analysis import LONGEST_QUERY, fold, is_function_word, stem
from marketplace.search.rules.wishes.chips import Chip, Kind, Part, Vocabulary, Wish
from marketplace.search.rules.wishes.figures import read_figures
from marketplace.search.rules.wishes.steering import (
    BREAKS,
    GIFTS,
    GOES_WITH,
    JOINERS,
    LANGUAGES,
    NEGATIONS,
    RELATIVES,
    SOFTENERS,
    is_filler,
)

LONGEST_PHRASE = 4
_CUT = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*|[,;|.]")
_BIO = re.compile(r"bio-?(.{3,})$")
_FREE = re.compile(r"(.{3,}?)-?(?:frei|free)(?:e|er|es|en)?$")
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("category", "categories"),
    ("attribute", "attributes"),
    ("occasion", "occasions"),
    ("region", "regions"),
    ("producer", "producers"),
)


@dataclass
class _Reading:
    parts: list[list[Chip]] = field(default_factory=lambda: [[]])
    texts: list[list[str]] = field(default_factory=lambda: [[]])
    shared: list[Chip] = field(default_factory=list)
    negated: bool = False
    before: str = ""
    since: tuple[int, int] = (0, 0)

    def category(self) -> Chip | None:
        """Give the wanted category of the part being read."""
        wanted = (c for c in self.parts[-1] if c.kind == "category" and not c.negated)
        return next(wanted, None)

    def mark(self) -> None:
        """Remember where an "and" or a comma stood: what follows may belong to the next part."""
        self.since = (len(self.parts[-1]), len(self.texts[-1]))

    def next_part(self) -> None:
        """Open a part with what was read since the last "and" or comma."""
        chips, words = self.since
        self.parts.append(self.parts[-1][chips:])
        self.texts.append(self.texts[-1][words:])
        del self.parts[-2][chips:], self.texts[-2][words:]
        self.since = (0, 0)


@lru_cache(maxsize=4_000)
def _key(phrase: str) -> tuple[str, ...]:
    return tuple(stem(w) for w in re.findall(r"[^\W_]+", fold(phrase)))


def _lookup(words: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    return {_key(phrase): value for phrase, value in words.items()}


class _Known:
    """The vocabulary by stems; which kinds a phrase may be."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.kinds = {kind: _lookup(getattr(vocabulary, name)) for kind, name in _KINDS}

    def meanings(self, phrase: tuple[str, ...]) -> dict[Kind, str]:
        return {k: words[phrase] for k, words in self.kinds.items() if phrase in words}


def parse(typed: str, vocabulary: Vocabulary, today: date) -> Wish:
    """Read a wish; what is not understood stays as text of its part.

    today: for "bis Freitag". Cut at 200 characters.
    """
    folded = fold(_numbers(typed[:LONGEST_QUERY]))
    chips, rest = read_figures(folded, today)
    reading = _Reading(shared=chips)
    words = _CUT.findall(rest)
    known = _Known(vocabulary)
    at = 0
    while at < len(words):
        at += _step(reading, words, at, known)
    return _wish(typed, reading)


def _numbers(text: str) -> str:
    return re.sub(r"(\d),(\d)", r"\1.\2", text).replace("€", " euro ")


def _step(reading: _Reading, words: Sequence[str], at: int, known: _Known) -> int:
    """Read what begins at a word; give how many words it took."""
    word = words[at]
    if word in BREAKS:
        reading.negated = False
        if word != "|":
            reading.before = word
            reading.mark()
        return 1
    if word in NEGATIONS:
        reading.negated = True
        return 1
    if reading.negated and word not in JOINERS and _ended(reading):
        reading.negated = False
    for length in range(_longest(words, at), 0, -1):
        phrase = words[at : at + length]
        meanings = known.meanings(tuple(s for w in phrase for s in _key(w)))
        if meanings:
            _take(reading, meanings, " ".join(phrase))
            return length
    if not _organic(reading, word, known):
        _single(reading, words, at, known)
    return 1


def _organic(reading: _Reading, word: str, known: _Known) -> bool:
    """Read "Biowein" as organic and wine, where both are known; whether it was."""
    rest = _BIO.match(word)
    organic, thing = known.meanings(_key("bio")), known.meanings(_key(rest[1])) if rest else {}
    if "attribute" not in organic or "category" not in thing:
        return False
    _take(reading, {"attribute": organic["attribute"]}, word)
    _take(reading, {"category": thing["category"]}, word)
    return True


def _longest(words: Sequence[str], at: int) -> int:
    """Say how many words a phrase from here may have: up to the next comma or the like."""
    ahead = words[at : at + LONGEST_PHRASE]
    return next((i for i, word in enumerate(ahead) if word in BREAKS), len(ahead))


def _take(reading: _Reading, meanings: Mapping[Kind, str], typed: str) -> None:
    kind = _choice(reading, meanings)
    if kind == "category" and reading.before in JOINERS:
        reading.negated = False
    chip = Chip(kind, meanings[kind], typed, reading.negated)
    reading.before = typed
    if kind == "category" and not chip.negated and not _same_shelf(reading, chip):
        return
    reading.parts[-1].append(chip)


def _same_shelf(reading: _Reading, chip: Chip) -> bool:
    """Make room for a wanted category: narrow the former, open a part, or False if it adds none."""
    former = reading.category()
    if former is None:
        return True
    if (former.value + "/").startswith(chip.value + "/"):
        return False
    if chip.value.startswith(former.value + "/"):
        reading.parts[-1].remove(former)
        reading.since = (max(reading.since[0] - 1, 0), reading.since[1])
    else:
        reading.next_part()
    return True


def _choice(reading: _Reading, meanings: Mapping[Kind, str]) -> Kind:
    """Take an occasion after "zu", "with" or another occasion, a shelf in a row of shelves ("cheese
    and honey"), else the first kind that fits.
    """
    last = reading.parts[-1][-1].kind if reading.parts[-1] else None
    listed = reading.before in JOINERS and last == "occasion" and reading.category() is not None
    if (reading.before in GOES_WITH or listed) and "occasion" in meanings:
        return "occasion"
    in_a_row = reading.before in (*JOINERS, *BREAKS) and last == "category"
    if "category" in meanings and "attribute" in meanings and reading.category() and not in_a_row:
        return "attribute"
    return next(iter(meanings))


def _ended(reading: _Reading) -> bool:
    """Tell whether the unwanted thing was just named and no "or" carries on."""
    chips = reading.parts[-1]
    return bool(chips) and chips[-1].negated and reading.before == chips[-1].typed


def _single(reading: _Reading, words: Sequence[str], at: int, known: _Known) -> None:
    word = words[at]
    before, reading.before = reading.before, word
    if word[0].isdigit():
        _count(reading, words, at, known)
    elif word in GIFTS or (word in RELATIVES and not reading.negated):
        if not any(c.kind == "gift" for c in reading.shared):
            reading.shared.append(Chip("gift", "gift", word))
    elif word in LANGUAGES and before in ("auf", "in"):
        reading.shared.append(Chip("language", LANGUAGES[word], word))
    elif _FREE.match(word):
        _free_of(reading, word, known)
    elif word in JOINERS:
        reading.mark()
    elif reading.negated and word in SOFTENERS:
        reading.before = before
    elif is_function_word(word) or is_filler(word):
        pass
    elif reading.negated:
        reading.parts[-1].append(Chip("word", word, word, negated=True))
    else:
        reading.texts[-1].append(word)


def _count(reading: _Reading, words: Sequence[str], at: int, known: _Known) -> None:
    """Read a bare number as amount where a category follows, else leave it as text."""
    for end in range(at + 2, min(at + 2 + LONGEST_PHRASE, len(words)) + 1):
        if "category" in known.meanings(tuple(s for w in words[at + 1 : end] for s in _key(w))):
            reading.shared.append(Chip("amount", words[at], words[at]))
            return
    reading.texts[-1].append(words[at])


def _free_of(reading: _Reading, word: str, known: _Known) -> None:
    match = _FREE.match(word)
    bare = match[1] if match else word
    meanings = known.meanings(_key(bare))
    kind: Kind = "attribute" if "attribute" in meanings else "word"
    reading.parts[-1].append(Chip(kind, meanings.get(kind, bare), word, negated=True))


def _wish(typed: str, reading: _Reading) -> Wish:
    parts = [
        Part(tuple(_unique(chips)), " ".join(text))
        for chips, text in zip(reading.parts, reading.texts, strict=True)
    ]
    if len(parts) == 1:
        return Wish(
            typed, tuple(_unique([*reading.shared, *parts[0].chips])), (Part((), parts[0].text),)
        )
    return Wish(typed, tuple(_unique(reading.shared)), tuple(parts))


def _unique(chips: Iterable[Chip]) -> list[Chip]:
    found: dict[tuple[str, str, bool], Chip] = {}
    for chip in chips:
        found.setdefault((chip.kind, chip.value, chip.negated), chip)
    return list(found.values())
