"""The one question about each delivered line."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select, update

from marketplace.catalog.models import Product
from marketplace.catalog.queries import shelves
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.orders.queries import received
from marketplace.people.models import Consent
from marketplace.reviews.actions.scoring import buyer_counted
from marketplace.reviews.events import InvitationDue
from marketplace.reviews.models import Invitation
from marketplace.reviews.queries.asking import Asked, asked_line

WAYS = "page,app"
ASK_AFTER_DAYS = 14


def invite(order_line_id: int) -> None:
    """Plan the one question about a delivered line. Changes invitations.

    What a buyer answered before, liked or complained of is not looked at.
    """
    line = received(order_line_id)
    known = db.session.scalar(
        select(Invitation.id).where(Invitation.order_line_id == order_line_id))
    if line is None or known is not None:
        return
    category_id, own_days = db.session.execute(
        select(Product.category_id, Product.opinion_after_days)
        .where(Product.id == line.product_id)).one()
    shelf = shelves().get(category_id)
    days = own_days or (shelf.opinion_after_days if shelf else ASK_AFTER_DAYS)
    db.session.add(Invitation(
        order_line_id=order_line_id, person_id=line.buyer_id, product_id=line.product_id,
        due_at=(line.delivered_at or clock.now()) + timedelta(days=days),
        ways=WAYS if line.buyer_id is not None else "page"))
    db.session.flush()


def ask_due(limit: int = 500) -> int:
    """Ask everybody whose question is due; how many. Changes invitations, scores; announces."""
    rows = db.session.scalars(
        select(Invitation).where(Invitation.asked_at.is_(None), Invitation.answered_at.is_(None),
                                 Invitation.declined_at.is_(None),
                                 Invitation.due_at <= clock.now())
        .order_by(Invitation.due_at, Invitation.id).limit(limit)).all()
    for row in rows:
        line = asked_line(row.order_line_id)
        row.asked_at = clock.now()
        row.consent_id = standing_consent(row.person_id) if row.person_id else None
        if row.consent_id:
            row.ways = f"{WAYS},mail"
        db.session.flush()
        if line is not None and not line.buyer_counted:
            buyer_counted(row.product_id)
        if row.person_id is not None:
            announce(InvitationDue(row.order_line_id, row.person_id, row.product_id,
                                   row.consent_id))
    return len(rows)


def standing_consent(person_id: int) -> int | None:
    """The consent by which a person may be asked by mail; None without one."""
    return db.session.scalar(
        select(Consent.id).where(Consent.person_id == person_id,
                                 Consent.purpose == "review_invite",
                                 Consent.withdrawn_at.is_(None))
        .order_by(Consent.id.desc()).limit(1))


def line_answered(line: Asked) -> int:
    """Note that a line has its answer; 1 if this adds a buyer to the asked ones, else 0.

    A line that nobody was invited for gets its row now. Changes invitations.
    """
    _mark(line, "answered_at")
    return 0 if line.buyer_counted else 1


def _mark(line: Asked, column: str) -> None:
    """Note when a line was answered or declined, once."""
    now, here = clock.now(), db.session.connection()
    if line.invitation_id is None:
        here.execute(_uninvited(), {
            "order_line_id": line.line_id, "person_id": line.buyer_id,
            "product_id": line.product_id, "due_at": now, column: now, "ways": "none"})
    else:
        here.execute(_marked(column), {"invitation": line.invitation_id, "now": now})


@cache
def _uninvited() -> Any:
    return db.insert(Invitation.__table__)


@cache
def _marked(column: str) -> Any:
    table: Any = Invitation.__table__
    return (update(table).where(table.c.id == bindparam("invitation"), table.c[column].is_(None))
            .values({column: bindparam("now")}))


def decline(line: Asked) -> None:
    """"No thanks": nobody asks about this line again. Changes invitations, scores."""
    _mark(line, "declined_at")
    if not line.buyer_counted:
        buyer_counted(line.product_id)
