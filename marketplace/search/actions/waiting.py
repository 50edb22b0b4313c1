"""Waiting for goods to words that found none."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.search.events import SearchAnswered
from marketplace.search.models import SearchWatch
from marketplace.search.queries import Asked, find

MOST = 20


def wait_for(person_id: int, words: str) -> None:
    """Tell this member once when something fits the words. Raises Invalid, Conflict.

    Waiting again for the same begins anew. Changes search_watches.
    """
    said = " ".join(words.split())[:200]
    if len(said) < 2:
        raise Invalid({"q": _("Please say in a word or two what you look for.")})
    mine = db.session.scalar(select(func.count()).where(
        SearchWatch.person_id == person_id, SearchWatch.told_at.is_(None),
        SearchWatch.words != said)) or 0
    if mine >= MOST:
        raise Conflict(_("You wait for twenty searches already. End one of them first."))
    dialect = db.session.get_bind().dialect.name
    row = (sqlite if dialect == "sqlite" else postgresql).insert(SearchWatch).values(
        person_id=person_id, words=said, at=clock.now())
    db.session.execute(row.on_conflict_do_update(
        index_elements=["person_id", "words"], set_={"at": clock.now(), "told_at": None}))


def end_wait(person_id: int, watch_id: int) -> None:
    """Wait no longer. Raises NotFound for what is not one's own. Changes search_watches."""
    gone = db.session.execute(delete(SearchWatch).where(
        SearchWatch.id == watch_id, SearchWatch.person_id == person_id))
    if not gone.rowcount:  # type: ignore[attr-defined]
        raise NotFound(_("There is nothing at this address."))


def answered_searches() -> list[int]:
    """Which of those that wait find goods with all their words now."""
    rows = db.session.execute(select(SearchWatch.id, SearchWatch.words)
                              .where(SearchWatch.told_at.is_(None)).order_by(SearchWatch.id))
    found = []
    for watch_id, words in rows.all():
        answer = find(Asked(words=words, available_only=True), 1)
        if answer.total and not answer.dropped and not answer.corrected:
            found.append(watch_id)
    return found


def tell_answered(watch_ids: list[int]) -> int:
    """Tell those who wait, each exactly once; how many. Changes search_watches; announces
    SearchAnswered.
    """
    told = 0
    for watch_id in watch_ids:
        done = db.session.execute(
            update(SearchWatch).where(SearchWatch.id == watch_id, SearchWatch.told_at.is_(None))
            .values(told_at=clock.now()).execution_options(synchronize_session=False))
        if done.rowcount:  # type: ignore[attr-defined]
            row = db.session.get_one(SearchWatch, watch_id)
            announce(SearchAnswered(row.person_id, row.words))
            told += 1
    return told
