"""The yearly question whether what somebody told still fits, for who turned it on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.notify.actions.telling import tell
from marketplace.notify.models import Choice, Letter, Notice
from marketplace.notify.rules import YEARLY
from marketplace.notify.rules.pace import WEEK
from marketplace.people.queries.wishes import oldest_looks
from marketplace.people.rules.wishes import A_YEAR


def ask_yearly(after: int, limit: int, now: datetime) -> int | None:
    """Ask the next people who turned the question on and whose last look is a year ago, or two,
    or three; after whom it goes on, None at the end. Once a year each, also where the work of a
    day was missed. Changes notices, letters, jobs.
    """
    people = db.session.scalars(
        select(Choice.person_id).where(Choice.class_ == YEARLY, Choice.on, Choice.person_id > after)
        .distinct().order_by(Choice.person_id).limit(limit)).all()
    looks = oldest_looks(people)
    due = [one for one, at in looks.items() if now - at >= A_YEAR
           and (now - at) % A_YEAR < WEEK]
    for person_id in sorted(set(due) - _asked(due, now)):
        tell(person_id, YEARLY, YEARLY, YEARLY, "/account/wishes")
    return people[-1] if len(people) == limit else None


def _asked(people: Sequence[int], now: datetime) -> set[int]:
    """Whom it was asked in these days already."""
    notices = select(Notice.person_id).where(
        Notice.person_id.in_(people), Notice.class_ == YEARLY, Notice.last_at > now - WEEK)
    letters = select(Letter.person_id).where(
        Letter.person_id.in_(people), Letter.class_ == YEARLY, Letter.due_at > now - WEEK)
    return {one for one in (*db.session.scalars(notices), *db.session.scalars(letters))
            if one is not None}
