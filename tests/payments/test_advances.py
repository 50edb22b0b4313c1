"""Refunds that the market advances where a producer's account does not cover them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import hand_over, owe
from marketplace.orders.models import Refund
from marketplace.payments.jobs import compare_day
from marketplace.payments.models import Advance, LedgerMove, RefundRun
from marketplace.payments.queries.invariants import broken_books
from marketplace.payments.queries.months import statement
from marketplace.payments.rules.advances import kept_of
from tests.orders.hands import part
from tests.payments.hands import Shop, books


@pytest.fixture
def advancing(shop: Shop) -> Iterator[Shop]:
    """The market advances."""
    config = shop.cast.app.config
    before = config["ZURUF"]
    config["ZURUF"] = replace(before, advance_refunds=True)
    with committing():
        db.session.execute(db.text("UPDATE variants SET on_hand = 100"))
    yield shop
    config["ZURUF"] = before


def one_of_two(shop: Shop) -> list[int]:
    """The order of three houses, B's account is paid out, and one of B's two pieces goes back."""
    parts = shop.paid(shop.three())
    for account in shop.fake.world.all("v2.core.account", balance=1746):
        assert shop.fake.world.pay_out(account) == 1746
    refund_of(parts[1], 650)
    return parts


def refund_of(part_id: int, minor: int) -> None:
    """So much of a part's goods goes back to the buyer."""
    db.session.rollback()
    with committing():
        if part(part_id).state == "paid":
            hand_over(part_id, "Ute")
        owe(part_id, "complaint", minor, goods_minor=minor, name="Ute", words="Korken")
    run_due()
    db.session.rollback()


def moves(*reasons: str) -> list[tuple[str, str, int]]:
    """What was booked for these reasons, in order."""
    db.session.rollback()
    return [(row.from_account, row.to_account, row.minor) for row in db.session.scalars(
        db.select(LedgerMove).where(LedgerMove.reason.in_(reasons)).order_by(LedgerMove.id))]


@pytest.mark.parametrize(("transfer", "debts", "kept"), [
    (1746, [598], [598]), (500, [598], [500]), (700, [598, 300], [598, 102]), (0, [598], [0]),
    (900, [], [])])
def test_what_is_kept_of_a_transfer(transfer: int, debts: list[int], kept: list[int]) -> None:
    """payments-24: the oldest debt first, never more than the transfer."""
    assert kept_of(transfer, debts) == kept


def test_a_debt_is_netted_from_the_next_transfer(advancing: Shop) -> None:
    """payments-24: 6.50 of B's 18.50 go back: 0.52 is commission, 5.98 the market advances; B's
    next transfer of 17.46 brings 11.48 and the 5.98 are back; both moves stand in the book, and
    the payment service's lines agree with it.
    """
    parts = one_of_two(advancing)
    house = part(parts[1]).producer_id
    assert db.session.scalars(db.select(Refund.state)).one() == "done"
    assert moves("take_back") == []
    assert moves("advance") == [("operator:advances", f"held:{parts[1]}", 598)]
    assert books()["operator:advances"] == -598 and books()[f"producer:{house}"] == 1746
    assert [r["amount"] for r in advancing.fake.world.all("refund")] == [650]
    assert list(broken_books()) == []
    later = advancing.paid(advancing.three())
    sent = {t["amount"] for t in advancing.fake.world.all("transfer")[:3]}
    assert sent == {5658, 1746 - 598, 2698}
    assert moves("advance_back") == [(f"producer:{house}", "operator:advances", 598)]
    assert "operator:advances" not in books()
    assert books()[f"producer:{house}"] == 1746 + 1746 - 598
    assert f"held:{later[1]}" not in books() and list(broken_books()) == []
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        compare_day(clock.now().date() - timedelta(days=1))
        assert db.session.scalar(db.text("SELECT count(*) FROM differences")) == 0
    month = statement(house, clock.today().year, clock.today().month)
    assert month.closing_minor == 1746 + 1746 - 598
    assert sum(row.minor for row in month.rows if row.kind == "refund") == -650


def test_off_no_money_of_the_operator_moves(shop: Shop) -> None:
    """payments-24: without the switch the refund waits for the producer's account."""
    one_of_two(shop)
    run = db.session.scalars(db.select(RefundRun)).one()
    assert (run.step, run.trouble) == ("take_back", "balance_insufficient")
    assert moves("advance", "advance_back") == [] and shop.fake.world.all("refund") == []
    assert db.session.scalar(db.select(Advance.minor)) is None


def test_what_was_netted_is_a_debt_again_when_its_order_goes_back(advancing: Shop) -> None:
    """payments-24: of the second transfer 11.48 left; its order goes back whole, 18.50 with 1.04
    commission: 11.48 are taken back, 5.98 are advanced anew. Nothing is lost, nothing given twice.
    """
    one_of_two(advancing)
    later = advancing.paid(advancing.three())
    db.session.rollback()
    with committing():
        owe(later[1], "complaint", 1850, goods_minor=1300, shipping_minor=550, name="Ute")
    run_due()
    assert moves("take_back")[-1][2] == 1746 - 598
    assert moves("advance")[-1] == ("operator:advances", f"held:{later[1]}", 598)
    assert books()["operator:advances"] == -598 and list(broken_books()) == []
    assert set(db.session.scalars(db.select(Refund.state))) == {"done"}


def test_the_operator_sees_it_and_notes_that_it_came_another_way(advancing: Shop) -> None:
    """payments-24, -16: listed with house, order and sum; with a name and a reason it is paid
    back, once; the house reads what it owes and is told; a stranger sees nothing.
    """
    parts = one_of_two(advancing)
    olga, refund_id = advancing.cast.browser("olga"), db.session.scalar(db.select(Refund.id))
    page = f"/operator/payments/advances/{refund_id}"
    listed = olga.get("/operator/payments").get_data(as_text=True)
    assert page in listed and "5,98" in listed and part(parts[1]).number in listed
    assert "5,98" in advancing.cast.browser("bert").get("/studio/payments").get_data(as_text=True)
    assert db.session.scalar(db.text("SELECT count(*) FROM notices WHERE title = 'advanced'")) == 1
    assert advancing.cast.browser("dan").get(page).status_code == 403
    assert advancing.cast.post(olga, page, why="").status_code == 422
    why = "Überwiesen auf unser Konto am Montag."
    assert advancing.cast.post(olga, page, why=why).status_code == 303
    assert advancing.cast.post(olga, page, why=why).status_code == 409
    assert moves("advance_back")[0][2] == 598 and "operator:advances" not in books()
    assert page not in olga.get("/operator/payments").get_data(as_text=True)
    assert list(broken_books()) == []
