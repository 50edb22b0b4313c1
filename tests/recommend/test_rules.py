"""The community score by hand, its summands, its silence towards shams, and its reasons."""

from __future__ import annotations

import csv
import random
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from marketplace.recommend import offline
from marketplace.recommend.rules import arrangement, reasons, signals
from marketplace.recommend.rules.arrays import Rows, Signals
from marketplace.recommend.rules.community import Settings, Suggestion, Summand, TasteModel
from marketplace.recommend.rules.follows import EVERYTHING, Follows
from marketplace.recommend.rules.ridge import peer_weights

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
    """recommend-4, ada's list by hand; damping 30, overlap 0.25, spread 0.2.

    Raters: a b c 3, d f g h 2, e 1. Common with ada: ben a b, cleo a b c, dora only c (no peer).
    One common product of 3 raters counts 3^-.5 = .5774. Overlaps: ben 1.1547, cleo 1.7321.
    Z Z': ben .5774 + .5774 + 2^-.5 = 1.8618, cleo 3 x .5774 + 1 = 2.7321, both 1.1547.
    (31.8618 1.1547; 1.1547 32.7321) w = (1.1547; 1.7321): determinant 1041.5703,
    w ben = (1.1547 x 32.7321 - 1.7321 x 1.1547) / 1041.5703 = .0344, w cleo = .0517.
    Likes times raters^-.2: a (.0344 + .0517) x .8027 = .0691 is the largest and becomes 1;
    d .0344 x .8706 = .0299 -> .4330, e .0517 -> .7483.
    """
    found = TasteModel(_six()).suggest("ada", 8)
    assert _parts(found) == {"e": 0.7483, "d": 0.4330, "f": 0, "g": 0, "h": 0}
    assert [s.product for s in found[:2]] == ["e", "d"]
    weights = {p.person: round(p.value / 0.8706 * 0.0690930, 4) for p in found[1].peers}
    assert weights == {"ben": 0.0344}
    assert [p.person for p in found[0].peers] == ["cleo"]


def test_part_of_everybody_by_hand():
    """recommend-4: ada has 3 ratings, follows nobody: (1 / (1 + 3))^2 = .0625 of the most wanted.

    Likes: a b 3, c 2.6, d f g h 2, e 1. d: 2/3 x .0625 = .0417, e: .0208.
    """
    found = {s.product: s.everybody for s in TasteModel(_six()).suggest("ada", 8)}
    assert {p: round(v, 4) for p, v in found.items()} == {
        "d": 0.0417, "e": 0.0208, "f": 0.0417, "g": 0.0417, "h": 0.0417,
    }  # fmt: skip


def test_next_list_after_a_rating_has_moved_as_the_formula_says():
    """recommend-4: ada says yes to d, which has 3 raters then.

    ben shares a b d: 1.7321, and his square is 1.7321 too; cleo as before.
    (31.7321 1.1547; 1.1547 32.7321): w ben = .0527, w cleo = .0511; a .1038 x .8027 = .0833
    becomes 1; e .0511 -> .6128. Emil, who shares nothing with ada, keeps his list.
    """
    model = TasteModel(_six())
    emil = [s.product for s in model.suggest("emil", 8)]
    model.signals.put("ada", "d", 1.0)
    assert _parts(model.suggest("ada", 8))["e"] == 0.6128
    assert [s.product for s in model.suggest("emil", 8)] == emil == ["c", "a", "b", "d", "e"]


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
    """recommend-5: ada follows emil (f g h). rho = 1 / (1 + 1), say = .5 x 4 / (4 + 3) = .2857.

    emil's votes for f g h weigh alike (two raters each), so each gets the whole .2857. With trust
    in the subject of h his vote there counts 1 + 2: f = .2857 / 3 = .0952.
    """
    follows = Follows()
    follows.follow("ada", "emil")
    model = TasteModel(_six(), follows, subjects={"h": "wine"})
    found = {s.product: s for s in model.suggest("ada", 8)}
    assert round(found["f"].trust, 4) == round(found["h"].trust, 4) == 0.2857
    assert found["f"].trusted[0].person == "emil"
    follows.trust("ada", "emil", "wine")
    found = {s.product: round(s.trust, 4) for s in model.suggest("ada", 8)}
    assert (found["f"], found["h"]) == (0.0952, 0.2857)
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


