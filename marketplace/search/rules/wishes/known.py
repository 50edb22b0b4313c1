"""The marketplace's own words by stems: what a phrase may mean, and what a compound is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from marketplace.search.rules.analysis import fold, is_function_word, stem
from marketplace.search.rules.wishes.chips import Kind, Vocabulary
from marketplace.search.rules.wishes.steering import (
    ANIMALS,
    FORMS,
    GENERAL,
    MEALS,
    RELATIVES,
    is_filler,
    squeezed,
)

KINDS: tuple[tuple[Kind, str], ...] = (
    ("category", "categories"),
    ("region", "regions"),
    ("attribute", "attributes"),
    ("occasion", "occasions"),
    ("producer", "producers"),
)
SHORTEST_HEAD, SHORTEST_REST, SHORTEST_DISH, SHORTEST_NAME = 4, 3, 5, 4
SHORTEST_SLIP, SHORTEST_TYPO, SHORTEST_OTHER = 5, 6, 8
ENDINGS = ("", "e", "n", "en", "er", "s")
"""A German shelf may be called by another number than in a compound: "Schale", "Schalen"."""
SHORT_HEADS = frozenset(("ol", "tee"))
LINKS = ("", "s", "n", "en", "es")

SHORT_DISHES = frozenset(("fest",))
SMALL = ("chen", "lein")
STRANGERS = frozenset(("kuche", "kuchentisch", "uberbacken"))
"""Folded they look like what is on a shelf, but are something else: a kitchen is no cake."""

Words = dict[tuple[str, ...], list[tuple[str, str]]]


@lru_cache(maxsize=4_000)
def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(stem(w) for w in re.findall(r"[^\W_]+", fold(phrase)))


def _lookup(words: Mapping[str, str | tuple[str, ...]]) -> Words:
    """Folded phrases with their keys, by stems; "scarves" is known as "scarf" too,
    "dunkel" as "dunkle".
    """
    found: Words = {}
    for phrase, said in words.items():
        value = said if isinstance(said, str) else said[0]
        folded = fold(phrase)
        spelled = [folded]
        if folded.endswith("ves"):
            spelled += [folded[:-3] + "f", folded[:-3] + "fe"]
        if folded.endswith(("el", "er")):
            spelled.append(f"{folded[:-2]}{folded[-1]}e")
        for one in spelled:
            found.setdefault(_stems(one), []).append((one, value))
    return found


def _last_names(makers: Mapping[str, str]) -> Mapping[str, str]:
    """Last words of the makers' names, each of one maker: "Rebmoser" is enough after "vom"."""
    found: dict[str, list[str]] = {}
    for name, slug in makers.items():
        words = re.findall(r"[^\W_]+", fold(name))
        if len(words) > 1 and len(words[-1]) >= SHORTEST_NAME:
            found.setdefault(words[-1], []).append(slug)
    return {word: slugs[0] for word, slugs in found.items() if len(slugs) == 1}


def _slips_of(word: str) -> Iterator[tuple[str, str]]:
    """How a word looks with one letter missing or two changed places, in long words also with a
    wrong letter. The first letter is right.
    """
    for at in range(1, len(word)):
        yield "typed", word[:at] + word[at + 1:]
        if at + 1 < len(word):
            yield "typed", word[:at] + word[at + 1] + word[at] + word[at + 2:]
        if len(word) >= SHORTEST_OTHER:
            yield "masked", f"{word[:at]}?{word[at + 1:]}"


def _meant_by(word: str) -> Iterator[tuple[str, str]]:
    """Under what a typed word with one slip is found. Source: symmetric deletion, Garbe 2012."""
    yield "typed", word
    for at in range(1, len(word)):
        yield "right", word[:at] + word[at + 1:]
        yield "masked", f"{word[:at]}?{word[at + 1:]}"


def _does_it(typed: str, known: str) -> bool:
    """Whether a word names who does it, or what is for it: a "Bäcker" is not "backen", a saucer no
    sauce.
    """
    return typed.endswith("er") and known in (typed[:-2] + "en", typed[:-1])


