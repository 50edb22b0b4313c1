"""The one question whether somebody would buy it again, by mail once per order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.notify.actions.telling import letter, tell
from marketplace.notify.models import Letter
from marketplace.notify.queries import choices_of, pace_of, zone_of
from marketplace.notify.rules.pace import next_morning
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.people.models import Person
from marketplace.reviews.events import InvitationDue
from marketplace.reviews.models import Invitation

INVITE = "review_invite"


def invited(event: InvitationDue) -> None:
    """The one question about a delivered line; by mail only to who agreed, and one letter for all
    lines and sellers of an order. Changes notices, letters, jobs.
    """
    line = db.session.get_one(OrderLine, event.order_line_id)
    order = db.session.get_one(Order, db.session.scalar(
        select(SellerOrder.order_id).where(SellerOrder.id == line.seller_order_id)))
    tell(event.person_id, INVITE, f"invite {line.id}", "invited",
         f"/orders/{order.number}/lines/{line.id}/rating", mail="", title=line.title)
    refused = choices_of(event.person_id).get((INVITE, "mail")) is False
    if event.consent_id is None or refused or _written(event.person_id, order.id):
        return
    lang = db.session.scalar(select(Person.lang).where(Person.id == event.person_id)) or "de"
    letter(INVITE, INVITE, lang, person_id=event.person_id, merge_key=f"invite {order.id}",
           due_at=_morning_after(event.person_id, order.id),
           args={"order_id": order.id, "number": order.number, "url": f"/orders/{order.number}"})


def _written(person_id: int, order_id: int) -> bool:
    """Whether the letter of this order is written already, whatever became of it."""
    return db.session.scalar(select(Letter.id).where(
        Letter.person_id == person_id, Letter.class_ == INVITE,
        Letter.merge_key == f"invite {order_id}").limit(1)) is not None


def _morning_after(person_id: int, order_id: int) -> datetime:
    """The morning after the last question of an order that is planned so far."""
    last = db.session.scalar(
        select(func.max(Invitation.due_at))
        .join(OrderLine, OrderLine.id == Invitation.order_line_id)
        .join(SellerOrder, SellerOrder.id == OrderLine.seller_order_id)
        .where(SellerOrder.order_id == order_id, Invitation.answered_at.is_(None),
               Invitation.declined_at.is_(None)))
    now = clock.now()
    return next_morning(max(last or now, now), pace_of(person_id).quiet_to, zone_of(person_id))
