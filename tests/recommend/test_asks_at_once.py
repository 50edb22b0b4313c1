"""Asks under many hands: the same wish sent at once, and one that a decision takes away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from marketplace.dialogue.models import Thread
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict
from marketplace.moderation.actions import decide, open_matter
from marketplace.recommend.actions import NewAsk, note_unanswered, open_ask, turn_ask
from marketplace.recommend.models import Ask
from tests.cast import Cast
from tests.recommend.test_asks import WISH, asked
from tests.recommend.test_views_recommend import count

AT_ONCE = 6


def test_the_same_wish_sent_six_times_at_once_is_one_ask(app: Flask, cast: Cast) -> None:
    """recommend-12: six tabs; one ask, the same code for all."""
    person = cast.id("cleo")
    db.session.remove()
    start = Barrier(AT_ONCE)

    def send(_number: int) -> str:
        start.wait(30)
        with app.app_context(), app.test_request_context(method="POST"), committing():
            return open_ask(person, NewAsk(WISH, "de", "all")).code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        codes = set(pool.map(send, range(AT_ONCE)))
    assert len(codes) == 1 and count(Ask) == 1


def test_five_stay_the_most_however_they_arrive(app: Flask, cast: Cast) -> None:
    """recommend-12: of eight different wishes at once five are open, three hear why not."""
    person = cast.id("cleo")
    db.session.remove()
    start = Barrier(8)

    def send(number: int) -> str:
        start.wait(30)
        with app.app_context(), app.test_request_context(method="POST"):
            try:
                with committing():
                    open_ask(person, NewAsk(f"{WISH} Nummer {number}.", "de", "all"))
            except Conflict:
                return "refused"
        return "open"

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(send, range(8)))
    assert found == ["open"] * 5 + ["refused"] * 3 and count(Ask) == 5


def test_closing_in_one_tab_and_taking_back_in_another(app: Flask, cast: Cast) -> None:
    """Whoever comes last decides; the ask is never in two states."""
    code, person = asked(cast), cast.id("cleo")
    db.session.remove()
    start = Barrier(4)

    def turn(number: int) -> None:
        start.wait(30)
        with app.app_context(), app.test_request_context(method="POST"), committing():
            turn_ask(code, person, ("closed", "withdrawn")[number % 2])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(turn, range(4)))
    db.session.rollback()
    row = db.session.scalars(db.select(Ask)).one()
    assert row.state in ("closed", "withdrawn") and row.closed_at is not None


def test_what_a_decision_took_away_is_not_read_on_the_board(
    cast: Cast, client: FlaskClient
) -> None:
    """moderation: the thread of the request board repeats the ask's words, so it goes too."""
    code = asked(cast)
    with time_machine.travel(clock.now() + timedelta(hours=49), tick=False), committing():
        assert note_unanswered() == 1
    ask = db.session.scalars(db.select(Ask)).one()
    thread = db.session.scalars(db.select(Thread.code)).one()
    assert WISH in client.get("/threads?kind=wish").get_data(as_text=True)
    with committing():
        number = open_matter("ask", ask.id).number
    with cast.app.test_request_context(method="POST"), committing():
        decide(number, cast.id("max"), "spam_or_undeclared_ad", "remove",
               "Nur Werbung für einen Laden.", "Anders war es nicht zu lösen.")
    assert client.get(f"/threads/{thread}").status_code == 404
    assert client.get(f"/asks/{code}").status_code == 404
    assert WISH not in client.get("/threads?kind=wish").get_data(as_text=True)
