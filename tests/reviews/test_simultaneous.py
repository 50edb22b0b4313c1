"""Two hundred people answer about one product at once, and every one of them is counted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import OutsideDown
from marketplace.reviews.actions import Answer, rate, rebuild_scores
from tests.cast import Cast
from tests.reviews.hands import Line, bought, score

PEOPLE, AT_ONCE = 200, 16


def _answer(app: Flask, line: Line, again: bool) -> None:
    """One buyer's answer, sent again while the database is busy, as a browser would."""
    with app.app_context():
        for _try in range(50):
            try:
                with committing():
                    rate(line.id, Answer(again, stars=5 if again else 1), None, line.guest_key)
                return
            except OutsideDown:
                continue
            finally:
                db.session.remove()
        raise AssertionError("the database stayed busy")


def test_two_hundred_answers_at_once_are_all_counted(app: Flask, cast: Cast) -> None:
    """Spec 8: exact counts under 200 simultaneous answers: 140 yes of 200, 140 * 5 + 60 stars."""
    lines = [bought(cast, None) for _n in range(PEOPLE)]
    db.session.remove()
    start = Barrier(AT_ONCE)

    def share(worker: int) -> None:
        start.wait(30)
        for number in range(worker, PEOPLE, AT_ONCE):
            _answer(app, lines[number], number % 10 < 7)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(share, range(AT_ONCE)))
    row = score(lines[0].product_id)
    assert (row.k, row.n, row.buyers) == (140, 200, 200)
    assert (row.stars_n, row.stars_sum, row.kw, row.nw) == (200, 760, 140, 200)
    db.session.rollback()
    with committing():
        assert rebuild_scores() == 0


def test_one_person_in_two_windows_has_one_answer(app: Flask, cast: Cast) -> None:
    """Spec 6: two tabs at once; one row, counted once."""
    line = bought(cast, None)
    db.session.remove()
    start = Barrier(4)

    def tap(number: int) -> str:
        start.wait(30)
        try:
            _answer(app, line, number % 2 == 0)
        except Exception as fault:
            return type(fault).__name__
        return "kept"

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(tap, range(4)))
    assert set(found) <= {"kept", "Conflict"}
    assert "kept" in found
    assert score(line.product_id).n == 1
    db.session.rollback()
    with committing():
        assert rebuild_scores() == 0
