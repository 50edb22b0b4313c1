"""Who asks for advice, what was answered, and what a member could answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, literal, or_, select

from marketplace.catalog.models import Category, Product
from marketplace.foundation import clock
from marketplace.foundation.database import db, read
from marketplace.groups.models import Membership
from marketplace.groups.queries import role_in
from marketplace.people.models import Block
from marketplace.people.queries import is_blocked
from marketplace.recommend.models import Ask, AskRoute, Recommendation, Signal
from marketplace.recommend.queries.given import visible_to

LISTS = ("open", "board", "settled", "mine")


@dataclass(frozen=True, slots=True)
class AskRow:
    """An ask in a list; `rated`, `group`: why it is put to the viewer, where it is."""

    id: int
    code: str
    person_id: int
    wish: str
    lang: str
    chips: Sequence[dict[str, Any]]
    subject_id: int | None
    audience: str
    group_id: int | None
    until: date
    state: str
    made_at: datetime
    board_at: datetime | None
    answers: int
    rated: int = 0
    group: int | None = None

    @property
    def url(self) -> str:
        """The page of the ask."""
        return f"/asks/{self.code}"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer to an ask: a recommendation of a product."""

    code: str
    author_id: int
    product_id: int
    audience: str
    reason: str
    lang: str
    bought: bool
    relation: str | None
    benefit: str | None
    made_at: datetime
    helped_at: datetime | None


def _answers() -> Any:
    return (select(func.count(Recommendation.id)).where(
        Recommendation.ask_id == Ask.id, Recommendation.state == "visible")
        .correlate(Ask).scalar_subquery())


def ask_columns() -> tuple[Any, ...]:
    """What rows of asks are made of, the number of answers last."""
    return (Ask.id, Ask.code, Ask.person_id, Ask.wish, Ask.lang, Ask.chips, Ask.subject_id,
            Ask.audience, Ask.group_id, Ask.until, Ask.state, Ask.made_at, Ask.board_at,
            _answers().label("answers"))


def _own_groups(viewer_id: Any) -> Any:
    return select(Membership.group_id).where(Membership.person_id == viewer_id,
                                             Membership.left_at.is_(None))


def shown_asks(viewer_id: Any) -> Any:
    """Which asks a viewer may read in lists: None, an id or a parameter of it."""
    if viewer_id is None:
        return Ask.audience == "all"
    blocked = select(Block.other_id).where(Block.owner_id == viewer_id).union(
        select(Block.owner_id).where(Block.other_id == viewer_id))
    return and_(or_(Ask.audience == "all", Ask.group_id.in_(_own_groups(viewer_id))),
                Ask.person_id.not_in(blocked))


def _of_list(name: str, viewer_id: int | None) -> list[Any]:
    if name == "mine":
        return [Ask.person_id == (viewer_id or 0), Ask.state != "hidden"]
    running = and_(Ask.state == "open", Ask.until >= clock.today())
    wanted = {"open": [running], "board": [running, Ask.board_at.is_not(None), _answers() == 0],
              "settled": [or_(Ask.state == "closed", and_(
                  Ask.state == "open", Ask.until < clock.today())), _answers() > 0]}[name]
    return [shown_asks(viewer_id), *wanted]


def asks(name: str, viewer_id: int | None, offset: int, limit: int
         ) -> tuple[Sequence[AskRow], int]:
    """Asks of a list ("open", "board", "settled", "mine"), newest first, and how many.

    Loads: 2 statements.
    """
    where = _of_list(name, viewer_id)
    total = db.session.scalar(select(func.count(Ask.id)).where(*where)) or 0
    rows = db.session.execute(
        select(*ask_columns()).where(*where).order_by(Ask.made_at.desc(), Ask.id.desc())
        .offset(offset).limit(limit))
    return [AskRow(*row) for row in rows], total


def asks_of_group(group_id: int, viewer_id: int, limit: int = 3) -> Sequence[AskRow]:
    """Open asks put to a group, unanswered ones first, for its members. Loads: 1 statement."""
    return [AskRow(*row) for row in read(_put_to_group(), group=group_id, me=viewer_id,
                                         today=clock.today(), most=limit)]


@cache
def _put_to_group() -> Any:
    group: Any = bindparam("group")
    routed = select(AskRoute.ask_id).where(AskRoute.group_id == group, AskRoute.state == "asked")
    return (select(*ask_columns())
            .where(shown_asks(bindparam("me")), Ask.state == "open",
                   Ask.until >= bindparam("today"), or_(
                       Ask.group_id == group, Ask.id.in_(routed)))
            .order_by(_answers() > 0, Ask.made_at.desc(), Ask.id.desc())
            .limit(bindparam("most")))


