"""Who acts for a producer, and what a producer promised."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import exists, select

from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, NotFound
from marketplace.people.queries import tied
from marketplace.producers.models import (
    Producer,
    Promise,
    SeenItem,
    ServiceHours,
    Staff,
    Trader,
)
from marketplace.producers.rules import PLATFORM_HOURS, Window


@dataclass(frozen=True, slots=True)
class Role:
    """A person's part in one producer."""

    producer_id: int
    slug: str
    name: str
    state: str
    role: str
    shown_name: str
    title: str


def roles_of(person_id: int) -> Sequence[Role]:
    """All producers a person acts for, by name. Loads: 1 statement."""
    rows = db.session.execute(
        select(Producer.id, Producer.slug, Producer.name, Producer.state, Staff.role,
               Staff.shown_name, Staff.title)
        .join(Staff, Staff.producer_id == Producer.id)
        .where(Staff.person_id == person_id, Staff.until.is_(None))
        .order_by(Producer.name, Producer.id)
    )
    return [Role(*row[:6], row[6] or "") for row in rows]


def own_role(person_id: int, producer_id: int | None = None) -> Role:
    """The person's role at a producer, or at their first one. Raises NotFound for strangers."""
    for role in roles_of(person_id):
        if producer_id in (None, role.producer_id):
            return role
    raise NotFound(_("There is nothing at this address."))


def role_at(person_id: int, slug: str, drawn_for: str = "") -> Role:
    """The person's role at the producer of this address, or at their first one.

    Raises NotFound for a foreign producer, Conflict for a form drawn for another one. Loads: 1
    statement.
    """
    role = next((one for one in roles_of(person_id) if slug in ("", one.slug)), None)
    if role is None:
        raise NotFound(_("There is nothing at this address."))
    if drawn_for not in ("", role.slug):
        raise Conflict(_("This form belongs to another producer. Please look again."))
    return role


def staff_of(producer_id: int) -> Sequence[Staff]:
    """Open staff rows of a producer. Loads: 1 statement."""
    return db.session.scalars(
        select(Staff).where(Staff.producer_id == producer_id, Staff.until.is_(None))
        .order_by(Staff.id).limit(50)).all()


def staff_ids(producer_id: int) -> frozenset[int]:
    """Persons who act for a producer. Loads: 1 statement."""
    return frozenset(row.person_id for row in staff_of(producer_id))


def is_staff(person_id: int, producer_id: int) -> bool:
    """Whether a person acts for a producer. Loads: 1 statement."""
    return person_id in staff_ids(producer_id)


def names_of_houses(ids: Collection[int] | None = None) -> list[tuple[int, str, str]]:
    """Number, address part and name of every producer, or of some. Loads: 1 statement."""
    wanted = select(Producer.id, Producer.slug, Producer.name)
    if ids is not None:
        wanted = wanted.where(Producer.id.in_(list(ids)))
    return [(row[0], row[1], row[2]) for row in db.session.execute(wanted)]


def praisable(producer_id: int) -> Sequence[tuple[int, str]]:
    """People of a house whom praise may name, by the id of their part and name. Loads: 1 statement.
    """
    return [(row[0], _named(row[1], row[2])) for row in db.session.execute(
        select(Staff.id, Staff.shown_name, Staff.title).where(
            Staff.producer_id == producer_id, Staff.praise_ok, Staff.until.is_(None))
        .order_by(Staff.shown_name, Staff.id).limit(20))]


def praised(staff_id: int) -> str:
    """The name of somebody whom praise names, "" once they agree no more or have left.

    Loads: 1 statement.
    """
    row = db.session.execute(select(Staff.shown_name, Staff.title).where(
        Staff.id == staff_id, Staff.praise_ok, Staff.until.is_(None))).first()
    return _named(row[0], row[1]) if row else ""


def _named(shown_name: str, title: str | None) -> str:
    return f"{shown_name}, {title}" if title else shown_name


def same_subject(person_id: int, producer_id: int) -> bool:
    """Whether a person acts for another producer of the same subject. Loads: 1 statement."""
    other = db.aliased(Producer)
    return bool(db.session.scalar(select(exists().where(
        Staff.person_id == person_id, Staff.until.is_(None), Staff.producer_id == Producer.id,
        Producer.subject_id == other.subject_id, other.id == producer_id,
        Producer.id != producer_id))))


