"""Background work of `producers`."""

from __future__ import annotations

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import rendered
from marketplace.foundation.database import committing, db
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import job
from marketplace.producers import actions
from marketplace.producers.events import TaxAsked
from marketplace.producers.models import ProducerMedia


@job("producers.stop_unchecked", every_seconds=3600)
def stop_unchecked() -> None:
    """Sales end fourteen days after a change of checked data that nobody ticked."""
    with committing():
        actions.stop_unchecked()


@job("producers.end_pauses", every_seconds=3600)
def end_pauses() -> None:
    """Orders are taken again after the last day of a pause."""
    with committing():
        actions.end_pauses()


@job("producers.reminders", every_seconds=86_400)
def reminders() -> None:
    """Remind owners of missing tax facts, twice, and of packaging numbers that ended."""
    with committing():
        actions.end_registrations()
        for producer_id, which in actions.remind_tax():
            announce(TaxAsked(producer_id, which))


@job("producers.forget", every_seconds=86_400)
def forget() -> None:
    """Trader data go six months after the end."""
    with committing():
        actions.forget_ended()


@job("producers.evidence", every_seconds=86_400)
def evidence() -> None:
    """Warn of evidence that ends within thirty days; tell what has ended."""
    with committing():
        actions.end_evidence()


@job("producers.render_media")
def render_media(media_id: int) -> None:
    """Make the small files of a photograph; one that is gone or broken is left alone."""
    row = db.session.get(ProducerMedia, media_id)
    if row is None or row.renditions:
        return
    file = row.file
    db.session.rollback()
    made = rendered(file, doors().storage)
    if made is None:
        return
    with committing():
        actions.keep_media_renditions(media_id, made)