def test_accounts_joined_by_a_flag_speak_once():
    rows = _crowd(4)
    copies = [(f"c{n}", i, v) for n in range(50) for p, i, v in rows if p == "m1"]
    model = _model(rows + copies)
    place = model.signals.people.places
    model.signals.join([f"c{n}" for n in range(50)])
    peers = set(model.peers(place["m0"]).tolist())
    assert len(peers & {place[f"c{n}"] for n in range(50)}) <= 1


def test_who_does_not_agree_to_be_matched_is_nobodys_peer():
    """recommend-6: an objection counts in the next reading; her own list stays."""
    model = _model(_crowd(5))
    own = model.suggest("m3", 5)
    model.signals.let_match("m3", False)
    places = model.signals.people.places
    assert all(places["m3"] not in model.peers(places[f"m{n}"]) for n in range(60))
    assert model.suggest("m3", 5) == own


def test_silenced_account_is_counted_again_when_it_bought():
    model = TasteModel(_six())
    before = model.signals.popularity.copy()
    model.signals.let_count("ada", False)
    model.signals.let_count("ada", False)
    model.signals.put("ada", "h", 1.0)
    assert model.signals.popularity[0] == before[0] - 1
    model.signals.drop("ada", "h")
    model.signals.let_count("ada", True)
    assert np.allclose(model.signals.popularity[:8], before[:8])


def test_changed_signals_equal_a_fresh_layout():
    """500 random changes, then laid out anew: rows, columns and counts as if made at once."""
    draw = random.Random(8)
    kept = {(p, i): v for p, i, v in _crowd(6)}
    arrays = Signals(*zip(*[(p, i, v) for (p, i), v in kept.items()], strict=True))
    for _ in range(500):
        person, product = f"m{draw.randrange(130)}", f"i{draw.randrange(70)}"
        if draw.random() < 0.3:
            arrays.drop(person, product)
            kept.pop((person, product), None)
        else:
            arrays.put(person, product, 0.8)
            kept[person, product] = 0.8
    for _ in range(2):
        _same(arrays, kept)
        arrays.lay_out_anew()
    assert arrays.count() == len(kept)


def _same(arrays, kept):
    for person, place in arrays.people.places.items():
        products, values = arrays.row(place)
        ids = [arrays.products.ids[i] for i in products]
        expected = {i: v for (p, i), v in kept.items() if p == person}
        assert dict(zip(ids, np.round(values.astype(float), 4).tolist(), strict=True)) == expected
        assert arrays.activity[place] == len(expected)
    for product, place in arrays.products.places.items():
        people = {arrays.people.ids[p] for p in arrays.column(place)[0]}
        assert people == {p for p, i in kept if i == product}
        assert arrays.raters[place] == len(people)


def test_of_one_pair_given_twice_the_last_counts():
    arrays = Signals(["a", "a"], ["x", "x"], [0.2, 0.9])
    assert arrays.count() == 1 and float(arrays.row(0)[1][0]) == pytest.approx(0.9)


