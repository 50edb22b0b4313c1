"""Appeals under many hands."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa
from flask import Flask

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict
from marketplace.moderation.actions import appeal, decide_appeal
from marketplace.moderation.models import Appeal, Decision, ModerationLogEntry
from marketplace.moderation.queries import Party, matter_by_number
from tests.cast import Cast
from tests.moderation.appealed import WHY, appealed, decided, moderate, one, question, reported

AT_ONCE = 4


def together(app: Flask, act: Callable[[int], None]) -> list[str]:
    """What becomes of the same act done by several at the same moment."""
    db.session.remove()
    start = Barrier(AT_ONCE)

    def send(number: int) -> str:
        start.wait(30)
        with app.app_context(), app.test_request_context(method="POST"):
            try:
                with committing():
                    act(number)
            except Conflict:
                return "refused"
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(send, range(AT_ONCE)))


def test_four_deciders_at_once_are_one_decision(app: Flask, cast: Cast) -> None:
    """6: one result, one new decision, one line of the log; the others get 409."""
    reported(cast, "dan", f"post/{question(cast)}")
    number = appealed(cast, "eva", decided(cast))
    people = []
    for who in ("gina", "cleo", "bert", "olga"):
        moderate(cast, who)
        people.append(cast.id(who))

    def settle(n: int) -> None:
        decide_appeal(number, people[n], "restore", WHY)

    assert together(app, settle) == ["done"] + ["refused"] * 3
    assert one(sa.select(Appeal.result)) == "changed"
    assert one(sa.select(sa.func.count(Decision.id))) == 2
    assert one(sa.select(sa.func.count(ModerationLogEntry.n))) == 2


def test_one_appeal_of_one_side_however_often_it_is_sent(app: Flask, cast: Cast) -> None:
    """moderation-9: four tabs of the author are one appeal."""
    reported(cast, "dan", f"post/{question(cast)}")
    number, eva = decided(cast), cast.id("eva")

    def send(_number: int) -> None:
        matter = matter_by_number(number)
        assert matter is not None
        appeal(matter, Party("author", 0, eva), "Das war Lob für die Flasche.")

    assert together(app, send) == ["done"] + ["refused"] * 3
    assert one(sa.select(sa.func.count(Appeal.id))) == 1
