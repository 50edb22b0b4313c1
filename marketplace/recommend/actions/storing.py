"""Lists kept for the case that the model fails or is slow."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.recommend.actions.signals import let_log_end, upsert
from marketplace.recommend.events import SuggestionsFresh
from marketplace.recommend.models import SignalClock, SuggestionRow
from marketplace.recommend.queries.stored import packed, signature
from marketplace.recommend.queries.taste import Made

LOG_FOR = timedelta(days=2)


def store_list(person_id: int, made: Made | None) -> None:
    """Keep a person's list in the place of the former; None: keep none.

    Changes suggestion_rows; announces SuggestionsFresh.
    """
    if made is None:
        db.session.execute(delete(SuggestionRow).where(SuggestionRow.person_id == person_id))
        return
    row = {"made_at": clock.now(), "stamp": made.stamp, "signature": signature(),
           "things": packed(made.things),
           "peers": f"[{','.join(map(str, made.peers))}]"}
    db.session.execute(upsert(SuggestionRow, {"person_id": person_id, **row}, ["person_id"], row))
    announce(SuggestionsFresh(person_id))


def tidy_lists() -> None:
    """Cut the log of changes at two days, and throw away lists that it does not reach back to.

    Changes taste_changes, signal_clock, suggestion_rows.
    """
    let_log_end(clock.now() - LOG_FOR)
    reach = select(SignalClock.logged_after).scalar_subquery()
    db.session.execute(delete(SuggestionRow).where(or_(
        SuggestionRow.stamp < reach, SuggestionRow.signature != signature()))
        .execution_options(synchronize_session=False))