def test_lists_are_made_while_signals_come_in():
    model, faults = _model(_crowd(7)), []

    def write():
        for n in range(300):
            model.signals.put(f"n{n % 40}", f"j{n % 55}", 1.0)

    def read():
        try:
            for n in range(60):
                assert model.suggest(f"m{n}", 5)
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=t) for t in (write, read, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults


def test_ridge_equals_the_direct_solution():
    """(Z Z' + 5 I) w = Z own, solved by elimination."""
    draw = np.random.default_rng(1)
    dense = draw.random((6, 9)) * (draw.random((6, 9)) < 0.6)
    rows, columns = np.nonzero(dense)
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=6))])
    sparse = Rows(starts, columns.astype(np.int32), dense[rows, columns].astype(np.float32))
    own, scale = draw.random(9), draw.random(9)
    scaled = dense.astype(np.float32) * scale
    expected = np.linalg.solve(scaled @ scaled.T + 5 * np.eye(6), scaled @ own)
    assert np.allclose(peer_weights(sparse, scale, own, 5.0, 12), expected, atol=1e-8)
    assert not peer_weights(sparse, scale, np.zeros(9), 5.0, 12).any()


def test_agreement_counts_common_products():
    """ada and ben: a, b both yes. ada and dora: c yes against no."""
    model = TasteModel(_six())
    assert model.agreement("ada", "ben") == (2, 2)
    assert model.agreement("ada", "dora") == (0, 1)
    assert model.agreement("ada", "nobody") == (0, 0)


def test_products_that_go_together():
    """a and b: the same three people, cosine 1; a and c: two of three, 2 / 3."""
    found = dict(TasteModel(_six()).goes_with("a", 3))
    assert found["b"] == pytest.approx(1) and found["c"] == pytest.approx(2 / 3)
    assert TasteModel(_six()).goes_with("unknown") == []


def test_smaller_settings_ask_fewer_peers():
    rows = _crowd(9)
    model = _model(rows, settings=replace(Settings(), peers=5))
    assert len(model.peers(model.signals.people.places["m0"])) == 5


@pytest.mark.parametrize(
    ("acts", "value"),
    [
        ([("yes", 0)], 1.0),
        ([("yes", 0), ("no", 1)], 0.6),
        ([("no", 1), ("yes", 0)], 0.6),
        ([("saved", 5), ("no", 1)], 0.6),
        ([("saved", 0)], 0.8),
        ([("tap", 0), ("reordered", 1)], 0.8),
        ([], None),
    ],
)
def test_signal_is_the_newest_answer_else_the_strongest_act(acts, value):
    evidence = [signals.Evidence(act, NOW + timedelta(days=day)) for act, day in acts]
    assert signals.signal(evidence) == value


def test_ratings_of_other_scales_are_put_on_ours():
    assert signals.imported_signals([0.5, 2.25, 4.0]) == pytest.approx([0.2, 0.6, 1.0])
    assert signals.imported_signals([1, 1]) == [1.0, 1.0] and signals.imported_signals([]) == []
    assert signals.is_liked(0.8) and not signals.is_liked(0.6)


def _suggested(**parts):
    peers = (Summand("lena", 0.4), Summand("max", 0.3), Summand("eva", -0.1))
    return Suggestion("wine", 1.0, parts.pop("taste", 0.6), 0.2, 0.2, peers)


def test_first_true_reason_is_said():
    """recommend-3: in the order of the house."""
    facts = reasons.Facts(
        to_you=["ben"], trusted=["cleo"], followed=["dora"] * 5, group="g1", named={"lena"},
        agreement={"lena": (9, 11)}, goes_with="cheese", fits_wish=True, verdict=(33, 37),
        newcomer=True,
    )  # fmt: skip
    said = []
    for name in ("to_you", "trusted", "followed"):
        said.append(reasons.reason(_suggested(), facts).kind)
        facts = replace(facts, **{name: ()})
    facts_without_group = replace(facts, group=None)
    said += [reasons.reason(_suggested(), f).kind for f in (facts, facts_without_group)]
    facts = facts_without_group
    for name, nothing in [("goes_with", None), ("fits_wish", False), ("verdict", (2, 4))]:
        said.append(reasons.reason(_suggested(taste=0.1), facts).kind)
        facts = replace(facts, **{name: nothing})
    said.append(reasons.reason(_suggested(taste=0.1), facts).kind)
    assert said == [
        "recommended_to_you", "trusted", "followed", "group_pick", "peers", "goes_with",
        "fits_wish", "verdict", "newcomer",
    ]  # fmt: skip
    assert reasons.reason(_suggested(taste=0.1), replace(facts, newcomer=False)) is None


