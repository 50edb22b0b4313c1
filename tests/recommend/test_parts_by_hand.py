"""Single parts of the score, each by a calculation of its own: peers, weights, summands, rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from marketplace.recommend.rules.arrays import Signals
from marketplace.recommend.rules.community import STANDARD, Settings, TasteModel
from marketplace.recommend.rules.follows import Follows
from marketplace.recommend.rules.ridge import Compared, peer_weights
from marketplace.recommend.rules.rows import Laid, Rows
from marketplace.recommend.rules.signals import is_liked, likings
from marketplace.recommend.rules.suggestion import Suggestion, Summand, Summands, liking
from tests.recommend.test_votes_by_hand import signals


def peer_of_ada(settings: Settings, said: dict[str, str]) -> list[str]:
    """Whom ada, who said yes to a, b, c and d, is compared with."""
    model = TasteModel(signals({person: dict.fromkeys(of, 1.0) for person, of in
                                {"ada": "abcd", **said}.items()}), settings=settings)
    look = model.look()
    return [str(look.signals.people.ids[place]) for place in look.viewer("ada").peers()]


@pytest.mark.parametrize(("said", "peer"), [
    # ben 1 / 1^.5 = 1, cleo 3 / 4^.5 = 1.5; with 4 x .5 cleo would have the same, ben twice that
    ({"ben": "a", "cleo": "abcx"}, "cleo"),
    # ben 1, dora 1 / 16^.5 = .25
    ({"ben": "a", "dora": "aefghijklmnopqrs"}, "ben")])
def test_who_rated_much_is_chosen_less(said: dict[str, str], peer: str) -> None:
    """recommend-4: common products by the root of all one rated."""
    assert peer_of_ada(replace(STANDARD, peers=1, norm=0.5, overlap=0.0), said) == [peer]


@pytest.mark.parametrize(("said", "peer"), [
    # a has 2 raters: ben 1/2; b and c have 5: cleo 2/5
    ({"ben": "a", "cleo": "bc", "e1": "bc", "e2": "bc", "e3": "bc"}, {"ben"}),
    # b, c and d have 5: each who knows them 3/5, more than ben's 1/2
    ({"ben": "a", "e0": "bcd", "e1": "bcd", "e2": "bcd", "e3": "bcd"}, {"e0", "e1", "e2", "e3"})])
def test_what_few_know_says_more_of_taste(said: dict[str, str], peer: set[str]) -> None:
    """recommend-4: a common product counts by its raters to the minus two times .5."""
    found = peer_of_ada(replace(STANDARD, peers=1, norm=0.0, overlap=0.5), said)
    assert len(found) == 1 and set(found) <= peer


def test_weights_solve_their_equations() -> None:
    """Source: Hestenes, Stiefel 1952: three peers, three things, damping .1, as a direct solver
    gives it; three steps, each in a new direction, are enough.
    """
    rows = Rows(np.array([0, 2, 4, 6]), np.array([0, 1, 1, 2, 0, 2], np.int32),
                np.array([1, 1, 1, 0.6, 0.8, 1], np.float32))
    scale, own = np.array([1, 0.8, 0.7], np.float32), np.array([1, 1, 0], np.float32)
    peers = np.array([[1, 0.8, 0], [0, 0.8, 0.42], [0.8, 0, 0.7]])
    wanted = np.linalg.solve(peers @ peers.T + 0.1 * np.eye(3), peers @ (own * scale))
    found = peer_weights([Compared(rows, scale, own)], 0.1, 3)
    assert found == pytest.approx(wanted, abs=1e-4)


def test_who_is_named_for_a_product() -> None:
    """Those who speak for it and like it: 1 .3, 2 nothing, 3 against, 4 dislikes it, 0 exactly at
    the border of liking, .7.
    """
    said = Summands("abcde", np.array([0, 1, 2, 3, 4], np.int32),
                    np.array([0.1, 0.3, 0.0, -0.2, 0.4]), np.array([1, 1, 1, 1, 0], np.bool_))
    assert said.liking(5) == liking(said, 5) == [Summand("b", 0.3), Summand("a", 0.1)]
    bare = Summands("abc", np.array([0, 1, 2], np.int32), np.array([0.1, 0.0, -0.2]))
    assert bare.liking(5) == [Summand("a", 0.1)]
    assert liking([Summand("a", 0.1), Summand("b", 0.0)], 5) == [Summand("a", 0.1)]


def test_a_liking_at_the_border_is_named() -> None:
    """ben and cleo speak for x; ben likes it at .7 exactly, cleo at .6 does not."""
    model = TasteModel(signals({"ada": {"a": 1}, "ben": {"a": 1, "x": 0.7},
                                "cleo": {"a": 1, "x": 0.6}}))
    (found,) = model.suggest("ada", 1)
    assert [one.person for one in liking(found.peers, 3)] == ["ben"]
    assert is_liked(0.7) and not is_liked(0.69)


def test_how_much_a_signal_speaks() -> None:
    """.6^1.25 = .5281; 1 stays 1."""
    assert likings(np.array([0.6, 1.0], np.float32)) == pytest.approx([0.5281, 1.0], abs=1e-4)


def test_share_of_taste() -> None:
    """.3 of .6 is a half; a score of nothing has no share."""
    assert Suggestion("x", 0.6, 0.3, 0.2, 0.1).taste_share == pytest.approx(0.5)
    assert Suggestion("x", 0.0, 0.0, 0.0, 0.0).taste_share == 0.0


def test_a_signal_that_changes_is_counted_once() -> None:
    """recommend-1: a yes (1.0) that becomes a no (.6): popularity .6, still one rater."""
    held = Signals(("ada",), ("a",), (1.0,))
    held.put("ada", "a", 0.6)
    reading = held.reading()
    assert float(reading.popularity[0]) == pytest.approx(0.6)
    assert float(reading.raters[0]) == 1
    held.put("ben", "a", 1.0)
    assert float(held.reading().popularity[0]) == pytest.approx(1.6)
    held.drop("ben", "a")
    assert float(held.reading().popularity[0]) == pytest.approx(0.6)


def test_just_these_people_count() -> None:
    """recommend-6: of ben and cleo only ben counts; her likings are in no total."""
    held = signals({"ben": {"a": 1}, "cleo": {"a": 1, "b": 1}})
    held.settle(["ben"], ["ben"])
    reading = held.reading()
    place = {one: at for at, one in enumerate(reading.products.ids)}
    assert [float(reading.raters[place[one]]) for one in "ab"] == [1, 0]


def test_rows_that_changed_since() -> None:
    """Row 1 changed after the moment, row 0 before: only row 1 is newer."""
    base = Rows(np.array([0, 1, 2]), np.array([5, 6], np.int32), np.array([1, 1], np.float32))
    old, new = ((np.array([n], np.int32), np.array([1], np.float32)) for n in (7, 8))
    live = Laid(base, {0: old})
    before = live.still()
    live.now[1] = new
    assert list(Laid(base).changed_as(live, before).now) == [1]


def test_the_strongest_voters_come_first() -> None:
    """recommend-5: cleo is followed and trusted, ben followed, emil of second hand (.5 / 2)."""
    follows = Follows()
    follows.follow("ada", "ben")
    follows.follow("ada", "cleo")
    follows.trust("ada", "cleo", "x")
    follows.follow("ben", "emil")
    assert [(one.person, one.weight) for one in follows.voters("ada")] == [
        ("cleo", 1.0), ("ben", 1.0), ("emil", 0.25)]
