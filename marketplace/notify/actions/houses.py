"""Who is told of a producer's way to selling; handlers of the reactions table."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.notify.actions.telling import tell
from marketplace.people.models import Person
from marketplace.producers.events import (
    SellingBegan,
    TaxAsked,
    TraderChecked,
    TraderHandedIn,
    TraderSentBack,
    TraderStopped,
)
from marketplace.producers.models import Producer
from marketplace.producers.queries import staff_of


def _house(producer_id: int) -> Producer:
    return db.session.get_one(Producer, producer_id)


def _owners(producer_id: int, what: str, page: str = "legal") -> None:
    house = _house(producer_id)
    for row in staff_of(producer_id):
        if row.role == "owner":
            tell(row.person_id, "account", f"{what} {producer_id}", what,
                 f"/studio/{page}?producer={house.slug}".replace("//", "/"), name=house.name)


def handed_in(event: TraderHandedIn) -> None:
    """Those who run the market hear that trader data wait for them."""
    name = _house(event.producer_id).name
    for person_id in db.session.scalars(
            select(Person.id).where(Person.is_operator.is_(True)).order_by(Person.id)):
        tell(person_id, "account", f"trader {event.producer_id}", "trader_waits",
             "/operator/producers", name=name)


def checked(event: TraderChecked) -> None:
    """Owners hear that their data were checked."""
    _owners(event.producer_id, "trader_checked")


def sent_back(event: TraderSentBack) -> None:
    """Owners hear that something does not fit."""
    _owners(event.producer_id, "trader_back")


def stopped(event: TraderStopped) -> None:
    """Owners hear that sales stopped."""
    _owners(event.producer_id, "trader_stopped")


def selling(event: SellingBegan) -> None:
    """Owners hear that their goods are on sale."""
    _owners(event.producer_id, "selling_began", "")


def tax_asked(event: TaxAsked) -> None:
    """Owners are reminded of missing tax facts."""
    _owners(event.producer_id, "tax_asked")
