"""One vote each, exact in every row, whatever is changed, taken back or set aside."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from marketplace.foundation.database import committing, db
from marketplace.reviews.actions import rebuild_scores, set_standing, withdraw_answer
from marketplace.reviews.models import Rating, RatingVersion
from marketplace.reviews.rules.score import Prior, posterior
from tests.cast import Cast
from tests.reviews.hands import (
    WINE,
    answered,
    bought,
    counts,
    given,
    lot,
    many,
    say,
    score,
)


def assert_true(cast: Cast) -> None:
    """Counting everything anew finds nothing wrong."""
    db.session.rollback()
    with committing():
        assert rebuild_scores() == 0


def test_last_answer_counts_and_double_taps_change_nothing(cast: Cast) -> None:
    """Spec 6: last wins, one row; the same tap again makes neither version nor event."""
    line = bought(cast, "cleo")
    for again in (True, True, False, False):
        row = say(cast, "cleo", line, again)
    assert (counts(line.product_id), row.version) == ((0, 1), 2)
    versions = db.session.execute(db.select(RatingVersion.n, RatingVersion.again,
                                            RatingVersion.cause).order_by(RatingVersion.n)).all()
    assert [tuple(v) for v in versions] == [(1, True, "first"), (2, False, "author")]
    assert_true(cast)


def test_every_column_follows_a_change(cast: Cast) -> None:
    """Stars 2 -> 5, worth it -> too much, disappointed -> delighted, no -> yes."""
    line = bought(cast, "cleo")
    say(cast, "cleo", line, False, stars=2, value=True, delight="disappointed")
    say(cast, "cleo", line, True, stars=5, value=False, delight="delighted")
    row = score(line.product_id)
    assert (row.k, row.n, row.stars_n, row.stars_sum) == (1, 1, 1, 5)
    assert (row.stars_2, row.stars_5) == (0, 1)
    assert (row.value_yes, row.value_n, row.delight_d, row.delight_o, row.delight_b) == (
        0, 1, 0, 0, 1)
    assert_true(cast)


def test_score_is_that_of_the_counts(cast: Cast) -> None:
    """reviews-2: prior Beta(8,2), 3 of 3 -> mean .8462, q10 .7125 in the row."""
    many(cast, 3, 0)
    row = score(cast.goods(WINE).product_id)
    assert (row.mu, row.m, row.kw, row.nw) == (0.8, 10, 3, 3)
    assert (round(row.mean, 4), round(row.q10, 4)) == (0.8462, 0.7125)


def test_each_lot_counts_its_own_and_the_product_the_newest(cast: Cast) -> None:
    """Tasting another vintage never deletes the older answer: lots 1/1 and 0/1, product 0/1."""
    old, new = lot(cast, "2023", 1), lot(cast, "2024", 2)
    first = answered(cast, "cleo", True, lot_id=old)
    given(first, 300)
    second = answered(cast, "cleo", False, lot_id=new)
    product = first.product_id
    assert (counts(product), counts(product, old), counts(product, new)) == ((0, 1), (1, 1), (0, 1))
    with committing():
        set_standing(second.id, "aside", "check")
    assert (counts(product), counts(product, old), counts(product, new)) == ((1, 1), (1, 1), (0, 0))
    with committing():
        set_standing(second.id, "counts", None)
    assert (counts(product), counts(product, new)) == ((0, 1), (0, 1))
    assert_true(cast)


def test_lot_of_the_parcel_wins_over_the_ordered_one(cast: Cast) -> None:
    """Spec 2: lot of the parcel line, else of the order line."""
    from marketplace.orders.models import Parcel, ParcelLine

    ordered, sent = lot(cast, "2023", 1), lot(cast, "2024", 2)
    line = bought(cast, "cleo", lot_id=ordered)
    with committing():
        parcel = Parcel(seller_order_id=line.part_id, code="PARCEL1", state="delivered")
        db.session.add(parcel)
        db.session.flush()
        db.session.add(ParcelLine(parcel_id=parcel.id, line_id=line.id, qty=1, lot_id=sent))
    assert say(cast, "cleo", line).lot_id == sent
    assert say(cast, "cleo", line, False).version == 2


def test_new_lot_starts_from_the_lot_before(cast: Cast) -> None:
    """Lots: 3/3 on Beta(8,2) -> mean 11/13; the next lot's belief is Beta(5*11/13, 5*2/13)."""
    old, new = lot(cast, "2023", 1), lot(cast, "2024", 2)
    many(cast, 3, 0, lot_id=old)
    product = answered(cast, None, True, lot_id=new).product_id
    row = score(product, new)
    assert (round(row.mu, 6), row.m) == (round(11 / 13, 6), 5)
    assert row.mean == pytest.approx((5 * 11 / 13 + 1) / 6)


