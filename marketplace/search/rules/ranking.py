"""The order by relevance: folded weights, wanted words, and the community's small say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from marketplace.adapters.fulltext.contract import Form, Query, Ranking, Wanted
from marketplace.search.rules import analysis
from marketplace.search.rules.synonyms import RESCUE_BELOW

PART_WEIGHT = 0.3
PARTS_FACTOR = 0.8
CORRECTED_FACTOR = 0.8
SYNONYM_FACTOR = 0.8
FUNCTION_WORD_WEIGHT = 0.1
PERSONAL_PLACES = 20
PERSONAL_SHARE = 0.10
STANDARD = Ranking()
NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True)
class Weighing:
    """How much a word in a field counts, and how much long fields are held against it (0..1)."""

    weight: float
    length: float


FIELDS: Mapping[str, Weighing] = {
    "title": Weighing(4.0, 0.6),
    "maker": Weighing(2.0, 0.3),
    "body": Weighing(1.0, 0.8),
}


@dataclass(frozen=True)
class Texts:
    """What of a thing is searched: title, maker, and all the rest as body."""

    title: str = ""
    maker: str = ""
    body: str = ""


@dataclass(frozen=True)
class Whole:
    """What analysis must know of all documents: mean words per field, words that stand alone."""

    averages: Mapping[str, float] = field(default_factory=dict)
    alone: Collection[str] = frozenset()

    def facts(self) -> dict[str, object]:
        """Give it as plain values, to be kept beside an index."""
        return {"averages": dict(self.averages), "alone": sorted(self.alone)}

    @classmethod
    def of(cls, facts: Mapping[str, object]) -> Whole:
        """Read what `facts` gave."""
        averages, alone = facts.get("averages"), facts.get("alone")
        return cls(
            {str(k): float(v) for k, v in averages.items()} if isinstance(averages, dict) else {},
            frozenset(alone) if isinstance(alone, list) else frozenset(),
        )


def survey(stream: Iterable[Texts]) -> Whole:
    """Read all texts once: mean lengths, and the stems that occur in at least two documents."""
    lengths: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    count = 0
    for texts in stream:
        words = {name: analysis.stems(getattr(texts, name)) for name in FIELDS}
        lengths.update({name: len(found) for name, found in words.items()})
        seen.update({word for found in words.values() for word in found if word.isalpha()})
        count += 1
    averages = {name: lengths[name] / count if count else 0.0 for name in FIELDS}
    alone = {w for w, n in seen.items() if n >= analysis.PART_MINIMUM and len(w) >= 3}
    return Whole(averages, frozenset(alone))


def folded(texts: Texts, known: Whole) -> dict[str, float]:
    """Give the weight of each word of a document, all fields in one (BM25F before saturation).

    sum over fields W tf / (1 - b + b len / mean). Source: Robertson, Zaragoza 2009, The
    Probabilistic Relevance Framework, 3.5.
    """
    weights: dict[str, float] = {}
    for name, weighing in FIELDS.items():
        text = getattr(texts, name)
        words = analysis.stems(text)
        mean = known.averages.get(name) or 1.0
        part = weighing.weight / (1 - weighing.length + weighing.length * len(words) / mean)
        for word in words:
            weights[word] = weights.get(word, 0.0) + part
        for word in analysis.compound_parts(text, known.alone):
            weights[word] = weights.get(word, 0.0) + part * PART_WEIGHT
    return weights


def wanted(word: str, known: Whole, meant: Sequence[str] = (),
           others: Sequence[tuple[str, ...]] = ()) -> Wanted:
    """Give the forms in which a folded word of a query may stand in a document.

    meant: what a mistyped word was meant to be; others: what means the same.
    """
    forms = [Form((analysis.stem(word),))]
    found = analysis.parts(word, known.alone)
    if found:
        forms.append(Form(found, PARTS_FACTOR))
    if meant:
        forms.append(Form(tuple(analysis.stem(w) for w in meant), CORRECTED_FACTOR))
    forms += [Form(tuple(analysis.stem(w) for w in one), SYNONYM_FACTOR) for one in others]
    little = analysis.is_function_word(word)
    return Wanted(word, tuple(forms), FUNCTION_WORD_WEIGHT if little else 1.0)


def query(
    words: str,
    known: Whole,
    unwanted: Sequence[str] = (),
    meant: Mapping[str, Sequence[str]] = NOTHING,
    ranking: Ranking = STANDARD,
    others: Mapping[str, Sequence[tuple[str, ...]]] = MappingProxyType({}),
) -> Query:
    """Turn typed words into what an engine is asked; what is beyond 200 characters is left out.

    unwanted: words after a minus; meant: corrections of mistyped folded words; others: what means
    the same as folded words.
    """
    typed = analysis.tokens(words[: analysis.LONGEST_QUERY])
    return Query(
        wanted=tuple(wanted(word, known, meant.get(word, ()), others.get(word, ()))
                     for word in dict.fromkeys(typed)),
        unwanted=tuple(_unwanted(unwanted, known)),
        neighbours=tuple(analysis.neighbours(analysis.stem(word) for word in typed)),
        whole=analysis.whole(words) if typed else "",
        ranking=ranking,
    )


def _unwanted(words: Iterable[str], known: Whole) -> Iterable[Form]:
    for word in words:
        for typed in analysis.tokens(word):
            yield from wanted(typed, known).forms


def personal_order(
    hits: Sequence[tuple[str, float]], signals: Mapping[str, float]
) -> list[tuple[str, float]]:
    """Re-order only the first twenty by what people I follow or trust say, within 10 %.

    hits: (id, score), best first; signals 0..1 per id.
    """
    first = [
        (one, score * (1 + PERSONAL_SHARE * min(max(signals.get(one, 0.0), 0.0), 1.0)))
        for one, score in hits[:PERSONAL_PLACES]
    ]
    return sorted(first, key=lambda hit: -hit[1]) + list(hits[PERSONAL_PLACES:])


def describe(ranking: Ranking = STANDARD) -> dict[str, float]:
    """Give the figures in force by name, for the page that explains the order."""
    return {
        **{f"{name}_weight": w.weight for name, w in FIELDS.items()},
        **{f"{name}_length": w.length for name, w in FIELDS.items()},
        "saturation": ranking.saturation,
        "title_factor": ranking.title_factor,
        "neighbour_factor": ranking.neighbour_factor,
        "community": ranking.community,
        "personal": PERSONAL_SHARE,
        "personal_places": PERSONAL_PLACES,
        "compound_part": PART_WEIGHT,
        "compound_query": PARTS_FACTOR,
        "corrected": CORRECTED_FACTOR,
        "synonym": SYNONYM_FACTOR,
        "rescue_below": RESCUE_BELOW,
        "enough": ranking.enough,
        "coverage_power": ranking.coverage_power,
    }
