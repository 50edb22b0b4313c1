"""When the model fails or is slow: the stored list, then everybody's verdict; no page fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, current_app

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import Job, kinds, run_due
from marketplace.people import actions as people
from marketplace.people.models import Login
from marketplace.recommend import actions
from marketplace.recommend.models import SuggestionRow, TasteChange
from marketplace.recommend.queries import explain, suggestions
from marketplace.recommend.queries.arrays import kept
from marketplace.recommend.queries.offer import left_out
from marketplace.recommend.queries.stored import stored
from marketplace.recommend.queries.taste import reckon
from marketplace.recommend.rules.patience import Patience, TooSlow
from tests.cast import Cast
from tests.recommend.test_rules import _crowd, _model
from tests.recommend.test_taste_page import HAT, RED, WINE, pair, said, shown

__all__ = ["pair"]


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What is logged of a planted fault stays with the test."""
    caplog.set_level(logging.WARNING)
    yield caplog


def store(cast: Cast, handle: str) -> None:
    """Make somebody's list and keep it, as the job does."""
    kinds()["recommend.refresh"].run(person_id=cast.id(handle))
    db.session.rollback()


def break_model() -> None:
    """From here on every computing fails, as after a damaged array."""
    kept().model.signals = None  # type: ignore[assignment]


def make_slow(app: Flask) -> None:
    """Let no page wait at all: each look at the clock says that time is over."""
    app.config["ZURUF"] = replace(app.config["ZURUF"], suggestion_ms=0)


@pytest.fixture
def slow(app: Flask) -> Iterator[Callable[[], None]]:
    """Make the model slow, for this test; no thread of it stays."""
    before = app.config["ZURUF"]
    yield lambda: make_slow(app)
    app.config["ZURUF"] = before
    reading = app.extensions.pop("taste_thread", None)
    if reading is not None:
        reading.join(60)


def test_a_list_is_given_up_when_time_is_over() -> None:
    """A clock that moves one second a look: the fifth look is over after 4.5 s, at any step."""
    model, seen = _model(_crowd(3)), list[int]()

    def ticks() -> float:
        seen.append(len(seen))
        return float(len(seen))

    assert model.suggest("m0", 5, patience=Patience(60, ticks)) == model.suggest("m0", 5)
    steps = len(seen) - 1
    assert steps >= 5
    for seconds in range(1, steps):
        seen.clear()
        with pytest.raises(TooSlow):
            model.suggest("m0", 5, patience=Patience(seconds, ticks))
        assert len(seen) == seconds + 1


def test_patience_tells_what_is_left() -> None:
    """Of 3 s from 10 on, 1 s is left at 12, none at 13 and later."""
    now = [10.0]
    patience = Patience(3, lambda: now[0])
    for at, left, over in ((12.0, 1.0, False), (13.0, 0.0, True), (20.0, 0.0, True)):
        now[0] = at
        assert patience.left() == left
        if over:
            with pytest.raises(TooSlow):
                patience.check()
        else:
            patience.check()


@pytest.mark.parametrize("fault", ["broken", "slow"])
def test_the_stored_list_serves(
    pair: Cast, slow: Callable[[], None], quiet: pytest.LogCaptureFixture, fault: str
) -> None:
    """The same things, parts, names and reasons as computed; the page says nothing of it."""
    eva = pair.id("eva")
    store(pair, "eva")
    computed = reckon(eva)
    before = suggestions(eva, "en", 12)
    assert any(one.reckoned for one in before)
    db.session.rollback()
    slow() if fault == "slow" else break_model()
    again = reckon(eva)
    assert [r.product_id for r in again] == [r.product_id for r in computed]
    assert [(p.person_id, p.same, p.common) for r in again for p in r.peers] == [
        (p.person_id, p.same, p.common) for r in computed for p in r.peers]
    assert [r.score for r in again] == pytest.approx([r.score for r in computed], abs=1e-6)
    told = suggestions(eva, "en", 12)
    assert [one.reason for one in told] == [one.reason for one in before]
    page = pair.browser("eva").get("/for-you?lang=en").get_data(as_text=True)
    assert "Cleo" in page
    assert "stored ones serve" in quiet.text


@pytest.mark.parametrize("fault", ["broken", "slow"])
@pytest.mark.parametrize("address", [
    "/", "/for-you", "/for-you?by=people", "/account/taste", "/members/cleo", "/feed",
    f"/products/{WINE}", "/products", "/for-you?just=three"])
def test_no_page_fails_without_model_and_stored_list(
    pair: Cast, slow: Callable[[], None], quiet: pytest.LogCaptureFixture, fault: str, address: str
) -> None:
    """Section 6: everybody's verdict instead."""
    if fault == "slow":
        slow()
    else:
        break_model()
    assert pair.browser("eva").get(address).status_code == 200


def test_everybodys_verdict_comes_where_nothing_is_stored(
    pair: Cast, slow: Callable[[], None], quiet: pytest.LogCaptureFixture
) -> None:
    """The same list as by verdict, and no explanation of a computed score."""
    slow()
    eva = pair.id("eva")
    assert reckon(eva) == [] and explain(eva, pair.goods(RED).product_id) is None
    assert suggestions(eva, "en", 12) == suggestions(eva, "en", 12, choice="verdict")
    assert suggestions(eva, "en", 12, choice="people") == []


def _block(cast: Cast) -> None:
    people.block(cast.id("cleo"), cast.id("eva"))


