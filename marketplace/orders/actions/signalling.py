"""One tap: something is wrong. It is heard, and answered by a named person."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.orders.events import SignalGiven, SignalsAnswered
from marketplace.orders.models import OrderHistory, SellerOrder, Signal
from marketplace.orders.queries.complaints import open_signals

SAME_WITHIN = timedelta(seconds=30)


def signal(part_id: int, words: str = "") -> Signal:
    """Something is wrong with this part, at the step where it is; a double tap is one.

    Changes order_signals, order_history; announces SignalGiven.
    """
    part = db.session.execute(
        select(SellerOrder).where(SellerOrder.id == part_id).with_for_update()
        .execution_options(populate_existing=True)).scalar_one()
    now = clock.now()
    same = db.session.scalar(select(Signal).where(
        Signal.seller_order_id == part_id, Signal.step == part.state,
        Signal.at > now - SAME_WITHIN))
    if same is not None:
        return same
    row = Signal(seller_order_id=part_id, step=part.state, at=now, words=words[:500] or None)
    db.session.add(row)
    _note(part, "signalled", "buyer", None)
    announce(SignalGiven(row.id, part.id, part.order_id, part.producer_id))
    return row


def add_words(part_id: int, words: str) -> None:
    """What is wrong, said after the tap. Raises Invalid, Conflict. Changes order_signals."""
    if not 3 <= len(words) <= 500:
        raise Invalid({"words": _("3 to 500 characters.")})
    row = db.session.scalar(
        select(Signal).where(Signal.seller_order_id == part_id, Signal.answered_at.is_(None))
        .order_by(Signal.id.desc()).limit(1))
    if row is None:
        raise Conflict(_("It was answered already. Tap again, if something is still wrong."))
    row.words = words
    db.session.flush()


def answer_signals(part_id: int, words: str, name: str) -> None:
    """A person of the seller answers all open signals of a part's buyer in one sentence.

    Raises Invalid, Conflict. Changes order_signals, order_history; announces SignalsAnswered.
    """
    if not 3 <= len(words) <= 500:
        raise Invalid({"words": _("3 to 500 characters.")})
    part = db.session.get_one(SellerOrder, part_id)
    answered = tuple(row.id for row, _number in open_signals(part))
    if not answered:
        raise Conflict(_("It was answered already."))
    db.session.execute(update(Signal).where(Signal.id.in_(answered)).values(
        answered_at=clock.now(), answered_by=name).execution_options(synchronize_session=False))
    _note(part, "signal_answered", "staff", name, words=words)
    announce(SignalsAnswered(answered, part.id, part.producer_id, words))


def _note(part: SellerOrder, kind: str, actor: str, name: str | None, **args: str) -> None:
    db.session.add(OrderHistory(
        order_id=part.order_id, seller_order_id=part.id, at=clock.now(), kind=kind, actor=actor,
        actor_name=name, args=args))
    db.session.flush()
