"""Licences, differences, and what may stand in for something."""

from __future__ import annotations

import pytest

from marketplace.bundles.rules import (
    Difference,
    Piece,
    Replacement,
    difference,
    licences_for,
    rank,
    replacements,
    too_different,
)


@pytest.mark.parametrize(("parent", "allowed"), [
    (None, 4), ("CC-BY-SA-4.0", 1), ("CC-BY-4.0", 2), ("CC0-1.0", 4), ("all-rights", 0)])
def test_variants_keep_to_the_licence(parent: str | None, allowed: int) -> None:
    """bundles-7: of BY-SA only BY-SA, of BY that or BY-SA, of CC0 any, of all rights none."""
    assert len(licences_for(parent)) == allowed
    assert ("CC-BY-SA-4.0" in licences_for(parent)) == (allowed > 0)


def test_difference_names_what_came_went_was_swapped_and_moved() -> None:
    """bundles-7: bread stays, wine is swapped for cider, salt leaves, honey comes, cheese moves."""
    wine, cheese, bread, salt, honey, cider = range(1, 7)
    before = [Piece(wine, "wine"), Piece(cheese, "cheese", (0, 0)), Piece(bread, "bread"),
              Piece(salt, "")]
    after = [Piece(bread, "bread"), Piece(cider, "wine"), Piece(cheese, "cheese", (0, 100)),
             Piece(honey, "")]
    assert difference(before, after) == Difference((honey,), (salt,), ((wine, cider),), (cheese,))
    assert not difference(before, list(reversed(before)))


def test_the_same_product_twice_counts_twice() -> None:
    """bundles-7: one of two equal pieces leaves."""
    assert difference([Piece(1, "a"), Piece(1, "b")], [Piece(1, "b")]) == Difference(removed=(1,))


@pytest.mark.parametrize(("now", "too_much"), [
    ([1, 2, 3, 4], False), ([1, 2, 9, 9], False), ([1, 8, 9, 9], True), ([1, 2], False),
    ([1, 2, 3, 4, 5, 6, 7, 8, 9], False)])
def test_votes_do_not_travel(now: list[int], too_much: bool) -> None:
    """bundles-7: of four judged goods two may go, three may not; adding takes nothing away."""
    assert too_different([1, 2, 3, 4], now) is too_much


@pytest.mark.parametrize(("price", "q10", "fits"), [
    (1090, .80, True), (792, .79, True), (791, .79, False), (1188, .79, True),
    (1189, .79, False), (990, .77, False)])
def test_what_may_stand_in(price: int, q10: float, fits: bool) -> None:
    """bundles-15: vectors of 3.11 for 9.90 with .78."""
    assert bool(replacements(990, .78, [Replacement(1, 1, price, q10)])) is fits


def test_best_replacement_first_and_three_at_most() -> None:
    """bundles-15: by pair score, then q10, nearness in price, id; 10.90/.80 before 9.90/.79."""
    found = replacements(990, .78, [
        Replacement(1, 1, 990, .79), Replacement(2, 2, 1090, .80), Replacement(3, 3, 990, .79),
        Replacement(4, 4, 1000, .78, .5)])
    assert [one.product_id for one in found] == [4, 2, 1]


@pytest.mark.parametrize(("up", "down", "low"), [
    (40, 5, .7650), (27, 3, .7438), (9, 1, .5958), (5, 0, .5655), (3, 0, .4385), (1, 0, .2065),
    (0, 5, 0.0)])
def test_order_of_votes(up: int, down: int, low: float) -> None:
    """bundles-9: vectors of 3.7."""
    assert rank(up, down) == pytest.approx(low, abs=5e-5)
