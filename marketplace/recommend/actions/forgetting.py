"""What becomes of a person's taste and votes when the account goes."""

from __future__ import annotations

from sqlalchemy import delete

from marketplace.foundation.database import db
from marketplace.recommend.actions.pairings import forget_pairings
from marketplace.recommend.actions.signals import note_change
from marketplace.recommend.models import Signal, SuggestionRow


def forget_person(person_id: int) -> None:
    """A person's evidence and votes speak for nobody any more, and no list of theirs is kept.

    Changes signals, suggestion_rows, pairings, pairing_votes, signal_clock, taste_changes.
    """
    db.session.execute(delete(SuggestionRow).where(SuggestionRow.person_id == person_id))
    db.session.execute(delete(Signal).where(Signal.person_id == person_id))
    forget_pairings(person_id)
    note_change("signals", person_id)
    note_change("standing", person_id)
    note_change("follows")