def test_change_of_an_old_answer_weighs_what_it_weighed(cast: Cast) -> None:
    """An answer 365 days old has weight 1/2, before and after a change: kw 0 -> .5, nw .5."""
    line = bought(cast, "cleo", paid=500, sent=490, arrived=480)
    given(say(cast, "cleo", line, False), 365)
    with committing():
        rebuild_scores()
    assert (score(line.product_id).kw, score(line.product_id).nw) == (0, 0.5)
    say(cast, "cleo", line, True)
    row = score(line.product_id)
    assert (row.k, row.n) == (1, 1)
    assert (row.kw, row.nw) == pytest.approx((0.5, 0.5))


def test_answer_taken_back_leaves_a_stub_and_can_be_given_again(cast: Cast) -> None:
    """The score loses it at once; giving it again counts once."""
    line = bought(cast, "cleo")
    row = say(cast, "cleo", line, True, words="Sehr gut war der, wirklich sehr gut.")
    with committing():
        withdraw_answer(row)
    assert counts(line.product_id) == (0, 0)
    row = db.session.get_one(Rating, row.id, populate_existing=True)
    assert (row.words, row.words_standing, row.standing) == ("", "erased", "aside")
    assert_true(cast)
    say(cast, "cleo", line, True)
    assert counts(line.product_id) == (1, 1)
    assert_true(cast)


def test_person_who_always_says_the_same_counts_like_any_other(cast: Cast) -> None:
    """Bad input: five goods, five times five stars and yes; nobody is flagged for that."""
    from marketplace.foundation.jobs import run_due
    from marketplace.reviews.models import RatingFlag

    for slug in ("riesling-vom-schiefer", "spaetburgunder-dorfkern", "literwein-fuer-alle-tage",
                 "fischerpullover", "muetze-deichwind"):
        row = answered(cast, "cleo", True, slug, stars=5)
        assert counts(row.product_id) == (1, 1)
    run_due()
    assert db.session.scalars(db.select(RatingFlag)).all() == []


STEPS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(
    ["yes", "no", "aside", "back", "withdraw"]), st.sampled_from([None, 0, 1])), max_size=14)


@settings(max_examples=12, deadline=None)
@given_by(STEPS, st.integers(0, 10**6))
def test_any_sequence_of_acts_keeps_the_counts(steps: list[tuple[int, str, int | None]], seed: int
                                               ) -> None:
    """Property: after any answers, changes, settings aside and takings back, in any order, the
    kept shares equal the shares of what is left.
    """
    from marketplace.reviews.rules.counting import Counted, Share, shares
    from marketplace.reviews.rules.counting import steps as differences

    draw = Random(seed)
    from datetime import UTC, datetime, timedelta

    start, today = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC).date()
    kept: dict[int | None, Share] = {}
    people: dict[int, dict[int | None, Counted]] = {}
    for number, (person, act, lot_id) in enumerate(steps):
        mine = people.setdefault(person, {})
        before = list(mine.values())
        if act in ("yes", "no"):
            old = mine.get(lot_id)
            mine[lot_id] = Counted(
                old.id if old else number, lot_id,
                old.given_at if old else start + timedelta(days=draw.randrange(300)), True,
                act == "yes", draw.choice([None, 1, 5]), draw.choice([None, True, False]))
        elif lot_id in mine:
            old = mine[lot_id]
            mine[lot_id] = Counted(old.id, lot_id, old.given_at, act == "back", old.again,
                                   old.stars, old.value)
        for key, step in differences(shares(before, today), shares(mine.values(), today)).items():
            total = kept.setdefault(key, Share.empty())
            total.counts = {name: total.counts[name] + by for name, by in step.counts.items()}
            total.kw, total.nw = total.kw + step.kw, total.nw + step.nw
    true: dict[int | None, Share] = {}
    for mine in people.values():
        for key, part in shares(mine.values(), today).items():
            total = true.setdefault(key, Share.empty())
            total.counts = {name: total.counts[name] + by for name, by in part.counts.items()}
            total.kw, total.nw = total.kw + part.kw, total.nw + part.nw
    for key in {*kept, *true}:
        one, other = kept.get(key, Share.empty()), true.get(key, Share.empty())
        assert one.counts == other.counts
        assert (one.kw, one.nw) == pytest.approx((other.kw, other.nw), abs=1e-9)
        assert one.nw >= one.kw - 1e-9
        assert posterior(Prior(0.8), max(one.kw, 0), max(one.nw, one.kw, 0)).q10 > 0
