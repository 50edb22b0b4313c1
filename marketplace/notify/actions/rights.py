"""Buyers, producers and operators hear of withdrawals, complaints and signals."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.notify.actions import letter, tell
from marketplace.notify.actions.reacting import of_part, to_buyer
from marketplace.orders.events import (
    ComplaintClosed,
    ComplaintMoved,
    ComplaintOpened,
    SignalGiven,
    SignalsAnswered,
    WithdrawalDeclared,
)
from marketplace.orders.models import Complaint, Withdrawal
from marketplace.orders.queries.returning import withdrawals_with
from marketplace.people.models import Person
from marketplace.producers.queries import staff_ids
from marketplace.web.tokens import sign


def operators() -> list[int]:
    """Who runs the market. Loads: 1 statement."""
    return list(db.session.scalars(select(Person.id).where(Person.is_operator)
                                   .order_by(Person.id)))


def withdrawn(event: WithdrawalDeclared) -> None:
    """The receipt goes out, and who has to act hears of it: the seller, or the operator where no
    order was found.
    """
    one = withdrawals_with(Withdrawal.id == event.withdrawal_id)[0]
    row = one.row
    letter("withdrawal", "withdrawal", event.lang, email=row.email, args={
        "code": row.code, "order_words": one.part_number or row.order_words, "name": row.name,
        "seller": str(one.seller.get("name", "")), "words": row.text,
        "lines": [[line.qty, line.title] for line in one.lines],
        "at": row.declared_at.isoformat(),
        "url": f"/withdraw/receipts/{sign('receipt', [row.code])}"})
    if one.producer_id is None:
        for person in operators():
            tell(person, "withdrawal", f"unassigned {row.code}", "unassigned", "/operator/orders",
                 code=row.code)
        return
    for person in staff_ids(one.producer_id):
        tell(person, "withdrawal", f"withdrawn {row.code}", "withdrawn",
             f"/studio/orders/{one.part_number}", number=one.part_number)


def _to_staff(producer_id: int, key: str, title: str, number: str, anchor: str = "") -> None:
    for person in staff_ids(producer_id):
        tell(person, "criticism", f"{title} {key}", title, f"/studio/orders/{number}{anchor}",
             number=number)


def complained(event: ComplaintOpened) -> None:
    """The seller hears of a complaint, the buyer gets what was sent as a letter."""
    order, part = of_part(event.seller_order_id)
    row = db.session.get_one(Complaint, event.complaint_id)
    _to_staff(event.producer_id, row.code, "complained", part.number, f"#c-{row.code}")
    to_buyer(order, "order", "complaint", "complaint_sent", {"words": row.words},
             producer=str(part.seller["name"]), part=part.number, code=row.code)


def complaint_moved(event: ComplaintMoved) -> None:
    """The other side hears; a dispute reaches the people of the market too."""
    order, part = of_part(event.seller_order_id)
    row = db.session.get_one(Complaint, event.complaint_id)
    if event.by in ("staff", "system"):
        to_buyer(order, "order", "complaint_moved", "complaint_moved",
                 producer=str(part.seller["name"]), part=part.number, code=row.code)
        return
    _to_staff(event.producer_id, row.code, "complaint_answered", part.number, f"#c-{row.code}")
    if event.what == "disputed":
        for person in operators():
            tell(person, "order_in", f"disputed {row.code}", "disputed", "/operator/orders",
                 number=part.number)


def complaint_closed(event: ComplaintClosed) -> None:
    """The seller hears how it ended for the buyer."""
    _order, part = of_part(event.seller_order_id)
    row = db.session.get_one(Complaint, event.complaint_id)
    _to_staff(event.producer_id, row.code, "complaint_closed", part.number, f"#c-{row.code}")


def signalled(event: SignalGiven) -> None:
    """The seller hears of the tap."""
    _order, part = of_part(event.seller_order_id)
    _to_staff(event.producer_id, part.number, "signalled", part.number, "#signals")


def signals_answered(event: SignalsAnswered) -> None:
    """The buyer reads the answer."""
    order, part = of_part(event.seller_order_id)
    to_buyer(order, "order", "signal_answered", "signal_answered", {"words": event.words},
             producer=str(part.seller["name"]), part=part.number)
