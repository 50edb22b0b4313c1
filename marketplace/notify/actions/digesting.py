"""Choosing what stands in a person's digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.notify.actions.telling import letter
from marketplace.notify.models import Notice, PaceRow
from marketplace.notify.rules import CLASSES, DIGEST
from marketplace.notify.rules.digest import ORDER, chosen
from marketplace.notify.rules.pace import Pace, digest_due
from marketplace.people.models import Person

REACH: Mapping[str, timedelta] = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
MOST_READ = 200
COMMERCIAL = frozenset(("house_news",))
"""Titles by which producers speak of what they sell."""
PLACES: Mapping[str, str] = {
    "answer": "answers", "mention": "answers", "question": "answers", "reply": "answers",
    "follow": "people", "variant": "people",
    "join": "groups", "group_news": "groups", "vote": "groups",
    "recommendation": "recommendations", "asked": "recommendations", "thanks": "recommendations"}
"""Where the notices of a class stand; all others come last."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whose digest is due."""

    person_id: int
    lang: str
    digest: str
    last: datetime | None


def due_readers(after: int, limit: int, now: datetime) -> tuple[int | None, Sequence[Reader]]:
    """Of the next people with a digest those for whom it is due in this hour of their day, and
    the last id that was looked at, None at the end. Loads: 1 statement.
    """
    rows = db.session.execute(
        select(PaceRow, Person.lang, Person.time_zone)
        .join(Person, Person.id == PaceRow.person_id)
        .where(PaceRow.digest != "off", PaceRow.person_id > after, Person.state == "active")
        .order_by(PaceRow.person_id).limit(limit)).all()
    last = rows[-1][0].person_id if len(rows) == limit else None
    return last, [Reader(row.person_id, lang, row.digest, row.digest_at)
            for row, lang, zone in rows if digest_due(
                Pace(row.mails_a_week, row.quiet_from, row.quiet_to, row.digest, row.digest_day),
                now.astimezone(ZoneInfo(zone)), row.digest_at)]


def gather(reader: Reader) -> bool:
    """Write a digest where there is enough to tell; whether. Changes pace, letters, jobs."""
    now = clock.now()
    since = max(reader.last or now - REACH[reader.digest], now - REACH["weekly"])
    db.session.execute(update(PaceRow).where(PaceRow.person_id == reader.person_id)
                       .values(digest_at=now))
    rows = db.session.scalars(
        select(Notice).where(Notice.person_id == reader.person_id, Notice.read_at.is_(None),
                             Notice.last_at > since)
        .order_by(Notice.last_at.desc(), Notice.id.desc()).limit(MOST_READ)).all()
    told = [row for row in rows if CLASSES[row.class_].group != "must"]
    others, paid = chosen(sorted((row for row in told if row.title not in COMMERCIAL), key=_place),
                          [row for row in told if row.title in COMMERCIAL])
    if not others and not paid:
        return False
    letter(DIGEST, DIGEST, reader.lang, person_id=reader.person_id, args={
        "entries": [[row.title, row.args, row.count, row.url] for row in (*others, *paid)]})
    return True


def _place(row: Notice) -> int:
    name = PLACES.get(row.class_, ORDER[-1])
    return ORDER.index(name)
