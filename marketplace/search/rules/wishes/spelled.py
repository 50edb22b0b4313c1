"""From what was typed to what is read, and back to a wish in the spelling of whoever typed it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from marketplace.search.rules.analysis import fold
from marketplace.search.rules.wishes.chips import Chip, Part, Wish
from marketplace.search.rules.wishes.known import Known
from marketplace.search.rules.wishes.reading import Reading

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SHORT_NOT = re.compile(r"\b(is|are|was|do|does|did|has)n['’]?t\b", re.IGNORECASE)
_CLIPPED = re.compile(r"(?<=\w)['’](?:d|ll|m|re|s|ve)\b", re.IGNORECASE)


_SHORT = {
    "bzw": "oder", "f": "für", "fl": "flaschen", "m": "mit", "mind": "mindestens", "od": "oder",
    "pers": "personen", "stk": "stück", "u": "und", "v": "von", "zw": "zwischen",
    "pls": "please", "plz": "please",
}  # fmt: skip
"""What people type short; single letters but "u" only with a point."""
_SHORTENED = re.compile(r"\b(?:(f|m|v)\.|(bzw|fl|mind|od|pers|pls|plz|stk|u|zw)\b\.?)(?=\s|\d|$)",
                        re.IGNORECASE)
_SIGNS = (
    (re.compile(r"\b(?:any(?:thing)?|everything|all) (?:but|except)\b", re.IGNORECASE), "not"),
    (re.compile(r"\bw/o\b", re.IGNORECASE), "without"),
    (re.compile(r"\bw/", re.IGNORECASE), "with "),
    (re.compile(r"(?<=[^\W\d_])/(?=[^\W\d_])"), " oder "),
    (re.compile(r"\s[&+]\s|\s&|&\s"), " und "),
    (re.compile(r"(?<=\d)[,.]-{1,2}(?:\s*(?:€|euros?\b))?", re.IGNORECASE), " euro "),
    (re.compile(r"(?<=\d),(?=\d)"), "."),
    (re.compile(r"[€£$]"), " euro "),
)


_PEOPLE = "(?: zusammen| leute| ihr| alle| there| dear| all| everyone| team)?"
_HELLO = (
    r"(?:einen )?(?:sch(?:ö|oe|o)nen )?(?:guten|gute) (?:tag|morgen|abend)|servus|"
    r"gr(?:ü|ue|u)(?:ß|ss) (?:gott|dich|euch)|gr(?:ü|ue|u)ezi|moin(?: moin)?|hallo(?:chen)?|"
    r"hey|hi|hiya|hello|good (?:morning|afternoon|evening|day)|dear (?:all|team)"
)
_GREETING = re.compile(rf"^\W*(?:(?:{_HELLO}){_PEOPLE}\b\W*)+", re.IGNORECASE)
_SAYINGS = (
    (re.compile(r"\b(?:geld spielt keine rolle|(?:der )?preis (?:ist )?(?:egal|spielt keine rolle)|"
                r"egal was es kostet|koste es was es wolle|money (?:is )?no object|"
                r"(?:price|money) does(?: not|n['’]?t) matter)\b", re.IGNORECASE), " "),
    (re.compile(r"\b(?:allergi(?:sch|c)|intolerant) (?:gegen|auf|to|towards) ", re.IGNORECASE),
     "ohne "),
    (re.compile(r"\b(\w{3,}?)-?(?:allergi(?:e|ker|kerin|sch)|intoleran(?:z|t)|"
                r"unvertr(?:ä|ae)glichkeit)\b", re.IGNORECASE), r"ohne \1"),
    (re.compile(r"\b(\w{3,}) (?:allergy|intolerance)\b", re.IGNORECASE), r"without \1"),
    (re.compile(r"\b(mother|father|parents|sister|brother|son|daughter)[ -]in[ -]law\b",
                re.IGNORECASE), r"\1-in-law"),
    (re.compile(r"\bthank[ -]you (?=gift|present)", re.IGNORECASE), ""),
    (re.compile(r"\bas a thank[ -]you\b", re.IGNORECASE), "as a present"),
    (re.compile(r"\bquids?\b", re.IGNORECASE), "euro"),
)


_SLURRED = re.compile(r"\b(f(?:ü|ue|u)r)['’]?(?:n|ne|nen|nem|s)\b", re.IGNORECASE)


def plain(text: str) -> str:
    """Decimals with a point; signs and what was typed short in words; "fürn" without its end; no
    greeting, and a nut allergy as "without nuts".
    """
    text = _SLURRED.sub(r"\1", _GREETING.sub("", text))
    for said, meant in _SAYINGS:
        text = said.sub(meant, text)
    for sign, words in _SIGNS:
        text = sign.sub(words, text)
    text = _SHORTENED.sub(lambda m: _SHORT[(m[1] or m[2]).lower()], text)
    return _CLIPPED.sub("", _SHORT_NOT.sub(r"\1 not", text))


def spelled(text: str) -> dict[str, str]:
    """How each word was typed, by what it is folded to."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        found.setdefault(fold(word), word)
    return found


def leave_strange(reading: Reading, number: int, known: Known) -> None:
    """Leave as text what no goods of the shelf have: a rosé is not roasted light."""
    shelf = next((c.value for c in reading.parts[number]
                  if c.kind == "category" and not c.negated), None)
    for at, chip in reversed(list(enumerate(reading.parts[number]))):
        if chip.kind != "attribute" or known.goes(chip.value, shelf):
            continue
        fitting = known.fitting(chip.value, shelf)
        if fitting is not None:
            reading.parts[number][at] = replace(chip, value=fitting)
        elif not chip.negated:
            del reading.parts[number][at]
            reading.texts[number].append(chip.typed)


def made(typed: str, reading: Reading, typed_as: Mapping[str, str]) -> Wish:
    """The wish that was read, in the spelling of whoever typed it."""
    def as_typed(words: str) -> str:
        return " ".join(typed_as.get(word, word) for word in words.split())

    def chips(read: Iterable[Chip]) -> tuple[Chip, ...]:
        return tuple(replace(one, typed=as_typed(one.typed)) for one in _unique(read))

    parts = [Part(chips(one), as_typed(" ".join(text)))
             for one, text in zip(reading.parts, reading.texts, strict=True)]
    if len(parts) == 1:
        return Wish(typed, chips([*reading.shared, *parts[0].chips]), (Part((), parts[0].text),))
    return Wish(typed, chips(reading.shared), tuple(parts))


def _unique(chips: Iterable[Chip]) -> list[Chip]:
    found: dict[tuple[str, str, bool], Chip] = {}
    for chip in chips:
        found.setdefault((chip.kind, chip.value, chip.negated), chip)
    return list(found.values())