def _closest(typed: str, known: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Of words with one stem the one that is spelled most alike: a "Schal" is no "Schale"."""
    def alike(number: int) -> tuple[int, int, int]:
        word = known[number][0]
        pairs = zip(typed, word, strict=False)
        same = sum(1 for _ in takewhile(lambda two: two[0] == two[1], pairs))
        return same, -len(word), number

    return known[max(range(len(known)), key=alike)]


class Known:
    """The vocabulary by stems."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.kinds = {kind: _lookup(getattr(vocabulary, name)) for kind, name in KINDS}
        self.fits, self.above = vocabulary.fits, vocabulary.above
        self._slips = {squeezed(fold(word)): value for word, value in vocabulary.categories.items()
                       if word.isalpha() and len(word) >= SHORTEST_SLIP}
        self._alike = {values[0]: values for values in vocabulary.attributes.values()
                       if not isinstance(values, str)}
        self.makers = _last_names(vocabulary.producers)
        self._typos: dict[tuple[str, str], str] = {}
        for word, value in vocabulary.categories.items():
            if word.isalpha() and len(word) >= SHORTEST_TYPO:
                for slip in ("right", fold(word)), *_slips_of(fold(word)):
                    self._typos[slip] = value
        self._english = frozenset(map(_stems, vocabulary.english))

    def meanings(self, words: Sequence[str]) -> dict[Kind, str]:
        """What folded words may mean together, by kind."""
        phrase = " ".join(words)
        if phrase in STRANGERS:
            return {}
        stems = tuple(s for word in words for s in _stems(word))
        found = {kind: _closest(phrase, known[stems]) for kind, known in self.kinds.items()
                 if stems in known}
        exact = {kind: known for kind, known in found.items() if known[0] == phrase}
        found = exact or found
        if not found and len(phrase) >= SHORTEST_SLIP and squeezed(phrase) in self._slips:
            return {"category": self._slips[squeezed(phrase)]}
        if is_function_word(phrase) or phrase in RELATIVES:
            found = {kind: known for kind, known in found.items()
                     if known[0] in (phrase, phrase + "s")}
        if "category" in found and found["category"][0] == phrase.removesuffix("en") != phrase:
            del found["category"]  # "wooden" says of what, not what
        return {kind: value for kind, (word, value) in found.items()
                if not (kind in ("occasion", "category") and _does_it(phrase, word))}

    def nearly(self, word: str) -> str | None:
        """The shelf of a word that is typed wrongly ("choclate") or made small ("Schälchen")."""
        if is_function_word(word) or is_filler(word) or word in RELATIVES \
                or len(word) < SHORTEST_TYPO:
            return None
        if word.endswith(SMALL):
            small = (self.kinds["category"].get(_stems(word[:-4] + end)) for end in ("e", ""))
            return next((known[0][1] for known in small if known), None)
        return next((self._typos[one] for one in _meant_by(word) if one in self._typos), None)

    def goes(self, attribute: str, category: str | None) -> bool:
        """Whether goods of a category have such a particular at all."""
        allowed = self.fits.get(attribute.partition("=")[0])
        return category is None or allowed is None or category in allowed

    def fitting(self, attribute: str, category: str | None) -> str | None:
        """The particular of the same name that goods of a category have; None if they have none."""
        return next((one for one in self._alike.get(attribute, (attribute,))
                     if self.goes(one, category)), None)

    def under(self, category: str, other: str) -> bool:
        """Whether a category lies under another: red wine under wine."""
        return category.startswith(other + "/") or other in self.above.get(category, ())

    def english(self, word: str) -> bool:
        """Whether a shelf is called so in English."""
        return _stems(word) in self._english

    def compound(self, word: str) -> tuple[str, dict[Kind, str]] | None:
        """The first part of a German compound and what its last part means, where that is a shelf:
        "Leinenhemd" is a shirt. None for other words.
        """
        for cut in range(SHORTEST_REST, len(word) - 1):
            head = word[cut:]
            if len(head) < SHORTEST_HEAD and head not in SHORT_HEADS:
                continue
            meanings = self.meanings((head,))
            thing = self.meanings((word[:cut],)).get("category") if head in FORMS else None
            if thing is not None:
                return "", {"category": thing}
            if "category" in meanings and self._spelled(head):
                return word[:cut], meanings
            if meanings:
                return None
        return None

    def dishes(self, word: str) -> tuple[str, ...]:
        """The occasions that the parts of a compound mean: "Weihnachtsgans", "Grillparty"; the last
        part alone where the first means none.
        """
        for cut in range(SHORTEST_REST, len(word) - SHORTEST_HEAD + 1):
            head = self.meanings((word[cut:],))
            first = self._part(word[:cut], "occasion")
            if set(head) == {"occasion"} and self._spelled(word[cut:], "occasion") and (
                    first or len(word) - cut >= SHORTEST_DISH or word[cut:] in SHORT_DISHES):
                last = head["occasion"]
                return (last,) if first is None else \
                    (first,) if first in ANIMALS and last in GENERAL | ANIMALS else (first, last)
        return ()

    def _spelled(self, head: str, kind: Kind = "category") -> bool:
        """Whether a shelf is called so, or so with another ending: "Esser" is no "Essen"."""
        return any(f"{one}{ending}" == other for ending in ENDINGS
                   for word, _value in self.kinds[kind].get(_stems(head), ())
                   if len(word) >= SHORTEST_HEAD or word in SHORT_HEADS
                   for one, other in ((word, head), (head, word)))

    def first_part(self, part: str) -> str | None:
        """The particular that the first part of a compound names, with or without its link."""
        return self._part(part, "attribute")

    def meal(self, first: str, head: str) -> str | None:
        """The occasion of a compound that is a meal: "Weihnachtsessen" is no food."""
        return self._part(first, "occasion") if head in MEALS else None

    def _part(self, part: str, kind: Kind) -> str | None:
        for link in LINKS:
            bare = part.removesuffix(link) if link else part
            found = self.meanings((bare,)).get(kind)
            if found is not None:
                return found
        return None


_ready: dict[int, tuple[Vocabulary, Known]] = {}
MOST_READY = 4


def known_words(vocabulary: Vocabulary) -> Known:
    """The vocabulary by stems, made once for as long as the same one is asked with."""
    found = _ready.get(id(vocabulary))
    if found is None or found[0] is not vocabulary:
        if len(_ready) >= MOST_READY:
            _ready.clear()
        found = _ready[id(vocabulary)] = (vocabulary, Known(vocabulary))
    return found[1]
