"""Looking for the words that houses watch for, and keeping their names."""

from __future__ import annotations

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import job
from marketplace.notify.actions.watching import keep_names, look_for_words
from marketplace.producers.queries import names_of_houses


@job("notify.heard")
def heard(thing: str, thing_id: int) -> None:
    """Tell houses that watch for what was said."""
    with committing():
        look_for_words(thing, thing_id)


@job("notify.names")
def names(producer_id: int) -> None:
    """Watch for the names of a house and its goods as they are now."""
    with committing():
        keep_names(producer_id)


@job("notify.all_names", every_seconds=86_400)
def all_names() -> None:
    """The same for every house, each in a change of its own."""
    houses = names_of_houses()
    db.session.rollback()
    for producer_id, _slug, _name in houses:
        with committing():
            keep_names(producer_id)
