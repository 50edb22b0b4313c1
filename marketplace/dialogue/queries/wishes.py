"""What somebody shows of themself in one thread."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.dialogue.models import ShownWish
from marketplace.foundation.database import read
from marketplace.people.models import Wish
from marketplace.people.queries.wishes import Told


def shown_in(thread_id: int) -> Sequence[Told]:
    """The wishes shown in a thread, in the order in which they were told. Loads: 1 statement."""
    return [Told(*row) for row in read(
        select(Wish.id, Wish.kind, Wish.subject_id, Wish.value, Wish.said_at, Wish.checked_at)
        .join(ShownWish, ShownWish.wish_id == Wish.id)
        .where(ShownWish.thread_id == thread_id).order_by(Wish.id))]
