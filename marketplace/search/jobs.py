"""The only writers of the index."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from marketplace.adapters.doors import doors
from marketplace.adapters.fulltext.contract import SIGNAL_SCALE, Document, IndexMissing
from marketplace.catalog.queries import shelves
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.events import announce
from marketplace.foundation.findable import PUBLIC
from marketplace.foundation.jobs import job
from marketplace.search.actions import (
    answered_searches,
    forget_old_searches,
    rewrite_all,
    tell_answered,
    write_documents,
)
from marketplace.search.events import SearchMissed
from marketplace.search.models import SearchDocument
from marketplace.search.queries.demand import missed
from marketplace.search.rules import analysis, completing, ranking
from marketplace.search.rules.audiences import by


def texts_of(row: SearchDocument) -> ranking.Texts:
    """What of a document is searched."""
    return ranking.Texts(row.title, row.maker, row.body)


def document_of(row: SearchDocument, known: ranking.Whole) -> Document:
    """A row as the index takes it; only what all may see is named by corrections and completions.
    """
    told = row.visibility == PUBLIC and row.author_id is None
    return Document(
        id=f"{row.kind}:{row.object_id}", words=ranking.folded(texts_of(row), known),
        title_words=analysis.title_words(row.title),
        spellings=analysis.spellings(row.title, row.maker) if told else frozenset(),
        completions=completing.entries(_begun(row)) if told else (),
        title=" ".join(analysis.tokens(row.title)),
        facets=_facets(row),
        figures={
            "price_minor": row.price_minor or 0, "unit_price_minor": row.unit_price_minor or 0,
            "q10": round(row.q10 * SIGNAL_SCALE), "signal": round(row.q10 * SIGNAL_SCALE),
            "newest": int(row.newest.timestamp()), "available": int(row.available)},
    )


def _begun(row: SearchDocument) -> list[str]:
    """What somebody may begin to type to find this: goods by single words, shelf, house and place;
    houses and groups by their names too.
    """
    if row.kind != "product":
        return [row.title, *completing.head_words(row.title)]
    shelf = {one.slug: one for one in shelves().values()}.get((row.categories or [""])[-1])
    names = [name.strip() for said in ((shelf.de, shelf.en) if shelf else ())
             for name in said.replace("&", ",").split(",")]
    return [*completing.head_words(row.title), *names, row.maker, row.region]


def _facets(row: SearchDocument) -> dict[str, list[str]]:
    facts = [f"{key}={value}" for key, values in row.facts.items() for value in values]
    if row.author_id is not None:
        facts.append(by(row.author_id))
    return {"kind": [row.kind], "category": row.categories,
            "producer": [row.producer] if row.producer else [], "occasion": row.occasions,
            "region": [row.region] if row.region else [], "attribute": facts,
            "visibility": [row.visibility]}


def _rows(kind: str = "", object_id: int = 0) -> Iterator[SearchDocument]:
    wanted = select(SearchDocument).order_by(SearchDocument.id)
    if kind:
        wanted = wanted.where(SearchDocument.kind == kind)
    if object_id:
        wanted = wanted.where(SearchDocument.object_id == object_id)
    yield from db.session.scalars(wanted.execution_options(yield_per=500))


@job("search.reindex")
def reindex(thing: str, object_id: int) -> None:
    """Write one thing's document and put it into the index; rebuild where there is none."""
    with committing():
        gone = write_documents(thing, [object_id])
    engine = doors().fulltext
    try:
        known = ranking.Whole.of(engine.facts())
        if gone:
            engine.remove([f"{thing}:{i}" for i in gone])
        else:
            engine.replace([document_of(row, known) for row in _rows(thing, object_id)])
    except IndexMissing:
        rebuild()


@job("search.rebuild")
def rebuild_job() -> None:
    """Make all documents and the index anew."""
    rebuild()


@job("search.night", every_seconds=24 * 3600)
def night() -> None:
    """Once a day: what moved without an announcement, as the names of goods in a bundle, is new;
    old words go, and those who wait are told of what is there.
    """
    rebuild()
    with committing():
        forget_old_searches(clock.today())
    watches()


@job("search.watches")
def watches() -> None:
    """Tell those who wait for a search that finds something now."""
    found = answered_searches()
    db.session.rollback()
    with committing():
        tell_answered(found)


@job("search.demand", every_seconds=24 * 3600)
def demand() -> None:
    """Say what at least five people searched in vain."""
    with committing():
        for one in missed():
            announce(SearchMissed(one.words, one.people))


def rebuild() -> int:
    """Make all documents and the index anew; the number of documents."""
    with committing():
        rewrite_all()
    return rebuild_index()


def rebuild_index() -> int:
    """Make the index anew from the documents; their number.

    How long texts are and which words stand alone is learnt from goods, whatever people write.
    """
    known = ranking.survey(texts_of(row) for row in _rows("product"))
    count: int = doors().fulltext.rebuild((document_of(row, known) for row in _rows()),
                                          known.facts())
    db.session.rollback()
    return count
