"""The reader itself: figures first, then the marketplace's own words, longest phrase first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from marketplace.search.rules.analysis import LONGEST_QUERY, fold, is_function_word
from marketplace.search.rules.wishes.chips import Chip, Kind, Vocabulary, Wish
from marketplace.search.rules.wishes.compounds import compound, free_of, is_free_of, organic
from marketplace.search.rules.wishes.figures import read_figures
from marketplace.search.rules.wishes.known import Known, known_words
from marketplace.search.rules.wishes.reading import Reading
from marketplace.search.rules.wishes.spelled import leave_strange, made, plain, spelled
from marketplace.search.rules.wishes.steering import (
    ABOUT,
    BESIDE,
    BESIDE_ALONE,
    BOTTLES,
    BREAKS,
    ENGLISH_NOT,
    FORMS,
    FREE,
    FROM,
    GIFTS,
    GOES_WITH,
    JOINERS,
    LANGUAGES,
    MINE,
    NEGATIONS,
    ONE,
    RELATIVES,
    SAID_AGAIN,
    SEXES,
    SOFTENERS,
    SOMETHING,
    THINGS,
    TOPIC_ENDS,
    VAGUE,
    WHOLE,
    WINE_COLOURS,
    WINES,
    is_adjective,
    is_filler,
)
from marketplace.search.rules.wishes.taking import give, take

LONGEST_PHRASE = 4
_CUT = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*|[,;|.]")


def parse(typed: str, vocabulary: Vocabulary, today: date) -> Wish:
    """Read a wish; what is not understood stays as text of its part.

    today: for "bis Freitag". Cut at 200 characters.
    """
    cut = plain(typed[:LONGEST_QUERY])
    folded = fold(cut)
    chips, rest = read_figures(folded, today)
    words = _CUT.findall(rest)
    known = known_words(vocabulary)
    reading = Reading(known.under, known.english, shared=chips)
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
        reading.negated = reading.topic = reading.aim = False
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
        free_of(reading, f"{word}-{words[at + 1]}", known)
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
    if _by_maker(reading, word, known) or _wine_by_colour(reading, words, at, known):
        return 1
    for length in range(_longest(words, at), 0, -1):
        phrase = words[at : at + length]
        meanings = _meant(reading, phrase, known)
        if meanings:
            if phrase[0] in RELATIVES and not reading.negated:
                give(reading, phrase[0])
            take(reading, meanings, " ".join(phrase))
            return length
    if not (organic(reading, word, known) or compound(reading, word, known)):
        _single(reading, words, at, known)
    return 1


def _goes_beside(reading: Reading, words: Sequence[str], at: int, known: Known) -> int:
    """Leave a shelf as text that the wanted thing goes with or smells of: "zu Rotwein", "of honey";
    how many words that were.
    """
    of = reading.before == "of" and reading.has_shelf_since()
    shelf = reading.category() is not None
    inside = reading.before in ("mit", "with") and not SOMETHING.isdisjoint(words[:at])
    beside = of or reading.before in BESIDE if shelf \
        else inside or reading.before in BESIDE_ALONE
    if reading.negated or not beside:
        return 0
    for length in range(_longest(words, at), 0, -1):
        phrase = words[at : at + length]
        meanings = known.meanings(phrase)
        if meanings or (length == 1 and known.compound(phrase[0])):
            if meanings and not _shelf_alone(reading, meanings, known):
                return 0
            reading.texts[-1] += phrase
            reading.before = phrase[-1]
            return length
    return 0


def _by_maker(reading: Reading, word: str, known: Known) -> bool:
    """Read the last word of a maker's name after "vom" or "by"; whether it was one."""
    maker = known.makers.get(word) if reading.before in FROM and not known.meanings((word,)) \
        else None
    if maker is not None:
        take(reading, {"producer": maker}, word)
    return maker is not None


