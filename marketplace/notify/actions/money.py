"""Who is told of money that needs somebody; handlers of the reactions table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.notify.actions.telling import letter, tell
from marketplace.orders.models import Order
from marketplace.payments.events import (
    BankAccountChanged,
    DisputeClosed,
    DisputeOpened,
    PaymentNeedsPerson,
    RefundAdvanced,
)
from marketplace.people.events import CodeAsked
from marketplace.people.models import Person
from marketplace.producers.models import Producer
from marketplace.producers.queries import seller_block, staff_ids, staff_of

PAGE = "/operator/payments"


def _operators(key: str, title: str, url: str, **args: Any) -> None:
    """Everybody who runs the market, by mail too."""
    for person_id in db.session.scalars(
            select(Person.id).where(Person.is_operator.is_(True)).order_by(Person.id)):
        tell(person_id, "payment", key, title, url, title, **args)


def _number(order_id: int) -> str:
    return db.session.scalar(select(Order.number).where(Order.id == order_id)) or "?"


def code_asked(event: CodeAsked) -> None:
    """A letter with the code for what needs more than a password."""
    lang = db.session.scalar(select(Person.lang).where(Person.id == event.person_id)) or "de"
    letter("account", "code", lang, person_id=event.person_id,
           args={"code_id": event.code_id, "purpose": event.purpose})


def needs_person(event: PaymentNeedsPerson) -> None:
    """Those who run the market hear at once that a payment waits for them."""
    _operators(f"money {event.payment_id} {event.reason}", "money_waits", PAGE,
               number=_number(event.order_id), reason=event.reason)


def advanced(event: RefundAdvanced) -> None:
    """A house hears that the market gave a buyer what its account did not cover."""
    for person_id in staff_ids(event.producer_id):
        tell(person_id, "payment", f"advanced {event.code}", "advanced", "/studio/payments",
             number=_number(event.order_id), minor=str(event.minor))


def disputed(event: DisputeOpened) -> None:
    """The market and each house of the order hear at once of a dispute."""
    number = _number(event.order_id)
    _operators(f"dispute {event.dispute_id}", "charge_disputed",
               f"{PAGE}/disputes/{event.dispute_id}", number=number)
    _houses(event.dispute_id, event.producer_ids, "charge_disputed", number)


def dispute_closed(event: DisputeClosed) -> None:
    """Both hear what the bank decided."""
    number, what = _number(event.order_id), "dispute_won" if event.won else "dispute_lost"
    _operators(f"dispute {event.dispute_id}", what, f"{PAGE}/disputes/{event.dispute_id}",
               number=number)
    _houses(event.dispute_id, event.producer_ids, what, number)


def account_changed(event: BankAccountChanged) -> None:
    """Everybody of a house hears of another account, its public address too; the operator checks.
    """
    house = db.session.get_one(Producer, event.producer_id)
    args: dict[str, Any] = {"name": house.name, "state": event.state, "ending": event.ending,
            "earliest": event.earliest, "url": f"/studio/account?producer={house.slug}"}
    for row in staff_of(event.producer_id):
        tell(row.person_id, "account", f"account {house.id} {event.state}", "account_changed",
             str(args["url"]), "account_changed",
             **{name: said for name, said in args.items() if name != "url"})
    public = seller_block([house.id])[house.id].get("e_mail")
    if public:
        letter("account", "account_changed", "de", email=str(public), args=args)
    if event.state == "asked":
        _operators(f"account {house.id}", "account_waits", PAGE, name=house.name)


def _houses(dispute_id: int, producer_ids: tuple[int, ...], what: str, number: str) -> None:
    for producer_id in sorted(set(producer_ids)):
        for person_id in staff_ids(producer_id):
            tell(person_id, "payment", f"dispute {dispute_id}", what,
                 f"/studio/payments/disputes/{dispute_id}", what, number=number)
