"""How far a producer is on its way to selling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import exists, func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.people.models import Person
from marketplace.producers.models import (
    Face,
    Producer,
    ProducerText,
    Promise,
    Registration,
    ServiceHours,
    Sighting,
    Staff,
    StepDone,
    Trader,
)
from marketplace.producers.queries.staff import Role
from marketplace.producers.rules import opening
from marketplace.producers.rules.traders import Shipping, missing

NEEDED_PROMISES = {"answer_hours", "dispatch_days"}


def steps_done(producer_id: int) -> frozenset[int]:
    """Steps of opening that are done. Loads: 1 statement."""
    return frozenset(db.session.scalars(
        select(StepDone.step).where(StepDone.producer_id == producer_id)))


def unfinished() -> Sequence[tuple[Producer, date, datetime | None, frozenset[int]]]:
    """Houses that do not sell yet: each with the day it began, its last step, and steps done.

    Loads: 2 statements.
    """
    rows = db.session.execute(
        select(Producer, func.min(Staff.since), func.max(StepDone.done_at))
        .join(Staff, Staff.producer_id == Producer.id)
        .outerjoin(StepDone, StepDone.producer_id == Producer.id)
        .where(Producer.state.in_(("draft", "open"))).group_by(Producer.id)
        .order_by(Producer.id)).all()
    done: dict[int, set[int]] = {}
    for producer_id, step in db.session.execute(
            select(StepDone.producer_id, StepDone.step).where(
                StepDone.producer_id.in_([row[0].id for row in rows]))):
        done.setdefault(producer_id, set()).add(step)
    return [(who, begun, last, frozenset(done.get(who.id, ()))) for who, begun, last in rows]


def step_words() -> dict[int, tuple[str, str]]:
    """The nine steps in words, each with the endpoint where it is done."""
    return {1: (_("Who you are"), "producers.profile"),
            2: (_("Trader data and your word"), "producers.legal"),
            3: (_("Where the money goes"), "payments.account"),
            4: (_("Where parcels go, and for how much"), "orders.rates"),
            5: (_("Returns and terms"), "producers.profile"),
            6: (_("Registrations"), "producers.registrations"),
            7: (_("Hours and promises"), "producers.promises"),
            8: (_("Your story and a face"), "producers.profile"),
            9: (_("A first product"), "catalog.goods")}


def open_steps(role: Role) -> Sequence[tuple[str, str, bool]]:
    """Each step of a producer that does not sell yet: words, endpoint, done. Loads: 1 statement.

    None for a producer that sells, pauses or has ended.
    """
    if role.state not in ("draft", "open"):
        return []
    done, words = steps_done(role.producer_id), step_words()
    return [(*words[step], step in done) for step in opening.STEPS]


def own_steps(producer_id: int) -> Mapping[int, bool]:
    """The steps this room can see by itself, done or not. Loads: 7 statements."""
    who = db.session.get_one(Producer, producer_id, populate_existing=True)
    texts = set(db.session.scalars(select(ProducerText.part).where(
        ProducerText.producer_id == producer_id, ProducerText.words != "")))
    promised = set(db.session.scalars(select(Promise.kind).where(
        Promise.producer_id == producer_id, Promise.to_at.is_(None))))
    has_face = db.session.scalar(select(exists().where(
        Face.producer_id == producer_id, Face.consent_at.is_not(None))))
    has_hours = db.session.scalar(select(exists().where(
        ServiceHours.producer_id == producer_id)))
    return {
        opening.WHO: bool(who.name and who.place and (who.teaser_de or who.teaser_en)),
        opening.TRADER: not missing(trader_values(producer_id)),
        opening.TERMS: {"returns", "terms"} <= texts,
        opening.REGISTRATIONS: (who.country, "packaging") in numbers_of(producer_id),
        opening.PROMISES: bool(has_hours) and promised >= NEEDED_PROMISES,
        opening.STORY: "story" in texts and bool(has_face),
    }


def numbers_of(producer_id: int) -> Mapping[tuple[str, str], Registration]:
    """Registrations by country and kind. Loads: 1 statement."""
    rows = db.session.scalars(select(Registration).where(
        Registration.producer_id == producer_id).order_by(Registration.country, Registration.kind))
    return {(row.country, row.kind): row for row in rows}


def shipping_of(producer_id: int, swiss: bool = False) -> Shipping:
    """What decides where a producer may send to. Loads: 2 statements."""
    home, state = db.session.execute(select(Producer.country, Producer.state).where(
        Producer.id == producer_id)).one()
    today = clock.today()
    return Shipping(home, state, {
        key: row.number for key, row in numbers_of(producer_id).items()
        if row.until is None or row.until >= today}, swiss)


def trader_values(producer_id: int) -> dict[str, object]:
    """Trader data by column, empty for a producer without. Loads: 1 statement."""
    row = db.session.execute(select(Trader.__table__).where(
        Trader.__table__.c.producer_id == producer_id)).mappings().first()
    return {name: value for name, value in (row or {}).items() if name != "producer_id"}


def sightings_of(producer_id: int, limit: int = 20) -> Sequence[tuple[datetime, str]]:
    """Who of the operator read the trader data and when, newest first. Loads: 1 statement."""
    rows = db.session.execute(
        select(Sighting.at, func.coalesce(func.nullif(Person.display_name, ""), Person.handle))
        .join(Person, Person.id == Sighting.person_id).where(Sighting.producer_id == producer_id)
        .order_by(Sighting.at.desc(), Sighting.id.desc()).limit(limit))
    return [(row[0], row[1]) for row in rows]


@dataclass(frozen=True, slots=True)
class TraderRow:
    """A producer in the operator's list; without its data, which are read one by one."""

    slug: str
    name: str
    state: str
    trader_state: str
    handed_in_at: datetime | None
    checked_at: datetime | None


def traders_in(states: Sequence[str], limit: int = 50, offset: int = 0) -> Sequence[TraderRow]:
    """Producers whose trader data are in these states, longest waiting first. Loads: 1."""
    rows = db.session.execute(
        select(Producer.slug, Producer.name, Producer.state, Trader.state, Trader.handed_in_at,
               Trader.checked_at)
        .join(Trader, Trader.producer_id == Producer.id).where(Trader.state.in_(list(states)))
        .order_by(Trader.handed_in_at.is_(None), Trader.handed_in_at, Producer.id)
        .limit(limit).offset(offset))
    return [TraderRow(*row) for row in rows]


def trader_counts() -> Mapping[str, int]:
    """How many producers have trader data in each state. Loads: 1 statement."""
    rows = db.session.execute(select(Trader.state, func.count()).group_by(Trader.state))
    return {row[0]: int(row[1]) for row in rows}
