"""What a look leaves: the day of a login, and threads read by newcomers; written after answers."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Lock

from sqlalchemy import update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.people.actions.standing import note_read
from marketplace.people.models import Account, ApiToken, Login

SLIDING, AT_MOST = timedelta(days=30), timedelta(days=180)
MOST_KEPT = 50_000
_lock = Lock()
_logins: dict[int, int] = {}
_tokens: dict[int, int] = {}
_read: set[tuple[int, int]] = set()
_known: set[tuple[int, int]] = set()


def seen(login_id: int, person_id: int, seen_on: date) -> None:
    """A login was used; noted once a day."""
    if seen_on < clock.today():
        with _lock:
            _logins[login_id] = person_id


def token_seen(token_id: int, person_id: int, used_on: date | None) -> None:
    """A program used its key; noted once a day."""
    if used_on is None or used_on < clock.today():
        with _lock:
            _tokens[token_id] = person_id


def thread_read(person_id: int, level: int, thread_id: int) -> None:
    """Somebody who is new read a thread; each counts once."""
    with _lock:
        if level == 0 and (person_id, thread_id) not in _known and len(_known) < MOST_KEPT:
            _read.add((person_id, thread_id))


def looks_wait() -> bool:
    """Whether there is anything to write."""
    return bool(_logins or _tokens or _read)


def write_looks() -> None:
    """Write what waits; may announce LevelChanged.

    Changes logins, api_tokens, accounts, standing.
    """
    with _lock:
        logins, tokens, read = dict(_logins), dict(_tokens), set(_read)
        _logins.clear()
        _tokens.clear()
        _read.clear()
        _known.update(read)
    today, now = clock.today(), clock.now()
    for login_id in sorted(logins):
        row = db.session.get(Login, login_id)
        if row is not None and row.ended_at is None:
            row.seen_on = today
            row.expires_at = min(now + SLIDING, row.made_at + AT_MOST)
    for token_id in sorted(tokens):
        db.session.execute(update(ApiToken).where(ApiToken.id == token_id).values(used_on=today))
    for person_id in sorted({*logins.values(), *tokens.values()}):
        db.session.execute(update(Account).where(Account.person_id == person_id,
                                                 Account.active_on < today)
                           .values(active_on=today))
    for person_id, _thread in sorted(read):
        note_read(person_id)


def forget_looks() -> None:
    """For tests: nothing waits and nothing is known."""
    with _lock:
        _logins.clear()
        _tokens.clear()
        _read.clear()
        _known.clear()