def is_concerned(person_id: int, author_id: int | None, producer_id: int | None) -> bool:
    """Whether somebody wrote it, sells it or its like, or knows who wrote it, and so does not
    decide about it. Loads: at most 3 statements.
    """
    if author_id == person_id:
        return True
    if producer_id is not None and (
            person_id in staff_ids(producer_id) or same_subject(person_id, producer_id)):
        return True
    return author_id is not None and tied(person_id, author_id)


def promises_of(producer_ids: Collection[int]) -> Mapping[int, Mapping[str, int]]:
    """Promises in force by producer and kind. Loads: 1 statement."""
    found: dict[int, dict[str, int]] = {i: {} for i in producer_ids}
    rows = db.session.execute(
        select(Promise.producer_id, Promise.kind, Promise.value)
        .where(Promise.producer_id.in_(list(producer_ids)), Promise.to_at.is_(None)))
    for producer_id, kind, value in rows:
        found[producer_id][kind] = value
    return found


def lead_of(producer_id: int) -> int | None:
    """Who answers for a producer where nobody else was named: its first owner. Loads: 1."""
    return db.session.scalar(
        select(Staff.id).where(Staff.producer_id == producer_id, Staff.until.is_(None))
        .order_by(Staff.role != "owner", Staff.id).limit(1))


def promise_of(producer_id: int, kind: str, default: int) -> int:
    """One promise in force, or the default. Loads: 1 statement."""
    return promises_of([producer_id])[producer_id].get(kind, default)


def hours_of(producer_id: int) -> tuple[Sequence[Window], str]:
    """Service hours (the platform's if none are given) and the zone. Loads: 2 statements."""
    rows = db.session.execute(
        select(ServiceHours.weekday, ServiceHours.opens_minute, ServiceHours.closes_minute)
        .where(ServiceHours.producer_id == producer_id)
        .order_by(ServiceHours.weekday, ServiceHours.opens_minute)).all()
    zone = db.session.scalar(select(Producer.time_zone).where(Producer.id == producer_id))
    return [(row[0], row[1], row[2]) for row in rows] or PLATFORM_HOURS, zone or "Europe/Berlin"


def seen_refs(producer_id: int) -> frozenset[tuple[str, int]]:
    """Voices somebody of the producer has opened. Loads: 1 statement."""
    return frozenset(
        (row[0], row[1]) for row in db.session.execute(
            select(SeenItem.ref_kind, SeenItem.ref_id)
            .where(SeenItem.producer_id == producer_id)
            .order_by(SeenItem.at.desc()).limit(2000)))


def seller_block(producer_ids: Collection[int]) -> Mapping[int, dict[str, object]]:
    """What an order copies of each seller: name, address, trader word, tax. Loads: 1."""
    rows = db.session.execute(
        select(Producer.id, Producer.slug, Producer.name, Trader)
        .outerjoin(Trader, Trader.producer_id == Producer.id)
        .where(Producer.id.in_(list(producer_ids))))
    return {row[0]: seller_facts(row[1], row[2], row[3]) for row in rows}


def seller_facts(slug: str, name: str, trader: Any) -> dict[str, object]:
    """What an order copies of one seller."""
    if trader is None:
        return {"slug": slug, "name": name, "trader": True, "legal_name": name}
    return {
        "slug": slug, "name": name, "trader": trader.is_trader,
        "legal_name": trader.legal_name or name, "street": trader.street,
        "postcode": trader.postcode, "city": trader.city, "country": trader.country,
        "e_mail": trader.e_mail, "phone": trader.phone, "vat_id": trader.vat_id,
        "tax_no": trader.tax_no, "vat_status": trader.vat_status,
    }


def acts_for(person_ids: Collection[int]) -> Mapping[int, tuple[str, str, int]]:
    """For which house people act: name, slug and subject by person. Loads: 1 statement."""
    if not person_ids:
        return {}
    rows = db.session.execute(
        select(Staff.person_id, Producer.name, Producer.slug, Producer.subject_id)
        .join(Producer, Producer.id == Staff.producer_id)
        .where(Staff.person_id.in_(list(person_ids)), Staff.until.is_(None),
               Producer.state != "closed")
        .order_by(Staff.id.desc()))
    return {row[0]: (row[1], row[2], row[3]) for row in rows}
