"""The reader itself: figures first, then the marketplace's own words, longest phrase first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from marketplace.search.rules.analysis import LONGEST_QUERY, fold, is_function_word
from marketplace.search.rules.wishes.chips import Chip, Kind, Vocabulary, Wish
from marketplace.search.rules.wishes.figures import read_figures
from marketplace.search.rules.wishes.known import Known, known_words
from marketplace.search.rules.wishes.reading import Reading
from marketplace.search.rules.wishes.spelled import leave_strange, made, plain, spelled
from marketplace.search.rules.wishes.steering import (
    ABOUT,
    BESIDE,
    BREAKS,
    ENGLISH_NOT,
    FORMS,
    FREE,
    GIFTS,
    GOES_WITH,
    JOINERS,
    LANGUAGES,
    MINE,
    NEGATIONS,
    PRESENT,
    RELATIVES,
    SAID_AGAIN,
    SEXES,
    SOFTENERS,
    VAGUE,
    WHOLE,
    is_adjective,
    is_filler,
)

LONGEST_PHRASE = 4
_CUT = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*|[,;|.]")
_BIO = re.compile(r"bio-?(.{3,})$")
_FREE = re.compile(r"(.{3,}?)-?(?:frei|free)(?:e|er|es|en)?$")


def parse(typed: str, vocabulary: Vocabulary, today: date) -> Wish:
    """Read a wish; what is not understood stays as text of its part.

    today: for "bis Freitag". Cut at 200 characters.
    """
    cut = plain(typed[:LONGEST_QUERY])
    folded = fold(cut)
    chips, rest = read_figures(folded, today)
    reading = Reading(shared=chips, above=vocabulary.above)
    words = _CUT.findall(rest)
    known = known_words(vocabulary)
    at = 0
    while at < len(words):
        at += _step(reading, words, at, known)
    for number in range(len(reading.parts)):
        leave_strange(reading, number, known)
    return made(typed, reading, spelled(cut))


def _step(reading: Reading, words: Sequence[str], at: int, known: Known) -> int:
    """Read what begins at a word; give how many words it took."""
    word = words[at]
    if word in BREAKS:
        reading.negated = reading.topic = False
        if word != "|":
            reading.before = word
            reading.mark()
        return 1
    if word in NEGATIONS:
        reading.negated, reading.before, reading.negation = True, word, word
        return 1
    if reading.category() is not None and word in ABOUT:
        reading.topic = True
        return 1
    if at + 1 < len(words) and words[at + 1] in FREE and len(word) > 2:
        _free_of(reading, f"{word}-{words[at + 1]}", known)
        return 2
    if reading.negated and word not in JOINERS and reading.has_named_unwanted():
        if _one_thing(reading, word):
            return 1
        reading.negated = False
    if _said_again(reading, word):
        return 1
    beside = _goes_beside(reading, words, at, known)
    if beside:
        return beside
    for length in range(_longest(words, at), 0, -1):
        phrase = words[at : at + length]
        meanings = _meant(reading, phrase, known)
        if meanings:
            _take(reading, meanings, " ".join(phrase))
            return length
    if not (_organic(reading, word, known) or _compound(reading, word, known)):
        _single(reading, words, at, known)
    return 1


def _goes_beside(reading: Reading, words: Sequence[str], at: int, known: Known) -> int:
    """Leave a shelf as text that the wanted thing goes with or smells of: "zu Rotwein", "of honey";
    how many words that were.
    """
    of = reading.before == "of" and reading.has_shelf_since()
    if reading.negated or reading.category() is None or not (of or reading.before in BESIDE):
        return 0
    for length in range(_longest(words, at), 0, -1):
        phrase = words[at : at + length]
        meanings = known.meanings(phrase)
        if meanings or (length == 1 and known.compound(phrase[0])):
            if meanings and set(meanings) != {"category"}:
                return 0
            reading.texts[-1] += phrase
            reading.before = phrase[-1]
            return length
    return 0


def _one_thing(reading: Reading, word: str) -> bool:
    """Read the second word of "without palm oil" as part of what is unwanted; whether it was."""
    chip = reading.parts[-1][-1]
    if chip.kind != "word" or reading.negation not in ENGLISH_NOT or is_function_word(word) \
            or is_filler(word) or word in (*BREAKS, *NEGATIONS) or " " in chip.value:
        return False
    both = f"{chip.value} {word}"
    reading.parts[-1][-1] = Chip("word", both, both, negated=True)
    reading.before = both
    return True


def _meant(reading: Reading, phrase: Sequence[str], known: Known) -> dict[Kind, str]:
    """What a phrase may mean here; nothing for what is to stay as text."""
    meanings = known.meanings(phrase)
    if not meanings:
        return meanings
    if reading.topic:
        return {}
    shelf = reading.category()
    if "attribute" in meanings and not known.goes(meanings["attribute"],
                                                  shelf.value if shelf else None):
        del meanings["attribute"]
    if set(meanings) == {"occasion"} and _no_dish(reading, phrase, meanings["occasion"], known):
        return {}
    return meanings


def _no_dish(reading: Reading, phrase: Sequence[str], occasion: str, known: Known) -> bool:
    """Whether a dish is no dish here: "whole beans", or goat cheese that one wants to have."""
    if reading.before in WHOLE:
        return True
    if reading.before in (*GOES_WITH, *JOINERS):
        return False
    if is_adjective(phrase[0]) or (phrase[0] in FORMS and reading.follows_thing()):
        return True
    if reading.category() is None and reading.before and is_adjective(reading.before):
        return True
    if len(phrase) > 1:
        head = known.meanings(phrase[-1:])
    else:
        found = known.compound(phrase[0])
        head = found[1] if found else {}
    return "category" in head and head.get("occasion") == occasion


def _said_again(reading: Reading, word: str) -> bool:
    """Whether a word says a particular once more, as in "dark roast"."""
    last = reading.parts[-1][-1] if reading.parts[-1] else None
    if last is None or last.kind != "attribute":
        return False
    key = last.value.partition("=")[0]
    return word == key or word in SAID_AGAIN.get(key, ())


def _present(reading: Reading, word: str, known: Known) -> bool:
    """Read "Hochzeitsgeschenk" as a present for a wedding; whether it was one."""
    stem, found, rest = word.partition(PRESENT)
    if not stem or not found or len(rest) > 2:
        return False
    _give(reading, word)
    occasion = known.meanings((stem.removesuffix("s"),)).get("occasion")
    if occasion is not None:
        _take(reading, {"occasion": occasion}, word)
    return True


def _give(reading: Reading, word: str) -> None:
    if not any(c.kind == "gift" for c in reading.shared):
        reading.shared.append(Chip("gift", "gift", word))


def _compound(reading: Reading, word: str, known: Known) -> bool:
    """Read "Leinenhemd" as linen and shirt, "Olivenöl" as an oil; whether it was one."""
    if _present(reading, word, known):
        return True
    found = None if reading.topic or reading.negated else known.compound(word)
    if found is None:
        return False
    first, meanings = found
    attribute = known.first_part(first)
    if attribute is not None and known.goes(attribute, meanings["category"]):
        _take(reading, {"attribute": attribute}, word)
    _take(reading, {"category": meanings["category"]}, word)
    return True


def _organic(reading: Reading, word: str, known: Known) -> bool:
    """Read "Biowein" as organic and wine, where both are known; whether it was."""
    rest = _BIO.match(word)
    organic, thing = (known.meanings(("bio",)),
                      known.meanings((rest[1],)) if rest else {})
    if "attribute" not in organic or "category" not in thing:
        return False
    _take(reading, {"attribute": organic["attribute"]}, word)
    _take(reading, {"category": thing["category"]}, word)
    return True


def _longest(words: Sequence[str], at: int) -> int:
    """Say how many words a phrase from here may have: up to the next comma or the like."""
    ahead = words[at : at + LONGEST_PHRASE]
    return next((i for i, word in enumerate(ahead) if word in BREAKS), len(ahead))


def _take(reading: Reading, meanings: Mapping[Kind, str], typed: str) -> None:
    kind = _choice(reading, meanings)
    before, reading.before = reading.before, typed
    if kind == "category" and before in JOINERS:
        reading.negated = False
    chip = Chip(kind, meanings[kind], typed, reading.negated)
    if kind == "category" and not chip.negated and not reading.takes_shelf(chip, before):
        return
    reading.parts[-1].append(chip)


def _choice(reading: Reading, meanings: Mapping[Kind, str]) -> Kind:
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


def _single(reading: Reading, words: Sequence[str], at: int, known: Known) -> None:
    word = words[at]
    before, reading.before = reading.before, word
    if word[0].isdigit():
        _count(reading, words, at, known)
    elif word in GIFTS or (word in RELATIVES and not reading.negated
                           and (word not in SEXES or before in MINE)):
        _give(reading, word)
    elif word in LANGUAGES and before in ("auf", "in"):
        reading.shared.append(Chip("language", LANGUAGES[word], word))
    elif _FREE.match(word):
        _free_of(reading, word, known)
    elif word in JOINERS:
        reading.topic = False
        reading.mark()
    elif reading.negated and word in SOFTENERS:
        reading.before = before
    elif is_function_word(word) or is_filler(word):
        pass
    elif reading.negated:
        if word not in VAGUE:
            reading.parts[-1].append(Chip("word", word, word, negated=True))
    else:
        reading.topic = reading.topic and word in GOES_WITH
        reading.texts[-1].append(word)


def _count(reading: Reading, words: Sequence[str], at: int, known: Known) -> None:
    """Read a bare number as amount where a category follows, else leave it as text."""
    if at + 1 < len(words) and words[at + 1] in GIFTS:
        reading.shared.append(Chip("amount", words[at], words[at]))
        return
    for end in range(at + 2, min(at + 2 + LONGEST_PHRASE, len(words)) + 1):
        if "category" in known.meanings(words[at + 1 : end]):
            reading.shared.append(Chip("amount", words[at], words[at]))
            return
    reading.texts[-1].append(words[at])


def _free_of(reading: Reading, word: str, known: Known) -> None:
    match = _FREE.match(word)
    bare = match[1] if match else word
    meanings = known.meanings((bare,))
    kind: Kind = "attribute" if "attribute" in meanings else "word"
    reading.parts[-1].append(Chip(kind, meanings.get(kind, bare), word, negated=True))
