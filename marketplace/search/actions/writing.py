"""The documents of all kinds of things: the truth every index is rebuilt from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import delete, func, select

from marketplace.bundles.models import Bundle
from marketplace.bundles.queries import findable as bundles
from marketplace.catalog.models import Product
from marketplace.dialogue.models import Thread
from marketplace.dialogue.queries import findable as threads
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.findable import Findable
from marketplace.foundation.jobs import enqueue
from marketplace.groups.models import Group
from marketplace.groups.queries import findable as groups
from marketplace.people.models import Person
from marketplace.people.queries import findable as people
from marketplace.producers.models import Producer
from marketplace.producers.queries import findable as producers
from marketplace.search.actions import goods
from marketplace.search.models import SearchDocument
from marketplace.search.rules.analysis import fold

BATCH = 500
Rows = Callable[[Collection[int]], list[dict[str, Any]]]


def _row(thing: Findable) -> dict[str, Any]:
    return {
        "kind": thing.kind, "object_id": thing.object_id, "title": thing.title,
        "title_folded": fold(thing.title)[:200], "maker": "", "body": thing.body,
        "categories": [], "producer": "", "region": thing.region,
        "occasions": list(thing.occasions), "facts": thing.facts, "price_minor": None,
        "unit_price_minor": None, "available": True, "q10": 0.0, "newest": thing.newest,
        "visibility": thing.audience, "author_id": thing.by,
        "version": int(clock.now().timestamp())}


def _rows_of(found: Callable[[Collection[int]], list[Findable]]) -> Rows:
    return lambda ids: [_row(thing) for thing in found(ids)]


SOURCES: Mapping[str, tuple[Any, Rows]] = {
    "product": (Product.id, goods.documents),
    "producer": (Producer.id, _rows_of(producers.documents)),
    "member": (Person.id, _rows_of(people.documents)),
    "group": (Group.id, _rows_of(groups.documents)),
    "bundle": (Bundle.id, _rows_of(bundles.documents)),
    "thread": (Thread.id, _rows_of(threads.documents)),
}
"""Each kind with the key of its things and the query that makes their rows."""


def write_documents(kind: str, ids: Collection[int]) -> list[int]:
    """Make the documents of things anew; ids that have none any more. Changes search_documents.

    Loads: 4 to 10 statements for any number of things.
    """
    wanted = list(ids)
    made = SOURCES[kind][1](wanted)
    db.session.execute(delete(SearchDocument).where(
        SearchDocument.kind == kind, SearchDocument.object_id.in_(wanted)))
    if made:
        db.session.execute(db.insert(SearchDocument), made)
    return sorted(set(wanted) - {row["object_id"] for row in made})


def rewrite_all() -> int:
    """Make every document anew, in batches; how many. Changes search_documents."""
    db.session.execute(delete(SearchDocument))
    for kind, (key, _rows) in SOURCES.items():
        ids = list(db.session.scalars(select(key).order_by(key)))
        for start in range(0, len(ids), BATCH):
            write_documents(kind, ids[start:start + BATCH])
    db.session.flush()
    return db.session.scalar(select(func.count()).select_from(SearchDocument)) or 0


def changed(kind: str, ids: Iterable[int]) -> None:
    """Things changed: their documents are made anew after this change. Changes jobs."""
    for one in ids:
        enqueue("search.reindex", f"{kind} {one}", priority=5, thing=kind, object_id=one)