def _wine_by_colour(reading: Reading, words: Sequence[str], at: int, known: Known) -> bool:
    """Read "a bottle of red" as red wine, where nothing else is named; whether it was.

    Nothing that could be of a colour may follow.
    """
    colour = WINE_COLOURS.get(words[at])
    ahead = words[at + 1] if at + 1 < len(words) else ","
    if colour is None or reading.topic or reading.negated or reading.has_shelf_since() or not (
            ahead in BREAKS or ahead in GOES_WITH or ahead in JOINERS or is_function_word(ahead)):
        return False
    bottled = any(c.kind == "amount" and c.value.split()[-1] in BOTTLES for c in reading.shared)
    if not (bottled or reading.before in ONE or _both_colours(words, at)):
        return False
    shelf = known.meanings(colour).get("category")
    if shelf is not None:
        take(reading, {"category": shelf}, words[at])
    return shelf is not None


def _both_colours(words: Sequence[str], at: int) -> bool:
    """Whether it goes on as in "red or white wine"."""
    ahead = words[at + 1 : at + 4]
    return len(ahead) == 3 and ahead[0] in JOINERS and ahead[1] in WINE_COLOURS \
        and ahead[2] in WINES


def _shelf_alone(reading: Reading, meanings: Mapping[Kind, str], known: Known) -> bool:
    """Whether words name a shelf and nothing that the wanted thing could be or go with."""
    shelf, particular = reading.category(), meanings.get("attribute")
    fits = particular is not None and known.goes(particular, shelf.value if shelf else None)
    return "category" in meanings and set(meanings) <= {"category", "attribute"} and not fits


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


def _longest(words: Sequence[str], at: int) -> int:
    """Say how many words a phrase from here may have: up to the next comma or the like."""
    ahead = words[at : at + LONGEST_PHRASE]
    return next((i for i, word in enumerate(ahead) if word in BREAKS), len(ahead))


def _single(reading: Reading, words: Sequence[str], at: int, known: Known) -> None:
    word = words[at]
    before, reading.before = reading.before, word
    if word[0].isdigit():
        _count(reading, words, at, known)
    elif word in GIFTS or (word in RELATIVES and not reading.negated
                           and (word not in SEXES or before in MINE)):
        give(reading, word)
    elif word in LANGUAGES and before in ("auf", "in"):
        reading.shared.append(Chip("language", LANGUAGES[word], word))
    elif is_free_of(word):
        free_of(reading, word, known)
    elif word in JOINERS:
        reading.topic = False
        reading.mark()
    elif reading.negated and word in SOFTENERS:
        reading.before = before
    elif is_function_word(word) or is_filler(word):
        reading.topic = reading.topic and word not in TOPIC_ENDS
        reading.aim = reading.aim or word in GOES_WITH
    elif reading.negated:
        if word not in VAGUE:
            reading.parts[-1].append(Chip("word", word, word, negated=True))
    else:
        if word in THINGS:
            _leave_modifier(reading, before)
        reading.aim = False
        reading.texts[-1].append(word)


def _leave_modifier(reading: Reading, before: str) -> None:
    """Leave as text a shelf that only says what a thing is for: "wine glasses"."""
    shelf = reading.category()
    if shelf is not None and shelf.typed == before and reading.english(before):
        reading.leave(shelf)


def _count(reading: Reading, words: Sequence[str], at: int, known: Known) -> None:
    """Read a bare number as amount where a category follows, else leave it as text."""
    if at + 1 < len(words) and words[at + 1] in GIFTS:
        reading.shared.append(Chip("amount", words[at], words[at]))
        return
    for end in range(at + 2, min(at + 2 + LONGEST_PHRASE, len(words)) + 1):
        counted = words[at + 1 : end]
        if "category" in known.meanings(counted) or (
                len(counted) == 1 and known.compound(counted[0])):
            reading.shared.append(Chip("amount", words[at], words[at]))
            return
    reading.texts[-1].append(words[at])


