"""Who is told of what becomes of goods; handlers of the reactions table."""

from __future__ import annotations

from urllib.parse import quote

from sqlalchemy import select

from marketplace.catalog.events import (
    CreditAsked,
    ParticularsMissing,
    ProductPaused,
    ProductStopped,
    StockLow,
    StopLifted,
    WatchDue,
)
from marketplace.catalog.models import Product, ProductText
from marketplace.foundation.database import db
from marketplace.notify.actions.telling import tell
from marketplace.people.models import Person
from marketplace.producers.models import Producer
from marketplace.producers.queries import staff_of
from marketplace.producers.rules import may
from marketplace.search.events import SearchAnswered

WRITERS = ("owner", "editor")


def _title(product_id: int) -> str:
    return db.session.scalar(select(ProductText.title).where(
        ProductText.product_id == product_id).order_by(ProductText.lang).limit(1)) or ""


def _writers(producer_id: int, group: str, what: str, url: str, name: str) -> None:
    for row in staff_of(producer_id):
        if row.role in WRITERS:
            tell(row.person_id, "account", group, what, url, name=name)


def paused(event: ProductPaused) -> None:
    """Those who write a house's goods hear that one of them pauses."""
    _writers(event.producer_id, f"paused {event.product_id}", "product_paused",
             f"/studio/products/{event.product_id}", _title(event.product_id))


def stopped(event: ProductStopped) -> None:
    """Those who run the marketplace hear that goods were stopped for safety."""
    for person_id in db.session.scalars(
            select(Person.id).where(Person.is_operator.is_(True)).order_by(Person.id)).all():
        tell(person_id, "account", f"stop {event.product_id}", "product_stopped",
             "/operator/stops", name=_title_in(event.product_id, _lang(person_id)))


def stop_lifted(event: StopLifted) -> None:
    """Those who write a house's goods hear that these may be sold again."""
    _writers(event.producer_id, f"lifted {event.product_id}", "stop_lifted",
             f"/studio/products/{event.product_id}", _title(event.product_id))


def particulars_missing(event: ParticularsMissing) -> None:
    """Those who write a house's goods hear that their shelf asks for more now."""
    house = db.session.get_one(Producer, event.producer_id)
    _writers(event.producer_id, f"gaps {event.producer_id}", "particulars_missing",
             f"/studio/products?producer={house.slug}", house.name)


def credit_asked(event: CreditAsked) -> None:
    """Somebody hears that a house would like to name them."""
    product = db.session.get_one(Product, event.product_id)
    house = db.session.get_one(Producer, product.producer_id)
    tell(event.person_id, "account", f"credit {event.product_id}", "credit_asked",
         "/account/credits", name=house.name)


def _title_in(product_id: int, lang: str) -> str:
    return db.session.scalar(
        select(ProductText.title).where(ProductText.product_id == product_id)
        .order_by(ProductText.lang != lang, ProductText.lang).limit(1)) or ""


def _lang(person_id: int) -> str:
    return db.session.scalar(select(Person.lang).where(Person.id == person_id)) or "de"


def watched(event: WatchDue) -> None:
    """What somebody waited for is there: a notice and a letter, once."""
    row = db.session.get_one(Product, event.product_id)
    tell(event.person_id, "watch", f"watch {event.kind} {event.product_id}",
         f"watch_{event.kind}", f"/products/{row.slug}", mail="watch", kind=event.kind,
         house=row.producer_id, age=row.age_class,
         title=_title_in(event.product_id, _lang(event.person_id)))


def search_answered(event: SearchAnswered) -> None:
    """What somebody searched in vain can be found: a notice and a letter, once."""
    tell(event.person_id, "watch", f"search {event.words}", "search_answered",
         f"/search?q={quote(event.words)}", mail="watch", kind="search", title=event.words)


def stock_low(event: StockLow) -> None:
    """The people who look after a producer's goods hear that few pieces are left."""
    house = db.session.get_one(Producer, event.producer_id)
    for row in staff_of(event.producer_id):
        if may(row.role, "products"):
            tell(row.person_id, "stock", f"low {event.variant_id}", "stock_low",
                 f"/studio/stock?producer={house.slug}", mail="stock", left=event.available,
                 title=_title_in(event.product_id, _lang(row.person_id)))
