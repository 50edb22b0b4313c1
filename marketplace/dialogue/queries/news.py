"""What producers tell, and what locks them from telling more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select

from marketplace.catalog.models import Lot, Product, ProductText
from marketplace.dialogue.models import Case, Post, Thread
from marketplace.foundation import clock
from marketplace.foundation.database import db, read
from marketplace.producers.queries.hours import DAY, calendar_of, promise_at
from marketplace.producers.rules.hours import days_due
from marketplace.producers.rules.voices import Lock, publishing_lock
from marketplace.reviews.models import Rating

NO_PROMISE_DAYS = 3


@dataclass(frozen=True, slots=True)
class Late:
    """A question or criticism past its promise: its reference, words and address."""

    ref: tuple[str, int]
    words: str
    url: str
    asked_at: datetime


def late_voices(producer_id: int, now: datetime) -> Sequence[Late]:
    """Questions and criticism past the own promise, oldest first; without a promise: older than
    three open days. Loads: 3 statements, 5 without a promise.
    """
    threads = db.session.execute(
        select(Thread.id, Thread.title, Thread.code, Thread.made_at, Thread.promised_by)
        .where(Thread.producer_id == producer_id, Thread.kind.in_(("question", "complaint")),
               Thread.first_answer_at.is_(None), Thread.outcome.is_(None),
               Thread.standing == "visible").order_by(Thread.made_at, Thread.id).limit(200))
    rows = [(Late(("thread", row[0]), row[1], f"/threads/{row[2]}", row[3]), row[4])
            for row in threads]
    cases = db.session.execute(
        select(Case.source_id, Rating.code, Rating.words, Case.opened_at, Case.due_at)
        .join(Rating, Rating.id == Case.source_id)
        .where(Case.producer_id == producer_id, Case.source == "rating", Case.state == "open")
        .order_by(Case.opened_at, Case.id).limit(200))
    rows += [(Late(("rating", row[0]), row[2][:80], f"/studio/ratings/{row[1]}", row[3]), row[4])
             for row in cases]
    late = [one for one, due in rows if due is not None and due < now]
    if rows and promise_at(producer_id, "answer_hours", now) is None:
        first = min(one.asked_at for one, _due in rows)
        when = calendar_of(producer_id, first.date() - DAY, now.date() + DAY)
        late = [one for one, _due in rows if days_due(
            one.asked_at, NO_PROMISE_DAYS, when.windows, when.zone, when.closed) < now]
    return sorted(late, key=lambda one: (one.asked_at, one.ref))


def lock_of(producer_id: int, matter: str) -> tuple[Lock, Sequence[Late]]:
    """Whether something of this matter may be told now, and what is late. Loads: 4 statements."""
    now = clock.now()
    late = late_voices(producer_id, now)
    return publishing_lock(matter, [one.ref for one in late], last_offer(producer_id), now), late


def last_offer(producer_id: int) -> datetime | None:
    """When a producer made its last offer. Loads: 1 statement."""
    return db.session.scalar(select(func.max(Thread.made_at)).where(
        Thread.producer_id == producer_id, Thread.kind == "news", Thread.matter == "offer"))


@dataclass(frozen=True, slots=True)
class NewsRow:
    """Something a producer told."""

    code: str
    matter: str
    title: str
    lang: str
    made_at: datetime
    replies: int
    words: str
    signed: str

    @property
    def url(self) -> str:
        """The thread's page."""
        return f"/threads/{self.code}"


def news_of(producer_id: int, limit: int = 3, matter: str | None = None) -> Sequence[NewsRow]:
    """What a producer told, newest first; recalls stay above. Loads: 1 statement."""
    asked: dict[str, Any] = {"who": producer_id, "most": limit}
    if matter is not None:
        asked["matter"] = matter
    return [NewsRow(*row) for row in read(_news(matter is not None), **asked)]


@cache
def _news(one_matter: bool) -> Any:
    first = (select(Post.id).where(Post.thread_id == Thread.id, Post.state == "published")
             .order_by(Post.at, Post.id).limit(1).correlate(Thread).scalar_subquery())
    found = (select(Thread.code, func.coalesce(Thread.matter, "news"), Thread.title, Thread.lang,
                    Thread.made_at, Thread.replies, Post.words, func.coalesce(Post.signed, ""))
             .join(Post, Post.id == first)
             .where(Thread.producer_id == bindparam("who"), Thread.kind == "news",
                    Thread.standing == "visible"))
    if one_matter:
        found = found.where(Thread.matter == bindparam("matter"))
    return (found.order_by(Thread.pinned.desc(), Thread.made_at.desc(), Thread.id.desc())
            .limit(bindparam("most")))


def told_in(thread_id: int) -> dict[str, Any]:
    """Heading, words and signature of what a producer told, as it stands now. Loads: 1."""
    row = db.session.execute(
        select(Thread.title, Post.words, func.coalesce(Post.signed, ""))
        .join(Post, Post.thread_id == Thread.id)
        .where(Thread.id == thread_id, Post.state == "published")
        .order_by(Post.at, Post.id).limit(1)).first()
    return {"heading": row[0], "notice": row[1], "signed": row[2]} if row else {}


def goods_of(producer_id: int, lang: str, limit: int = 100) -> Sequence[tuple[str, str]]:
    """A producer's goods that were ever on sale, newest first, each with its lots below it: what a
    form sends, and words. Loads: 2 statements.
    """
    title = (select(ProductText.title).where(ProductText.product_id == Product.id)
             .order_by(ProductText.lang != lang, ProductText.lang).limit(1).scalar_subquery())
    rows = db.session.execute(
        select(Product.id, func.coalesce(title, Product.slug))
        .where(Product.producer_id == producer_id, Product.published_at.is_not(None))
        .order_by(Product.published_at.desc(), Product.id.desc()).limit(limit)).all()
    lots: dict[int, list[Any]] = {}
    for lot in db.session.execute(
            select(Lot.product_id, Lot.id, Lot.label).where(Lot.product_id.in_(
                [row[0] for row in rows])).order_by(Lot.sequence.desc(), Lot.id.desc())):
        lots.setdefault(lot[0], []).append(lot)
    return [one for product_id, name in rows for one in (
        (str(product_id), name),
        *((f"{product_id}-{lot[1]}", f"{name}, {lot[2]}") for lot in lots.get(product_id, ())))]


def chosen_goods(words: str) -> tuple[int | None, int | None]:
    """The product and the lot that a form of `goods_of` sent; a lot that is no number is none's."""
    product, dash, lot = words.partition("-")
    return _number(product), (_number(lot) or 0) if dash else None


def _number(words: str) -> int | None:
    return int(words) if words.isdecimal() and len(words) < 10 else None
