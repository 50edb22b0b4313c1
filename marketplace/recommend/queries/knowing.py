"""Who knows a subject and may be asked: people who rated most of it, groups that are about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from marketplace.catalog.models import Category
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.groups.models import Membership
from marketplace.people.models import Mute, Person
from marketplace.recommend.models import AskRoute, Choices
from marketplace.recommend.queries.willing import blocked_with
from marketplace.recommend.rules.asking import ASKED_WITHIN
from marketplace.reviews.models import Rating

MOST_ASKED = 200


def rated_in(subject_id: int, group_id: int | None = None) -> Mapping[int, int]:
    """How many things of a subject those rated who agreed to be asked: person -> counted answers.

    `group_id`: only its members. The 200 who rated most. Loads: 1 statement.
    """
    things = func.count(func.distinct(Rating.product_id))
    wanted = (
        select(Rating.person_id, things)
        .join(Category, Category.id == Rating.category_id)
        .join(Choices, Choices.person_id == Rating.person_id)
        .join(Person, Person.id == Rating.person_id)
        .where(Category.subject_id == subject_id, Rating.standing == "counts", Choices.asked,
               Person.state == "active")
        .group_by(Rating.person_id).order_by(things.desc(), Rating.person_id).limit(MOST_ASKED))
    if group_id is not None:
        wanted = wanted.where(Rating.person_id.in_(select(Membership.person_id).where(
            Membership.group_id == group_id, Membership.left_at.is_(None))))
    rows: Sequence[Any] = db.session.execute(wanted).all()
    return dict(rows)


def asked_lately(people: Collection[int]) -> Mapping[int, int]:
    """How often each of some people was asked within a week. Loads: 1 statement."""
    rows: Sequence[Any] = db.session.execute(
        select(AskRoute.person_id, func.count())
        .where(AskRoute.person_id.in_(list(people)), AskRoute.at > clock.now() - ASKED_WITHIN)
        .group_by(AskRoute.person_id)).all()
    return dict(rows)


def not_to_ask(person_id: int) -> frozenset[int]:
    """Whom nobody puts this person's ask to: themself, blocked either way, who muted them.

    Loads: 2 statements.
    """
    muting = db.session.scalars(select(Mute.owner_id).where(Mute.other_id == person_id))
    return frozenset({person_id, *muting}) | blocked_with(person_id)
