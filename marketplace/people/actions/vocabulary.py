"""The subjects that are shipped; operators may change them later."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.people.models import Subject


def ensure_subjects(shipped: Iterable[tuple[str, str, str]]) -> None:
    """Add the (slug, German, English) subjects that are missing. Changes subjects."""
    present = set(db.session.scalars(select(Subject.slug)))
    for position, (slug, german, english) in enumerate(shipped):
        if slug not in present:
            db.session.add(Subject(slug=slug, name_de=german, name_en=english, position=position))
    db.session.flush()
