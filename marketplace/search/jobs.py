"""The only writers of the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from marketplace.adapters.doors import doors
from marketplace.adapters.fulltext.contract import SIGNAL_SCALE, Document, IndexMissing
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import job
from marketplace.search.actions import rewrite_all, write_documents
from marketplace.search.models import SearchDocument
from marketplace.search.rules import analysis, ranking


def texts_of(row: SearchDocument) -> ranking.Texts:
    """What of a document is searched."""
    return ranking.Texts(row.title, row.maker, row.body)


def document_of(row: SearchDocument, known: ranking.Whole) -> Document:
    """A row as the index takes it."""
    parts = texts_of(row)
    facts = [f"{key}={value}" for key, values in row.facts.items() for value in values]
    return Document(
        id=f"{row.kind}:{row.object_id}", words=ranking.folded(parts, known),
        title_words=analysis.title_words(row.title),
        spellings=analysis.spellings(row.title, row.maker),
        completions=(row.title[:80],), title=" ".join(analysis.tokens(row.title)),
        facets={"kind": [row.kind], "category": row.categories, "producer": [row.producer],
                "occasion": row.occasions, "region": [row.region], "attribute": facts,
                "visibility": [row.visibility]},
        figures={
            "price_minor": row.price_minor or 0, "unit_price_minor": row.unit_price_minor or 0,
            "q10": round(row.q10 * SIGNAL_SCALE), "signal": round(row.q10 * SIGNAL_SCALE),
            "newest": int(row.newest.timestamp()), "available": int(row.available)},
    )


def _rows(ids: Iterable[int] | None = None) -> Iterator[SearchDocument]:
    wanted = select(SearchDocument).order_by(SearchDocument.id)
    if ids is not None:
        wanted = wanted.where(SearchDocument.kind == "product",
                              SearchDocument.object_id.in_(list(ids)))
    yield from db.session.scalars(wanted.execution_options(yield_per=500))


@job("search.reindex")
def reindex(product_id: int) -> None:
    """Write one product's document and put it into the index; rebuild where there is none."""
    with committing():
        gone = write_documents([product_id])
    engine = doors().fulltext
    try:
        known = ranking.Whole.of(engine.facts())
        if gone:
            engine.remove([f"product:{i}" for i in gone])
        else:
            engine.replace([document_of(row, known) for row in _rows([product_id])])
    except IndexMissing:
        rebuild()


@job("search.rebuild")
def rebuild_job() -> None:
    """Make all documents and the index anew."""
    rebuild()


def rebuild() -> int:
    """Make all documents and the index anew; the number of documents."""
    with committing():
        rewrite_all()
    return rebuild_index()


def rebuild_index() -> int:
    """Make the index anew from the documents; their number."""
    known = ranking.survey(texts_of(row) for row in _rows())
    count: int = doors().fulltext.rebuild((document_of(row, known) for row in _rows()),
                                          known.facts())
    db.session.rollback()
    return count
