"""The borders of the rules of reviews, one value to each side."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from marketplace.reviews.rules import flags, formula, score, verdict
from marketplace.reviews.rules.changing import cause_of_change
from marketplace.reviews.rules.counting import Counted, newest, row_of, shares, steps

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


def said(number: int, again: bool = True, lot: int | None = None, days: float = 0,
         counts: bool = True, **more: object) -> Counted:
    """An answer of so many days ago."""
    return Counted(number, lot, NOW - timedelta(days=days), counts, again, **more)  # type: ignore[arg-type]


def test_what_one_answer_adds() -> None:
    """Each counter by hand: yes, invited, four stars, worth it, delighted; a bare no without."""
    full = row_of(said(1, True, stars=4, value=True, delight="delighted"))
    assert full == {"k": 1, "n": 1, "invited_k": 1, "invited_n": 1, "stars_n": 1, "stars_sum": 4,
                    "stars_4": 1, "value_n": 1, "value_yes": 1, "delight_b": 1}
    bare = row_of(said(1, False, value=False, delight="okay", invited=False))
    assert bare == {"k": 0, "n": 1, "spont_k": 0, "spont_n": 1, "value_n": 1, "value_yes": 0,
                    "delight_o": 1}
    assert "delight_d" in row_of(said(1, delight="disappointed"))


def test_newest_counting_lot_speaks_for_the_product() -> None:
    """By the time of the answer, then by number; aside ones do not speak; any order."""
    rows = [said(1, days=9, lot=1), said(2, days=5, lot=2), said(3, days=1, lot=3, counts=False)]
    for some in permutations(rows):
        found = newest(some)
        assert found is not None and found.id == 2
    tie = newest([said(5, days=1), said(4, days=1)])
    assert tie is not None and tie.id == 5
    assert newest([]) is None and newest([rows[2]]) is None


def test_shares_and_steps_by_hand() -> None:
    """Lots 1 (yes, 365 d) and 2 (no, today): lot 1 has .5 of yes; the product is lot 2's no.
    Then lot 2 goes aside: the product becomes lot 1's yes: k +1, n 0, kw +.5, nw -.5.
    """
    today = NOW.date()
    old, new = said(1, True, 1, 365), said(2, False, 2, 0)
    before = shares([old, new], today)
    assert {key: (s.counts["k"], s.counts["n"], s.kw, s.nw) for key, s in before.items()} == {
        1: (1, 1, 0.5, 0.5), 2: (0, 1, 0, 1), None: (0, 1, 0, 1)}
    after = shares([old, said(2, False, 2, 0, counts=False)], today)
    found = steps(before, after)
    assert set(found) == {None, 2}
    assert (found[None].counts["k"], found[None].counts["n"]) == (1, 0)
    assert (found[None].kw, found[None].nw) == (0.5, -0.5)
    assert found[2].counts["n"] == -1
    assert found[None].first_at == found[None].last_at == old.given_at
    assert steps(before, before) == {}
    quarter = shares([said(1, True, None, 100)], today, 50)[None]
    assert (quarter.kw, quarter.nw) == (0.25, 0.25)


def test_day_of_an_answer_is_that_of_the_people() -> None:
    """23:30 UTC in summer is the next day in Berlin."""
    late = Counted(1, None, datetime(2026, 7, 1, 22, 30, tzinfo=UTC), True, True)
    assert late.day.isoformat() == "2026-07-02"


def test_first_and_last_moment_of_several() -> None:
    """Two answers of one lot each: the lot's own moments."""
    from marketplace.reviews.rules.counting import Share

    total = Share.empty()
    for days in (3, 9, 1):
        total.add(said(days, days=days), 1.0)
    assert (total.first_at, total.last_at) == (NOW - timedelta(days=9), NOW - timedelta(days=1))


@pytest.mark.parametrize(("votes", "days", "shown"), [
    (5, 7, True), (4, 7, False), (5, 6.99, False), (6, 8, True)])
def test_votes_are_shown_from_a_border_on(votes: int, days: float, shown: bool) -> None:
    """Both borders belong to it."""
    assert verdict.helpful_counts_shown(votes, days) is shown
    assert verdict.helpful_counts_shown(votes, days, 7, 7) is False


def test_seed_of_a_day_differs_by_day_and_product() -> None:
    """The first 8 bytes of SHA-256("day:product") modulo 65521, worked out apart."""
    import hashlib

    for day, product in (("2026-11-02", 17), ("2026-11-03", 17), ("2026-11-02", 18)):
        number = int(hashlib.sha256(f"{day}:{product}".encode()).hexdigest()[:16], 16) % 65521
        assert verdict.day_seed(datetime.fromisoformat(day).date(), product) == number


def test_borders_of_the_verdict() -> None:
    """Answered from 5 buyers on and never more answers than buyers; stars from 10 on."""
    assert verdict.verdict(4, 5, 5).answered_shown
    assert not verdict.verdict(4, 4, 4).answered_shown
    assert not verdict.verdict(4, 6, 5).answered_shown
    assert verdict.verdict(1, 1, stars_n=10).stars_shown
    assert not verdict.verdict(1, 1, stars_n=9).stars_shown
    assert [verdict.percent(k, n) for k, n in ((1, 2), (1, 201), (200, 201))] == [50, 1, 99]


