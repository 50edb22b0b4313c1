"""Days without orders, and the end of a producer."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.producers.actions.pages import demand
from marketplace.producers.events import ProducerChanged, ProducerEnded, ProducerPaused
from marketplace.producers.models import Pause, Producer, ProducerFollow, Staff, StaffLink
from marketplace.producers.queries.staff import Role

LONGEST_PAUSE = timedelta(days=365)


def pause(role: Role, until: date, words: str) -> None:
    """Take no orders until a day; page, questions and reviews go on. Raises Conflict, Invalid.

    The days count in no promise. Changes producers, pauses; announces.
    """
    demand(role, "texts")
    today = clock.today()
    if not today < until <= today + LONGEST_PAUSE:
        raise Invalid({"until": _("A day from tomorrow on, within a year.")})
    _change_state(role, "selling", "paused", until, words[:200])
    db.session.add(Pause(producer_id=role.producer_id, from_on=today, until_on=until))
    db.session.flush()
    _announce(role.producer_id)


def resume(role: Role) -> None:
    """Sell again before the day. Raises Conflict. Changes producers, pauses; announces."""
    demand(role, "texts")
    _change_state(role, "paused", "selling", None, None)
    _cut(role.producer_id)
    _announce(role.producer_id)


def _cut(producer_id: int) -> None:
    """A pause that was ended early counts until yesterday."""
    today, running = clock.today(), Pause.until_on >= clock.today()
    own = Pause.producer_id == producer_id
    db.session.execute(delete(Pause).where(own, running, Pause.from_on >= today))
    db.session.execute(update(Pause).where(own, running).values(
        until_on=today - timedelta(days=1)))


def _announce(producer_id: int) -> None:
    announce(ProducerChanged(producer_id, ("state",)))
    announce(ProducerPaused(producer_id))


def _change_state(role: Role, old: str, new: str, until: date | None, words: str | None) -> None:
    done = db.session.execute(update(Producer).where(
        Producer.id == role.producer_id, Producer.state == old
    ).values(state=new, paused_until=until, paused_words=words))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("This is not possible now; please look again."))


def end_pauses() -> int:
    """Sell again where the last day of the pause is over; how many. Announces."""
    over = db.session.scalars(select(Producer).where(
        Producer.state == "paused", Producer.paused_until < clock.today())
        .order_by(Producer.id)).all()
    for who in over:
        who.state, who.paused_until, who.paused_words = "selling", None, None
        announce(ProducerChanged(who.id, ("state",)))
    db.session.flush()
    return len(over)


def end_producer(role: Role, typed_name: str) -> None:
    """End for good: nothing is sold any more, open orders are finished, the page stays.

    The owner types the name of the house, so that nobody ends it by mistake. Later rooms take the
    goods off sale. Raises NotYours, Invalid, Conflict. Changes producers, staff, staff_links,
    producer_follows; announces ProducerEnded.
    """
    demand(role, "closing")
    if typed_name.strip().casefold() != role.name.casefold():
        raise Invalid({"name": _("Please type %(name)s, so that nothing ends by mistake.",
                                 name=role.name)})
    done = db.session.execute(update(Producer).where(
        Producer.id == role.producer_id, Producer.state.not_in(("ended", "suspended"))
    ).values(state="ended", ended_on=clock.today(), paused_until=None, paused_words=None,
             follower_count=0))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("This is not possible now; please look again."))
    _cut(role.producer_id)
    db.session.execute(delete(ProducerFollow).where(
        ProducerFollow.producer_id == role.producer_id))
    db.session.execute(delete(StaffLink).where(
        StaffLink.producer_id == role.producer_id, StaffLink.used_by.is_(None)))
    announce(ProducerEnded(role.producer_id))
    announce(ProducerChanged(role.producer_id, ("state",)))


def release_staff(producer_id: int) -> None:
    """Nobody acts for an ended producer any more. Changes staff."""
    db.session.execute(update(Staff).where(
        Staff.producer_id == producer_id, Staff.until.is_(None)).values(until=clock.today()))