def test_peers_are_named_only_with_consent():
    """ "Lena and 1 other you agree with on 9 of 11", else "2 members"; opponents never speak."""
    facts = reasons.Facts(named={"lena"}, agreement={"lena": (9, 11)})
    named = reasons.by_peers(_suggested(), facts)
    assert (named.people, named.others, named.k, named.n) == (("lena",), 1, 9, 11)
    silent = reasons.by_peers(_suggested(), reasons.Facts())
    assert (silent.people, silent.others) == ((), 2)
    assert reasons.speaking(_suggested()) == ["lena", "max"]


def test_people_of_a_reason_are_counted_beyond_three():
    found = reasons.reason(_suggested(), reasons.Facts(followed=["a", "b", "c", "d", "e"]))
    assert (found.people, found.others) == (("a", "b", "c"), 2)


def test_no_more_than_three_of_one_producer_in_twelve():
    """Twenty products of hof, then ten of others: three of hof, others, and hof again later."""
    products = [*range(20), *range(100, 110)]
    producers = {p: "hof" if p < 20 else p for p in products}
    found = arrangement.few_of_each(products, producers)
    assert sorted(found) == sorted(products)
    assert found[:4] == [0, 1, 2, 100]
    assert sum(producers[p] == "hof" for p in found[:12]) == 3


def test_newcomers_take_every_seventh_place():
    """insights-7: 4, 11, 18, each once, told apart; nothing doubled."""
    usual, fresh = [f"u{i}" for i in range(20)], ["n1", "u3", "n2", "n3"]
    found, shown = arrangement.with_newcomers(usual, fresh)
    assert [found[3], found[10], found[17]] == ["n1", "n2", "n3"]
    assert shown == {"n1", "n2", "n3"} and len(set(found)) == 20 and found[4] == "u3"
    assert arrangement.with_newcomers(usual, [])[0] == usual


def _files(tmp_path, rows):
    ratings = ["person,item,value,at", *(f"{p},{i},{v},{n}" for n, (p, i, v) in enumerate(rows))]
    (tmp_path / "r.csv").write_text("\n".join(ratings), encoding="utf-8")
    (tmp_path / "t.csv").write_text("person,trusts\nm0,m1\nm0,m2\n", encoding="utf-8")
    (tmp_path / "p.txt").write_text("m0\nm1\nnobody\n", encoding="utf-8")
    return tmp_path / "r.csv", tmp_path / "p.txt"


def test_offline_lists_are_bit_equal_and_explained(tmp_path):
    """recommend-16: never a rated item, best first, same bytes, names in the reason."""
    rows = _crowd(10)
    ratings, people = _files(tmp_path, rows)
    outs = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for out in outs:
        told = offline.run_offline(ratings, people, 7, out, tmp_path / "t.csv", explain=True)
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert told["rows"] == len(rows) and told["ms_per_person"] > 0
    with outs[0].open() as file:
        lists = list(csv.DictReader(file))
    assert [r["rank"] for r in lists[:7]] == list("1234567") and len(lists) == 21
    rated = {(p, i) for p, i, _ in rows}
    assert not any((r["person"], r["item"]) in rated for r in lists)
    scores = [float(r["score"]) for r in lists[:7]]
    assert scores == sorted(scores, reverse=True) and "peer m" in lists[0]["reason"]


def test_offline_newest_value_of_a_pair_counts(tmp_path):
    (tmp_path / "r.csv").write_text("item,value,person,at\nx,1,a,2026-02\nx,5,a,2026-01\n")
    assert [v for _, _, v in offline.read_ratings(tmp_path / "r.csv")] == [5, 1]
    assert offline.read_follows(None).count("a") == 0 and offline.peak_memory_mb() > 1
