"""Who is told of offers from bundles; handlers of the reactions table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.bundles.events import OfferAgreed, OfferAsked, OfferEnded, OfferPaused
from marketplace.bundles.queries.offers import OfferRow, offer_by_id
from marketplace.checkout.models import Basket, BasketLine
from marketplace.foundation.database import db
from marketplace.notify.actions.telling import tell
from marketplace.producers.queries import staff_of

GOODS = ("owner", "editor")
MOST_BASKETS = 1_000


def _author(row: OfferRow, title: str, **args: Any) -> None:
    if row.author_id is not None:
        tell(row.author_id, "question", f"offer {row.id} {title}", title,
             f"/account/bundles/offers/{row.id}", title=row.title, **args)


def _houses(row: OfferRow, title: str, only: int | None = None, **args: Any) -> None:
    """Those who look after the goods of the producers, or of one of them."""
    for house in row.houses:
        if only is not None and house.producer_id != only:
            continue
        for person in staff_of(house.producer_id or 0):
            if person.role in GOODS:
                tell(person.person_id, "question", f"offer {row.id} {house.slug} {title}", title,
                     f"/studio/bundles/offers/{row.id}?producer={house.slug}", title=row.title,
                     **args)


def asked(event: OfferAsked) -> None:
    """The author, and the other producers."""
    row = offer_by_id(event.offer_id)
    name = next((one.name for one in row.houses if one.producer_id == row.producer_id), "?")
    _author(row, "offer_asked", name=name)
    for house in row.houses:
        if house.producer_id != row.producer_id:
            _houses(row, "offer_asked", house.producer_id, name=name)


def agreed(event: OfferAgreed) -> None:
    """Everybody who takes part."""
    row = offer_by_id(event.offer_id)
    _author(row, "offer_runs")
    _houses(row, "offer_runs")


def paused(event: OfferPaused) -> None:
    """Everybody who takes part: why the price rests, or that it runs again."""
    row, title = offer_by_id(event.offer_id), "offer_rests" if event.reason else "offer_runs"
    args: dict[str, Any] = {"reason": event.reason} if event.reason else {}
    _author(row, title, **args)
    _houses(row, title, **args)


def ended(event: OfferEnded) -> None:
    """Everybody who takes part, and members with the set in their basket."""
    row = offer_by_id(event.offer_id)
    title = f"offer_{event.state}"
    _author(row, title)
    _houses(row, title)
    if not row.code:
        return
    for person_id in db.session.scalars(
        select(Basket.person_id).join(BasketLine, BasketLine.basket_id == Basket.id)
        .where(BasketLine.set_key == f"bundle-{row.bundle_id}", Basket.person_id.is_not(None))
        .distinct().limit(MOST_BASKETS)
    ).all():
        tell(person_id or 0, "watch", f"set {row.id}", "set_price_ended", "/basket",
             title=row.title)
