"""Matters with their reports, and the chained logs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, exists, func, or_, select

from marketplace.catalog.models import Product
from marketplace.dialogue.models import Post, Thread
from marketplace.foundation.database import db
from marketplace.moderation.models import (
    AuditEntry,
    AuthorWord,
    Decision,
    Matter,
    ModerationLogEntry,
    Report,
)
from marketplace.moderation.rules import first_fault
from marketplace.reviews.models import ImportedRating, Rating


def open_matters(limit: int = 100) -> Sequence[Matter]:
    """What waits for a decision: urgent first, then the oldest. Loads: 1 statement."""
    return db.session.scalars(
        select(Matter).where(Matter.state == "open")
        .order_by(Matter.urgent.desc(), Matter.opened_at, Matter.id).limit(limit)).all()


def reports_of(matter_ids: Sequence[int]) -> Mapping[int, list[Report]]:
    """Reports by matter, oldest first. Loads: 1 statement."""
    found: dict[int, list[Report]] = {}
    for row in db.session.scalars(
        select(Report).where(Report.matter_id.in_(list(matter_ids))).order_by(Report.id)
    ):
        found.setdefault(row.matter_id, []).append(row)
    return found


def matter_by_number(number: str) -> Matter | None:
    """A matter by its number. Loads: 1 statement."""
    return db.session.scalar(select(Matter).where(Matter.number == number)
                             .execution_options(populate_existing=True))


def author_words_of(matter_id: int) -> Sequence[AuthorWord]:
    """What the author answered, oldest first. Loads: 1 statement."""
    return db.session.scalars(select(AuthorWord).where(AuthorWord.matter_id == matter_id)
                              .order_by(AuthorWord.id)).all()


def report_by_key(key: str) -> tuple[Report, Matter, Decision | None] | None:
    """A report by its secret status key, with what was decided. Loads: 2 statements."""
    row = db.session.execute(select(Report, Matter).join(Matter, Matter.id == Report.matter_id)
                             .where(Report.status_key == key)).first()
    if row is None:
        return None
    return row[0], row[1], standing_decision(row[1].id)


def standing_decision(matter_id: int) -> Decision | None:
    """What holds in a matter. Loads: 1 statement."""
    return db.session.scalar(
        select(Decision).where(Decision.matter_id == matter_id, Decision.replaced_by.is_(None))
        .order_by(Decision.id.desc()).limit(1))


def log_page(offset: int, limit: int, reason: str | None, measure: str | None
             ) -> tuple[Sequence[ModerationLogEntry], int, str]:
    """Entries of the public log, newest first, how many, and the head hash. Loads: 3."""
    wanted = select(ModerationLogEntry)
    rows = db.session.scalars(wanted.order_by(ModerationLogEntry.n.desc()).limit(5000)).all()
    head = rows[0].hash if rows else "0" * 64
    if reason:
        rows = [row for row in rows if row.entry.get("reason") == reason]
    if measure:
        rows = [row for row in rows if row.entry.get("measure") == measure]
    return rows[offset:offset + limit], len(rows), head


def broken_at() -> Mapping[str, int | None]:
    """The number of the first broken entry of each chained log, None where it is whole.

    Loads: 2 statements.
    """
    public = db.session.execute(
        select(ModerationLogEntry.n, ModerationLogEntry.entry, ModerationLogEntry.previous_hash,
               ModerationLogEntry.hash).order_by(ModerationLogEntry.n).execution_options(
                   yield_per=1000))
    staff = db.session.execute(
        select(AuditEntry).order_by(AuditEntry.n).execution_options(yield_per=1000)).scalars()
    return {
        "the public log": first_fault((row[0], row[1], row[2], row[3]) for row in public),
        "the operators' log": first_fault(
            (row.n, {"action": row.action, "n": row.n, "person": row.person_id, "why": row.why,
                     "object": f"{row.object_kind} {row.object_id}"}, row.previous_hash, row.hash)
            for row in staff)}


def log_heads() -> Sequence[tuple[str, int, str]]:
    """The last entry of each chained log: its table, number and hash. Loads: 2 statements."""
    found = []
    for table in (ModerationLogEntry, AuditEntry):
        row = db.session.execute(select(table.n, table.hash).order_by(table.n.desc())
                                 .limit(1)).first()
        found.append((str(table.__tablename__), row[0] if row else 0, row[1] if row else "0" * 64))
    return found


def audit_count() -> int:
    """How many acts of staff are recorded. Loads: 1 statement."""
    return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def removed_about(producer_id: int) -> Sequence[tuple[str, str, int]]:
    """What was removed of words about a producer, as (reason, measure, count); the newest decision
    of each matter counts. Loads: 1 statement.
    """
    newest = select(func.max(Decision.id)).group_by(Decision.matter_id)
    about = or_(
        and_(Matter.object_kind == "rating", Matter.object_id.in_(
            select(Rating.id).where(Rating.producer_id == producer_id))),
        and_(Matter.object_kind == "post", Matter.object_id.in_(
            select(Post.id).join(Thread, Thread.id == Post.thread_id)
            .where(Thread.producer_id == producer_id))),
        and_(Matter.object_kind == "thread", Matter.object_id.in_(
            select(Thread.id).where(Thread.producer_id == producer_id))),
        and_(Matter.object_kind == "imported", Matter.object_id.in_(
            select(ImportedRating.id).join(Product, Product.id == ImportedRating.product_id)
            .where(Product.producer_id == producer_id))))
    rows = db.session.execute(
        select(Decision.reason, Decision.measure, func.count(Decision.id))
        .join(Matter, Matter.id == Decision.matter_id)
        .where(Decision.id.in_(newest), Decision.measure.not_in(("none", "restore")), about)
        .group_by(Decision.reason, Decision.measure)
        .order_by(func.count(Decision.id).desc(), Decision.reason, Decision.measure))
    return [(row[0], row[1], int(row[2])) for row in rows]


def case_is_open(person_id: int) -> bool:
    """Whether a matter about a person is open, or a talk of theirs with the market.

    Loads: 1 statement.
    """
    matter = exists().where(Matter.object_kind == "person", Matter.object_id == person_id,
                            Matter.state == "open")
    talk = exists().where(Thread.author_id == person_id, Thread.visibility == "private",
                          Thread.producer_id.is_(None), Thread.group_id.is_(None),
                          Thread.state != "closed")
    return bool(db.session.scalar(select(or_(matter, talk))))
