"""The card's way tried out, messages applied again, and what was missed caught up with."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from marketplace.adapters.payment.stripe_connect import StripeConnect
from marketplace.commands.money import catch_up, check, replay
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.jobs import run_due
from tests.orders.hands import part
from tests.payments.conftest import shop
from tests.payments.hands import HAT, RED, Shop, books

__all__ = ["shop"]


def run(shop: Shop, command: object, *words: str) -> tuple[int, str]:
    """Exit code and words of a command."""
    db.session.rollback()
    done = shop.cast.app.test_cli_runner().invoke(command, list(words))  # type: ignore[arg-type]
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_the_whole_way_is_tried_with_a_test_key(shop: Shop) -> None:
    """payments-21: page, charge, transfer, taking back, refund and lines, against the server."""
    code, words = run(shop, check)
    assert code == 0 and "The whole way works." in words
    for step in ("same key", "close: page_closed", "found by its key: True", "taken back",
                 "done", "paid, refund, take_back, transfer"):
        assert step in words, words
    assert len(shop.fake.world.all("refund")) == 1


def test_a_live_key_moves_nothing(shop: Shop) -> None:
    """payments-12: the trial refuses a key with which money would move."""
    doors = shop.cast.app.extensions["doors"].payment
    doors["stripe"] = StripeConnect("sk_live_x", (), "localhost", shop.fake.url)
    before = len(shop.fake.asked)
    try:
        code, words = run(shop, check)
    finally:
        doors["stripe"] = shop.door
    assert code == 1 and "test key" in words and len(shop.fake.asked) == before


def test_after_four_days_all_is_caught_up_with_once(shop: Shop) -> None:
    """payments-32: nothing was told for four days; one command finds and applies each once."""
    parts = [shop.order((RED, 1))[0], shop.order((HAT, 1))[0], shop.order((RED, 1))[0]]
    for one in parts:
        shop.fake.pay(shop.page(one))
    shop.fake.hooks.waiting.queue.clear()
    with time_machine.travel(clock.now() + timedelta(days=4), tick=True):
        assert run(shop, catch_up, "--look")[1].endswith("3 not delivered, 0 taken; jobs apply "
                                                         "them\n")
        code, words = run(shop, catch_up)
        assert code == 0 and "3 not delivered, 3 taken" in words
        run_due()
        said, sent = books(), len(shop.fake.world.all("transfer"))
        assert {part(one).state for one in parts} == {"paid"} and sent == 3
        assert "3 not delivered, 0 taken" in run(shop, catch_up)[1]
        run_due()
    assert books() == said and len(shop.fake.world.all("transfer")) == sent


def test_a_message_is_applied_again(shop: Shop) -> None:
    """payments 3.3: the same result; an unknown one is said to be unknown."""
    (one,) = shop.paid(shop.order((RED, 1)))
    said = books()
    event = db.session.scalar(db.text("SELECT event_id FROM payment_notices WHERE kind = 'paid'"))
    assert run(shop, replay, str(event)) == (0, f"{event}: paid\n")
    run_due()
    assert books() == said and part(one).state == "paid"
    code, words = run(shop, replay, "evt_none")
    assert code == 1 and "no message" in words
