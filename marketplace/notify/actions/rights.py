"""Buyers, producers and operators hear of withdrawals; handlers of the reactions table."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.notify.actions import letter, tell
from marketplace.orders.events import WithdrawalDeclared
from marketplace.orders.models import Withdrawal
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
