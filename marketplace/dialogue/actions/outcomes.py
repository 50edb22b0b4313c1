"""How a thread ended."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import update

from marketplace.dialogue.events import OutcomeSet
from marketplace.dialogue.models import Thread
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotYours
from marketplace.foundation.events import announce


def set_outcome(thread: Thread, person_id: int, outcome: str) -> None:
    """The asker says how it ended. Raises NotYours, Invalid; announces OutcomeSet."""
    if thread.author_id != person_id:
        raise NotYours(_("Only who asked says how it ended."))
    if outcome not in ("solved", "partly", "unsolved"):
        raise Invalid({"outcome": _("Please choose one of the three.")})
    db.session.execute(update(Thread).where(Thread.id == thread.id)
                       .values(outcome=outcome, state="closed"))
    announce(OutcomeSet(thread.id, outcome))


def settle_ask(ask_id: int, outcome: str | None, gone: bool = False) -> None:
    """What became of an ask that stands on the request board; None: it is open again.

    An outcome that the asker set there stays. `gone`: the ask was taken back, so the thread shows
    no more unless somebody wrote in it. Changes threads.
    """
    here = update(Thread).where(Thread.ask_id == ask_id)
    if outcome is None:
        db.session.execute(here.values(outcome=None, state="open"))
    else:
        db.session.execute(here.where(Thread.outcome.is_(None))
                           .values(outcome=outcome, state="closed"))
    before, after = ("visible", "withdrawn") if gone else ("withdrawn", "visible")
    here = here.where(Thread.standing == before)
    db.session.execute((here.where(Thread.replies == 0) if gone else here)
                       .values(standing=after))
