"""Reads of `touchpoints`: what is said elsewhere, for buyers and for those who look after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import Product, ProductText
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.producers.models import Producer
from marketplace.touchpoints.models import Mention
from marketplace.touchpoints.rules import LOOK_AGAIN

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Said:
    """A text elsewhere as buyers see it."""

    id: int
    url: str
    source: str
    kind: str
    published_on: date
    excerpt: str
    dead: bool


@dataclass(frozen=True, slots=True)
class Kept(Said):
    """The same as those who keep it see it: mood, of whom it is, who looked when."""

    mood: str
    producer: str
    title: str | None
    path: str
    checked_at: datetime
    dead_told_at: datetime | None


def kind_words() -> dict[str, str]:
    """Kinds of texts in words."""
    return {"portal": _("portal"), "forum": _("forum"), "test": _("test"), "blog": _("blog"),
            "press": _("press")}


def said_of_product(product_id: int) -> Sequence[Said]:
    """Texts elsewhere about a product, newest first. Loads: 1 statement."""
    return _said(Mention.product_id == product_id)


def said_of_house(producer_id: int) -> Sequence[Said]:
    """Texts elsewhere about a house itself, newest first. Loads: 1 statement."""
    return _said((Mention.producer_id == producer_id) & Mention.product_id.is_(None))


def _said(of: ColumnElement[bool]) -> Sequence[Said]:
    rows = db.session.execute(
        select(Mention.id, Mention.url, Mention.source, Mention.kind, Mention.published_on,
               Mention.excerpt, Mention.dead).where(of)
        .order_by(Mention.published_on.desc(), Mention.id.desc()).limit(SHOWN))
    return [Said(*row) for row in rows]


def subject_id(kind: str, slug: str) -> tuple[int, int | None] | None:
    """Ids of the house and the product at an address. Loads: 1 statement."""
    if kind == "producer":
        found = db.session.scalar(select(Producer.id).where(Producer.slug == slug))
        return None if found is None else (found, None)
    row = db.session.execute(select(Product.producer_id, Product.id)
                             .where(Product.slug == slug)).first()
    return (row[0], row[1]) if row else None


def mentions(look_again: bool, lang: str, limit: int = 20, offset: int = 0) -> Sequence[Kept]:
    """All of them, newest first; or those to look at again, told dead first. Loads: 1 statement."""
    told = Mention.dead_told_at
    order = (told.is_(None), Mention.checked_at, Mention.id) if look_again else (
        Mention.published_on.desc(), Mention.id.desc())
    query = _kept(lang).order_by(*order).limit(limit).offset(offset)
    return [_row(row) for row in db.session.execute(query.where(_due()) if look_again else query)]


def mention_of(mention_id: int, lang: str) -> Kept | None:
    """One of them. Loads: 1 statement."""
    row = db.session.execute(_kept(lang).where(Mention.id == mention_id)).first()
    return _row(row) if row else None


def mention_counts() -> tuple[int, int]:
    """How many there are, and how many to look at again. Loads: 1 statement."""
    row = db.session.execute(select(
        func.count(Mention.id), func.count(Mention.id).filter(_due()))).one()
    return row[0], row[1]


def _due() -> ColumnElement[bool]:
    """Told dead and not looked at since, or not looked at for half a year."""
    return or_(Mention.dead_told_at.is_not(None),
               Mention.checked_at <= clock.now() - LOOK_AGAIN)


def _kept(lang: str) -> Select[Mention, str, str, str, str]:
    here, other = aliased(ProductText), aliased(ProductText)
    return (select(Mention, Producer.name, func.coalesce(here.title, other.title),
                   Producer.slug, Product.slug)
            .join(Producer, Producer.id == Mention.producer_id)
            .outerjoin(Product, Product.id == Mention.product_id)
            .outerjoin(here, (here.product_id == Product.id) & (here.lang == lang))
            .outerjoin(other, (other.product_id == Product.id) & (other.lang == "de")))


def _row(row: Row[Mention, str, str, str, str]) -> Kept:
    one, producer, title, house, goods = row
    path = f"/products/{goods}" if goods else f"/producers/{house}"
    return Kept(one.id, one.url, one.source, one.kind, one.published_on, one.excerpt, one.dead,
                one.mood, producer, title, path, one.checked_at, one.dead_told_at)
