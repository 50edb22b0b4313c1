"""The marketplace's own words by stems: what a phrase may mean, and what a compound is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from marketplace.search.rules.analysis import fold, is_function_word, stem
from marketplace.search.rules.wishes.chips import Kind, Vocabulary
from marketplace.search.rules.wishes.steering import FORMS

KINDS: tuple[tuple[Kind, str], ...] = (
    ("category", "categories"),
    ("region", "regions"),
    ("attribute", "attributes"),
    ("occasion", "occasions"),
    ("producer", "producers"),
)
SHORTEST_HEAD, SHORTEST_REST, SHORTEST_DISH, SHORTEST_NAME = 4, 3, 5, 4
SHORTEST_SLIP = 5
ENDINGS = ("", "e", "n", "en", "er", "s")
"""A German shelf may be called by another number than in a compound: "Schale", "Schalen"."""
SHORT_HEADS = frozenset(("ol", "tee"))
LINKS = ("", "s", "n", "en", "es")

Words = dict[tuple[str, ...], list[tuple[str, str]]]


@lru_cache(maxsize=4_000)
def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(stem(w) for w in re.findall(r"[^\W_]+", fold(phrase)))


def _lookup(words: Mapping[str, str]) -> Words:
    """Folded phrases with their keys, by stems; "scarves" is known as "scarf" too."""
    found: Words = {}
    for phrase, value in words.items():
        folded = fold(phrase)
        spelled = [folded]
        if folded.endswith("ves"):
            spelled += [folded[:-3] + "f", folded[:-3] + "fe"]
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


def _squeezed(word: str) -> str:
    """A word without doubled letters, of which people type one too few or too many."""
    return re.sub(r"(.)\1+", r"\1", word)


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
        self._slips = {_squeezed(fold(word)): value for word, value in vocabulary.categories.items()
                       if word.isalpha() and len(word) >= SHORTEST_SLIP}
        self.makers = _last_names(vocabulary.producers)
        self._english = frozenset(map(_stems, vocabulary.english))

    def meanings(self, words: Sequence[str]) -> dict[Kind, str]:
        """What folded words may mean together, by kind."""
        phrase = " ".join(words)
        stems = tuple(s for word in words for s in _stems(word))
        found = {kind: _closest(phrase, known[stems]) for kind, known in self.kinds.items()
                 if stems in known}
        if not found and len(phrase) >= SHORTEST_SLIP and _squeezed(phrase) in self._slips:
            return {"category": self._slips[_squeezed(phrase)]}
        if is_function_word(phrase):
            found = {kind: known for kind, known in found.items()
                     if known[0] in (phrase, phrase + "s")}
        if "category" in found and found["category"][0] == phrase.removesuffix("en") != phrase:
            del found["category"]  # "wooden" says of what, not what
        return {kind: value for kind, (word, value) in found.items()
                if not (kind in ("occasion", "category") and _does_it(phrase, word))}

    def goes(self, attribute: str, category: str | None) -> bool:
        """Whether goods of a category have such a particular at all."""
        allowed = self.fits.get(attribute.partition("=")[0])
        return category is None or allowed is None or category in allowed

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

    def dish(self, word: str) -> str | None:
        """The occasion that the last part of a compound means: "Grillparty" is a party."""
        for cut in range(SHORTEST_REST, len(word) - SHORTEST_DISH + 1):
            meanings = self.meanings((word[cut:],))
            if set(meanings) == {"occasion"} and self._spelled(word[cut:], "occasion"):
                return meanings["occasion"]
        return None

    def _spelled(self, head: str, kind: Kind = "category") -> bool:
        """Whether a shelf is called so, or so with another ending: "Esser" is no "Essen"."""
        return any(f"{one}{ending}" == other for ending in ENDINGS
                   for word, _value in self.kinds[kind].get(_stems(head), ())
                   for one, other in ((word, head), (head, word)))

    def first_part(self, part: str) -> str | None:
        """The particular that the first part of a compound names, with or without its link."""
        for link in LINKS:
            bare = part.removesuffix(link) if link else part
            found = self.meanings((bare,)).get("attribute")
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
