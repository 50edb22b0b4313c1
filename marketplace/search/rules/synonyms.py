"""Words that mean the same: pairs that operators curate, never a general list.

A general list cost 0.02 NDCG where it was measured; a pair is therefore used where fewer than five
goods were found, and in every search only if the operator says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from marketplace.search.rules.analysis import stem, tokens

RESCUE_BELOW = 5
MOST_WORDS = 3
Others = Mapping[str, Sequence[tuple[str, ...]]]
"""Folded typed word -> what may stand instead, each as folded words that all have to be there."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`words` also find `other`, and the other way round if both ways."""

    words: str
    other: str
    both_ways: bool = True
    always: bool = False
    lang: str = ""


def fault(words: str, other: str) -> str:
    """What is wrong with a pair: "empty", "long", "same", or "" for nothing."""
    one, two = tokens(words), tokens(other)
    if not one or not two:
        return "empty"
    if max(len(one), len(two)) > MOST_WORDS:
        return "long"
    return "same" if list(map(stem, one)) == list(map(stem, two)) else ""


def others(typed: Sequence[str], pairs: Iterable[Pair]) -> dict[str, list[tuple[str, ...]]]:
    """What may stand instead of typed folded words, by the pairs whose words stand side by side.

    Each word of a phrase gets the whole other side, so that a thing with it has them all.
    """
    found: dict[str, list[tuple[str, ...]]] = {}
    stems = [stem(word) for word in typed]
    for pair in pairs:
        sides = [(pair.words, pair.other)] + ([(pair.other, pair.words)] if pair.both_ways else [])
        for this, that in sides:
            phrase, instead = [stem(word) for word in tokens(this)], tuple(tokens(that))
            for at in _places(stems, phrase):
                for word in typed[at:at + len(phrase)]:
                    if instead not in found.setdefault(word, []):
                        found[word].append(instead)
    return found


def _places(stems: Sequence[str], phrase: Sequence[str]) -> list[int]:
    """Where a phrase begins among words."""
    last = len(stems) - len(phrase) + 1
    return [at for at in range(last) if list(stems[at:at + len(phrase)]) == list(phrase)]


def usable(pairs: Iterable[Pair], lang: str, rescue: bool) -> list[Pair]:
    """Pairs of a language for every search, or all of it where little was found."""
    return [one for one in pairs if one.lang in ("", lang) and (rescue or one.always)]
