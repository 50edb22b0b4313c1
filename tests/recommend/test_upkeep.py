"""The arrays are patched by what changed and equal, bit for bit, those read anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from flask import current_app

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.people import actions as people
from marketplace.people.models import Subject
from marketplace.recommend import actions
from marketplace.recommend.actions.signals import keep_imported, let_log_end
from marketplace.recommend.models import Signal, TasteChange
from marketplace.recommend.queries.arrays import Kept, kept
from tests.cast import PEOPLE, Cast
from tests.recommend.test_taste_page import HAT, RED, WINE, said
from tests.stories.test_circle import order_by, send


def told(found: Kept) -> dict[str, Any]:
    """All that the arrays hold, by ids instead of places: what a list can depend on."""
    model, signals = found.model, found.model.signals.reading()
    ids, goods = signals.people.ids, signals.products.ids
    held = {ids[p]: signals.row(p) for p in range(len(signals.people)) if len(signals.row(p)[0])}
    rows = {who: {goods[i]: v for i, v in zip(row[0].tolist(), row[1].tolist(), strict=True)}
            for who, row in held.items()}
    place, ties = signals.people.places, model.follows.ties()
    here = [i for i in range(len(signals.products)) if len(signals.column(i)[0])]
    known = {number: one for one, number in ties.places.items()}
    laid = {one: {known[n] for n in ties.row(one).tolist()} for one in ties.places}
    return {
        "rows": rows,
        "columns": {goods[i]: {ids[p]: v for p, v in zip(*(x.tolist() for x in signals.column(i)),
                                                         strict=True)}
                    for i in here},
        "popularity": {goods[i]: signals.popularity[i] for i in here},
        "raters": {goods[i]: signals.raters[i] for i in here},
        "activity": {who: signals.activity[place[who]] for who in rows},
        "counts": {who: bool(signals.standing.counts[place[who]]) for who in rows},
        "matched": {who: bool(signals.standing.matched[place[who]]) for who in rows},
        "subjects": {goods[i]: model.subjects[goods[i]] for i in here},
        "follows": {one: model.follows.followed(one) for one in rows},
        "voters": {one: model.follows.voters(one) for one in rows},
        "ties": {one: others for one, others in laid.items() if others},
        "followers": {one: ties.followers[n] for one, n in ties.places.items() if laid[one]},
        "willing": found.willing, "imported": found.imported, "bought": found.bought,
    }


def anew() -> Kept:
    """The arrays as another process would read them now; ours stay as they are."""
    ours = current_app.extensions.pop("taste", None)
    fresh = kept()
    current_app.extensions["taste"] = ours
    return fresh


class Changes:
    """Random changes by the real actions."""

    def __init__(self, cast: Cast, draw: Random) -> None:
        self.people = [cast.id(handle) for handle in PEOPLE]
        self.goods = list(db.session.scalars(db.select(Product.id).order_by(Product.id)))
        self.subjects = list(db.session.scalars(db.select(Subject.id).order_by(Subject.id)))[:3]
        self.draw = draw
        db.session.rollback()

    def one(self) -> None:
        """Change something of somebody."""
        pick, two = self.draw.choice, self.draw.sample(self.people, 2)
        acts: list[Callable[[], object]] = [
            *[self._say] * 8, *[lambda: people.follow(*two)] * 2, lambda: people.unfollow(*two),
            lambda: people.trust(*two, pick(self.subjects)), self._drop,
            lambda: people.untrust(*two, pick(self.subjects)), lambda: people.block(*two),
            lambda: people.unblock(*two),
            lambda: people.give_consent(two[0], "taste_matching", "1", "test"),
            lambda: people.withdraw_consent(two[0], "taste_matching"),
            lambda: actions.choose_named(two[0], pick((True, False))),
            lambda: people.choose_suggestions(two[0], pick((True, False))),
            lambda: people.set_visibility(two[0], {"ratings": pick(("members", "me"))}),
            lambda: keep_imported([(two[0], pick(self.goods), pick((0.2, 0.9)))]),
            lambda: actions.forget_person(two[0]) if self.draw.random() < 0.3 else None,
        ]
        with committing():
            pick(acts)()

    def _say(self) -> None:
        again, pick = self.draw.random() < 0.7, self.draw.choice
        value, source = pick(((0.8, "save"), (1.0 if again else 0.6, "rating")))
        actions.keep_signal(pick(self.people), pick(self.goods), value, again, source)

    def _drop(self) -> None:
        rows = db.session.execute(db.select(Signal.person_id, Signal.product_id)
                                  .order_by(Signal.id)).all()
        if rows:
            actions.drop_signal(*self.draw.choice(rows))


@pytest.mark.parametrize("seed", range(5))
def test_patched_arrays_equal_those_read_anew(cast: Cast, seed: int) -> None:
    """recommend-4, section 8: after each of some looks among 120 changes, bit for bit."""
    draw = Random(seed)
    send(cast, "bert", f"{order_by(cast, cast.browser('cleo'), HAT)}-1")
    changes, first = Changes(cast, draw), kept()
    for _ in range(40):
        for _ in range(draw.randrange(1, 6)):
            changes.one()
        assert kept() is first, "patched, not read anew"
        assert told(first) == told(anew())
        db.session.rollback()


@pytest.mark.parametrize(("change", "number"), [
    (lambda me, other, goods: actions.keep_signal(me, goods, 1.0, True, "rating"), 4),
    (lambda me, other, goods: actions.drop_signal(other, goods), 4),
    (lambda me, other, goods: people.follow(me, other), 5),
    (lambda me, other, goods: people.trust(me, other, 1), 5),
    (lambda me, other, goods: people.give_consent(me, "taste_matching", "1", "test"), 8),
    (lambda me, other, goods: people.choose_suggestions(other, False), 8),
    (lambda me, other, goods: actions.forget_person(other), 10),
])
def test_only_what_changed_is_read(
    cast: Cast, statements: list[str], change: Callable[[int, int, int], None], number: int
) -> None:
    """Clock, log and signals of the change, who bought; then 2 for ties, 4 for standing."""
    for handle in ("cleo", "eva"):
        said(cast, handle, WINE, HAT, RED)
    wine = cast.goods(WINE).product_id
    me, other = cast.id("eva"), cast.id("cleo")
    before = kept()
    db.session.rollback()
    with committing():
        change(me, other, wine)
    statements.clear()
    assert kept() is before
    assert len(statements) == number, statements
    assert not [s for s in statements if "FROM signals" in s and "WHERE" not in s]
    statements.clear()
    assert kept() is before and len(statements) == 1


def test_a_first_delivered_order_lets_earlier_answers_count(cast: Cast) -> None:
    """Sham accounts, section 3: paid alone is not enough; delivered is, without a new answer."""
    said(cast, "cleo", WINE)
    cleo = cast.id("cleo")
    number = order_by(cast, cast.browser("cleo"), HAT)
    assert not kept().counts(cleo)
    send(cast, "bert", f"{number}-1")
    found = kept()
    signals = found.model.signals
    assert found.counts(cleo) and signals.standing.counts[signals.people.places[cleo]]


def test_log_ends_and_who_slept_reads_everything_anew(cast: Cast) -> None:
    """A process that did not look since the log was cut has other arrays, not older ones."""
    said(cast, "cleo", WINE)
    slept = kept()
    with committing():
        people.follow(cast.id("eva"), cast.id("cleo"))
    with committing():
        let_log_end(clock.now() - timedelta(days=2))
    assert db.session.scalar(db.select(db.func.count()).select_from(TasteChange)) == 1
    db.session.rollback()
    with committing():
        let_log_end(clock.now() + timedelta(seconds=1))
    assert not db.session.scalar(db.select(db.func.count()).select_from(TasteChange))
    assert kept() is not slept
    assert cast.id("cleo") in kept().model.follows.followed(cast.id("eva"))
    awake = kept()
    said(cast, "cleo", HAT)
    assert kept() is awake


def test_a_fault_while_patching_leaves_no_half_arrays(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look fails; the next one reads everything anew and is whole."""
    said(cast, "cleo", WINE)
    half = kept()

    def fails(*_: object) -> None:
        raise MemoryError("no room")

    with monkeypatch.context() as patched:
        patched.setattr(type(half.model.signals), "let_count", fails)
        said(cast, "cleo", HAT)
        with pytest.raises(MemoryError):
            kept()
    assert kept() is not half and told(kept()) == told(anew())
