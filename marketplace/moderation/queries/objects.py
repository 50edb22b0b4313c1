"""What reports and decisions are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.bundles.models import Bundle, Poll
from marketplace.catalog.models import Product, ProductText
from marketplace.dialogue.models import Post, Thread
from marketplace.foundation.database import db
from marketplace.groups.models import Group, HiddenGroup
from marketplace.people.models import HiddenProfile, Person
from marketplace.recommend.models import Ask, Recommendation
from marketplace.reviews.models import ImportedRating, Rating, Reply
from marketplace.touchpoints.models import PanelVote


@dataclass(frozen=True, slots=True)
class Reported:
    """The thing a matter is about: its author, producer, words and address."""

    author_id: int | None
    producer_id: int | None
    words: str
    url: str
    level: str = "none"


def reported(kind: str, object_id: int) -> Reported | None:
    """What was reported. Loads: at most 2 statements."""
    if kind == "rating":
        row = db.session.execute(
            select(Rating, Product.slug).join(Product, Product.id == Rating.product_id)
            .where(Rating.id == object_id)).first()
        return row and Reported(row[0].person_id, row[0].producer_id, row[0].words,
                                f"/products/{row[1]}#review-{row[0].code}",
                                "yes" if row[0].again else "no")
    if kind == "imported":
        taken = db.session.execute(
            select(ImportedRating, Product.slug, Product.producer_id)
            .join(Product, Product.id == ImportedRating.product_id)
            .where(ImportedRating.id == object_id)).first()
        return taken and Reported(taken[0].person_id, taken[2], taken[0].words,
                                  f"/products/{taken[1]}#review-{taken[0].code}")
    if kind == "post":
        said = db.session.execute(select(Post, Thread).join(Thread, Thread.id == Post.thread_id)
                                 .where(Post.id == object_id)).first()
        return said and Reported(said[0].author_id, said[1].producer_id, said[0].words,
                                 f"/threads/{said[1].code}")
    if kind == "reply":
        answered = db.session.execute(
            select(Reply, Product.slug, Rating.code).join(Rating, Rating.id == Reply.rating_id)
            .join(Product, Product.id == Rating.product_id).where(Reply.id == object_id)).first()
        return answered and Reported(answered[0].person_id, answered[0].producer_id,
                                     answered[0].words,
                                     f"/products/{answered[1]}#review-{answered[2]}")
    return _other(kind, object_id)


KEPT: dict[str, Any] = {"person": HiddenProfile, "group": HiddenGroup}
"""Where words stand while a decision keeps them from the place they were written for."""


def _other(kind: str, object_id: int) -> Reported | None:
    tables: dict[str, Any] = {"thread": Thread, "bundle": Bundle, "recommendation": Recommendation,
              "product": Product, "person": Person, "group": Group, "ask": Ask,
              "poll": Poll, "panel": PanelVote}
    row = db.session.get(tables[kind], object_id) if kind in tables else None
    if row is None:
        return None
    author = getattr(row, "author_id", None) or {
        "person": row.id, "group": getattr(row, "founder_id", None),
        **dict.fromkeys(("ask", "panel"), getattr(row, "person_id", None))
    }.get(kind)
    words = next((said for name in ("words", "title", "reason", "wish", "question",
                                    "display_name", "handle", "name")
                  if (said := getattr(row, name, ""))), "")
    kept = db.session.get(KEPT[kind], object_id) if kind in KEPT else None
    if kept is not None:
        words = (kept.name if kind == "group" else kept.display_name or kept.about) or words
    if kind == "product":
        words = db.session.scalar(
            select(ProductText.title).where(ProductText.product_id == row.id)
            .order_by(ProductText.lang).limit(1)) or row.slug
    address = {"thread": "threads/{0.code}", "bundle": "bundles/{0.slug}",
               "product": "products/{0.slug}", "person": "members/{0.handle}",
               "group": "groups/{0.slug}", "ask": "asks/{0.code}",
               "poll": "polls/{0.code}",
               "panel": "account/panel/{0.panel_id}"}.get(kind, "").format(row)
    return Reported(author, getattr(row, "producer_id", None), words, f"/{address}")


def object_of(kind: str, ref: str) -> int | None:
    """The id behind a public reference. Loads: 1 statement."""
    columns: dict[str, Any] = {"rating": (Rating, Rating.code), "post": (Post, Post.code),
               "thread": (Thread, Thread.code), "bundle": (Bundle, Bundle.slug),
               "recommendation": (Recommendation, Recommendation.code),
               "product": (Product, Product.slug), "person": (Person, Person.handle),
               "group": (Group, Group.slug), "ask": (Ask, Ask.code), "poll": (Poll, Poll.code),
               "imported": (ImportedRating, ImportedRating.code),
               "panel": (PanelVote, PanelVote.code)}
    if kind == "reply":
        return db.session.scalar(select(Reply.id).join(Rating, Rating.id == Reply.rating_id)
                                 .where(Rating.code == ref, Reply.state == "published"))
    if kind not in columns:
        return None
    table, column = columns[kind]
    return db.session.scalar(select(table.id).where(column == ref))
