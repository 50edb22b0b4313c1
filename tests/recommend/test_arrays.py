"""Who counts, how signals change, and what is asked of the arrays."""

from __future__ import annotations

import random
import threading
from dataclasses import replace

import numpy as np
import pytest

from marketplace.recommend.rules.arrays import Rows, Signals
from marketplace.recommend.rules.community import Settings, TasteModel
from marketplace.recommend.rules.ridge import Compared, peer_weights
from tests.recommend.test_rules import _crowd, _model, _six


def test_accounts_joined_by_a_flag_speak_once():
    rows = _crowd(4)
    copies = [(f"c{n}", i, v) for n in range(50) for p, i, v in rows if p == "m1"]
    model = _model(rows + copies)
    place = model.signals.people.places
    model.signals.join([f"c{n}" for n in range(50)])
    peers = set(model.peers("m0").tolist())
    assert len(peers & {place[f"c{n}"] for n in range(50)}) <= 1


def test_who_does_not_agree_to_be_matched_is_nobodys_peer():
    """recommend-6: an objection counts in the next reading; her own list stays."""
    model = _model(_crowd(5))
    own = model.suggest("m3", 5)
    model.signals.let_match("m3", False)
    places = model.signals.people.places
    assert all(places["m3"] not in model.peers(f"m{n}") for n in range(60))
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
        products, values = arrays.reading().row(place)
        ids = [arrays.products.ids[i] for i in products]
        expected = {i: v for (p, i), v in kept.items() if p == person}
        assert dict(zip(ids, np.round(values.astype(float), 4).tolist(), strict=True)) == expected
        assert arrays.activity[place] == len(expected)
    for product, place in arrays.products.places.items():
        people = {arrays.people.ids[p] for p in arrays.reading().column(place)[0]}
        assert people == {p for p, i in kept if i == product}
        assert arrays.raters[place] == len(people)


def test_of_one_pair_given_twice_the_last_counts():
    arrays = Signals(["a", "a"], ["x", "x"], [0.2, 0.9])
    assert arrays.count() == 1 and float(arrays.reading().row(0)[1][0]) == pytest.approx(0.9)


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


def _drawn(draw, people, columns):
    dense = draw.random((people, columns)) * (draw.random((people, columns)) < 0.6)
    rows, where = np.nonzero(dense)
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=people))])
    return dense, Rows(starts, where.astype(np.int32), dense[rows, where].astype(np.float32))


def test_ridge_equals_the_direct_solution():
    """(Z Z' + 5 I) w = Z own, solved by elimination; Z: products and follows side by side."""
    draw = np.random.default_rng(1)
    (likes, by_likes), (ties, by_ties) = _drawn(draw, 6, 9), _drawn(draw, 6, 4)
    own, scale, own_ties, tie_scale = (draw.random(n) for n in (9, 9, 4, 4))
    whole = np.hstack([likes * scale, ties * tie_scale])
    mine = np.concatenate([own * scale, own_ties * tie_scale])
    expected = np.linalg.solve(whole @ whole.T + 5 * np.eye(6), whole @ mine)
    by = [Compared(by_likes, scale, own), Compared(by_ties, tie_scale, own_ties)]
    assert np.allclose(peer_weights(by, 5.0, 12), expected, atol=1e-6)
    assert not peer_weights([by[0]._replace(own=np.zeros(9))], 5.0, 12).any()


def test_five_steps_come_close_to_the_solution():
    """Standard damping and steps on 120 people: weights within 1 % of the largest."""
    rows = _crowd(11)
    shifted = [_model(rows, settings=replace(Settings(), steps=n)) for n in (5, 60)]
    few, many = ({s.product: s.taste for s in m.suggest("m0", 60)} for m in shifted)
    assert all(abs(few[p] - many[p]) < 0.01 for p in many)


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
    assert len(model.peers("m0")) == 5
