"""The arrays of one process, brought up to date at each look.

A look asks one row for the number of the newest change, so an answer, a follow, a consent or an
erasure counts in the next request of every process.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from marketplace.foundation.database import db
from marketplace.recommend.models import SignalClock
from marketplace.recommend.queries.reading import Kept, grown, loaded
from marketplace.recommend.rules.patience import Patience, TooSlow

T = TypeVar("T")

__all__ = ["Kept", "kept", "or_else", "patience_of_a_page"]

log = logging.getLogger(__name__)

MUCH = 5_000
"""Changes that are taken in at once; for more no page waits in vain."""
_lock = threading.Lock()


def patience_of_a_page() -> Patience:
    """How long a page waits for a list."""
    return Patience(current_app.config["ZURUF"].suggestion_ms / 1000)


def or_else(call: Callable[[], T], instead: Callable[[], T]) -> T:
    """What the arrays answer; where they fail or are slow, something else: no page fails by them.

    A database that is away is told to the reader as ever.
    """
    try:
        return call()
    except SQLAlchemyError:
        raise
    except TooSlow:
        log.warning("suggestions took too long; stored ones serve")
    except Exception:
        log.exception("suggestions failed; stored ones serve")
    return instead()


def kept(patience: Patience | None = None, clock: tuple[int, int] | None = None) -> Kept:
    """The arrays, brought up to date.

    clock: stamp and logged_after of the clock, where they are read already. Loads: 1 statement
    without it, more only after changes. With `patience` the reading of everything, or of very
    much, goes on in the background when it takes longer. Raises TooSlow.
    """
    if clock is None:
        row = db.session.execute(select(SignalClock.stamp, SignalClock.logged_after)).first()
        clock = (row.stamp, row.logged_after) if row else (0, 0)
    stamp, logged_after = clock
    found: Kept | None = current_app.extensions.get("taste")
    if found is not None and found.stamp >= stamp:
        return found
    if patience is not None and (found is None or stamp - found.stamp > MUCH):
        return _in_background(stamp, patience)
    if not _lock.acquire(timeout=-1 if patience is None else patience.left()):
        raise TooSlow
    try:
        return _renewed(stamp, logged_after)
    finally:
        _lock.release()


def _renewed(stamp: int, logged_after: int) -> Kept:
    held = current_app.extensions
    found: Kept | None = held.get("taste")
    try:
        if found is not None and found.stamp < stamp:
            found = grown(found, stamp) if found.stamp >= logged_after else None
        held["taste"] = found = found or loaded(
            stamp, current_app.config["ZURUF"].profiling_age)
    except BaseException:
        held.pop("taste", None)
        raise
    if found.model.signals.is_crowded() and not _runs("taste_layout"):
        _begin("taste_layout", found.model.signals.lay_out_anew)
    return found


def _runs(name: str) -> bool:
    running: threading.Thread | None = current_app.extensions.get(name)
    return running is not None and running.is_alive()


def _begin(name: str, call: Callable[[], None]) -> threading.Thread:
    made = threading.Thread(target=call, name=name, daemon=True)
    current_app.extensions[name] = made
    made.start()
    return made


def _in_background(stamp: int, patience: Patience) -> Kept:
    """The arrays from a thread that reads on when nobody waits any more."""
    here: Any = current_app
    app, held = here._get_current_object(), current_app.extensions
    running = held["taste_thread"] if _runs("taste_thread") else _begin(
        "taste_thread", partial(_read_in, app))
    running.join(patience.left())
    found: Kept | None = held.get("taste")
    if found is None or found.stamp < stamp:
        raise TooSlow
    return found


def _read_in(app: Flask) -> None:
    with app.app_context():
        try:
            kept()
        except Exception:
            log.exception("the arrays could not be read")


