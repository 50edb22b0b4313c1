"""What was searched and what came of it: kept in memory, written after the answer."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.journal.actions import mark, note
from marketplace.search.models import Search, SearchPerson
from marketplace.search.rules.analysis import LONGEST_QUERY, tokens

FLUSH_SECONDS, MOST_WAITING = 10, 500
KEPT_DAYS = 90
CUT = 30
"""How much of the words a link to a product carries on."""


@dataclass(frozen=True, slots=True)
class Searched:
    """One search, or a click on what it found (hits None)."""

    words: str
    lang: str
    hits: int | None
    person_id: int | None = None
    visitor: str = ""


_waiting: list[Searched] = []
_lock = Lock()
_flushed_at = time.monotonic()


def normal(words: str) -> str:
    """Words as they are counted: folded, one blank between two, at most 200 characters."""
    return " ".join(tokens(words[:LONGEST_QUERY]))[:200]


def searched(one: Searched) -> None:
    """Remember a search or a click in this process; written within ten seconds."""
    with _lock:
        if len(_waiting) < 10 * MOST_WAITING:
            _waiting.append(one)


def forget_searched() -> None:
    """Let go of what waits in memory and belongs to another database than today's."""
    with _lock:
        _waiting.clear()


def searches_wait() -> bool:
    """Whether there is something to write: after ten seconds, or from 500 entries on."""
    due = time.monotonic() - _flushed_at >= FLUSH_SECONDS or len(_waiting) >= MOST_WAITING
    return bool(_waiting) and due


def write_searches() -> None:
    """Write what waits; a loss is only a count. Changes searches, search_people,
    journal_entries.
    """
    global _flushed_at
    with _lock:
        rows = list(_waiting)
        _waiting.clear()
        _flushed_at = time.monotonic()
    for one in rows:
        _write(one)


def _write(one: Searched) -> None:
    words = normal(one.words)
    if not words:
        return
    if one.hits is None:
        _followed(words, len(one.words) >= CUT, Search.clicks)
        return
    empty = one.hits == 0
    _count(words, one.lang, one.hits)
    note("search.empty" if empty else "search.done", one.person_id)
    who = mark(one.person_id, one.visitor)
    if who is not None:
        db.session.execute(_insert(SearchPerson).values(
            words=words, day=clock.today(), mark=who[0], member=who[1], empty=empty
        ).on_conflict_do_update(index_elements=["words", "day", "mark"], set_={"empty": empty}))


def _insert(table: Any) -> Any:
    dialect = db.session.get_bind().dialect.name
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)


def _count(words: str, lang: str, hits: int) -> None:
    none = int(hits == 0)
    db.session.execute(_insert(Search).values(
        day=clock.today(), words=words, lang=lang, n=1, empty=none, hits=hits
    ).on_conflict_do_update(
        index_elements=["day", "words", "lang"],
        set_={"n": Search.n + 1, "empty": Search.empty + none, "hits": hits}))


def _followed(words: str, cut: bool, counter: Any) -> None:
    """Count on that something came of these words today, in whatever language they were read."""
    same = Search.words.startswith(words, autoescape=True) if cut else Search.words == words
    db.session.execute(update(Search).where(Search.day == clock.today(), same)
                       .values({counter: counter + 1})
                       .execution_options(synchronize_session=False))


def basket_followed(words: str) -> None:
    """Something found by words was put into a basket. Changes searches."""
    said = normal(words)
    if said:
        _followed(said, len(words) >= CUT, Search.baskets)


def forget_old_searches(today: date) -> None:
    """After ninety days nobody is told apart any more, and what few people typed goes.

    Changes search_people, searches.
    """
    limit = today - timedelta(days=KEPT_DAYS)
    db.session.execute(delete(SearchPerson).where(SearchPerson.day < limit))
    kept = exists().where(SearchPerson.words == Search.words)
    db.session.execute(delete(Search).where(Search.day < limit, ~kept)
                       .execution_options(synchronize_session=False))


def forget_searches_of(marks: Collection[bytes]) -> None:
    """What these searched is nobody's any more; words that nobody else searched go.

    Changes search_people, searches.
    """
    mine = SearchPerson.mark.in_(list(marks))
    words = list(db.session.scalars(select(SearchPerson.words).where(mine).distinct()))
    db.session.execute(delete(SearchPerson).where(mine))
    others = exists().where(SearchPerson.words == Search.words)
    db.session.execute(delete(Search).where(Search.words.in_(words), ~others)
                       .execution_options(synchronize_session=False))
