"""Who agreed to be compared and named, who objected, and what each person chose."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.people.models import Block, Consent, Login, Person, Visibility
from marketplace.recommend.models import Choices
from marketplace.recommend.rules.ages import STATED, may_profile

MATCHING = "taste_matching"
ACTIVE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Willing:
    """People by what may be done with their answers.

    compared: agreed to it; named: of these, who may be named to each other; silent: objected, too
    young or gone, so nothing is computed of them; discreet: their answers are no list for members.
    """

    compared: frozenset[int]
    named: frozenset[int]
    silent: frozenset[int]
    discreet: frozenset[int]

    def renewed(self, of: Collection[int], now: Willing) -> Willing:
        """The same with some people as they are now."""
        return Willing(*((before - set(of)) | after for before, after in zip(
            (self.compared, self.named, self.silent, self.discreet),
            (now.compared, now.named, now.silent, now.discreet), strict=True)))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose; the defaults where nothing was."""

    named: bool = True
    order_by: str = "taste"
    accepts: str = "followed"
    asked: bool = False


def willing(from_age: int, among: Collection[int] | None = None) -> Willing:
    """Who is willing to what, of all or of some people.

    from_age: from which known age on people are profiled. Loads: 4 statements.
    """

    def ids(column: Any, *wanted: Any) -> frozenset[int]:
        of = () if among is None else (column.in_(list(among)),)
        return frozenset(db.session.scalars(select(column).where(*wanted, *of)))

    agreed = ids(Consent.person_id, Consent.purpose == MATCHING, Consent.withdrawn_at.is_(None),
                 Consent.person_id.is_not(None))
    young = [one for one in STATED if not may_profile(one, from_age)]
    silent = ids(Person.id, or_(Person.suggestions_on.is_(False), Person.age_class.in_(young),
                                Person.state != "active"))
    unnamed = ids(Choices.person_id, Choices.named.is_(False))
    discreet = ids(Visibility.person_id, Visibility.field == "ratings",
                   Visibility.level.in_(("followed", "me")))
    compared = agreed - silent
    return Willing(compared, compared - unnamed, silent, discreet)


def active_people(after: int, limit: int) -> Sequence[int]:
    """Who was here within 30 days and did not object, by id, from the one after `after` on.

    Loads: 1 statement.
    """
    since = clock.today() - timedelta(days=ACTIVE_DAYS)
    here = select(Login.person_id).where(Login.seen_on >= since)
    return db.session.scalars(
        select(Person.id).where(Person.id > after, Person.id.in_(here), Person.state == "active",
                                Person.suggestions_on, Person.age_class != "16")
        .order_by(Person.id).limit(limit)).all()


def chosen(person_id: int) -> Chosen:
    """What a person chose. Loads: 1 statement."""
    row = db.session.execute(
        select(Choices.named, Choices.order_by, Choices.accepts, Choices.asked)
        .where(Choices.person_id == person_id)).first()
    return Chosen(*row) if row else Chosen()


def blocked_with(person_id: int) -> frozenset[int]:
    """Whom a person blocked, and who blocked them. Loads: 1 statement."""
    rows = db.session.execute(select(Block.owner_id, Block.other_id).where(or_(
        Block.owner_id == person_id, Block.other_id == person_id)))
    return frozenset(one for pair in rows for one in pair) - {person_id}


def kept_order(person_id: int | None) -> str:
    """By what a person's lists go; everybody's verdict for visitors. Loads: 1 statement."""
    return chosen(person_id).order_by if person_id is not None else "verdict"
