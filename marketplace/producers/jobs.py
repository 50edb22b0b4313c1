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
from marketplace.producers.queries.evidence import document_used


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
    """Remind owners of missing tax facts, twice, of packaging numbers that ended, and three times
    of steps that are open before they can sell.
    """
    with committing():
        actions.remind_steps()
        actions.end_registrations()
        for producer_id, which in actions.remind_tax():
            announce(TaxAsked(producer_id, which))


@job("producers.forget", every_seconds=86_400)
def forget() -> None:
    """Trader data go six months after the end."""
    with committing():
        actions.forget_ended()


@job("producers.forget_media", every_seconds=86_400)
def forget_media() -> None:
    """What was taken out thirty days ago goes, files of films too."""
    with committing():
        files = actions.forget_media()
    for name in files:
        doors().storage.delete(name)


@job("producers.evidence", every_seconds=86_400)
def evidence() -> None:
    """Warn of evidence that ends within thirty days; tell what has ended."""
    with committing():
        actions.end_evidence()


@job("producers.drop_document")
def drop_document(name: str) -> None:
    """Take the file of a document away that no evidence names any more."""
    if not document_used(name):
        doors().storage.delete(name)


@job("producers.render_media")
def render_media(media_id: int) -> None:
    """Make the small files of a photograph, or of a film's still; one that is gone or broken is
    left alone.
    """
    row = db.session.get(ProducerMedia, media_id)
    file = None if row is None or row.renditions else (
        row.file if row.kind == "photo" else row.still_file)
    if file is None:
        return
    db.session.rollback()
    made = rendered(file, doors().storage)
    if made is None:
        return
    with committing():
        actions.keep_media_renditions(media_id, made)
