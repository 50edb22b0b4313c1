"""Background work of `dialogue`."""

from __future__ import annotations

from datetime import date

from marketplace.dialogue import actions
from marketplace.dialogue.queries.waiting import producers_in_public, waiting_count
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.producers.actions import note_voices_mailed
from marketplace.producers.queries.dealing import wants_voices

A_HANDFUL = 50
MORNING = 7
WEEK_DAYS = 7


@job("dialogue.figures", every_seconds=86_400)
def figures() -> None:
    """Count how producers answered in ninety days, fifty producers at a time."""
    everybody = producers_in_public()
    for start in range(0, len(everybody), A_HANDFUL):
        with committing():
            actions.count_figures(everybody[start:start + A_HANDFUL])


@job("dialogue.voices", every_seconds=3600)
def voices() -> None:
    """From seven in the morning on, once a day or week, as each house chose; never without need."""
    if clock.in_zone(clock.now()).hour < MORNING:
        return
    today = clock.today()
    for producer_id, how_often, last in wants_voices():
        if not is_due(how_often, last, today):
            continue
        with committing():
            waiting = waiting_count(producer_id)
            note_voices_mailed(producer_id, today)
            if waiting:
                actions.mail_voices(producer_id, waiting)


def is_due(how_often: str, last: date | None, today: date) -> bool:
    """Whether a letter of unanswered voices is due: daily, or seven days after the last one."""
    days = 1 if how_often == "daily" else WEEK_DAYS
    return last is None or (today - last).days >= days
