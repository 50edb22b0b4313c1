"""Finding: what was understood, which goods in which order, facet counts; never a write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import func, or_, select

from marketplace.adapters.doors import doors
from marketplace.adapters.fulltext.contract import (
    Band,
    Between,
    Count,
    Filters,
    Found,
    IndexMissing,
    OneOf,
    Sort,
)
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.meters import timed
from marketplace.search.models import SearchDocument
from marketplace.search.queries.exact import Exactly, exactly, kept_to
from marketplace.search.queries.learnt import learnt
from marketplace.search.queries.pairs import pairs_in_force
from marketplace.search.queries.vocabulary import vocabulary
from marketplace.search.rules import analysis, ranking, spelling, synonyms, typed
from marketplace.search.rules.needs import NO_NEEDS, Needs
from marketplace.search.rules.synonyms import RESCUE_BELOW, Others, Pair
from marketplace.search.rules.wishes import Chip, Wish, parse

FACETS = ("category", "producer", "occasion", "region", "attribute", "delivers")
COUNTED = (*FACETS, "price")
SORTS: Mapping[str, Sort] = {
    "peers": "peers", "again": "peers", "price": "price", "unit_price": "unit_price",
    "newest": "newest", "title": "title", "relevance": "relevance"}
NONE: Others = {}
FIGURES = frozenset(("price", "people", "amount", "date", "occasion"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: words, chosen facet values, price span in minor units.

    pairs: words that mean the same, instead of those in force; to try them out.
    """

    words: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    low_minor: int | None = None
    high_minor: int | None = None
    available_only: bool = False
    sort: str = "peers"
    only: frozenset[int] | None = None
    plain: bool = False
    lang: str = ""
    pairs: tuple[Pair, ...] | None = None
    needs: Needs = NO_NEEDS


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: product ids in order, counts, chips read from the words, corrections."""

    ids: Sequence[int]
    total: int
    counts: Mapping[str, Sequence[Count]]
    chips: Sequence[Chip]
    corrected: str
    dropped: Sequence[str]
    from_index: bool
    alike: Sequence[tuple[str, str]] = ()
    """Typed words and the other words that were looked for too, because little was found."""
    bands: Sequence[Band] = ()
    scores: Sequence[float] = ()
    """How well each of the ids fits; 0 where another order was asked for."""


@timed("search")
def find(asked: Asked, limit: int, offset: int = 0) -> Answer:
    """Goods for words, filters and an order; from the database while there is no index."""
    read = typed.read(asked.words)
    asked = replace(asked, words=read.words)
    wish = parse(asked.words, vocabulary(), clock.today()) if asked.words and not asked.plain \
        else None
    chips = _meant(wish) if wish else []
    exact = exactly(read, [one for one in wish.all_chips() if one.kind != "word" or one.negated]
                    if wish else ())
    try:
        return _from_index(asked, chips, limit, offset, exact)
    except IndexMissing:
        return _from_database(asked, limit, offset)


def by_chips(asked: Asked, chips: Sequence[Chip], limit: int) -> Answer:
    """Goods that have all these chips, no chip is let go. Those with the words come first; where a
    shelf is named and few have them, the others of the shelf follow. Raises IndexMissing.
    """
    engine = doors().fulltext
    words, corrected, _others = _query(engine, asked, (), False) if asked.words \
        else (None, "", NONE)
    exact = exactly(typed.Typed(""), chips)

    def look(words: Any, sort: Sort) -> Found:
        filters = kept_to(engine, words, _filters(asked, chips), sort, exact)
        return engine.find(words, filters, sort, limit)

    found = look(words, "relevance" if words else "peers")
    hits = list(found.hits)
    if words and chips and (not found.total or (found.total < limit and _shelf_named(chips))):
        found = look(None, "peers")
        first = {hit.id for hit in hits}
        hits += [hit for hit in found.hits if hit.id not in first][: limit - len(hits)]
    return Answer([int(hit.id.partition(":")[2]) for hit in hits], found.total, {}, chips,
                  corrected, found.dropped, True)


def _shelf_named(chips: Sequence[Chip]) -> bool:
    return any(chip.kind == "category" and not chip.negated for chip in chips)


def _called_so(chips: Sequence[Chip]) -> tuple[str, ...]:
    """The words that stand for a shelf as a whole: "Pulli", not "Orangewein"."""
    known = {analysis.fold(word) for word in vocabulary().categories}
    return tuple(chip.typed for chip in chips if chip.kind == "category" and not chip.negated
                 and analysis.fold(chip.typed) in known)


def _meant(wish: Wish) -> list[Chip]:
    """What was understood and narrows the list: "dry" only beside a shelf, for there it is sure."""
    chips = wish.all_chips()
    shelf = _shelf_named(chips)
    return [chip for chip in chips if chip.kind != "attribute" or chip.negated or shelf]


def _from_index(asked: Asked, chips: Sequence[Chip], limit: int, offset: int, exact: Exactly
                ) -> Answer:
    engine = doors().fulltext
    sort = SORTS.get(asked.sort, "peers")
    if asked.words and asked.sort == "peers":
        sort = "relevance"

    def look(chips: Sequence[Chip], rescue: bool = False, said: bool = True
             ) -> tuple[Found, str, Others]:
        words, corrected, others = _query(engine, asked, chips, rescue, said) if asked.words \
            else (None, "", NONE)
        order: Sort = sort if said or words else "peers"
        filters = kept_to(engine, words, _filters(asked, chips), order, exact)
        return engine.find(words, filters, order, limit, COUNTED, offset), corrected, others

    found, corrected, others = look(chips)
    dropped = found.dropped
    if not found.total and (called := _called_so(chips)):
        found, corrected, others = look(chips, said=False)
        dropped = called
    if not found.total and chips and asked.words:
        chips = ()
        found, corrected, others = look(())
        dropped = found.dropped
    alike: Others = NONE
    if found.total < RESCUE_BELOW and asked.words and _curated(asked, True):
        more, said, others = look(chips, rescue=True)
        if more.total > found.total:
            found, corrected, alike, dropped = more, said, others, more.dropped
    ids = [int(hit.id.partition(":")[2]) for hit in found.hits]
    return Answer(ids, found.total, found.facets, chips, corrected, dropped, True,
                  [(word, " ".join(one)) for word, rows in alike.items() for one in rows],
                  found.bands, [hit.score for hit in found.hits])


def _query(engine: Any, asked: Asked, chips: Sequence[Chip], rescue: bool, said: bool = True
           ) -> tuple[Any, str, Others]:
    """The words that are left after the chips, mistyped ones corrected, with what means the same;
    unless `said`, without the words for the shelf either.
    """
    known, words = learnt(engine)
    hard = {chip.typed for chip in chips if chip.kind in FIGURES or chip.negated
            or not (said or chip.kind != "category")}
    folded = analysis.fold(asked.words)
    for phrase in sorted(hard, key=len, reverse=True):
        folded = folded.replace(analysis.fold(phrase), " ")
    found = spelling.corrections(folded[: analysis.LONGEST_QUERY], words)
    meant = {c.typed: c.meant for c in found}
    corrected = spelling.rewritten(asked.words, found) if found else ""
    useful = " ".join(w for w in analysis.tokens(folded) if not analysis.is_function_word(w))
    others = synonyms.others(analysis.tokens(useful or folded), _curated(asked, rescue))
    query = ranking.query(useful or folded, known, meant=meant, others=others) \
        if folded.strip() else None
    return query, corrected, others


def _curated(asked: Asked, rescue: bool) -> list[Pair]:
    """Pairs to use. Loads: 1 statement a minute."""
    pairs = pairs_in_force() if asked.pairs is None else asked.pairs
    return synonyms.usable(pairs, asked.lang, rescue)


def _filters(asked: Asked, chips: Sequence[Chip]) -> Filters:
    one_of = [OneOf("kind", frozenset(("product",))), OneOf("visibility", frozenset(("public",)))]
    one_of += [OneOf(name, frozenset(values)) for name, values in asked.chosen.items()
               if values and name != "attribute"]
    one_of += _attributes([*asked.chosen.get("attribute", ()), *(
        chip.value for chip in chips if chip.kind == "attribute" and not chip.negated)])
    one_of += asked.needs.must()
    none_of = [*asked.needs.must_not(), *(
        OneOf(chip.kind, frozenset((chip.value,))) for chip in chips
        if chip.negated and chip.kind in FACETS)]
    low, high = asked.low_minor, asked.high_minor
    wanted = {chip.value for chip in chips if chip.kind == "category" and not chip.negated}
    if wanted and "category" not in asked.chosen:
        one_of.append(OneOf("category", frozenset(wanted)))
    for chip in chips:
        if chip.kind == "occasion" and not chip.negated and "occasion" not in asked.chosen:
            one_of.append(OneOf("occasion", frozenset((chip.value,))))
        if chip.kind == "price":
            low, high = chip.low if low is None else low, chip.high if high is None else high
    between = []
    if low is not None or high is not None:
        between.append(Between("price_minor", low, high))
    if asked.available_only:
        between.append(Between("available", 1, 1))
    only = None if asked.only is None else frozenset(f"product:{i}" for i in asked.only)
    return Filters(tuple(one_of), tuple(none_of), tuple(between), only)


def _attributes(values: Sequence[str]) -> list[OneOf]:
    """Values of one particular are "or", those of two are "and"."""
    keys: dict[str, set[str]] = {}
    for value in values:
        keys.setdefault(value.partition("=")[0], set()).add(value)
    return [OneOf("attribute", frozenset(found)) for found in keys.values()]


def _from_database(asked: Asked, limit: int, offset: int) -> Answer:
    """Titles and makers only, while the index is being made."""
    where = [SearchDocument.kind == "product"]
    for word in analysis.tokens(asked.words)[:8]:
        where.append(or_(SearchDocument.title_folded.contains(word, autoescape=True),
                         func.lower(SearchDocument.maker).contains(word, autoescape=True)))
    if asked.high_minor is not None:
        where.append(SearchDocument.price_minor <= asked.high_minor)
    if asked.low_minor is not None:
        where.append(SearchDocument.price_minor >= asked.low_minor)
    if asked.only is not None:
        where.append(SearchDocument.object_id.in_(list(asked.only)))
    rows = db.session.execute(
        select(SearchDocument.object_id, SearchDocument.categories, SearchDocument.producer,
               SearchDocument.occasions, SearchDocument.region, SearchDocument.facts)
        .where(*where)
        .order_by(SearchDocument.available.desc(), SearchDocument.q10.desc(),
                  SearchDocument.object_id).limit(5000)).all()
    kept = [row.object_id for row in rows if _chosen(row, asked.chosen)]
    return Answer(kept[offset:offset + limit], len(kept), {}, (), "", (), False)


def _chosen(row: Any, chosen: Mapping[str, Sequence[str]]) -> bool:
    has = {"category": row.categories, "producer": [row.producer], "occasion": row.occasions,
           "region": [row.region], "delivers": row.facts.get("delivers", [])}
    said = {f"{key}={code}" for key, codes in row.facts.items() for code in codes}
    return all(set(values) & set(has.get(name, values))
               for name, values in chosen.items() if values and name != "attribute") and \
        all(one.values & said for one in _attributes(chosen.get("attribute", ())))