def to_answer(viewer_id: int, limit: int = 6) -> Sequence[AskRow]:
    """What a member could answer first: put to them or to their groups, not answered by them.

    Loads: 1 statement.
    """
    rated = (select(AskRoute.rated).where(AskRoute.ask_id == Ask.id,
                                          AskRoute.person_id == viewer_id)
             .correlate(Ask).scalar_subquery())
    routed = (select(func.min(AskRoute.group_id)).where(
        AskRoute.ask_id == Ask.id, AskRoute.state == "asked",
        AskRoute.group_id.in_(_own_groups(viewer_id)))
        .correlate(Ask).scalar_subquery())
    group = func.coalesce(Ask.group_id, routed)
    said = select(literal(1)).where(Recommendation.ask_id == Ask.id,
                                    Recommendation.author_id == viewer_id,
                                    Recommendation.state == "visible").exists()
    rows: Sequence[Any] = db.session.execute(
        select(*ask_columns(), func.coalesce(rated, 0).label("rated"), group.label("group"))
        .where(*_of_list("open", viewer_id), Ask.person_id != viewer_id, ~said,
               or_(rated.is_not(None), group.is_not(None)))
        .order_by(func.coalesce(rated, 0).desc(), _answers() > 0, Ask.made_at.desc(),
                  Ask.id.desc()).limit(limit)).all()
    return [AskRow(*row) for row in rows]


def ask_by_code(code: str) -> Ask | None:
    """An ask by the code in its address. Loads: 1 statement."""
    return db.session.scalar(select(Ask).where(Ask.code == code)
                             .execution_options(populate_existing=True))


def ask_code(ask_id: int) -> str | None:
    """The code of an ask that stands. Loads: 1 statement."""
    return db.session.scalar(select(Ask.code).where(
        Ask.id == ask_id, Ask.state.in_(("open", "closed"))))


def ask_shows_to(row: Ask, viewer_id: int | None) -> bool:
    """Whether a viewer may read an ask; its asker also what they took back. Loads: at most 2."""
    if row.state == "hidden":
        return False
    if viewer_id is not None and row.person_id == viewer_id:
        return True
    if row.state == "withdrawn" or (viewer_id is None and row.audience != "all"):
        return False
    if row.audience == "group" and role_in(row.group_id or 0, viewer_id) is None:
        return False
    return viewer_id is None or not is_blocked(row.person_id, viewer_id)


def answers_to(ask_id: int, viewer_id: int | None) -> tuple[Sequence[AnswerRow], int]:
    """Answers a viewer may read, those that helped first; and how many more there are.

    Loads: 2 statements.
    """
    standing = [Recommendation.ask_id == ask_id, Recommendation.state == "visible"]
    may = visible_to(viewer_id)
    if viewer_id is not None:
        may = or_(may, Recommendation.author_id == viewer_id)
    rows = [AnswerRow(*row) for row in db.session.execute(
        select(Recommendation.code, Recommendation.author_id, Recommendation.thing_id,
               Recommendation.audience, Recommendation.reason, Recommendation.lang,
               Recommendation.bought, Recommendation.relation, Recommendation.benefit,
               Recommendation.made_at, Recommendation.helped_at)
        .where(*standing, may)
        .order_by(Recommendation.helped_at.is_(None), Recommendation.made_at,
                  Recommendation.id).limit(200))]
    total = db.session.scalar(select(func.count(Recommendation.id)).where(*standing)) or 0
    return rows, max(total - len(rows), 0)


def goods_one_likes(person_id: int, subject_id: int | None, ask_id: int, limit: int = 6
                    ) -> Sequence[int]:
    """Goods a person would buy again and has not answered with, those of the subject first.

    Loads: 1 statement.
    """
    said = select(Recommendation.thing_id).where(
        Recommendation.ask_id == ask_id, Recommendation.author_id == person_id,
        Recommendation.state == "visible")
    fits = Category.subject_id == (subject_id or 0)
    return db.session.scalars(
        select(Signal.product_id).join(Product, Product.id == Signal.product_id)
        .join(Category, Category.id == Product.category_id)
        .where(Signal.person_id == person_id, Signal.again, Product.state == "published",
               Signal.product_id.not_in(said))
        .order_by(fits.desc(), Signal.value.desc(), Signal.at.desc(), Signal.product_id)
        .limit(limit)).all()
