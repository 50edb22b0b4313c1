"""Reads of `moderation`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, exists, func, or_, select

from marketplace.bundles.models import Bundle, Poll
from marketplace.catalog.models import Product, ProductText
from marketplace.dialogue.models import Post, Thread
from marketplace.foundation.database import db
from marketplace.groups.models import Group
from marketplace.moderation.models import (
    AuditEntry,
    AuthorWord,
    Decision,
    Matter,
    ModerationLogEntry,
    Report,
)
from marketplace.moderation.rules import first_fault
from marketplace.people.models import Person
from marketplace.recommend.models import Ask, Recommendation
from marketplace.reviews.models import ImportedRating, Rating, Reply


@dataclass(frozen=True, slots=True)
class Reported:
    """The thing a matter is about: its author, producer, words and address."""

    author_id: int | None
    producer_id: int | None
    words: str
    url: str
    level: str = "none"


def reported(kind: str, object_id: int) -> Reported | None:
    """What was reported. Loads: at most 2 statements."""
    if kind == "rating":
        row = db.session.execute(
            select(Rating, Product.slug).join(Product, Product.id == Rating.product_id)
            .where(Rating.id == object_id)).first()
        return row and Reported(row[0].person_id, row[0].producer_id, row[0].words,
                                f"/products/{row[1]}#review-{row[0].code}",
                                "yes" if row[0].again else "no")
    if kind == "imported":
        taken = db.session.execute(
            select(ImportedRating, Product.slug, Product.producer_id)
            .join(Product, Product.id == ImportedRating.product_id)
            .where(ImportedRating.id == object_id)).first()
        return taken and Reported(taken[0].person_id, taken[2], taken[0].words,
                                  f"/products/{taken[1]}#review-{taken[0].code}")
    if kind == "post":
        said = db.session.execute(select(Post, Thread).join(Thread, Thread.id == Post.thread_id)
                                 .where(Post.id == object_id)).first()
        return said and Reported(said[0].author_id, said[1].producer_id, said[0].words,
                                 f"/threads/{said[1].code}")
    return _other(kind, object_id)


def _other(kind: str, object_id: int) -> Reported | None:
    tables: dict[str, Any] = {"thread": Thread, "bundle": Bundle, "recommendation": Recommendation,
              "product": Product, "person": Person, "group": Group, "reply": Reply, "ask": Ask,
              "poll": Poll}
    row = db.session.get(tables[kind], object_id) if kind in tables else None
    if row is None:
        return None
    author = getattr(row, "author_id", None) or {
        "person": row.id, "ask": getattr(row, "person_id", None)}.get(kind)
    words = next((said for name in ("words", "title", "reason", "wish", "question",
                                    "display_name", "handle", "name")
                  if (said := getattr(row, name, ""))), "")
    if kind == "product":
        words = db.session.scalar(
            select(ProductText.title).where(ProductText.product_id == row.id)
            .order_by(ProductText.lang).limit(1)) or row.slug
    address = {"thread": "threads/{0.code}", "bundle": "bundles/{0.slug}",
               "product": "products/{0.slug}", "person": "members/{0.handle}",
               "group": "groups/{0.slug}", "ask": "asks/{0.code}",
               "poll": "polls/{0.code}"}.get(kind, "").format(row)
    return Reported(author, getattr(row, "producer_id", None), words, f"/{address}")


def object_of(kind: str, ref: str) -> int | None:
    """The id behind a public reference. Loads: 1 statement."""
    columns: dict[str, Any] = {"rating": (Rating, Rating.code), "post": (Post, Post.code),
               "thread": (Thread, Thread.code), "bundle": (Bundle, Bundle.slug),
               "recommendation": (Recommendation, Recommendation.code),
               "product": (Product, Product.slug), "person": (Person, Person.handle),
               "group": (Group, Group.slug), "ask": (Ask, Ask.code), "poll": (Poll, Poll.code),
               "imported": (ImportedRating, ImportedRating.code)}
    if kind not in columns:
        return None
    table, column = columns[kind]
    return db.session.scalar(select(table.id).where(column == ref))


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
    decision = db.session.scalar(select(Decision).where(Decision.matter_id == row[1].id)
                                 .order_by(Decision.id.desc()).limit(1))
    return row[0], row[1], decision


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
        .where(Decision.id.in_(newest), Decision.measure != "none", about)
        .group_by(Decision.reason, Decision.measure)
        .order_by(func.count(Decision.id).desc(), Decision.reason, Decision.measure))
    return [(row[0], row[1], int(row[2])) for row in rows]


def reason_words(reason: str) -> str:
    """A reason of the closed list, as people say it."""
    return {
        "insult": _("insults somebody"), "false_fact": _("says something untrue as a fact"),
        "threat_hate": _("threatens or hates"), "personal_data": _("shows private data"),
        "ip": _("uses what belongs to somebody else"), "youth": _("endangers young people"),
        "dangerous_product": _("is dangerous"),
        "spam_or_undeclared_ad": _("is advertising that does not say so"),
        "off_topic": _("does not belong here"), "sham_review": _("is a sham rating"),
        "duplicate": _("is here twice"), "order": _("keeps the talk of a group in order"),
    }[reason]


def measure_words(measure: str) -> str:
    """A measure, mildest first."""
    return {"none": _("nothing to be done"), "hint": _("hint to the author"),
            "edit": _("author asked to edit"), "label": _("labelled"),
            "collapse": _("folded"), "hold": _("held back"), "remove": _("words removed"),
            "restore": _("restored"), "pin": _("pinned"), "lock": _("locked"),
            "slow": _("slowed down"), "away": _("not in this group")}[measure]


def kind_words(kind: str) -> str:
    """What was reported."""
    return {"rating": _("Words of a buyer"), "reply": _("Reply of a producer"),
            "post": _("Post"), "thread": _("Thread"), "bundle": _("Bundle"),
            "recommendation": _("Recommendation"), "product": _("Product"),
            "ask": _("Wish for advice"), "person": _("Profile"), "group": _("Group"),
            "imported": _("Words taken over from elsewhere"), "poll": _("Question to members"),
            "imported_words": _("Words taken over from elsewhere"),
            "rating_words": _("Words of a buyer"), "profile": _("Profile")}[kind]


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
