"""Showing what one told to the producer of one thread."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import delete, select

from marketplace.dialogue.models import ShownWish, Thread
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotYours
from marketplace.people.models import Wish


def show_wishes(thread: Thread, person_id: int, wishes: Collection[int]) -> int:
    """Show exactly these wishes of one's own to the producer of one's own thread; how many.

    Others than one's own are left out. Raises NotYours. Changes shown_wishes.
    """
    if thread.author_id != person_id or thread.producer_id is None:
        raise NotYours(_("Only who asks a house shows it something."))
    db.session.execute(delete(ShownWish).where(ShownWish.thread_id == thread.id))
    own = db.session.scalars(select(Wish.id).where(
        Wish.person_id == person_id, Wish.id.in_(list(wishes)))).all()
    db.session.add_all(ShownWish(thread_id=thread.id, wish_id=wish, person_id=person_id,
                                 at=clock.now()) for wish in own)
    db.session.flush()
    return len(own)
