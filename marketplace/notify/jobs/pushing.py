"""Telling browsers, each by itself."""

from __future__ import annotations

from marketplace.adapters.doors import doors
from marketplace.adapters.push import PushGone, PushRefused, PushTarget
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import job
from marketplace.notify.actions import pushing


@job("notify.push")
def push(push_id: int) -> None:
    """Weigh one message and hand it to the person's browsers."""
    with committing():
        pushing.weigh(push_id)


@job("notify.browser")
def browser(push_id: int, browser_id: int) -> None:
    """Tell one browser; one that is gone is forgotten."""
    door, found = doors().push, pushing.addressed(push_id, browser_id)
    if door is None or found is None:
        return
    to, message = PushTarget(found[0].endpoint, found[0].p256dh, found[0].auth), found[1]
    db.session.rollback()
    outcome = pushing.came
    try:
        door.send(to, message)
    except PushGone:
        outcome = pushing.gone
    except PushRefused:
        outcome = pushing.refused
    with committing():
        outcome(browser_id)
