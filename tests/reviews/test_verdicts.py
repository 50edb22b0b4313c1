"""The form of a verdict, who may rate, and what is set aside."""

from __future__ import annotations

from datetime import timedelta

import pytest

from marketplace.reviews.rules import changing, eligible, flags, verdict
from tests.reviews.test_rules import NOW, _days


@pytest.mark.parametrize(
    ("n", "display"),
    [(0, "none"), (1, "few"), (4, "few"), (5, "fraction"), (9, "fraction"), (10, "share")],
)
def test_form_of_the_verdict_follows_the_number_of_answers(n, display):
    """reviews-2: n = 0 shows "noch keine Antworten"."""
    assert verdict.display_of(n) == display
    shown = verdict.verdict(n, n)
    assert (shown.percent is not None) == (shown.interval is not None) == (n >= 10)


def test_verdict_says_33_of_37_as_89_percent():
    shown = verdict.verdict(33, 37, 52, stars_n=10)
    assert (shown.percent, shown.answered_shown, shown.stars_shown) == (89, True, True)
    assert round(shown.interval.low, 4) == 0.7529
    assert not verdict.verdict(3, 4, 4, stars_n=9).answered_shown


def test_percent_says_all_or_none_only_when_true():
    """199/200 = 99.5 -> 99, 1/300 -> 1, 1/8 = 12.5 -> 13."""
    pairs = [(199, 200), (1, 300), (1, 8), (0, 5), (5, 5)]
    assert [verdict.percent(k, n) for k, n in pairs] == [99, 1, 13, 0, 100]


def test_helpful_counts_wait_for_votes_and_days():
    assert verdict.helpful_counts_shown(5, 7)
    assert not verdict.helpful_counts_shown(4, 30) and not verdict.helpful_counts_shown(9, 6)


def _line(**facts):
    return eligible.BoughtLine(**{"is_buyers": True, "paid_at": NOW, **facts})


@pytest.mark.parametrize(
    ("marks", "days"),
    [
        ({"delivered_at": NOW + _days(3), "dispatched_at": NOW + _days(1)}, 3),
        ({"dispatched_at": NOW + _days(1)}, 8),
        ({}, 21),
        ({"dispatched_at": NOW + _days(20)}, 27),
        ({"dispatched_at": NOW + _days(25)}, 21),
    ],
)
def test_each_date_opens_the_rating(marks, days):
    """reviews-1: delivered; dispatched + 7; paid + 21 if nothing was marked."""
    line = _line(**marks)
    assert eligible.in_hands_at(line) == NOW + _days(days)
    assert eligible.may_rate(line, NOW + _days(days))
    assert eligible.refusal(line, NOW + _days(days) - timedelta(seconds=1)) == "not_in_hands"


def test_unpaid_and_unmarked_goods_are_in_nobodys_hands():
    assert eligible.in_hands_at(_line(paid_at=None)) is None
    assert eligible.refusal(_line(paid_at=None), NOW + _days(99)) == "not_in_hands"


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        ({"is_buyers": False}, "not_yours"),
        ({"cancelled_before_dispatch": True}, "cancelled"),
        ({"buyer_is_staff": True}, "own_goods"),
        ({"paid_by_producer": True}, "paid_by_producer"),
    ],
)
def test_strangers_and_own_people_cannot_rate(fact, why):
    """reviews-1, reviews-17."""
    assert eligible.refusal(_line(delivered_at=NOW, **fact), NOW + _days(1)) == why


def test_answer_changes_freely_until_a_reply_then_once_per_version():
    """reviews-16: a second change without a new reply version is refused; a re-buy reopens."""
    cause = changing.cause_of_change
    assert cause(None, None, False) == cause(None, NOW, False) == "author"
    assert cause(NOW, None, False) == cause(NOW, NOW - _days(1), False) == "after_reply"
    assert cause(NOW, NOW, False) == "after_reply"
    assert cause(NOW, NOW + _days(1), False) is None
    assert cause(NOW + _days(2), NOW + _days(1), False) == "after_reply"
    assert cause(NOW, NOW + _days(1), True) == "rebuy"


@pytest.mark.parametrize(
    ("answers", "threshold"), [(0, 5), (12, 5), (60, 6), (120, 9), (300, 14), (600, 22)]
)
def test_rush_threshold_equals_the_vectors(answers, threshold):
    """reviews-18: ratings in 60 d -> flag from."""
    assert flags.burst_from(answers) == threshold


def test_copied_words_are_seen():
    """reviews-18: 9/11 = .8182 flag; 6/15 = .4 none."""
    text = "Der Wein ist trocken und fruchtig und passt sehr gut zu Spargel und Fisch"
    same = text.replace("Fisch", "Käse")
    other = text.replace("und passt", "und er passt")
    assert round(flags.likeness(flags.shingles(text), flags.shingles(same)), 4) == 0.8182
    assert flags.likeness(flags.shingles(text), flags.shingles(other)) == 0.4
    assert flags.is_duplicate(text, same.upper() + "!") and not flags.is_duplicate(text, other)
    assert flags.likeness(flags.shingles(""), flags.shingles("...")) == 0


def test_text_print_is_short_sorted_and_fits_a_column():
    found = flags.text_print(" ".join(f"wort{i}" for i in range(60)))
    assert len(found) == 20 and found == sorted(found) and max(found) < 2**63
    assert flags.text_print("Sehr gut.") == flags.text_print("sehr gut")


def test_flag_points_add_up():
    """reviews-18: burst + network + fresh = 80 counts; burst + duplicate = 100 aside."""
    assert flags.flag_sum(["burst", "same_network", "fresh_account"]) == 80
    assert not flags.is_aside(["burst", "same_network", "fresh_account"])
    assert flags.flag_sum(["burst", "duplicate", "duplicate"]) == 100
    assert flags.is_aside(["burst", "duplicate"])
    with pytest.raises(KeyError):
        flags.flag_sum(["envy"])


def test_three_accounts_with_three_common_products_in_a_week_are_named():
    """Accounts 1, 2, 3 rate products 1..3 on day 0; account 4 comes 8 days later."""
    rows = [(a, p, NOW) for a in (1, 2, 3) for p in (1, 2, 3)]
    late = [(4, p, NOW + _days(8)) for p in (1, 2, 3)]
    assert flags.co_reviewers(rows + late) == {1, 2, 3}
    assert flags.co_reviewers(rows[:-1] + late) == set()


def test_producers_praising_in_a_circle_are_found():
    """A-B and back is a ring, B-C-D-E-B of four too; a circle of five is none."""
    assert flags.rings([(1, 2), (2, 1), (2, 3)]) == {frozenset({1, 2})}
    four = [(2, 3), (3, 4), (4, 5), (5, 2)]
    assert flags.rings(four) == {frozenset({2, 3, 4, 5})}
    five = [(1, 2), (2, 3), (3, 4), (4, 5), (5, 1)]
    assert flags.rings(five) == set()
