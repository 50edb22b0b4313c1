"""Search, suggestions and kept pages after a change."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.database import after_commit
from marketplace.foundation.events import Event
from marketplace.foundation.jobs import enqueue
from marketplace.recommend import actions as recommend
from marketplace.search import actions as search
from marketplace.web.page_cache import drop


def drop_pages(event: Event) -> None:
    """Visitors' pages kept by this process are made anew."""
    after_commit(drop)


def product_changed(event: Any) -> None:
    """One product is indexed anew."""
    search.changed([event.product_id])
    after_commit(drop)


def producer_changed(event: Any) -> None:
    """All goods of a producer are indexed anew; what is kept about it is dropped."""
    from sqlalchemy import select

    from marketplace.catalog.models import Product
    from marketplace.foundation.database import db
    from marketplace.foundation.kept import forget

    forget()
    search.changed(db.session.scalars(
        select(Product.id).where(Product.producer_id == event.producer_id)))
    after_commit(drop)


def rebuild_all(event: Event) -> None:
    """The whole index is made anew, after a big import."""
    enqueue("search.rebuild", "all")
    after_commit(drop)


def willing_changed(event: Any) -> None:
    """Who may be computed with, or listed, changed: suggestions are computed anew."""
    if {"visibility", "suggestions_on", "age_class"} & set(event.fields):
        recommend.ties_changed()


def ties_changed(event: Event) -> None:
    """Suggestions are computed anew at the next look."""
    recommend.ties_changed()
