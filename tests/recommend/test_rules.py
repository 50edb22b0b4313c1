"""The community score by hand, its summands, its silence towards shams, and its reasons."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from marketplace.recommend.rules import arrangement
from marketplace.recommend.rules.arrays import Signals
from marketplace.recommend.rules.community import TasteModel
from marketplace.recommend.rules.follows import EVERYTHING, Follows

NOW = datetime(2026, 11, 2, tzinfo=UTC)
SIX = {
    "ada": "abc",
    "ben": "abd",
    "cleo": "abce",
    "dora": "cfg",
    "emil": "fgh",
    "finn": "dh",
}


def _six():
    """Everybody said yes, only dora said no to c."""
    rows = [(p, i, 0.6 if p == "dora" and i == "c" else 1.0) for p, s in SIX.items() for i in s]
    people, products, values = zip(*rows, strict=True)
    return Signals(people, products, values)


def _parts(found):
    return {s.product: round(s.taste, 4) for s in found}


def test_hand_example_of_six_people_and_eight_products():
    """recommend-4, ada's list by hand; damping 30, overlap .25, spread .25, rare 5.

    Raters: a b c 3, d f g h 2, e 1. Common with ada: ben a b, cleo a b c, dora c (.6).
    One common product of 3 raters counts 3^-.5 = .5774. Overlaps: ben 1.1547, cleo 1.7321, dora
    .3464. Z Z': ben .5774 + .5774 + 2^-.5 = 1.8618, cleo 3 x .5774 + 1 = 2.7321, dora
    .36 x .5774 + 2 x 2^-.5 = 1.6221; ben and cleo 1.1547, cleo and dora .3464, ben and dora 0.
    (31.8618 1.1547 0; 1.1547 32.7321 .3464; 0 .3464 31.6221) w = (1.1547 1.7321 .3464):
    w ben = .0344, w cleo = .0516, w dora = .0104 (first row: 1.0960 + .0596 = 1.1556, third:
    .0179 + .3289 = .3468, both with rounded weights).
    ada has 3 ratings: spread .25 x 3 / (3 + 3) = .125, so 3 raters count 8^-.125 = .7711, 2
    7^-.125 = .7841, 1 6^-.125 = .7993. a (.0344 + .0516) x .7711 = .0663 is the largest and
    becomes 1; d .0344 x .7841 -> .4066, e .0516 x .7993 -> .6221, f g .0104 x .7841 -> .1229.
    """
    found = TasteModel(_six()).suggest("ada", 8)
    assert _parts(found) == {"e": 0.6221, "d": 0.4066, "f": 0.1229, "g": 0.1229, "h": 0}
    assert [s.product for s in found[:2]] == ["e", "d"]
    named = {s.product: [(p.person, round(p.value * 0.0662878, 4)) for p in s.peers] for s in found}
    assert named["d"] == [("ben", round(0.03437 * 0.7841, 4))]
    assert named["e"] == [("cleo", round(0.05159 * 0.7993, 4))]
    assert named["g"] == [("dora", round(0.01039 * 0.7841, 4))]


def test_part_of_everybody_by_hand():
    """recommend-4: ada has 3 ratings, follows nobody: (2 / (2 + 3))^2 = .16 of the most wanted.

    Likes: a b 3, c 2.6, d f g h 2, e 1. d: 2/3 x .16 = .1067, e: .0533.
    """
    found = {s.product: s.everybody for s in TasteModel(_six()).suggest("ada", 8)}
    assert {p: round(v, 4) for p, v in found.items()} == {
        "d": 0.1067, "e": 0.0533, "f": 0.1067, "g": 0.1067, "h": 0.1067,
    }  # fmt: skip


def test_next_list_after_a_rating_has_moved_as_the_formula_says():
    """recommend-4: ada says yes to d, which has 3 raters then; finn (d h) becomes a peer.

    Overlaps: ben a b d 1.7321, cleo 1.7321, dora .3464, finn .5774. Squares: ben 1.7321, cleo
    2.7321, dora 1.6221, finn 3^-.5 + 2^-.5 = 1.2845; ben and cleo 1.1547, cleo and dora .3464, ben
    and finn .5774. w = (.0524 .0510 .0104 .0175). Spread .25 x 4 / 7 = .1429: 3 raters .7430, 2
    .7573, 1 .7742. a (.0524 + .0510) x .7430 = .0768 becomes 1; e .0510 x .7742 = .0395 -> .5136,
    h .0175 x .7573 -> .1724. Emil, who shares nothing with ada, keeps his list.
    """
    model = TasteModel(_six())
    emil = [s.product for s in model.suggest("emil", 8)]
    model.signals.put("ada", "d", 1.0)
    moved = _parts(model.suggest("ada", 8))
    assert (moved["e"], moved["h"]) == (0.5136, 0.1724)
    assert [s.product for s in model.suggest("emil", 8)] == emil


def test_forgetting_a_signal_or_a_person_restores_the_former_list():
    model = TasteModel(_six())
    before = model.suggest("ada", 8)
    model.signals.put("ada", "d", 1.0)
    model.signals.put("gast", "e", 1.0)
    model.signals.drop("ada", "d")
    model.signals.drop("nobody", "d")
    model.signals.forget("gast")
    assert model.suggest("ada", 8) == before
    model.signals.forget("cleo")
    assert "e" not in {p for s in model.suggest("ada", 8) for p in s.product if s.taste > 0}


def test_trust_by_hand():
    """recommend-5: ada follows emil (f g h); he becomes a peer compared by follows too.

    Followers with oneself: emil 2, ada 1; sharing emil counts .3 x 2^-.5 = .2121 between them.
    Overlap with emil .2121; his square 3 x 2^-.5 + .2121 = 2.3335, with dora f g 1.4142; the
    others as in the hand example. w emil = (.2121 - 1.4142 x .0101) / 32.3335 = .0061.
    .0061 x .7841 / .0663 = .0724 for f, g and h. Votes: rho = 1 / (1 + 1), say = .5 x 1 / (1 + 3)
    = .125, the whole for each of three products of two raters. With trust in the subject of h his
    vote there counts 1 + 2: f = .125 / 3 = .0417, with .0724 makes .1140.
    """
    follows = Follows()
    follows.follow("ada", "emil")
    model = TasteModel(_six(), follows, subjects={"h": "wine"})
    found = {s.product: s for s in model.suggest("ada", 8)}
    assert round(found["f"].trust, 4) == round(found["h"].trust, 4) == 0.1974
    assert found["f"].trusted[0].person == "emil"
    follows.trust("ada", "emil", "wine")
    found = {s.product: round(s.trust, 4) for s in model.suggest("ada", 8)}
    assert (found["f"], found["h"]) == (0.1140, 0.1974)
    follows.distrust("ada", "emil", "wine")
    follows.unfollow("ada", "emil")
    assert all(s.trust == 0 for s in model.suggest("ada", 8))


def test_new_member_starts_with_people_and_verdicts():
    """No ratings, follows emil: half of the say to him, half to all buyers."""
    follows = Follows()
    follows.trust("neu", "emil", EVERYTHING)
    model = TasteModel(_six(), follows)
    found = model.suggest("neu", 8)
    assert {s.product for s in found[:3]} == {"f", "g", "h"}
    assert found[0].taste == 0 and round(found[0].trust, 4) == 0.5
    stranger = TasteModel(_six()).suggest("wer", 3)
    assert [s.product for s in stranger] == ["a", "b", "c"]
    assert TasteModel(Signals()).suggest("wer", 3) == []


def test_new_member_is_led_by_whom_she_follows():
    """No ratings, follows emil: he is her only peer, his f, g and h get 1 and his votes .5 more."""
    follows = Follows()
    follows.follow("neu", "emil")
    found = TasteModel(_six(), follows).suggest("neu", 8)
    assert [(s.product, round(s.trust, 4), s.taste) for s in found[:3]] == [
        ("f", 1.5, 0), ("g", 1.5, 0), ("h", 1.5, 0)]  # fmt: skip
    assert [p.person for p in found[0].trusted] == ["emil"] and not found[0].peers


def test_follows_that_change_count_in_the_next_list():
    """recommend-5: rows of follows kept up to date give what rows laid out anew give."""
    draw, rows = np.random.default_rng(3), _crowd(12)
    follows, model = Follows(), None
    for step in range(80):
        one, other = (f"m{n}" for n in draw.integers(0, 125, 2))
        (follows.unfollow if step % 5 == 4 else follows.follow)(one, other)
        model = model or _model(rows, follows=follows)
        assert model.suggest(one, 10, explain=False)
    follows.forget("m3")
    anew = Follows()
    for person in [f"m{n}" for n in range(125)]:
        for other in sorted(follows.followed(person)):
            anew.follow(person, other)
    for person in ("m1", "m3", "m40", "m124"):
        lists = [_model(rows, follows=f).suggest(person, 20) for f in (follows, anew)]
        scores = [{s.product: s.score for s in found} for found in lists]
        assert scores[0] == pytest.approx(scores[1], abs=1e-5)


def test_voters_and_second_hand_votes():
    """x follows a and b; a follows c: c counts 0.5 / 2, oneself never."""
    follows = Follows()
    for one, other in [("x", "a"), ("x", "b"), ("a", "c"), ("a", "x"), ("x", "x")]:
        follows.follow(one, other)
    assert {v.person: v.weight for v in follows.voters("x")} == {"a": 1, "b": 1, "c": 0.25}
    assert follows.count("x") == 2
    follows.forget("a")
    assert [v.person for v in follows.voters("x")] == ["b"] and follows.voters("a") == []


def _crowd(seed, people=120, products=60):
    draw = np.random.default_rng(seed)
    taste, kind = draw.normal(size=(people, 3)), draw.normal(size=(products, 3))
    likes = taste @ kind.T + draw.normal(size=(people, products))
    return [
        (f"m{p}", f"i{i}", 1.0 if likes[p, i] > 0 else 0.6)
        for p in range(people)
        for i in draw.choice(products, 14, replace=False).tolist()
    ]


def _model(rows, **more):
    return TasteModel(Signals(*zip(*rows, strict=True)), **more)


def test_named_summands_add_up_to_the_score():
    """recommend-3: peers to taste, trusted to trust, parts to the score, to 1e-6."""
    follows = Follows()
    for i in range(1, 30):
        follows.follow("m0", f"m{i}")
    verdicts = {f"i{i}": 0.5 + i / 60 for i in range(60)}
    for found in _model(_crowd(1), follows=follows).suggest("m0", 20, verdicts=verdicts):
        assert sum(p.value for p in found.peers) == pytest.approx(found.taste, abs=1e-6)
        assert sum(p.value for p in found.trusted) == pytest.approx(found.trust, abs=1e-6)
        parts = found.taste + found.trust + found.everybody
        assert parts == pytest.approx(found.score, abs=1e-6)
        assert found.taste_share < 0.3 or found.peers


def test_own_and_refused_products_are_never_offered():
    """recommend-14."""
    rows = _crowd(2)
    own = {i for p, i, _ in rows if p == "m0"}
    found = [s.product for s in _model(rows).suggest("m0", 60, without=["i1", "unknown"])]
    assert not own & set(found) and "i1" not in found and len(found) == len(set(found))


def test_verdict_factor_is_bounded():
    rows = _crowd(3)
    plain = {s.product: s.score for s in _model(rows).suggest("m0", 60)}
    raised = _model(rows).suggest("m0", 60, verdicts=dict.fromkeys(plain, 9.0))
    for found in raised:
        assert found.score == pytest.approx(1.2 * plain[found.product])
    assert arrangement.verdict_factor(0.9, 0.5) == 1.2
    assert arrangement.verdict_factor(0.1, 0.5) == 0.7
    assert arrangement.verdict_factor(0.45, 0.5) == 0.9
    assert arrangement.verdict_factor(0.9, 0.0) == 1.0


def _place(model, person, product):
    return [s.product for s in model.suggest(person, 100, explain=False)].index(product)


@pytest.mark.parametrize("seed", range(10))
def test_two_hundred_sham_accounts_move_nothing(seed):
    """recommend-10: they copy m0's ratings and praise one product.

    Without a paid order they move it nowhere, for her and for people who do not follow them. With
    orders, but joined by a flag, they move it as far as a single account does.
    """
    rows = [r for r in _crowd(seed) if r[1] != "i59"]
    rows += [("m1", "i59", 1.0), ("m2", "i59", 0.6)]
    honest, rated = _model(rows), {(p, i) for p, i, _ in rows}
    copied = [(i, v) for p, i, v in rows if p == "m0"]
    sham = [(f"sham{n}", i, v) for n in range(200) for i, v in [*copied, ("i59", 1.0)]]
    model = _model(rows + sham)
    names = [f"sham{n}" for n in range(200)]
    for name in names:
        model.signals.let_count(name, False)
    others = [f"m{n}" for n in range(1, 20) if (f"m{n}", "i59") not in rated]
    for person in ["m0", *others]:
        plain = honest.suggest(person, 20, explain=False)
        moved = model.suggest(person, 20, explain=False)
        assert [s.product for s in moved] == [s.product for s in plain]
    assert _place(model, "m0", "i59") == _place(honest, "m0", "i59")
    for name in names:
        model.signals.let_count(name, True)
    model.signals.join(names)
    single = _model(rows + sham[: len(copied) + 1])
    for person in ["m0", *others]:
        assert _place(model, person, "i59") == _place(single, person, "i59")
