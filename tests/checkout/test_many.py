"""A whole set goes into a basket: all of it, or what stands in the way with its choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from flask import Flask

from marketplace.catalog.models import Product, Variant
from marketplace.checkout.actions import Obstacle, Wanted, add_many, own_basket
from marketplace.checkout.models import BasketLine, LineSource
from marketplace.foundation.database import committing, db
from marketplace.people.actions import state_age
from tests.cast import Cast
from tests.databases import sent_statements

WINE, RED, HAT = "riesling-vom-schiefer", "spaetburgunder-dorfkern", "muetze-deichwind"
SOURCE = ("reorder", "K7M3Q9TB")


@pytest.fixture
def variants(cast: Cast) -> Iterator[dict[str, int]]:
    """Variants by the address of their product."""
    yield {slug: cast.goods(slug).variant_id for slug in (WINE, RED, HAT)}


def put(cast: Cast, wanted: Sequence[Wanted], set_key: str = "") -> list[Obstacle]:
    """Put things into cleo's basket by one step."""
    db.session.rollback()
    with committing():
        return add_many(own_basket(cast.id("cleo"), None), wanted, SOURCE, set_key,
                        "Noch einmal", "de")


def lines() -> list[tuple[int, int, str]]:
    """Variant, quantity and set of every basket line."""
    db.session.rollback()
    rows = db.session.execute(db.select(BasketLine.variant_id, BasketLine.qty, BasketLine.set_key)
                              .order_by(BasketLine.position))
    return [(row[0], row[1], row[2]) for row in rows]


def test_whole_set_goes_in_with_its_source(cast: Cast, variants: dict[str, int]) -> None:
    """checkout-40: all parts are lines of their own, each with what led to it."""
    wanted = [Wanted(variants[WINE], 2), Wanted(variants[HAT], 1, variants[RED])]
    assert put(cast, wanted, "bundle-4") == []
    assert lines() == [(variants[WINE], 2, "bundle-4"), (variants[HAT], 1, "bundle-4")]
    sources = db.session.execute(db.select(LineSource.kind, LineSource.ref)).all()
    assert [tuple(row) for row in sources] == [SOURCE, SOURCE]
    kept = db.session.scalars(db.select(BasketLine.substitute_for)
                              .order_by(BasketLine.position)).all()
    assert list(kept) == [None, variants[RED]]


def test_every_obstacle_is_named_and_nothing_goes_in(cast: Cast, variants: dict[str, int]) -> None:
    """checkout-40: gone, off sale, sold out and too few, each with its own choices."""
    with committing():
        db.session.execute(db.update(Variant).where(Variant.id == variants[HAT])
                           .values(on_hand=0, reserved=0))
        db.session.execute(db.update(Product).where(Product.slug == WINE).values(state="withdrawn"))
    wanted = [Wanted(999_999, 1), Wanted(variants[WINE], 1), Wanted(variants[HAT], 1),
              Wanted(variants[RED], 9)]
    found = put(cast, wanted)
    assert [(one.reason, one.left) for one in found] == [
        ("gone", 0), ("off_sale", 0), ("sold_out", 0), ("less", 7)]
    assert [one.choices for one in found] == [
        ("replace", "out"), ("replace", "out"), ("replace", "out", "tell"),
        ("less", "replace", "out", "tell")]
    assert found[3].title == "Spätburgunder Dorfkern"
    assert found[3].slug == RED
    assert lines() == []


def test_twice_the_same_is_once(cast: Cast, variants: dict[str, int]) -> None:
    """checkout-40: a doubled press adds nothing; a larger wish raises the line."""
    for qty in (2, 2, 3, 1):
        assert put(cast, [Wanted(variants[WINE], qty)], "bundle-4") == []
    assert lines() == [(variants[WINE], 3, "bundle-4")]


def test_who_is_known_to_be_younger_gets_no_wine(cast: Cast, variants: dict[str, int]) -> None:
    """checkout-23: an account that stated 16 gets no line of class 18; the hat alone goes in."""
    with committing():
        state_age(cast.id("cleo"), "16")
        db.session.execute(db.update(Product).where(Product.slug == WINE).values(age_class=18))
    found = put(cast, [Wanted(variants[WINE], 1), Wanted(variants[HAT], 1)])
    assert [(one.reason, one.choices) for one in found] == [("young", ("out",))]
    assert put(cast, [Wanted(variants[HAT], 1)]) == []
    refused = cast.post(cast.browser("cleo"), "/basket/lines", variant=variants[WINE], qty=1)
    assert refused.status_code == 409
    assert lines() == [(variants[HAT], 1, "")]


def test_many_cost_as_much_as_few(app: Flask, cast: Cast, variants: dict[str, int]) -> None:
    """bundles, speed: a set of one and of three parts take the same number of reads; the journal
    looks at its key for each entry.
    """
    def reads(parts: Sequence[str], key: str) -> int:
        with sent_statements() as sent:
            put(cast, [Wanted(variants[slug], 1) for slug in parts], key)
        return sum(one.lstrip()[:6].upper() == "SELECT" and "journal" not in one for one in sent)

    reads([WINE], "warm")
    assert reads([WINE], "a") == reads([WINE, RED, HAT], "b")
