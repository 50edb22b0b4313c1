"""What went to a person before."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.notify.models import Letter
from marketplace.notify.rules import CLASSES
from marketplace.notify.rules.pace import MONTH, Past


def past_letters(person_id: int, without: int) -> Sequence[Past]:
    """Letters of 30 days that left or are on their way, but not the one that is asked about.

    Loads: 1 statement.
    """
    optional = [name for name, one in CLASSES.items() if one.group != "must"]
    rows = db.session.execute(select(Letter.class_, Letter.producer_id, Letter.left_at).where(
        Letter.person_id == person_id, Letter.class_.in_(optional), Letter.id != without,
        Letter.left_at > clock.now() - MONTH, Letter.state.not_in(("skipped", "failed"))))
    return [Past(CLASSES[row.class_].group, row.producer_id, row.left_at) for row in rows]
