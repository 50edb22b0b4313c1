"""Threads and what was said in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, case, exists, func, literal, or_, select, union_all

from marketplace.dialogue.models import Case, Post, PostVote, Support, Thread, ThreadPerson
from marketplace.foundation import clock
from marketplace.foundation.database import db, read
from marketplace.groups.models import Membership
from marketplace.producers.queries.hours import answer_by, promise_at


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread in a list."""

    id: int
    code: str
    kind: str
    title: str
    author_id: int | None
    lang: str
    visibility: str
    state: str
    outcome: str | None
    product_id: int | None
    producer_id: int | None
    group_id: int | None
    bundle_id: int | None
    supports: int
    replies: int
    made_at: datetime
    last_post_at: datetime
    first_answer_at: datetime | None
    promised_by: datetime | None
    written_as: str | None
    pinned: bool
    locked: bool
    label: str | None
    first_words: str
    last_words: str

    @property
    def url(self) -> str:
        """The thread's page."""
        return f"/threads/{self.code}"

    @property
    def overdue(self) -> bool:
        """Whether the promised answer is late."""
        return (self.first_answer_at is None and self.promised_by is not None
                and self.promised_by < clock.now())


@cache
def _selected(*let_go: str) -> Any:
    """Threads that stand; with "away" also those that a group let go."""
    first = (select(Post.words).where(Post.thread_id == Thread.id, Post.state == "published")
             .order_by(Post.at, Post.id).limit(1).scalar_subquery())
    last = (select(Post.words).where(Post.thread_id == Thread.id, Post.state == "published",
                                     Post.folded_until.is_(None))
            .order_by(Post.at.desc(), Post.id.desc()).limit(1).scalar_subquery())
    return select(
        Thread.id, Thread.code, Thread.kind, Thread.title, Thread.author_id, Thread.lang,
        Thread.visibility, Thread.state, Thread.outcome, Thread.product_id, Thread.producer_id,
        Thread.group_id, Thread.bundle_id, Thread.supports, Thread.replies, Thread.made_at,
        Thread.last_post_at, Thread.first_answer_at, Thread.promised_by, Thread.written_as,
        Thread.pinned, Thread.locked, Thread.label, first, last,
    ).where(Thread.standing.in_(("visible", *let_go)))


def thread_by_code(code: str) -> Thread | None:
    """A thread by the code in its address. Loads: 1 statement."""
    return db.session.scalar(select(Thread).where(Thread.code == code)
                             .execution_options(populate_existing=True))


def code_of_proposal(proposal_id: int) -> str | None:
    """The code of the topic about a proposal. Loads: 1 statement."""
    return db.session.scalar(select(Thread.code).where(Thread.proposal_id == proposal_id))


def post_by_code(code: str) -> Post | None:
    """Published words by their code. Loads: 1 statement."""
    return db.session.scalar(select(Post).where(Post.code == code, Post.state == "published"))


@dataclass(frozen=True, slots=True)
class TakingPart:
    """How many take part in a thread; of one person: whether it concerns them, their votes."""

    people: int
    supports: bool
    votes: Mapping[int, int]


def taking_part(thread_id: int, person_id: int | None) -> TakingPart:
    """Who takes part in a thread, and what this person said by a press. Loads: 1 statement."""
    people, supports, votes = 0, False, dict[int, int]()
    for kind, number, value in read(_taking_part(), thread=thread_id, me=person_id or 0):
        if kind == "people":
            people = number
        elif kind == "supports":
            supports = True
        else:
            votes[number] = value
    return TakingPart(people, supports, votes)


@cache
def _taking_part() -> Any:
    this: Any = bindparam("thread")
    me: Any = bindparam("me")
    return union_all(
        select(literal("people"), func.count(), literal(0))
        .where(ThreadPerson.thread_id == this, ThreadPerson.part != "muted"),
        select(literal("supports"), literal(1), literal(0))
        .where(Support.thread_id == this, Support.person_id == me),
        select(literal("vote"), PostVote.post_id, PostVote.value)
        .join(Post, Post.id == PostVote.post_id)
        .where(Post.thread_id == this, PostVote.person_id == me))


