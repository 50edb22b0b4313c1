"""Background work of `people`: take-outs, erasing, levels, and the daily sweep."""

from __future__ import annotations

import json
from datetime import datetime

from flask import current_app

from marketplace.adapters.doors import doors
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import job
from marketplace.people import actions
from marketplace.people.actions.sweeping import (
    close_inactive,
    drop_unconfirmed,
    forget_secrets,
    warn_inactive,
)
from marketplace.people.actions.takeouts import keep_takeout, over_takeouts
from marketplace.people.models import Takeout
from marketplace.people.queries.login import email_of
from marketplace.people.queries.packing import packed

LOG = "erasures.jsonl"
"""In the instance folder, outside the database: what a restored backup has to forget again."""


@job("people.takeout")
def takeout(takeout_id: int) -> None:
    """Make the file of one take-out; a room that fails leaves the others in it."""
    row = db.session.get(Takeout, takeout_id)
    if row is None or row.ready_at is not None:
        return
    body, faults = packed(row.person_id, doors().storage)
    db.session.rollback()
    name = doors().storage.put(body, "zip")
    with committing():
        keep_takeout(takeout_id, name, "; ".join(faults))


@job("people.erase")
def erase(person_id: int) -> None:
    """Forget one person in every room and in the mails that lie here, and write outside the
    database that it was done.
    """
    _drop_mails(person_id)
    with committing():
        key = actions.erase(person_id)
    if key is not None:
        remember(key, clock.now())


def _drop_mails(person_id: int) -> None:
    """Before the address is forgotten, so that a second try finds them too."""
    known = email_of(person_id)
    db.session.rollback()
    if known is not None:
        doors().mail.forget(known[0])


def remember(key: str, at: datetime) -> None:
    """Write an erasure into the file that no restored backup loses."""
    path = current_app.config["ZURUF"].instance / LOG
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"person_key": key, "done_at": at.isoformat()}) + "\n")


def erase_again() -> int:
    """Erase everybody whom the file names and the database still has; how many.

    For a database that came from a backup: run before the site opens.
    """
    path = current_app.config["ZURUF"].instance / LOG
    if not path.exists():
        return 0
    keys = {json.loads(line)["person_key"] for line in path.read_text("utf-8").splitlines() if line}
    found = [i for i in actions.not_erased() if actions.person_key(i) in keys]
    db.session.rollback()
    for person_id in found:
        _drop_mails(person_id)
        with committing():
            actions.erase(person_id, "delete")
    return len(found)


@job("people.drop_files")
def drop_files(names: list[str]) -> None:
    """Files of somebody who is gone."""
    for name in names:
        doors().storage.delete(name)


@job("people.sweep", every_seconds=86_400)
def sweep() -> None:
    """Unconfirmed accounts, old secrets and take-outs, inactive people, and due erasures."""
    with committing():
        files = [*over_takeouts(), *forget_secrets()]
        drop_unconfirmed()
        warn_inactive()
        close_inactive()
    for name in files:
        doors().storage.delete(name)
    erase_again()
    due = actions.due_closings()
    db.session.rollback()
    for person_id in due:
        erase(person_id)


@job("people.levels", every_seconds=86_400)
def levels() -> None:
    """Everybody's level anew, a thousand at a time."""
    today, last = clock.today(), 0
    while True:
        with committing():
            last = actions.raise_levels(last, today)
        if not last:
            return
