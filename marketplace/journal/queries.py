"""Reads of `journal`."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.journal.models import JournalKey
from marketplace.journal.rules import pseudonym


def marks_of(person_id: int) -> frozenset[bytes]:
    """All pseudonyms of a person that can still be made, to leave out their own acts.

    Loads: 1 statement.
    """
    secrets = db.session.scalars(select(JournalKey.secret).where(
        JournalKey.scope == "member", JournalKey.secret.is_not(None)))
    return frozenset(pseudonym(secret, f"m:{person_id}") for secret in secrets if secret)