def test_borders_of_drift_and_newcomers() -> None:
    """Ten answers on both sides belong; 89 days and 9 answers are new, 90 or 10 are not."""
    assert score.drift((10, 10), (1, 10)) is not None
    assert score.drift((9, 9), (1, 10)) is None and score.drift((10, 10), (1, 9)) is None
    assert score.drift((45, 50), (12, 20), 0.999) is None
    better = score.drift((12, 20), (45, 50))
    assert better is not None and round(better.chance, 4) == 0.9974
    assert score.is_newcomer(9, 89.9) and not score.is_newcomer(9, 90)
    assert score.worst_case(0, 0, 3) == (0.0, 0.0, 1.0)
    with pytest.raises(ValueError, match="one buyer"):
        score.worst_case(0, 0, 0)


def test_formula_parameters_reach_the_rules() -> None:
    """Category weight 10 instead of 20, bounds .6....8, weight 7 below 20 products, stars 5."""
    assert score.category_mean(5, 10, 0.8, 10) == pytest.approx(13 / 20)
    assert score.category_prior(190, 200, 0.8, 7, 20, (0.6, 0.8)) == score.Prior(0.8, 7)
    assert score.prior_weight([(8, 10)] * 19, 7) == 7
    assert score.prior_weight([(8, 10)] * 10, 7, (5, 12), 10) == 12
    assert score.stars_mean(5, 1, 4.2, 5) == pytest.approx(26 / 6)
    assert formula.SHIPPED.means == (0.5, 0.9) and formula.SHIPPED.weights == (5, 30)
    assert formula.fault("mean_low", 0.5) is None and formula.fault("mean_low", 0.9) is None
    assert timedelta(days=1) == formula.NOTICE


def test_borders_of_the_signs() -> None:
    """Five words make a run; addresses without case and dots; a tenth of ten is an outlier."""
    assert flags.long_enough("eins zwei drei vier fünf")
    assert not flags.long_enough("eins zwei drei vier")
    assert flags.same_place("Dorfstraße 1", "54321", "DORFSTR. 1", " 54321")
    assert flags.same_place("Dorf-Strasse 1", "1", "dorfstraße 1", "1")
    assert not flags.same_place("Dorfstraße 1", "54321", "Dorfstraße 1", "54322")
    assert not flags.same_place("Dorfstraße 1", "54321", "Dorfstraße 11", "54321")
    assert not flags.same_place("", "54321", "", "54321")
    assert (flags.is_outlier(1, 10), flags.is_outlier(2, 10), flags.is_outlier(0, 9)) == (
        True, False, False)
    assert flags.is_aside(["burst"], 40) and not flags.is_aside(["burst"], 41)
    assert flags.POINTS == {
        "burst": 40, "co_review": 50, "ring": 60, "duplicate": 60, "address_match": 100,
        "pre_delivery": 100, "refund_after_yes": 60, "same_network": 20, "fresh_account": 20,
        "own_history": 10}


def test_co_review_borders() -> None:
    """Seven days belong, a second more does not; two common goods are none."""
    def rows(gap: timedelta, goods: int) -> list[tuple[int, int, datetime]]:
        return [(a, p, NOW + gap * (a == 3)) for a in (1, 2, 3) for p in range(goods)]

    week = timedelta(days=7)
    assert flags.co_reviewers(rows(week, 3)) == {1, 2, 3}
    assert flags.co_reviewers(rows(week + timedelta(seconds=1), 3)) == set()
    assert flags.co_reviewers(rows(timedelta(0), 2)) == set()


def test_change_exactly_at_the_reply_still_has_its_turn() -> None:
    """Changed at the very moment of the reply: before it, so one more is open."""
    assert cause_of_change(NOW, NOW, False) == "after_reply"
    assert cause_of_change(NOW, NOW + timedelta(microseconds=1), False) is None


def test_figures_of_the_spec() -> None:
    """Spec 3, flags and formula: each number as it is written there."""
    assert (flags.REFUND_DAYS, flags.NETWORK_HOURS, flags.NETWORK_DAYS, flags.FRESH_HOURS) == (
        14, 24, 30, 24)
    assert timedelta(days=7) == flags.ASIDE_AT_MOST
    assert formula.Formula(
        10, 5, 30, 20, 20, 0.5, 0.9, 5, 365, 10, 0.95, 100, 7, 0.6, 5, 7, 1 / 7) == formula.SHIPPED
    ranges = formula.RANGES
    assert ranges["prior_weight"] == ranges["prior_weight_low"] == (5, 30)
    assert ranges["prior_weight_high"] == ranges["lot_weight"] == (5, 30)
    assert ranges["mean_low"] == ranges["mean_high"] == (0.5, 0.9)
    assert ranges["aside_days"] == (1, 7) and ranges["newcomer_share"] == (0.1, 0.2)


def test_likeness_of_exactly_three_fifths_is_a_copy() -> None:
    """Twelve words are eight runs; two other words at the end leave 6 of 10 in common: .6."""
    words = [f"wort{n}" for n in range(12)]
    text, other = " ".join(words), " ".join([*words[:10], "ganz", "anders"])
    assert flags.likeness(flags.shingles(text), flags.shingles(other)) == 0.6
    assert flags.is_duplicate(text, other) and not flags.is_duplicate(text, other, 0.61)


def test_ring_of_exactly_four_and_back_to_the_first() -> None:
    """One house praising itself is no ring; four in a circle are, from whichever one starts."""
    assert flags.rings([(1, 1)]) == set()
    assert flags.rings([(4, 3), (3, 2), (2, 1), (1, 4)]) == {frozenset({1, 2, 3, 4})}


def test_bounds_of_silent_buyers_by_hand() -> None:
    """All answered: 3 of 5 is 3 of 5 at both ends; half yes at equal rates stays a half."""
    assert score.worst_case(3, 5, 5) == (0.6, 0.6, 0.6)
    assert score.corrected_share(0.5, 0.5, 0.5) == 0.5
    with pytest.raises(ValueError, match="need"):
        score.worst_case(3, 6, 5)