def is_party(thread_id: int, person_id: int | None) -> bool:
    """Whether somebody is part of a thread. Loads: 1 statement."""
    return person_id is not None and bool(db.session.scalar(select(exists().where(
        ThreadPerson.thread_id == thread_id, ThreadPerson.person_id == person_id,
        ThreadPerson.part != "muted"))))


def posts_of(thread_id: int, offset: int = 0, limit: int = 50) -> tuple[Sequence[Post], int]:
    """Published posts in order, and how many. Loads: 1 statement, 2 where there are more."""
    where = (Post.thread_id == thread_id, Post.state.in_(("published", "hidden")))
    rows = db.session.scalars(select(Post).where(*where).order_by(Post.at, Post.id)
                              .offset(offset).limit(limit)).all()
    if offset == 0 and len(rows) < limit:
        return rows, len(rows)
    return rows, db.session.scalar(select(func.count(Post.id)).where(*where)) or 0


def public_threads(
    kind: str | None, state: str | None, lang: str | None, mine: int | None, offset: int,
    limit: int, product_id: int | None = None, producer_id: int | None = None,
    groups: Collection[int] | None = None,
) -> tuple[Sequence[ThreadRow], int]:
    """Public threads, liveliest first, and how many. Loads: 2 statements.

    With `mine` those a person takes part in, also where a group let them go; with
    `groups` those of groups they belong to.
    """
    let_go = () if mine is None else ("away",)
    where: list[Any] = [Thread.standing.in_(("visible", *let_go))]
    if groups is not None:
        where.append(Thread.group_id.in_(groups))
    if mine is not None:
        own = select(Membership.group_id).where(Membership.person_id == mine,
                                                Membership.left_at.is_(None))
        where += [exists().where(ThreadPerson.thread_id == Thread.id,
                                 ThreadPerson.person_id == mine),
                  or_(Thread.visibility != "group", Thread.standing == "away",
                      Thread.group_id.in_(own))]
    elif groups is not None:
        where.append(Thread.visibility.in_(("public", "group")))
    else:
        where += [Thread.visibility == "public", Thread.kind.not_in(("topic", "comment"))]
    for column, value in ((Thread.kind, kind), (Thread.lang, lang),
                          (Thread.product_id, product_id), (Thread.producer_id, producer_id)):
        if value is not None:
            where.append(column == value)
    if state == "open":
        where.append(Thread.first_answer_at.is_(None))
    elif state == "answered":
        where.append(Thread.first_answer_at.is_not(None))
    total = db.session.scalar(select(func.count(Thread.id)).where(*where)) or 0
    rows = db.session.execute(_selected(*let_go).where(*where).order_by(
        Thread.pinned.desc(), Thread.last_post_at.desc(), Thread.id.desc())
        .offset(offset).limit(limit))
    return [ThreadRow(*row) for row in rows], total


def some(ids: Collection[int]) -> Mapping[int, ThreadRow]:
    """Threads by id that are not hidden, whoever may read them. Loads: 1 statement."""
    rows = db.session.execute(_selected().where(Thread.id.in_(list(ids))))
    return {row[0]: ThreadRow(*row) for row in rows}


def lively(limit: int, product_id: int | None = None, producer_id: int | None = None
           ) -> Sequence[ThreadRow]:
    """Public threads of a product, a producer or all, liveliest first. Loads: 1 statement."""
    about = {"product_id": product_id, "producer_id": producer_id}
    asked = {name: number for name, number in about.items() if number is not None}
    return [ThreadRow(*row) for row in read(_lively(tuple(asked)), limit=limit, **asked)]


@cache
def _lively(asked: tuple[str, ...]) -> Any:
    found = _selected().where(Thread.visibility == "public",
                              Thread.kind.not_in(("topic", "comment")))
    for name in asked:
        found = found.where(getattr(Thread, name) == bindparam(name))
    if "producer_id" in asked:
        found = found.where(Thread.kind != "news")
    return found.order_by(Thread.pinned.desc(), Thread.last_post_at.desc(),
                          Thread.id.desc()).limit(bindparam("limit"))


