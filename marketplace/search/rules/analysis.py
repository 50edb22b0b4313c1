"""From text to words that meet: folded, stemmed in English and German, compounds taken apart."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from marketplace.search.rules.function_words import ENGLISH, FUNCTION_WORDS, GERMAN, listed

LONGEST_QUERY = 200
SHORTEST_PART = 4
SHORTEST_COMPOUND = 8
LINKS = ("", "s", "es", "n", "en", "er", "e")
PART_MINIMUM = 2

Language = Literal["de", "en"]

_SPELLED_UMLAUT = re.compile(r"(?<![aeiouq])([aou])e")
_ACCENT = re.compile("[\u0300-\u036f]+")
_SIGN = re.compile("[®™©℠½¼¾²³]")
_APOSTROPHE = re.compile(r"(?<=\w)['’`´](?=\w)")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_NOT_PLURAL = ("us", "ss", "is", "los")
_UNITS = listed("l ml cl dl g kg mg mm cm m qm gb tb mb w kw v mah zoll inch hz ghz")


def fold(text: str) -> str:
    """Write a text so that spellings of one word meet: small, no accents, "ae" as "a".

    "Käse", "Kaese" and "Kase" become "kase"; "ue" stays after a vowel or q ("neue", "Quelle").
    """
    small = text.casefold()
    if not small.isascii():
        plain = unicodedata.normalize("NFKD", _SIGN.sub(" ", small))
        small = _ACCENT.sub("", plain).casefold()
    return _SPELLED_UMLAUT.sub(r"\1", small)


def tokens(text: str) -> list[str]:
    """Cut a text into folded words; "Don't" is one word, "0,75" one number "0.75"."""
    found: list[str] = _TOKEN.findall(fold(_APOSTROPHE.sub("", text)))
    return [word.replace(",", ".") for word in found]


def singular(word: str) -> str:
    """Take an English plural ending off (Harman's S stemmer), but not from Haus, Glas or Reis.

    Source: Harman 1991, J. Am. Soc. Inf. Sci. 42.
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(_NOT_PLURAL):
        return word
    if word.endswith("as") and word[-3] != "e" and (len(word) < 5 or word.endswith("glas")):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    return word[:-1]


class _German:
    """Snowball's German stemmer; the library's object serves one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stem: Callable[[str], str] | None = None

    def __call__(self, word: str) -> str:
        with self._lock:
            if self._stem is None:
                import Stemmer

                self._stem = Stemmer.Stemmer("german").stemWord
            return self._stem(word)


_german = _German()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give the form under which a folded word is indexed, English and German alike."""
    if word[0].isdigit():
        return word
    short = singular(word)
    return _noun_in_et(short, _german(short))


def _noun_in_et(word: str, cut: str) -> str:
    """Give back "et" that belongs to the word ("tablet" is no table); verbs lose it ("bietet")."""
    if not cut or not word.startswith("et", len(cut)):
        return cut
    verb = cut[-1] in "td" or (cut[-1] in "nm" and cut[-2:-1] not in "aeiou")
    return cut if verb else cut + "et"


def stems(text: str) -> list[str]:
    """Give the indexed forms of all words of a text, in order; numbers also with their unit."""
    words = tokens(text)
    found = [stem(word) for word in words]
    units = [a + b for a, b in pairwise(words) if b in _UNITS and a[0].isdigit()]
    return found + units


def language(text: str) -> Language:
    """Tell by its little words whether a text is German or English; German if it has none."""
    words = tokens(text)
    german = sum(word in GERMAN for word in words)
    english = sum(word in ENGLISH for word in words)
    return "en" if english > german else "de"


def is_function_word(word: str) -> bool:
    """Tell whether a folded word only holds a sentence together ("und", "the")."""
    return word in FUNCTION_WORDS


def parts(word: str, alone: Collection[str]) -> tuple[str, str] | None:
    """Take a folded German compound apart; None unless both parts occur alone.

    alone: stems of words that stand alone in at least two documents. Of several cuts the one with
    the longest last part is taken: "weisswein" -> ("weiss", "wein").
    """
    if len(word) < SHORTEST_COMPOUND or not word.isalpha():
        return None
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        last = stem(word[cut:])
        if last not in alone:
            continue
        first = _first_part(word[:cut], alone)
        if first:
            return first, last
    return None


def _first_part(start: str, alone: Collection[str]) -> str | None:
    for link in LINKS:
        if link and not start.endswith(link):
            continue
        bare = start[: len(start) - len(link)]
        if len(bare) >= SHORTEST_PART and stem(bare) in alone:
            return stem(bare)
    return None


def compound_parts(text: str, alone: Collection[str]) -> Iterator[str]:
    """Go through the parts of all compounds of a German text; English texts have none."""
    if language(text) == "en":
        return
    for word in tokens(text):
        found = parts(word, alone)
        if found:
            yield from found


def title_words(title: str) -> frozenset[str]:
    """Give what a title is found by: its words, neighbours as "one two", and "= whole title"."""
    single = [stem(word) for word in tokens(title)]
    pairs = neighbours(single)
    return frozenset([*single, *pairs, whole(title)]) if single else frozenset()


def neighbours(words: Iterable[str]) -> list[str]:
    """Join each two words that stand beside one another."""
    return [f"{a} {b}" for a, b in pairwise(words)]


def whole(title: str) -> str:
    """Give the whole title as one word, unstemmed, with all little words."""
    return "= " + " ".join(tokens(title))


def spellings(*texts: str) -> frozenset[str]:
    """Give the folded words of texts that corrections may name: letters only, from three on."""
    return frozenset(w for text in texts for w in tokens(text) if len(w) >= 3 and w.isalpha())
