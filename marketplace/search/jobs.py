"""The only writers of the index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select

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
    begin_rebuild,
    forget_old_searches,
    note_progress,
    rewrite_all,
    tell_answered,
    write_documents,
)
from marketplace.search.events import IndexFaulty, SearchMissed
from marketplace.search.models import SearchDocument
from marketplace.search.queries.demand import missed, successful
from marketplace.search.queries.operating import index_fault, last_rebuild
from marketplace.search.rules import analysis, completing, ranking
from marketplace.search.rules.audiences import by

BATCH = 500
PAUSE = timedelta(minutes=10)


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
    facts = [f"{key}={value}" for key, values in row.facts.items() for value in values
             if key != "delivers"]
    if row.author_id is not None:
        facts.append(by(row.author_id))
    return {"kind": [row.kind], "category": row.categories,
            "producer": [row.producer] if row.producer else [], "occasion": row.occasions,
            "region": [row.region] if row.region else [], "attribute": facts,
            "delivers": row.facts.get("delivers", []),
            "visibility": [row.visibility]}


def _batches(kind: str = "") -> Iterator[list[SearchDocument]]:
    """All documents, some at a time; nothing of the database is held between two of them."""
    last = 0
    while True:
        wanted = select(SearchDocument).where(SearchDocument.id > last)
        if kind:
            wanted = wanted.where(SearchDocument.kind == kind)
        rows = list(db.session.scalars(wanted.order_by(SearchDocument.id).limit(BATCH)))
        db.session.rollback()
        if not rows:
            return
        yield rows
        last = rows[-1].id


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
            row = db.session.scalars(select(SearchDocument).where(
                SearchDocument.kind == thing, SearchDocument.object_id == object_id)).one()
            engine.replace([document_of(row, known)])
    except IndexMissing:
        rebuild()


@job("search.rebuild")
def rebuild_job() -> None:
    """Make all documents and the index anew."""
    rebuild()


@job("search.check", every_seconds=60)
def check() -> None:
    """Once a minute: an index that is missing, damaged or older than the database is made anew, and
    the operators hear of it. Where that does not help it is tried again after a while.
    """
    cause, last = index_fault(), last_rebuild()
    begun = last.started_at if last else None
    db.session.rollback()
    if not cause or (begun and clock.now() - begun < PAUSE):
        return
    with committing():
        announce(IndexFaulty(cause))
    rebuild()


@job("search.forget")
def forget() -> None:
    """Somebody was erased: no file of any index holds a word of theirs."""
    rebuild_index(keep_former=False)


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
        mine = begin_rebuild()
    with committing():
        rewrite_all()
    return rebuild_index(mine)


def rebuild_index(rebuild_id: int = 0, keep_former: bool = True) -> int:
    """Make the index anew from the documents, the former one beside it if kept; their number.

    How long texts are and which words stand alone is learnt from goods, whatever people write.
    """
    total = db.session.scalar(select(func.count()).select_from(SearchDocument)) or 0
    known = ranking.survey(texts_of(row) for rows in _batches("product") for row in rows)
    facts = known.facts() | completing.searched_facts(successful())
    count: int = doors().fulltext.rebuild(_stream(rebuild_id, known, total), facts, keep_former)
    _progress(rebuild_id, "ready", count, total)
    db.session.rollback()
    return count


def _stream(rebuild_id: int, known: ranking.Whole, total: int) -> Iterator[Document]:
    """All documents as the index takes them; after each batch it is said how far this is."""
    done = 0
    for rows in _batches():
        _progress(rebuild_id, "index", done, total)
        yield from (document_of(row, known) for row in rows)
        done += len(rows)


def _progress(rebuild_id: int, phase: str, done: int, total: int) -> None:
    if rebuild_id:
        with committing():
            note_progress(rebuild_id, phase, done, total)
