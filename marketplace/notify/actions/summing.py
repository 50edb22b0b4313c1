"""What came after the ten answers of a day, in one letter of the next morning."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.notify.actions.telling import letter
from marketplace.notify.models import Letter
from marketplace.notify.queries import pace_of, zone_of
from marketplace.notify.rules import CLASSES
from marketplace.notify.rules.digest import MOST
from marketplace.notify.rules.pace import next_morning

SUMMARY = "summary"


def sum_up(row: Letter) -> None:
    """Take an answer that was one too many for the day into the summary of the next morning.

    Changes letters, jobs.
    """
    if CLASSES[row.class_].group != "answers" or row.person_id is None or "said" not in row.args:
        return
    entry = [row.args["said"], row.args, row.args.get("times", 1), row.args["url"]]
    waiting = db.session.scalar(select(Letter).where(
        Letter.person_id == row.person_id, Letter.template == SUMMARY,
        Letter.state == "waiting", Letter.left_at.is_(None)).limit(1))
    if waiting is not None:
        known = waiting.args["entries"]
        waiting.args = {**waiting.args, "more": waiting.args["more"] + (len(known) >= MOST),
                        "entries": [*known, entry][:MOST]}
        return
    morning = next_morning(clock.now(), pace_of(row.person_id).quiet_to, zone_of(row.person_id))
    letter(row.class_, SUMMARY, row.lang, person_id=row.person_id, merge_key=SUMMARY,
           due_at=morning, args={"entries": [entry], "more": 0, "url": "/account/notices"})
