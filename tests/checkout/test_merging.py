"""Two baskets become one at signing in: the vectors of the room's spec, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
import time_machine
from flask.testing import FlaskClient

from marketplace.catalog.models import Variant
from marketplace.checkout.actions import add, merge_at_sign_in, own_basket
from marketplace.checkout.models import Basket, BasketLine, LineSource
from marketplace.checkout.queries import basket_view, loaded_basket
from marketplace.foundation.database import committing, db
from tests.cast import PASSWORD, Cast
from tests.checkout.hands import HAT, LITRE, WINE, count, put, words_of

Held = Sequence[tuple[str, int, str]]
"""Goods, quantity and set of lines; "" is no set."""


def filled(cast: Cast, person: int | None, lines: Held) -> str:
    """A basket with these lines; its key."""
    with committing():
        row = own_basket(person, None)
        for slug, qty, set_key in lines:
            add(row, cast.goods(slug).variant_id, qty, ("direct", None), "de")
            db.session.execute(db.update(BasketLine).where(
                BasketLine.basket_id == row.id, BasketLine.set_key == "",
                BasketLine.variant_id == cast.goods(slug).variant_id).values(set_key=set_key))
        key = row.key
    db.session.rollback()
    return key


def held(cast: Cast, person: int) -> list[tuple[str, int, str]]:
    """The lines of a member's basket."""
    slugs = {cast.goods(slug).variant_id: slug for slug in (WINE, HAT, LITRE)}
    rows = db.session.execute(
        db.select(BasketLine.variant_id, BasketLine.qty, BasketLine.set_key)
        .join(Basket, Basket.id == BasketLine.basket_id).where(Basket.person_id == person)).all()
    return sorted((slugs[row[0]], row[1], row[2]) for row in rows)


@pytest.mark.parametrize(("guest", "own", "both"), [
    pytest.param([(WINE, 2, ""), (HAT, 1, "")], [(WINE, 6, ""), (LITRE, 1, "")],
                 [(LITRE, 1, ""), (HAT, 1, ""), (WINE, 6, "")], id="larger stays"),
    pytest.param([(WINE, 2, "b4")], [(WINE, 2, "")], [(WINE, 2, ""), (WINE, 2, "b4")],
                 id="a set and a single are two lines"),
    pytest.param([], [(WINE, 6, "")], [(WINE, 6, "")], id="an empty one changes nothing")])
def test_merge_vectors(cast: Cast, guest: Held, own: Held, both: Held) -> None:
    """checkout-21, 3.2: {W 2, C 1} + {W 6, T 1}; {W 2 in set b4} + {W 2}; {} + {W 6}; the guest's
    basket is gone, and signing in twice changes nothing.
    """
    cleo = cast.id("cleo")
    filled(cast, cleo, own)
    key = filled(cast, None, guest)
    for _twice in range(2):
        with committing():
            merge_at_sign_in(cleo, key)
        assert held(cast, cleo) == sorted(both)
    assert count("SELECT count(*) FROM baskets WHERE person_id IS NULL") == 0


def test_what_cannot_be_had_moves_along_marked(cast: Cast) -> None:
    """checkout-21, 3.2: the line of a variant that is sold out moves and says so."""
    cleo, key = cast.id("cleo"), filled(cast, None, [(WINE, 2, "")])
    with committing():
        db.session.execute(db.update(Variant).where(
            Variant.id == cast.goods(WINE).variant_id).values(on_hand=0))
        merge_at_sign_in(cleo, key)
    view = basket_view(loaded_basket(cleo, None), "de")
    assert [(item.qty, item.obstacle) for item in view.items] == [(2, "sold_out")]


def test_sources_stand_in_the_order_of_time(cast: Cast) -> None:
    """checkout-21, 3.2: group at 8, member at 9, search at 10, whichever basket each was in."""
    cleo, variant = cast.id("cleo"), cast.goods(WINE).variant_id

    def comes(hour: int, person: int | None, key: str | None, kind: str) -> str:
        with time_machine.travel(datetime(2026, 11, 30, hour, tzinfo=UTC), tick=False), \
                committing():
            row = own_basket(person, key)
            add(row, variant, 1, (kind, f"x{hour}"), "de")
            return row.key

    comes(9, cleo, None, "member")
    key = comes(8, None, None, "group")
    with committing():
        line = db.session.scalars(db.select(BasketLine.id).join(
            Basket, Basket.id == BasketLine.basket_id).where(Basket.key == key)).one()
        db.session.add(LineSource(line_id=line, position=1, kind="search", ref="x10",
                                  at=datetime(2026, 11, 30, 10, tzinfo=UTC)))
    with committing():
        merge_at_sign_in(cleo, key)
    (found,) = loaded_basket(cleo, None).lines  # type: ignore[union-attr]
    assert found[1] == (("group", "x8"), ("member", "x9"), ("search", "x10"))


def test_one_message_names_both_and_offers_the_sum(cast: Cast, client: FlaskClient) -> None:
    """checkout-21, 3.2: "in both baskets (2 and 6): we kept 6", with a button for the sum of 8."""
    filled(cast, cast.id("cleo"), [(WINE, 6, "")])
    put(cast, client, WINE, 2)
    signed = cast.post(client, "/sign-in", email="cleo@example.org", password=PASSWORD)
    assert signed.status_code == 303
    words = words_of(client.get("/basket").get_data(as_text=True))
    assert "(2 und 6): wir haben 6 behalten" in words
    line = count("SELECT max(id) FROM basket_lines")
    cast.post(client, f"/basket/lines/{line}", step="sum")
    assert held(cast, cast.id("cleo")) == [(WINE, 8, "")]
    assert "in beiden" not in client.get("/basket").get_data(as_text=True)