def to_market(offset: int, limit: int) -> tuple[Sequence[ThreadRow], int]:
    """Threads to the market itself, public and private, liveliest first. Loads: 2 statements."""
    where = (Thread.producer_id.is_(None), Thread.group_id.is_(None), Thread.bundle_id.is_(None),
             Thread.standing == "visible")
    total = db.session.scalar(select(func.count(Thread.id)).where(*where)) or 0
    rows = db.session.execute(_selected().where(*where).order_by(
        Thread.last_post_at.desc(), Thread.id.desc()).offset(offset).limit(limit))
    return [ThreadRow(*row) for row in rows], total


def newest_topics(group_id: int, limit: int, after: tuple[datetime, int] | None = None
                  ) -> Sequence[ThreadRow]:
    """A group's topics, pinned ones first, then the liveliest. Loads: 1 statement.

    `after`: last post and id of the last topic shown; pinned ones stand on the first page only.
    """
    asked = {} if after is None else {"last": after[0], "key": after[1]}
    return [ThreadRow(*row) for row in read(_topics(after is not None), group=group_id,
                                            most=limit, **asked)]


@cache
def _topics(after: bool) -> Any:
    where = [Thread.group_id == bindparam("group"), Thread.kind == "topic",
             Thread.standing == "visible"]
    if after:
        last = bindparam("last", type_=Thread.last_post_at.type)
        key = bindparam("key", type_=Thread.id.type)
        where += [~Thread.pinned, or_(Thread.last_post_at < last, and_(
            Thread.last_post_at == last, Thread.id < key))]
    return (_selected().where(*where)
            .order_by(Thread.pinned.desc(), Thread.last_post_at.desc(), Thread.id.desc())
            .limit(bindparam("most")))


def inbox(producer_id: int, limit: int = 100) -> Sequence[ThreadRow]:
    """Threads to a producer without an answer, reopened ones, and what was said to its news.

    Loads: 1 statement.
    """
    rows = db.session.execute(
        _selected().where(Thread.producer_id == producer_id, or_(
            and_(Thread.kind.in_(("question", "complaint", "praise", "idea", "wish")),
                 or_(Thread.first_answer_at.is_(None), Thread.state == "open")),
            and_(Thread.kind == "news", Thread.state == "open", Thread.replies > 0)),
            Thread.outcome.is_(None))
        .order_by(Thread.promised_by.is_(None), Thread.promised_by, Thread.id).limit(limit))
    return [ThreadRow(*row) for row in rows]


def open_cases(producer_id: int) -> Sequence[Case]:
    """Critical matters that wait, soonest due first. Loads: 1 statement."""
    return db.session.scalars(
        select(Case).where(Case.producer_id == producer_id, Case.state == "open")
        .order_by(Case.due_at, Case.id).limit(200)).all()


def posts_today(person_id: int) -> int:
    """How much somebody wrote in the last day. Loads: 1 statement."""
    return db.session.scalar(select(func.count(Post.id)).where(
        Post.author_id == person_id, Post.at > clock.now() - timedelta(days=1))) or 0


def answer_figures(producer_id: int) -> tuple[int, int]:
    """Questions and complaints of 90 days that were answered in the promised time, and those that
    were answered or are late. Loads: 1 statement.
    """
    now = clock.now()
    kept = case((Thread.first_answer_at <= Thread.promised_by, 1))
    row = db.session.execute(
        select(func.count(kept), func.count(Thread.id)).where(
            Thread.producer_id == producer_id, Thread.kind.in_(("question", "complaint")),
            Thread.made_at > now - timedelta(days=90), Thread.promised_by.is_not(None),
            or_(Thread.first_answer_at.is_not(None), Thread.promised_by < now))).one()
    return int(row[0]), int(row[1])


ANSWER_HOURS = 24


def answer_due(producer_id: int, asked: datetime) -> datetime:
    """When a producer promised to have answered, by the promise of that time. Loads: 3 statements.
    """
    promise = promise_at(producer_id, "answer_hours", asked) or ANSWER_HOURS
    return answer_by(producer_id, asked, promise) or asked + timedelta(days=30)
