"""Background work of `groups`."""

from __future__ import annotations

from datetime import timedelta

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import job
from marketplace.groups import actions
from marketplace.groups.actions import dates as coming
from marketplace.groups.actions.requests import remind_of_requests


@job("groups.picks", every_seconds=21_600)
def picks() -> None:
    """Make last month's picks from its votes."""
    last = clock.today().replace(day=1) - timedelta(days=1)
    with committing():
        actions.make_picks(last.strftime("%Y-%m"))


@job("groups.proposals", every_seconds=3_600)
def proposals() -> None:
    """Open votes, count those that are over, let decided kinds come into force, ask again."""
    for step in (actions.open_votes, actions.decide_votes, actions.close_what_is_due,
                 actions.ask_again):
        with committing():
            step()


@job("groups.succession", every_seconds=86_400)
def succession() -> None:
    """Elections where nobody looks after a group, rest and end."""
    for step in (actions.look_for_successors, actions.tell_of_ends, actions.end_what_is_due):
        with committing():
            step()


@job("groups.requests", every_seconds=86_400)
def requests() -> None:
    """Remind of people who still wait for an answer."""
    with committing():
        remind_of_requests()


@job("groups.dates", every_seconds=900)
def dates() -> None:
    """Remind who chose it, and pass seats on that nobody confirmed."""
    with committing():
        coming.remind()
    with committing():
        coming.pass_offers_on()
