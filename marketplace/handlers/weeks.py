"""The people who run the market read every Monday how the week was."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.insights.events import WeekEnded
from marketplace.notify.actions import letter
from marketplace.notify.actions.rights import operators
from marketplace.notify.models import Letter
from marketplace.people.models import Person


def week_ended(event: WeekEnded) -> None:
    """One letter to each person of the operator, once a week. Changes letters, jobs."""
    key = f"week {event.week}"
    have = set(db.session.scalars(select(Letter.person_id).where(Letter.merge_key == key)))
    langs = dict(db.session.execute(select(Person.id, Person.lang).where(
        Person.id.in_(operators()))).all())
    for person_id, lang in langs.items():
        if person_id not in have:
            letter("account", "week", lang, person_id=person_id, merge_key=key, args={
                "week": event.week, "seed": event.seed, "answers": event.answers,
                "yes": event.yes, "late": event.late, "voices": [list(one) for one in event.voices],
                "heads": [list(one) for one in event.heads], "url": "/operator/assortment"})
