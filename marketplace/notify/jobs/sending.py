"""Sending letters: weighed and rendered when they leave, once each."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import update

from marketplace.adapters.doors import doors
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import job
from marketplace.notify.actions.checking import ready, wait
from marketplace.notify.actions.troubles import words_missing
from marketplace.notify.events import LetterSent
from marketplace.notify.jobs.attaching import enclosed
from marketplace.notify.jobs.composing import composed
from marketplace.notify.models import Letter

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=6)
log = logging.getLogger(__name__)


def back_off(since: datetime, now: datetime) -> timedelta:
    """How long a letter waits for a door that is shut: as long as it has waited, 1 min to 6 h."""
    return min(max(now - since, SHORTEST), LONGEST)


@job("notify.send")
def send(letter_id: int) -> None:
    """Send one waiting letter, or skip it with the reason; a shut door keeps it waiting."""
    with committing():
        to = ready(letter_id)
    if to is None:
        return
    row = db.session.get_one(Letter, letter_id, populate_existing=True)
    mail, broken, version = composed(row, to)
    mail = replace(mail, enclosed=enclosed(row))
    template, class_ = row.template, row.class_
    db.session.rollback()
    try:
        doors().mail.send(mail)
    except OutsideDown as fault:
        _again(letter_id, fault)
        return
    with committing():
        done = db.session.execute(
            update(Letter).where(Letter.id == letter_id, Letter.state == "waiting")
            .values(state="sent", why_skipped=None, sent_at=clock.now(), own_version=version))
        if done.rowcount:  # type: ignore[attr-defined]
            announce(LetterSent(class_))
        if broken:
            words_missing(template, broken)


def _again(letter_id: int, fault: OutsideDown) -> None:
    """The same letter later, under the same message id."""
    log.warning("letter %s waits: %s", letter_id, fault)
    with committing():
        row = db.session.get_one(Letter, letter_id, populate_existing=True)
        now = clock.now()
        pause = max(back_off(row.left_at or now, now), timedelta(seconds=fault.retry_seconds))
        wait(row, now + min(pause, LONGEST))
