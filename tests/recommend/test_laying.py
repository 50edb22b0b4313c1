"""Laying out: numbers and rows, fast or slowly, as if sorted by hand; what is on sale, by place."""

from __future__ import annotations

import threading
from random import Random

import numpy as np
import pytest

from marketplace.recommend.rules.arrays import Signals
from marketplace.recommend.rules.laying import Numbered, _laid_out_slowly, laid_out
from marketplace.recommend.rules.rows import Known
from marketplace.recommend.rules.shelf import shelf
from marketplace.recommend.rules.suggestion import Summand, Summands, liking
from tests.recommend.test_rules import _crowd, _model


def by_hand(entries: list[tuple[int, int, float]]) -> dict[tuple[int, int], float]:
    """Of a pair given twice the last counts."""
    return {(a, b): float(np.float32(v)) for a, b, v in entries}


def read(rows, first: bool) -> dict[tuple[int, int], float]:
    """Rows back as pairs, in their order."""
    found = {}
    for row in range(len(rows.starts) - 1):
        part = slice(rows.starts[row], rows.starts[row + 1])
        numbers = rows.numbers[part].tolist()
        assert numbers == sorted(set(numbers))
        for number, value in zip(numbers, rows.values[part].tolist(), strict=True):
            found[(row, number) if first else (number, row)] = value
    return found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("lay", [laid_out, _laid_out_slowly])
def test_rows_hold_what_was_given(seed: int, lay) -> None:
    """800 entries of 40 people and 30 goods: many pairs twice, some people and goods without."""
    draw = Random(seed)
    entries = [(draw.randrange(38), draw.randrange(28), draw.choice((0.0, 0.6, 0.8, draw.random())))
               for _ in range(800)]
    rows, columns = (np.array([e[n] for e in entries], np.int32) for n in (0, 1))
    values = np.array([e[2] for e in entries], np.float32)
    by_person, by_product = lay(rows, columns, values, 40, 30)
    assert len(by_person.starts) == 41 and len(by_product.starts) == 31
    assert read(by_person, True) == read(by_product, False) == by_hand(entries)


@pytest.mark.parametrize("ids", [
    [7, 3, 3, 9], [-2, 5, -2, -1], [10**15, 1, 10**15, 4], [], ["b", "a", "b"]])
def test_every_id_has_one_place(ids: list) -> None:
    """Whole numbers stand in their order, dense or far apart; words in the order of coming."""
    given = np.array(ids, np.int64) if not any(isinstance(i, str) for i in ids) else ids
    names, places = Numbered.of(given)
    assert [names.ids[place] for place in places.tolist()] == ids
    assert names.places == {one: place for place, one in enumerate(names.ids)}
    if ids and not isinstance(ids[0], str):
        assert names.ids == sorted(set(ids))
    assert Numbered.of(Numbered(names, places)) == (names, places)


def test_arrays_and_words_give_the_same_lists() -> None:
    """Numbers as from the tables, and the same as words: the same goods with the same scores."""
    rows = _crowd(5)
    people, goods = ([int(r[n][1:]) for r in rows] for n in (0, 1))
    fast = Signals(np.array(people), np.array(goods), [r[2] for r in rows])
    slow = _model(rows)
    from marketplace.recommend.rules.community import TasteModel

    made = {s.product: s.score for s in TasteModel(fast).suggest(3, 60)}
    expected = {int(str(s.product)[1:]): s.score for s in slow.suggest("m3", 60)}
    assert made == pytest.approx(expected, abs=1e-6)


def test_laid_out_anew_while_others_change_and_read() -> None:
    """1,000 changes beside three layouts: in the end every row is as if made at once."""
    rows = _crowd(6)
    arrays = Signals(*zip(*rows, strict=True))
    done = {(p, i): v for p, i, v in rows}

    def change() -> None:
        draw = Random(1)
        for _ in range(1000):
            person, product = f"m{draw.randrange(140)}", f"i{draw.randrange(80)}"
            arrays.put(person, product, 0.8)
            done[person, product] = 0.8
            arrays.reading()

    writer = threading.Thread(target=change)
    writer.start()
    for _ in range(3):
        arrays.lay_out_anew()
    writer.join()
    assert arrays.is_crowded() in (True, False)
    arrays.lay_out_anew()
    assert not arrays.is_crowded()
    now = arrays.reading()
    found = {(now.people.ids[p], now.products.ids[i]): v for p in range(len(now.people))
             for i, v in zip(*(x.tolist() for x in now.row(p)), strict=True)}
    assert found == {pair: float(np.float32(v)) for pair, v in done.items()}
    assert now.activity.sum() == len(done)


def test_shelf_keeps_bounds_ages_and_unknown_goods() -> None:
    """a .5 of its shelf's mean counts .7, b 2 counts 1.2, c 1; d is not on sale, z unknown."""
    goods = Known(["a", "b", "c", "d"], {"a": 0, "b": 1, "c": 2, "d": 3}, 4)
    made = shelf(goods, {"a": 0.5, "b": 2.0, "z": 1.1}, {1: {"a", "z"}, 16: {"b"}, 18: {"c"}})
    assert made.factors.tolist() == [0.7, 1.2, 1.0, 1.0]
    for from_age, out in ((99, "d"), (18, "cd"), (16, "bcd")):
        assert "".join("abcd"[i] for i in np.flatnonzero(made.below(from_age).out)) == out


def test_only_those_who_like_it_speak_for_it() -> None:
    """u .5 dislikes it, v .3 and w .2 like it, x speaks against; v once more with .1: .4."""
    said = Summands(["u", "v", "w", "x"], np.array([0, 1, 2, 3, 1], np.int32),
                    np.array([0.5, 0.3, 0.2, -0.4, 0.1]),
                    np.array([False, True, True, True, True]))
    assert liking(said, 5) == [Summand("v", pytest.approx(0.4)), Summand("w", 0.2)]
    assert liking(said, 1) == [Summand("v", pytest.approx(0.4))]
    assert liking([Summand("a", 0.2), Summand("b", -0.1)], 5) == [Summand("a", 0.2)]
