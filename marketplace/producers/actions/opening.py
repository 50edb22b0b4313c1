"""Opening a producer: its founding by a member, the nine steps, and what follows from them."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce
from marketplace.producers.events import ProducerOpened, SellingBegan, StepsOpen
from marketplace.producers.models import Producer, Staff, StepDone, Trader
from marketplace.producers.queries.opening import own_steps, steps_done, unfinished
from marketplace.producers.rules.opening import STEPS, state_of, step_reminder

MOST_DRAFTS = 3


def open_producer(
    person_id: int, slug: str, name: str, subject_id: int, region: str, place: str, country: str,
    shown_name: str = "",
) -> Producer:
    """Found a producer with its first owner; the page stays a draft. Changes three tables.

    Raises Invalid for a taken address.
    """
    if db.session.scalar(select(Producer.id).where(Producer.slug == slug)):
        raise Invalid({"name": _("There is a producer of this name.")})
    who = Producer(slug=slug, name=name, subject_id=subject_id, region=region, place=place,
                   country=country, holiday_region=country)
    db.session.add(who)
    db.session.flush()
    db.session.add(Trader(producer_id=who.id, legal_name=name, country=country))
    db.session.add(Staff(producer_id=who.id, person_id=person_id, role="owner",
                         shown_name=(shown_name or name)[:40], since=clock.today()))
    db.session.flush()
    return who


def demand_room_for_draft(person_id: int) -> None:
    """Nobody keeps more than a few producers that were never opened. Raises Invalid."""
    drafts = len(db.session.scalars(
        select(Producer.id).join(Staff, Staff.producer_id == Producer.id)
        .where(Staff.person_id == person_id, Staff.role == "owner", Staff.until.is_(None),
               Producer.state == "draft").limit(MOST_DRAFTS)).all())
    if drafts >= MOST_DRAFTS:
        raise Invalid({"name": _("Please open one of your drafts first.")})


def go_public(producer_id: int, state: str = "selling") -> None:
    """Make the page public, and its goods if `selling`. Changes producers; announces."""
    db.session.execute(update(Producer).where(Producer.id == producer_id)
                       .values(state=state, opened_on=clock.today()))
    announce(ProducerOpened(producer_id))


def tick(producer_id: int, step: int, done: bool = True) -> None:
    """A step of opening is done, or no longer; states follow. Changes checklist, producers."""
    if done and db.session.get(StepDone, (producer_id, step)) is None:
        db.session.add(StepDone(producer_id=producer_id, step=step, done_at=clock.now()))
        db.session.flush()
    elif not done:
        db.session.execute(delete(StepDone).where(
            StepDone.producer_id == producer_id, StepDone.step == step))
    advance(producer_id)


def refresh(producer_id: int) -> None:
    """Look at the steps of this room anew. Changes checklist, producers; announces."""
    for step, done in own_steps(producer_id).items():
        tick(producer_id, step, done)


def advance(producer_id: int) -> None:
    """Open the page, or begin to sell, once everything for it is there. Announces."""
    who = db.session.get_one(Producer, producer_id, populate_existing=True)
    trader = db.session.get(Trader, producer_id, populate_existing=True)
    new = state_of(who.state, steps_done(producer_id),
                   trader is not None and trader.state == "checked")
    if new == who.state:
        return
    who.state, who.opened_on = new, who.opened_on or clock.today()
    db.session.flush()
    announce(ProducerOpened(producer_id))
    if new == "selling":
        announce(SellingBegan(producer_id))


def remind_steps() -> int:
    """Remind houses that do not sell yet of their open steps, three times at most; how many.

    Changes producers; announces StepsOpen.
    """
    told = 0
    for who, begun, last, done in unfinished():
        left = tuple(sorted(set(STEPS) - done))
        which = step_reminder(
            max(begun, clock.in_zone(last).date()) if last else begun, who.steps_reminded,
            clock.today())
        if left and which:
            who.steps_reminded = which
            announce(StepsOpen(who.id, which, left))
            told += 1
    db.session.flush()
    return told
