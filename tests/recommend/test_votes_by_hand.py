"""Votes of trusted people, agreement and "goes with", each by a calculation of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from marketplace.recommend.rules.arrays import Signals
from marketplace.recommend.rules.community import STANDARD, TasteModel
from marketplace.recommend.rules.follows import MOST_VOTERS, Follows


def signals(said: dict[str, dict[str, float]]) -> Signals:
    """Who said what of which product."""
    rows = [(person, product, value) for person, of in said.items()
            for product, value in of.items()]
    people, products, values = zip(*rows, strict=True)
    return Signals(people, products, values)


def votes(model: TasteModel, person: str, say: float) -> dict[str, float]:
    """What the votes for each product come to, all products counting the same."""
    look = model.look()
    heard = look.trust(person, say, np.ones(len(look.signals.products), np.float32))
    return {str(one): round(float(heard.total[place]), 4)
            for place, one in enumerate(look.signals.products.ids)}


def test_who_rated_more_says_less_of_each() -> None:
    """recommend-5: with power .5, ben's two likings count 2^-.5 = .7071 each, cleo's only one 1."""
    follows = Follows()
    follows.follow("ada", "ben")
    follows.follow("ada", "cleo")
    model = TasteModel(signals({"ben": {"a": 1, "b": 1}, "cleo": {"c": 1}, "ada": {"d": 1}}),
                       follows, settings=replace(STANDARD, vote=0.5))
    assert votes(model, "ada", 1.0) == {"a": 0.7071, "b": 0.7071, "c": 1.0, "d": 0.0}
    assert votes(model, "ada", 0.5)["c"] == 0.5


def test_trust_in_a_subject_counts_there_alone() -> None:
    """recommend-5: cleo is followed (1) and trusted in x (2 more): c 3, d 1; ben's a 1. By thirds.
    """
    follows = Follows()
    for other in ("ben", "cleo"):
        follows.follow("ada", other)
    follows.trust("ada", "cleo", "x")
    model = TasteModel(
        signals({"ben": {"a": 1}, "cleo": {"c": 1, "d": 1}}), follows,
        subjects={"a": "x", "c": "x", "d": "y"}, settings=replace(STANDARD, vote=0.0))
    assert votes(model, "ada", 1.0) == {"a": 0.3333, "c": 1.0, "d": 0.3333}


def test_agreement_is_counted_on_what_both_know() -> None:
    """recommend-4: a both yes, b no and yes, c liked at .7 exactly and at 1, d only ben's."""
    model = TasteModel(signals({"ada": {"a": 1, "b": 0.6, "c": 0.7, "e": 0.1},
                                "ben": {"a": 1, "b": 1, "c": 1, "d": 1}}))
    assert model.agreement("ada", "ben") == model.agreement("ben", "ada") == (2, 3)
    assert model.agreement("ada", "nobody") == (0, 0)


def test_goes_with_is_the_cosine_of_two_columns() -> None:
    """recommend-9: raters a 2, b 1, c 1. b 1 x 1 / 2^.5 = .7071, c .5 x .8 / 2^.5 = .2828; d has
    nobody in common with a and is not named; of many the best ten.
    """
    model = TasteModel(signals({"ben": {"a": 1, "b": 1}, "cleo": {"a": 0.5, "c": 0.8},
                                "dora": {"d": 1}}))
    assert model.goes_with("a") == [("b", pytest.approx(0.7071, abs=1e-4)),
                                    ("c", pytest.approx(0.2828, abs=1e-4))]
    assert model.goes_with("nothing") == []
    many = TasteModel(signals({"ben": dict.fromkeys("abcdefghijklm", 1)}))
    assert len(many.goes_with("a")) == 10


def test_whose_votes_are_left_out_where_there_are_too_many() -> None:
    """499 followed (1 each), one trusted but not followed (0, yet before everybody by trust), and
    one of second hand (.5 / 500): of 501 the last is the one of second hand.
    """
    follows = Follows()
    for number in range(MOST_VOTERS - 1):
        follows.follow("ada", f"p{number:03}")
    follows.trust("ada", "aa", "x")
    assert follows.votes("ada")["aa"] == 0.0
    follows.follow("p000", "b2")
    found = follows.votes("ada")
    assert len(found) == MOST_VOTERS
    assert "aa" in found and "b2" not in found
