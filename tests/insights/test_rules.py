"""Rules of the insights room against its vectors and borders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.insights.rules import assortment, attribution, demand
from marketplace.reviews.rules.score import Prior

BELIEF = Prior(0.8, 10)
START = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("k", "n", "q10", "above", "below", "far_below", "kind", "candidate"),
    [
        (27, 30, 0.8054, 0.9134, 0.0033, 0.0000, "promote", False),
        (26, 30, 0.7751, 0.8200, 0.0109, 0.0002, "promote", False),
        (10, 10, 0.8102, 0.9171, 0.0104, 0.0008, "promote", False),
        (9, 10, 0.7435, 0.7631, 0.0462, 0.0055, "keep", False),
        (12, 20, 0.5548, 0.0493, 0.6360, 0.2147, "keep", False),
        (10, 20, 0.4846, 0.0069, 0.8706, 0.4900, "improve", False),
        (12, 30, 0.3991, 0.0000, 0.9957, 0.8979, "improve", False),
        (11, 30, 0.3745, 0.0000, 0.9984, 0.9441, "delist", True),
        (30, 60, 0.4665, 0.0000, 0.9970, 0.8312, "improve", False),
        (50, 100, 0.4663, 0.0000, 0.9999, 0.9379, "delist", True),
        (55, 100, 0.5121, 0.0000, 0.9975, 0.7160, "improve", False),
    ],
)
def test_proposals_equal_the_vectors(k, n, q10, above, below, far_below, kind, candidate):
    """insights-1: prior Beta(8,2), an improve cycle ended, no group needs it."""
    found = assortment.proposal(BELIEF, k, n, improved=True)
    chances = (found.q10, found.above_promote, found.below_improve, found.below_delist)
    assert tuple(round(v, 4) for v in chances) == (q10, above, below, far_below)
    assert (found.kind, found.candidate) == (kind, candidate)


@pytest.mark.parametrize(
    ("n", "promote", "improve", "delist"),
    [(10, 10, 4, None), (20, 18, 10, 6), (30, 26, 17, 11), (50, 43, 30, 23)],
)
def test_borders_of_the_proposals(n, promote, improve, delist):
    """insights-1: n 10 promote from 10, improve to 4; n 20: 18, 10, candidate to 6; ..."""
    kinds = [assortment.proposal(BELIEF, k, n, improved=True) for k in range(n + 1)]
    assert min(p.k for p in kinds if p.kind == "promote") == promote
    assert max(p.k for p in kinds if p.kind in ("improve", "delist")) == improve
    candidates = [p.k for p in kinds if p.candidate]
    assert (max(candidates) if candidates else None) == delist


def test_flat_belief_would_judge_harder():
    """insights-1: flat 12/20 Pr(P<.6) .5237, 25/30 Pr(P>.8) .6876, flat 30/60 .9435."""
    flat = Prior(0.5, 2)
    assert round(assortment.chance_below(flat, 12, 20, 0.6), 4) == 0.5237
    assert round(assortment.chance_below(flat, 30, 60, 0.6), 4) == 0.9435
    assert round(assortment.chance_above(BELIEF, 25, 30, 0.8), 4) == 0.6876


@pytest.mark.parametrize("facts", [{"improved": False}, {"improved": True, "needed": True}])
def test_product_is_no_candidate_before_it_could_improve_or_while_a_group_needs_it(facts):
    """insights-3."""
    found = assortment.proposal(BELIEF, 50, 100, **facts)
    assert (found.kind, found.candidate) == ("improve", True)


@pytest.mark.parametrize(
    ("q10", "n", "buyers", "place"),
    [
        (0.8054, 30, 120, "favourite"),
        (0.7840, 20, 25, "secret_tip"),
        (0.4665, 60, 200, "along"),
        (0.5548, 20, 22, "worry"),
        (0.7035, 20, 40, "favourite"),
        (0.7800, 9, 40, "open"),
    ],
)
def test_cells_of_the_two_axes(q10, n, buyers, place):
    """insights-1: category median 40 buyers; a median below 5 counts as 5."""
    assert assortment.cell(q10, n, buyers, 40) == place
    assert assortment.cell(0.8, 10, 4, 1) == "secret_tip"


@pytest.mark.parametrize(
    ("k", "n", "chance", "preferred"),
    [
        (26, 30, 0.9084, True),
        (25, 30, 0.8287, False),
        (18, 20, 0.8838, False),
        (19, 20, 0.9511, True),
    ],
)
def test_group_preference_equals_the_vectors(k, n, chance, preferred):
    """insights-6: overall 60/100 on Beta(8,2) -> p .618182."""
    mean = 68 / 110
    assert round(assortment.group_like_chance(mean, k, n), 4) == chance
    assert assortment.group_prefers(mean, k, n) is preferred


@pytest.mark.parametrize(
    ("k", "n", "chance", "needed"),
    [
        (9, 10, 0.8172, True),
        (16, 20, 0.7481, False),
        (17, 20, 0.8758, True),
        (24, 30, 0.8292, True),
    ],
)
def test_group_need_equals_the_vectors(k, n, chance, needed):
    """insights-6: overall 50/100 -> p .527273."""
    mean = 58 / 110
    assert round(assortment.group_need_chance(mean, k, n), 4) == chance
    assert assortment.group_needs(mean, k, n) is needed


def test_small_groups_have_no_say_in_need_or_preference():
    """insights-6: below 10 answers nothing is claimed."""
    assert not assortment.group_needs(0.5, 9, 9) and not assortment.group_prefers(0.5, 9, 9)


def test_expected_loss_equals_the_vector():
    """insights-2: 40 x (1 - .35) x 6.20 EUR = 161.20 EUR."""
    assert assortment.expected_loss_minor(40, 0.35, 620) == 16120


def test_evidence_is_stale_beyond_a_fifth():
    assert not assortment.evidence_is_stale(20, 24) and assortment.evidence_is_stale(20, 25)


@given(st.integers(1, 100), st.integers(0, 100))
def test_proposal_never_falls_with_a_further_yes(n, k):
    """Order: delist < improve < keep < promote; a yes never moves a product down at equal n."""
    order = ["delist", "improve", "keep", "promote"]
    k = min(k, n - 1)
    one, more = (assortment.proposal(BELIEF, x, n, improved=True) for x in (k, k + 1))
    assert order.index(one.kind) <= order.index(more.kind)


def _line(buyer, product, day, *chain, order=""):
    touches = tuple(attribution.Touch(*c.split(" ")) for c in chain)
    at = START + timedelta(days=day)
    return attribution.Line(buyer, product, at, touches, order or f"{buyer}-{day}")


WINE, CHEESE = 1, 2
R7 = attribution.Touch("recommendation", "r7")
JOURNEYS = [
    _line("a", WINE, 0, "search s1"),
    _line("b", WINE, 5, "recommendation r7", "group g2"),
    _line("c", WINE, 31, "bundle b4"),
    _line("c", CHEESE, 31, "bundle b4"),
    _line("d", WINE, 6, "direct"),
    _line("e", WINE, 7, "qr p1"),
    _line("e", CHEESE, 7, "suggestion s9"),
    _line("b", WINE, 45, "reorder"),
]


def _by_name(figures):
    return {touch.ref or touch.kind: value for touch, value in figures.items()}


def test_six_journeys_count_by_last_touch():
    """insights-8: search 1, g2 1, b4 2, direct 1, p1 1, s9 1, reorder 1."""
    found = _by_name(attribution.last_touch(JOURNEYS))
    assert found == {"s1": 1, "g2": 1, "b4": 2, "direct": 1, "p1": 1, "s9": 1, "reorder": 1}


def test_six_journeys_count_in_equal_parts():
    """insights-8: r7 .5, g2 .5, the others as before; sum 8. Chain of three: 1/3 each."""
    found = _by_name(attribution.shared(JOURNEYS))
    half = Fraction(1, 2)
    assert found["r7"] == found["g2"] == half and found["b4"] == 2 and sum(found.values()) == 8
    three = attribution.shared([_line("x", 1, 0, "member A", "member C", "search s")])
    assert set(three.values()) == {Fraction(1, 3)}


def test_recommender_reads_one_purchase_and_one_repurchase():
    """insights-9: r7 of the six journeys; after 365 days nothing; own purchases never."""
    assert attribution.outcome(JOURNEYS, R7) == attribution.Outcome(1, 1)
    assert attribution.outcome(JOURNEYS, R7, author="b") == attribution.Outcome(0, 0)
    late = [*JOURNEYS[:7], _line("b", WINE, 371, "reorder")]
    assert attribution.outcome(late, R7) == attribution.Outcome(1, 0)


def test_second_line_of_the_same_order_is_no_repurchase():
    lines = [
        _line("b", WINE, 0, "recommendation r7", order="1"),
        _line("b", WINE, 0, "direct", order="1"),
    ]
    assert attribution.outcome(lines, R7) == attribution.Outcome(1, 0)


def test_share_touched_by_a_recommendation():
    """insights-10: 1 of 8 lines = .125 (.0224 to .4709)."""
    found = attribution.recommended_share(JOURNEYS)
    assert tuple(round(v, 4) for v in found) == (0.125, 0.0224, 0.4709)


SIGNALS = [
    ("A", "search", 0),
    ("B", "search", 30),
    ("B", "request", 10),
    ("C", "reservation", 60),
    ("D", "search", 5),
    ("E", "request", 0),
]


def test_demand_adds_each_persons_strongest_signal():
    """insights-5: 1 + 1.5874 + 1 + .8909 + 2 = 6.4783, 5 people, listed; without D not."""
    found = demand.demand(SIGNALS)
    assert (round(found.score, 4), found.people, found.listed) == (6.4783, 5, True)
    assert not demand.demand([s for s in SIGNALS if s[0] != "D"]).listed


def test_one_person_searching_fifty_times_is_one():
    """insights-5."""
    assert demand.demand([("A", "search", 0)] * 50) == demand.Demand(1.0, 1, False)


@pytest.mark.parametrize(
    ("counts", "value", "low", "high", "listed"),
    [
        ((1000, 60, 80, 15), 3.1250, 2.0838, 4.6865, True),
        ((1000, 200, 150, 35), 1.1667, 0.8953, 1.5202, False),
        ((500, 40, 50, 10), 2.5000, 1.5286, 4.0888, True),
    ],
)
def test_pairs_are_listed_by_lower_end(counts, value, low, high, listed):
    """insights-16: lift vectors."""
    assert tuple(round(v, 4) for v in demand.lift(*counts)) == (value, low, high)
    assert demand.goes_together(*counts) is listed


def test_pair_below_ten_orders_is_not_listed():
    """insights-16: 1000, 60, 80, 9 -> support, not."""
    assert not demand.goes_together(1000, 60, 80, 9)


def test_switching_shares_only_those_who_bought():
    """insights-1: 10 buyers of i, next 4 j, 3 i, 1 k, 2 none yet -> S_ij 4/8."""
    found = demand.switching(["j"] * 4 + ["i"] * 3 + ["k"] + [None] * 2)
    assert found.shares["j"] == 0.5 and (found.bought, found.undecided) == (8, 2)


def test_new_listing_figures_equal_the_vectors():
    """DiD (52-40)-(33-30) = 9; 60 new sales, 18 shifted -> .70."""
    assert demand.difference_in_differences(40, 52, 30, 33) == 9
    assert demand.incremental_share(60, 18) == pytest.approx(0.70)


@pytest.mark.parametrize(
    ("rate", "seen", "reads", "reactions"),
    [(0.5, 84, 20, 8), (2, 1680, 20, 18), (2, 4200, 35, 35)],
)
def test_alert_thresholds_equal_the_vectors(rate, seen, reads, reactions):
    """insights-12."""
    assert demand.alert_from(rate, seen, 168, "reads") == reads
    assert demand.alert_from(rate, seen, 168, "reactions") == reactions


def test_lenient_raters_are_corrected_for():
    """insights-15: leniency .8667, .65, .5, .8; raw .75, adjusted .8458."""
    raters = [(18, 20), (5, 10), (2, 10), (0, 0)]
    lenient = [demand.leniency(k, n, 0.8) for k, n in raters]
    assert [round(v, 4) for v in lenient] == [0.8667, 0.65, 0.5, 0.8]
    answers = list(zip([True, True, False, True], lenient, strict=True))
    assert round(demand.adjusted_share(answers, 0.8), 4) == 0.8458


@pytest.mark.parametrize(
    ("voices", "critical", "size", "least"), [(30, 8, 10, 5), (30, 3, 10, 3), (6, 2, 6, 2)]
)
def test_digest_holds_critical_voices(voices, critical, size, least):
    """insights-13: 30 voices with 8 critical -> >= 5; 3 critical -> all 3; 6 voices -> 6."""
    pool = [(f"v{i}", i < critical) for i in range(voices)]
    drawn = demand.digest(pool, seed=7)
    assert len(drawn) == len(set(drawn)) == size
    assert sum(int(ref[1:]) < critical for ref in drawn) >= least
    assert drawn == demand.digest(pool, seed=7)
