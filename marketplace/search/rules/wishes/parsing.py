"""The reader itself: figures first, then the marketplace's own words, longest phrase first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from marketplace.search.rules.analysis import LONGEST_QUERY, fold, is_function_word
from marketplace.search.rules.function_words import ENGLISH, GERMAN
from marketplace.search.rules.wishes.chips import Chip, Kind, Vocabulary, Wish
from marketplace.search.rules.wishes.colours import wine_by_colour
from marketplace.search.rules.wishes.compounds import (
    compound,
    diet,
    eats,
    free_of,
    freed,
    is_free_of,
    organic,
)
from marketplace.search.rules.wishes.counting import count, counts_it
from marketplace.search.rules.wishes.figures import read_figures
from marketplace.search.rules.wishes.known import Known, known_words
from marketplace.search.rules.wishes.reading import Reading
from marketplace.search.rules.wishes.spelled import leave_strange, made, plain, spelled
from marketplace.search.rules.wishes.steering import (
    ABOUT,
    AFTER,
    BESIDE,
    BESIDE_ALONE,
    BREAKS,
    COOKING,
    ENGLISH_NOT,
    FORMS,
    FREE,
    FROM,
    GIFTS,
    GOES_WITH,
    JOINERS,
    LANGUAGES,
    MEALS,
    MINE,
    NEGATIONS,
    OWNS,
    RELATIVES,
    SAID_AGAIN,
    SEXES,
    SOFTENERS,
    SOMETHING,
    THINGS,
    TOGETHER_WITH,
    TOPIC_ENDS,
    VAGUE,
    VISITS,
    WHOLE,
    is_adjective,
    is_filler,
    is_relative,
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
    reading = Reading(known.under, known.english, known.goes, _is_german(words), shared=chips)
    at = 0
    while at < len(words):
        at += _step(reading, words, at, known)
    for number in range(len(reading.parts)):
        leave_strange(reading, number, known)
    return made(typed, reading, spelled(cut))


def _is_german(words: Sequence[str]) -> bool:
    """Whether a wish is in German for sure: one word may look so, as "hat" does."""
    return sum(w in GERMAN for w in words) > 1 + sum(w in ENGLISH for w in words)


def _step(reading: Reading, words: Sequence[str], at: int, known: Known) -> int:
    """Read what begins at a word; give how many words it took."""
    word = words[at]
    if counts_it(reading, words, at):
        return 1
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
    if _said_again(reading, word) or eats(reading, words, at, known):
        return 1
    beside = _goes_beside(reading, words, at, known)
    if beside:
        return beside
    if _by_maker(reading, word, known) or wine_by_colour(reading, words, at, known) or (
            reading.before not in GOES_WITH and diet(reading, word, known)):
        return 1
    for length in range(_longest(words, at), 0, -1):
        phrase = words[at : at + length]
        meanings = _meant(reading, phrase, known)
        if meanings:
            if phrase[0] in RELATIVES and not reading.negated:
                give(reading, phrase[0])
            take(reading, meanings, " ".join(phrase))
            return length
    if not (organic(reading, word, known) or compound(reading, word, known)
            or _nearly(reading, word, known)):
        _single(reading, words, at, known)
    return 1


def _nearly(reading: Reading, word: str, known: Known) -> bool:
    """Read a shelf that is typed wrongly; whether it was one."""
    shelf = None if reading.topic or reading.negated or word in GIFTS else known.nearly(word)
    if shelf is not None:
        take(reading, {"category": shelf}, word)
    return shelf is not None


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
    spoken = reading.before in ("auf", "in") and phrase[0] in LANGUAGES
    helps = len(phrase) == 1 and reading.german and phrase[0] in GERMAN
    if reading.topic or spoken or helps or (reading.before in AFTER and "occasion" in meanings):
        return {}
    shelf = reading.category() if reading.has_shelf_since() else None
    if "attribute" in meanings:
        fitting = known.fitting(meanings["attribute"], shelf.value if shelf else None)
        meanings |= {"attribute": fitting} if fitting else {}
        if fitting is None:
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
    """Whether a word says once more what was read: "dark roast", "spicy food"."""
    last = reading.parts[-1][-1] if reading.parts[-1] else None
    if last is not None and last.kind == "occasion" and reading.before == last.typed:
        return word in MEALS
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
        count(reading, words, at, known)
    elif word in GIFTS or _is_given(reading, words, at, before):
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
    elif is_function_word(word) or is_filler(word) or (
            is_relative(word) and (word not in SEXES or before in MINE)):
        reading.topic = reading.topic and word not in TOPIC_ENDS
        reading.aim = reading.aim or word in GOES_WITH or word in COOKING
    elif reading.negated:
        if word not in VAGUE and not freed(reading, word, known):
            reading.parts[-1].append(Chip("word", word, word, negated=True))
    else:
        if word in THINGS:
            _leave_modifier(reading, before)
        reading.aim = word in COOKING
        reading.texts[-1].append(word)


def _is_given(reading: Reading, words: Sequence[str], at: int, before: str) -> bool:
    """Whether a word names who gets a present; "meine Tochter hat ..." only tells about her."""
    word = words[at]
    if not is_relative(word) or reading.negated or before in TOGETHER_WITH or (
            word in SEXES and before not in MINE):
        return False
    told = words[at + 1 : at + 2]
    if told and told[0] in VISITS:
        return False
    return not (told and told[0] in OWNS) or not GOES_WITH.isdisjoint(words[max(at - 2, 0) : at])


def _leave_modifier(reading: Reading, before: str) -> None:
    """Leave as text a shelf that only says what a thing is for: "wine glasses"."""
    shelf = reading.category()
    if shelf is not None and shelf.typed == before and reading.english(before):
        reading.leave(shelf)
