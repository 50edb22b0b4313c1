"""Words made of two: a linen shirt, a present for a wedding, free of gluten, a lover of coffee."""

from __future__ import annotations

import re
from collections.abc import Sequence

from marketplace.search.rules.wishes.chips import Chip, Kind
from marketplace.search.rules.wishes.known import Known
from marketplace.search.rules.wishes.reading import Reading
from marketplace.search.rules.wishes.steering import COOKING, DIETS, FREED, MEALS, PRESENT
from marketplace.search.rules.wishes.taking import give, take

_BIO = re.compile(r"bio-?(.{3,})$")
_FREE = re.compile(r"(.{3,}?)-?(?:frei|free)(?:e|er|es|en)?$")
_LOVER = re.compile(r"(.{3,})(?:liebhaber|freund|fan|trinker|geniesser)(?:in|innen|e|s)?$")


def is_free_of(word: str) -> bool:
    """Tell whether a word says what is not in a thing: "nussfrei"."""
    return _FREE.match(word) is not None


def present(reading: Reading, word: str, known: Known) -> bool:
    """Read "Hochzeitsgeschenk" as a present for a wedding; whether it was one."""
    stem, found, rest = word.partition(PRESENT)
    if not stem or not found or len(rest) > 2:
        return False
    give(reading, word)
    occasion = known.meanings((stem.removesuffix("s"),)).get("occasion")
    if occasion is not None:
        take(reading, {"occasion": occasion}, word)
    return True


def compound(reading: Reading, word: str, known: Known) -> bool:
    """Read "Leinenhemd" as linen and shirt, "Olivenöl" as an oil; whether it was one."""
    if present(reading, word, known) or lover(reading, word, known):
        return True
    found = None if reading.topic or reading.negated else known.compound(word)
    if found is None:
        return dish(reading, word, known)
    first, meanings = found
    meal = known.meal(first, word[len(first):])
    if meal is not None:
        take(reading, {"occasion": meal}, word)
        return True
    attribute = known.first_part(first)
    if attribute is not None and known.goes(attribute, meanings["category"]):
        take(reading, {"attribute": attribute}, word)
    take(reading, {"category": meanings["category"]}, word)
    return True


def organic(reading: Reading, word: str, known: Known) -> bool:
    """Read "Biowein" and "Bio-Olivenöl" as organic and what follows; whether that is known."""
    match = _BIO.match(word)
    rest = match[1] if match else ""
    thing = known.meanings((rest,)) if rest else {}
    if "category" not in thing and not (rest and known.compound(rest)):
        return False
    particular = known.meanings(("bio",)).get("attribute")
    if particular is not None:
        take(reading, {"attribute": particular}, word)
    else:
        diet(reading, "bio", known)
    if "category" in thing:
        take(reading, {"category": thing["category"]}, rest if particular is None else word)
    else:
        compound(reading, rest, known)
    return True


def diet(reading: Reading, word: str, known: Known) -> bool:
    """Keep "vegan" and the like as a word that texts must have, where goods are not sorted by it;
    whether it was one.
    """
    said = DIETS.get(word)
    if said is None or reading.negated or "attribute" in known.meanings((word,)):
        return False
    reading.parts[-1].append(Chip("word", said[0], word))
    reading.before = word
    return True


def lover(reading: Reading, word: str, known: Known) -> bool:
    """Read "Kaffeeliebhaber" as a present and coffee; whether it was one."""
    match = _LOVER.match(word)
    liked = known.meanings((match[1],)) if match else {}
    if "category" not in liked:
        return False
    give(reading, word)
    take(reading, {"category": liked["category"]}, word)
    return True


def dish(reading: Reading, word: str, known: Known) -> bool:
    """Read "zur Grillparty" as a party, "zu Pilzrisotto" as a risotto; whether it was one."""
    found = known.dishes(word) if reading.aim and not reading.negated else ()
    for occasion in found:
        take(reading, {"occasion": occasion}, word)
    return bool(found)


def free_of(reading: Reading, word: str, known: Known) -> None:
    """Keep what a thing is to be free of."""
    match = _FREE.match(word)
    bare = match[1] if match else word
    if freed(reading, bare, known):
        return
    meanings = known.meanings((bare,))
    kind: Kind = "attribute" if "attribute" in meanings else "word"
    reading.parts[-1].append(Chip(kind, meanings.get(kind, bare), word, negated=True))


def freed(reading: Reading, bare: str, known: Known) -> bool:
    """Read what is missing as the particular that goods without it are; whether there is one."""
    shelf = reading.category()
    found = known.meanings((FREED[bare],)).get("attribute") if bare in FREED else None
    fitting = known.fitting(found, shelf.value if shelf else None) if found else None
    if fitting is None:
        return False
    reading.parts[-1].append(Chip("attribute", fitting, bare))
    reading.negated = False
    return True


def eats(reading: Reading, words: Sequence[str], at: int, known: Known) -> bool:
    """Whether "essen" is what people do with the dish that follows, and no shelf."""
    word, ahead = words[at], words[at + 1 : at + 2]
    if word not in COOKING or word not in MEALS or not ahead or not (
            "occasion" in known.meanings(ahead) or known.dishes(ahead[0])):
        return False
    reading.aim, reading.before = True, word
    return True
