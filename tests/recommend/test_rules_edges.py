"""Edges of the rules that a changed sign or number would move unseen (bench/mutate.py)."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from marketplace.recommend.rules.arrays import Signals
from marketplace.recommend.rules.community import Settings, TasteModel
from marketplace.recommend.rules.follows import Follows
from marketplace.recommend.rules.peers import best, foremost
from marketplace.recommend.rules.ridge import Compared, peer_weights
from marketplace.recommend.rules.rows import Laid, Rows
from marketplace.recommend.rules.shelf import shelf
from marketplace.recommend.rules.signals import is_liked, likings
from tests.recommend.test_rules import _crowd, _six


def _counts(arrays: Signals) -> dict[str, tuple[float, float]]:
    """Popularity and raters of each product."""
    now = arrays.reading()
    return {str(one): (float(now.popularity[i]), float(now.raters[i]))
            for i, one in enumerate(now.products.ids) if i < len(now.products)}


def test_counts_follow_every_change() -> None:
    """h: dora 0, emil 1, finn 1. Emil .6: 1.6 of 2; gone: 1 of 1; cleo new with .8: 1.8 of 2."""
    arrays = _six()
    assert _counts(arrays)["h"] == (2.0, 2.0)
    arrays.put("emil", "h", 0.6)
    assert _counts(arrays)["h"] == pytest.approx((1.6, 2.0))
    arrays.drop("emil", "h")
    assert _counts(arrays)["h"] == pytest.approx((1.0, 1.0))
    arrays.put("cleo", "h", 0.8)
    assert _counts(arrays)["h"] == pytest.approx((1.8, 2.0))
    arrays.let_count("finn", False)
    assert _counts(arrays)["h"] == pytest.approx((0.8, 1.0))


def test_counts_after_many_changes_are_those_of_a_fresh_layout() -> None:
    """300 random changes and silences: equal to the last bit."""
    draw, kept, silent = Random(3), {(p, i): v for p, i, v in _crowd(2)}, set[str]()
    arrays = Signals(*zip(*[(p, i, v) for (p, i), v in kept.items()], strict=True))
    for _ in range(300):
        person, product = f"m{draw.randrange(120)}", f"i{draw.randrange(60)}"
        kind = draw.random()
        if kind < 0.6:
            value = draw.choice((0.6, 0.8, 1.0))
            arrays.put(person, product, value)
            kept[person, product] = value
        elif kind < 0.8:
            arrays.drop(person, product)
            kept.pop((person, product), None)
        elif person in arrays.people.places:
            arrays.let_count(person, person in silent)
            silent ^= {person}
    fresh = Signals(*zip(*[(p, i, v) for (p, i), v in kept.items()], strict=True))
    everybody = {str(one) for one in fresh.people.ids}
    fresh.settle(everybody - silent, everybody)
    ours = _counts(arrays)
    assert {one: ours[one] for one in _counts(fresh)} == _counts(fresh)


def test_settle_lets_just_these_count_and_be_matched() -> None:
    """Only ada and ben count: a and b 2, c 1, d 1 (ben), e 0; only finn may be a peer."""
    arrays = _six()
    arrays.settle({"ada", "ben"}, {"ada", "finn"})
    counted = _counts(arrays)
    assert [counted[i] for i in "abcde"] == [(2, 2), (2, 2), (1, 1), (1, 1), (0, 0)]
    standing, place = arrays.standing, arrays.people.places
    assert [bool(standing.counts[place[p]]) for p in ("ada", "ben", "cleo")] == [True, True, False]
    assert [bool(standing.matched[place[p]]) for p in ("ada", "ben", "finn")] == [
        True, False, True]


def test_a_better_verdict_moves_a_product_forward() -> None:
    """e .6221 and d .4066 of the hand example: with .7 and 1.2 d is first, .4879 to .4355."""
    model = TasteModel(_six())
    found = model.suggest("ada", 2, verdicts={"e": 0.7, "d": 1.2})
    assert [s.product for s in found] == ["d", "e"]
    plain = {s.product: s.score for s in model.suggest("ada", 8)}
    assert [s.score for s in found] == pytest.approx([1.2 * plain["d"], 0.7 * plain["e"]])


def test_what_is_laid_out_as_an_offer_counts_as_verdicts_and_refusals_do() -> None:
    """The same list by verdicts and names as by the shelf; h is not on sale, f is from 18 on."""
    look = TasteModel(_six()).look()
    laid = shelf(look.signals.products, {"e": 0.7, "d": 1.2}, {1: "abcdeg", 18: "f"})
    for from_age, without in ((18, "fh"), (99, "h")):
        by_shelf = look.suggest("ada", 8, offer=laid.below(from_age))
        by_names = look.suggest("ada", 8, verdicts={"e": 0.7, "d": 1.2}, without=without)
        assert by_shelf == by_names
        assert not {s.product for s in by_shelf} & set(without)


@pytest.mark.parametrize("size", [5, 50, 3000])
@pytest.mark.parametrize("k", [1, 7, 40])
def test_the_largest_are_found_among_equal_and_barred_ones(size: int, k: int) -> None:
    """As sorting everything by hand: equal ones by place, minus infinity never."""
    draw = np.random.default_rng(size + k)
    for kinds in (3, 40, 10**6):
        scores = draw.integers(0, kinds, size).astype(np.float64)
        scores[draw.random(size) < 0.2] = -np.inf
        order = sorted((i for i in range(size) if scores[i] > -np.inf), key=lambda i: -scores[i])
        assert best(scores, k).tolist() == order[:k]
        assert foremost(scores, k).tolist() == sorted(order[:k])


@pytest.mark.parametrize(("trusts", "follows_q", "expected"), [
    ((), True, {"x": 1.0, "y": 0.5, "w": 0.5}),
    (("q",), True, {"x": 2 / 3, "y": 1.0, "w": 1 / 3}),
    (("q",), False, {"x": 1.0, "y": 1.0, "w": 0.0}),
    (("q", "p"), True, {"x": 2 / 3, "y": 1.0, "w": 1 / 3})])
def test_who_votes_much_counts_less_in_each_vote(
    trusts: tuple[str, ...], follows_q: bool, expected: dict[str, float]
) -> None:
    """p votes for x, q for w, y, z, v: followed, each counts 1 / sqrt(votes): x 1, the others .5.

    q trusted in wine, which y is: y (1 + 2) / 2 = 1.5, w .5, x 1; not followed, only y 2 / 2.
    p trusted in wine too changes nothing: x is none. The largest becomes 1.
    """
    rows = [("p", "x"), ("q", "w"), ("q", "y"), ("q", "z"), ("q", "v")]
    follows = Follows()
    follows.follow("u", "p")
    if follows_q:
        follows.follow("u", "q")
    for one in trusts:
        follows.trust("u", one, "wine")
    signals = Signals([r[0] for r in rows], [r[1] for r in rows], [1.0] * len(rows))
    look = TasteModel(signals, follows, subjects={"y": "wine", "x": "bread"}).look()
    total = look.trust("u", 1.0, np.ones(5, np.float32)).total
    places = look.signals.products.places
    assert {one: float(total[places[one]]) for one in expected} == pytest.approx(expected)
    assert look.trust("u", 0.4, np.ones(5, np.float32)).total == pytest.approx(0.4 * total)


def test_agreement_is_the_same_from_both_sides() -> None:
    """dora said no to c, ada and cleo yes: none of one; emil and dora agree on f, g."""
    model = TasteModel(_six())
    for one, other, expected in (("dora", "ada", (0, 1)), ("cleo", "dora", (0, 1)),
                                 ("dora", "emil", (2, 2)), ("emil", "dora", (2, 2))):
        assert model.agreement(one, other) == expected


def test_goes_with_weighs_signals() -> None:
    """c with f: only dora has both, .6 x 1; three have c, two f: .6 / sqrt 6 = .2449."""
    found = dict(TasteModel(_six()).goes_with("c", 8))
    assert found["f"] == pytest.approx(0.2449, abs=5e-5)


def test_of_very_many_voters_the_strongest_500_count() -> None:
    """u follows p000 to p500 and trusts p500: of 501 the last name stays, p499 does not."""
    follows = Follows()
    for number in range(501):
        follows.follow("u", f"p{number:03}")
    follows.trust("u", "p500", "wine")
    assert set(follows.votes("u")) == {f"p{n:03}" for n in range(501)} - {"p499"}
    first = follows.voters("u")
    assert [v.person for v in first[:3]] == ["p500", "p000", "p001"] and len(first) == 500
    follows.unfollow("u", "p000")
    assert len(follows.votes("u")) == 500 and "p499" in follows.votes("u")


def test_trust_in_one_subject_stays_when_another_is_taken_back() -> None:
    """wine and bread; wine taken back leaves bread, bread taken back leaves nobody."""
    follows = Follows()
    for subject in ("wine", "bread"):
        follows.trust("u", "q", subject)
    follows.distrust("u", "q", "wine")
    assert [(v.person, v.subjects) for v in follows.voters("u")] == [("q", frozenset({"bread"}))]
    follows.distrust("u", "q", "bread")
    follows.distrust("u", "nobody", "bread")
    assert follows.voters("u") == [] and follows.count("u") == 0


def test_second_hand_votes_share_a_half() -> None:
    """u follows a and b; both follow c, b follows d, a follows u: c .25 + .25, d .25, u none."""
    follows = Follows()
    for one, other in (("u", "a"), ("u", "b"), ("a", "c"), ("b", "c"), ("b", "d"), ("a", "u")):
        follows.follow(one, other)
    assert follows.votes("u") == pytest.approx({"a": 1.0, "b": 1.0, "c": 0.5, "d": 0.25})
    follows.trust("u", "t", "wine")
    assert follows.votes("u") == pytest.approx(
        {"a": 1.0, "b": 1.0, "t": 0.0, "c": 1 / 3, "d": 1 / 6})


def _chosen(rows: dict[str, str], **settings: float) -> set[str]:
    """The one peer of u among people who all said yes to the letters of their products."""
    pairs = [(person, product) for person, goods in rows.items() for product in goods]
    signals = Signals([p for p, _ in pairs], [i for _, i in pairs], [1.0] * len(pairs))
    model = TasteModel(signals, settings=replace(Settings(), peers=1, **settings))
    return {str(signals.people.ids[at]) for at in model.peers("u")}


def test_the_peer_is_chosen_by_what_is_shared_and_how_much_was_rated() -> None:
    """v shares a, b, c of 4 goods: 3 x 2^-.5 / 4^.5 = 1.06; w shares d of 1: .71. With 16 goods v
    has .53, so w comes first."""
    few = {"u": "abcd", "v": "abcx", "w": "d"}
    assert _chosen(few) == {"v"}
    assert _chosen({**few, "v": "abc" + "efghijklmnopq"}) == {"w"}


def test_rare_common_goods_weigh_more() -> None:
    """v shares r, which two have: 2^-.5 = .71. w shares p, which 16 have: .25. x shares four of
    those: 4 x .25 / 4^.5 = .5. v is chosen."""
    crowd = {f"c{n}": "pqst" for n in range(13)}
    assert _chosen({"u": "rpqst", "v": "r", "w": "p", "x": "pqst", **crowd}) == {"v"}


def test_strong_signals_speak_a_little_more() -> None:
    """value^1.25: 1 stays 1, .8 becomes .7566, .6 .5281; liked is from .7 on."""
    assert likings(np.float32([1.0, 0.8, 0.6, 0.0])) == pytest.approx([1, 0.7566, 0.5281, 0],
                                                                      abs=5e-5)
    assert [is_liked(v) for v in (0.69, 0.7, 1.0)] == [False, True, True]


def test_as_many_steps_as_unknowns_are_enough() -> None:
    """Conjugate gradients end after n steps, steepest descent does not: 6 people, spread wide."""
    draw = np.random.default_rng(4)
    dense = draw.random((6, 9)).astype(np.float32) * np.geomspace(1, 3, 6)[:, None]
    rows = Rows(np.arange(0, 55, 9), np.tile(np.arange(9, dtype=np.int32), 6),
                dense.ravel().astype(np.float32))
    own = draw.random(9).astype(np.float32)
    expected = np.linalg.solve(dense @ dense.T + 2 * np.eye(6), dense @ own)
    found = peer_weights([Compared(rows, np.ones(9, np.float32), own)], 2.0, 6)
    assert np.abs(found - expected).max() < 1e-3 * np.abs(expected).max()


def test_rows_that_changed_while_others_were_laid_out_stay_newer() -> None:
    """1 is laid out as it was; 2 changed meanwhile, 3 came; both stay newer rows."""
    old, new = ((np.array([n], np.int32), np.ones(1, np.float32)) for n in (1, 2))
    base = Rows(np.zeros(5, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32))
    before, live = Laid(base, {1: old, 2: old}), Laid(base, {1: old, 2: new, 3: new})
    made = Laid(base).changed_as(live, before)
    assert set(made.now) == {2, 3} and made.now[2] is new and made.now[3] is new
