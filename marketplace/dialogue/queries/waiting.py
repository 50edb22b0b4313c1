"""How much waits for a producer."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.dialogue.queries.threads import inbox, open_cases
from marketplace.foundation.database import db
from marketplace.producers.models import Producer
from marketplace.producers.queries.pages import PUBLIC
from marketplace.reviews.queries import unanswered_critics


def waiting_count(producer_id: int) -> int:
    """Unanswered threads and critical voices, as the studio lists them. Loads: 4 statements."""
    critics = {row.id for row in unanswered_critics(producer_id, "de")}
    cases = open_cases(producer_id)
    rated = {case.source_id for case in cases if case.source == "rating"}
    heard = sum(case.source in ("complaint", "signal") for case in cases)
    asked = any(case.source == "survey" for case in cases)
    return len(inbox(producer_id)) + len(critics | rated) + heard + asked


def producers_in_public() -> Sequence[int]:
    """Ids of all producers whose page is read. Loads: 1 statement."""
    return db.session.scalars(select(Producer.id).where(Producer.state.in_(PUBLIC))
                              .order_by(Producer.id)).all()