@pytest.mark.parametrize("change", [
    lambda cast: people.withdraw_consent(cast.id("eva"), "taste_matching"),
    lambda cast: people.choose_suggestions(cast.id("eva"), False),
    lambda cast: people.block(cast.id("eva"), cast.id("cleo")),
    _block,
    lambda cast: people.withdraw_consent(cast.id("cleo"), "taste_matching"),
    lambda cast: people.choose_suggestions(cast.id("cleo"), False),
    lambda cast: actions.choose_named(cast.id("cleo"), False),
    lambda cast: people.set_visibility(cast.id("cleo"), {"ratings": "me"}),
    lambda cast: actions.forget_person(cast.id("cleo")),
    lambda cast: actions.drop_signal(cast.id("cleo"), cast.goods(RED).product_id),
    lambda cast: people.follow(cast.id("eva"), cast.id("dan")),
    lambda cast: actions.ties_changed(),
])
def test_a_stored_list_is_never_used_across_such_a_change(
    pair: Cast, change: Callable[[Cast], Any]
) -> None:
    """recommend-6, section 2: consent, objection, block, name, erasure, of her or of a peer."""
    store(pair, "eva")
    eva = pair.id("eva")
    assert stored(eva, None)
    db.session.rollback()
    with committing():
        change(pair)
    assert stored(eva, None) == []


def test_what_others_do_leaves_a_stored_list_in_use(pair: Cast) -> None:
    """Dan, who is nobody's peer, agrees and objects; cleo follows him; eva says more herself."""
    store(pair, "eva")
    eva, red = pair.id("eva"), pair.goods(RED).product_id
    db.session.rollback()
    with committing():
        people.give_consent(pair.id("dan"), "taste_matching", "1", "test")
        people.choose_suggestions(pair.id("dan"), False)
        people.follow(pair.id("cleo"), pair.id("dan"))
    assert red in {r.product_id for r in stored(eva, left_out(eva))}
    db.session.rollback()
    said(pair, "eva", RED, again=False)
    assert red not in {r.product_id for r in stored(eva, left_out(eva))}


def test_a_stored_list_is_read_in_one_statement(pair: Cast, statements: list[str]) -> None:
    """Section 8; a second one asks what is still on sale, as for every list."""
    store(pair, "eva")
    eva = pair.id("eva")
    statements.clear()
    assert stored(eva, None)
    assert len(statements) == 2 and "suggestion_rows" in statements[0]


def test_older_parameters_and_a_cut_log_make_a_row_useless(pair: Cast) -> None:
    """Another signature, or a log that does not reach back to the row: not used, and tidied."""
    eva = pair.id("eva")
    for change in ({"signature": "another"}, {"stamp": -1}):
        store(pair, "eva")
        assert stored(eva, None)
        db.session.rollback()
        with committing():
            db.session.execute(db.update(SuggestionRow).values(**change))
        assert stored(eva, None) == []
        db.session.rollback()
        with committing():
            actions.tidy_lists()
        assert db.session.scalar(db.select(db.func.count()).select_from(SuggestionRow)) == 0
        db.session.rollback()


def test_acts_have_the_list_stored_once(pair: Cast) -> None:
    """A rating, a follow and feedback of half a minute: one job; it makes the row."""
    eva = pair.browser("eva")
    run_due()
    pair.post(eva, "/members/cleo/follow")
    pair.post(eva, f"/products/{HAT}/feedback", kind="know_it")
    waiting = db.session.scalars(db.select(Job).where(
        Job.kind == "recommend.refresh", Job.state == "waiting")).all()
    mine = [job for job in waiting if job.key == str(pair.id("eva"))]
    assert len(mine) == 1 and mine[0].due_at > clock.now() + timedelta(seconds=20)
    db.session.rollback()
    store(pair, "eva")
    assert db.session.get(SuggestionRow, pair.id("eva")) is not None


def test_every_night_the_lists_of_active_people_are_stored(pair: Cast) -> None:
    """Eva was here today, cleo 40 days ago, dan objected: one row, his is thrown away."""
    today = clock.today()
    with committing():
        for handle, seen in (("eva", today), ("cleo", today - timedelta(days=40)), ("dan", today)):
            db.session.add(Login(
                id_hash=handle, person_id=pair.id(handle), made_at=clock.now(), seen_on=seen,
                label="test", expires_at=clock.now() + timedelta(days=30)))
        db.session.execute(db.delete(Login).where(Login.person_id == pair.id("cleo"),
                                                  Login.seen_on > today - timedelta(days=30)))
    store(pair, "dan")
    with committing():
        people.choose_suggestions(pair.id("dan"), False)
    store(pair, "dan")
    with committing():
        db.session.execute(db.delete(Job))
    kinds()["recommend.nightly"].run()
    run_due(kind="recommend.refresh")
    rows = set(db.session.scalars(db.select(SuggestionRow.person_id)))
    assert pair.id("eva") in rows and not rows & {pair.id("cleo"), pair.id("dan")}


def test_erasure_takes_the_own_list_too(pair: Cast) -> None:
    """people: nothing computed of a person stays."""
    store(pair, "eva")
    with committing():
        actions.forget_person(pair.id("eva"))
    assert db.session.get(SuggestionRow, pair.id("eva")) is None
    assert db.session.scalar(db.select(db.func.count()).select_from(TasteChange)) >= 3


def test_arrays_are_read_in_the_background_where_a_page_cannot_wait(
    pair: Cast, slow: Callable[[], None], quiet: pytest.LogCaptureFixture
) -> None:
    """A fresh process: the first page has everybody's verdict, a later one the arrays."""
    current_app.extensions.pop("taste", None)
    slow()
    assert reckon(pair.id("eva")) == []
    current_app.extensions["taste_thread"].join(60)
    assert current_app.extensions["taste"].model.signals.count() == 5
    assert shown(pair.browser("eva"), "/for-you")
