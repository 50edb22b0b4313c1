"""Paying by card through the pages: a guest with two producers, a producer's account, the books."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import OutsideDown
from marketplace.orders.actions import cancel_part
from marketplace.orders.models import Refund
from marketplace.payments.jobs import ask_again
from marketplace.payments.rules.circuit import disturbed, pause
from tests.adapters.stripe_fake.server import LATE
from tests.orders.hands import number_of, part, placed
from tests.payments.hands import HAT, RED, Shop, attempt_of, held_rows
from tests.stories.test_circle import finish


def test_a_guest_pays_two_producers_by_card(shop: Shop) -> None:
    """payments-6, -14: one order, one page elsewhere by redirect, the return shows what is known.
    """
    guest = shop.cast.app.test_client()
    for slug in (RED, HAT):
        shop.cast.post(guest, "/basket/lines", variant=shop.cast.goods(slug).variant_id, qty=1)
    number = finish(shop.cast, guest, "stripe")
    asked = guest.get(f"/orders/{number}/pay").get_data(as_text=True)
    assert f"/orders/{number}/pay/card" in asked and shop.fake.url not in asked
    sent = shop.cast.post(guest, f"/orders/{number}/pay/card")
    assert sent.status_code == 303 and sent.location.startswith(shop.fake.url)
    again = shop.cast.post(guest, f"/orders/{number}/pay/card")
    assert again.location == sent.location
    reference = sent.location.rsplit("/", 1)[1]
    lines = [one["amount"] for one in shop.fake.world.all("charge")]
    assert lines == []
    shop.fake.pay(reference)
    waiting = guest.get(f"/orders/{number}/pay?back=1").get_data(as_text=True)
    assert 'hx-trigger="every 5s"' in waiting
    shop.told()
    done = guest.get(f"/orders/{number}/pay").get_data(as_text=True)
    assert "Alles ist bezahlt" in done
    assert shop.cast.post(guest, f"/orders/{number}/pay/card").status_code == 409


def test_the_provider_is_away_when_somebody_wants_to_pay(shop: Shop) -> None:
    """payments 6: a sentence, the order stands; the next try makes the same attempt's page."""
    guest = shop.cast.app.test_client()
    shop.cast.post(guest, "/basket/lines", variant=shop.cast.goods(RED).variant_id, qty=1)
    number = finish(shop.cast, guest, "stripe")
    shop.fake.faults.append(("POST /v1/checkout/sessions", "after"))
    down = shop.cast.post(guest, f"/orders/{number}/pay/card")
    assert down.status_code == 503 and "Es wurde nichts abgebucht" in down.get_data(as_text=True)
    sent = shop.cast.post(guest, f"/orders/{number}/pay/card")
    assert sent.status_code == 303
    assert len(shop.fake.world.all("checkout.session")) == 1


def test_card_is_offered_only_where_all_are_ready(shop: Shop) -> None:
    """payments-15."""
    guest = shop.cast.app.test_client()
    shop.cast.post(guest, "/basket/lines", variant=shop.cast.goods(RED).variant_id, qty=1)
    with committing():
        db.session.execute(db.text("UPDATE provider_accounts SET state = 'restricted'"))
    from tests.stories.test_circle import ADDRESS

    shop.cast.post(guest, "/checkout/contact", **ADDRESS)
    shop.cast.post(guest, "/checkout/delivery", born="1980-05-05")
    assert 'value="stripe"' not in guest.get("/checkout/payment").get_data(as_text=True)
    with committing():
        db.session.execute(db.text("UPDATE provider_accounts SET state = 'ready'"))
    assert 'value="stripe"' in guest.get("/checkout/payment").get_data(as_text=True)


def test_a_producer_completes_the_account(shop: Shop) -> None:
    """payments-26: begun by a click, gone on with, ready when the provider says so."""
    with committing():
        db.session.execute(db.text("DELETE FROM provider_accounts"))
    ana = shop.cast.browser("ana")
    assert "Beim Zahlungsdienst beginnen" in ana.get("/studio/account").get_data(as_text=True)
    begun = shop.cast.post(ana, "/studio/account/card")
    assert begun.status_code == 303 and "/onboard/" in begun.location
    on = shop.cast.post(ana, "/studio/account/card")
    assert "/onboard/" in on.location
    assert "braucht noch etwas" in ana.get("/studio/account").get_data(as_text=True)
    shop.fake.complete_account(begun.location.rsplit("/", 1)[1])
    ready = shop.cast.post(ana, "/studio/account/card")
    assert ready.location.startswith("/studio/account")
    assert "Man kann dich mit Karte bezahlen" in ana.get("/studio/account").get_data(as_text=True)


def test_a_transfer_goes_back_by_hand(shop: Shop) -> None:
    """payments 3.8: the producer sees what is owed back, sends it once; a stranger cannot."""
    (one,) = placed(shop.cast, (RED, 1))
    ana, bert = shop.cast.browser("ana"), shop.cast.browser("bert")
    number = part(one).number
    assert number in ana.get("/studio/payments").get_data(as_text=True)
    shop.cast.post(ana, f"/studio/orders/{number}/paid")
    with committing():
        cancel_part(one, "seller", "Ana", "Frost")
    page = ana.get("/studio/payments").get_data(as_text=True)
    path = re.search(r'action="(/studio/payments/\w+/sent)', page)
    assert path, page
    assert shop.cast.post(bert, path.group(1)).status_code == 404
    assert shop.cast.post(ana, path.group(1)).status_code == 303
    assert shop.cast.post(ana, path.group(1)).status_code == 404
    db.session.rollback()
    assert db.session.scalars(db.select(Refund.state)).one() == "done"
    assert "Frost" not in ana.get("/studio/payments").get_data(as_text=True)


def test_the_operator_sees_what_waits(shop: Shop) -> None:
    """payments-16: what does not fit stands first; all accounts sum to nothing."""
    parts = shop.order()
    reference = shop.page(parts[0])
    shop.fake.world.get(reference)["amount_total"] += 1
    shop.fake.pay(reference)
    shop.told()
    assert attempt_of(parts[0]).state == "review"
    page = shop.cast.browser("olga").get("/operator/payments").get_data(as_text=True)
    assert "passt nicht" in page or "does not fit" in page


def test_the_hook_keeps_strangers_out(shop: Shop) -> None:
    """payments-11: no signature 400, too large 413, nothing is stored; switched off it is 404."""
    client = shop.cast.app.test_client()
    for body, status in ((b"{}", 400), (b"x" * 300_000, 413)):
        assert client.post("/hooks/stripe", data=body).status_code == status
    assert db.session.scalar(db.text("SELECT count(*) FROM payment_notices")) == 0
    door = shop.cast.app.extensions["doors"].payment.pop("stripe")
    try:
        assert client.post("/hooks/stripe", data=b"{}").status_code == 404
    finally:
        shop.cast.app.extensions["doors"].payment["stripe"] = door


def test_books_are_opened_once_for_what_was_paid_before(shop: Shop) -> None:
    """payments 3.6: one move for each part that was paid before there was a book."""
    from marketplace.payments.actions import open_books
    from tests.payments.hands import books
    from tests.reviews.hands import bought

    line = bought(shop.cast, "cleo")
    with committing():
        db.session.execute(db.text("UPDATE seller_orders SET paid_minor = total_minor"))
    for written in (1, 0):
        with committing():
            assert open_books() == written
    assert sorted(books().values()) == [-1830, 1830] and line.part_id


def test_after_three_failures_the_card_is_left_alone_for_a_minute(shop: Shop) -> None:
    """payments 6: said on the page, nothing is asked; after a minute it is tried again."""
    (one,) = shop.order((RED, 1))
    cleo = shop.cast.browser("cleo")
    page = f"/orders/{number_of(one)}/pay"
    shop.fake.faults += [("POST /v1/checkout/sessions", "before")] * 3
    try:
        for _try in range(3):
            assert shop.cast.post(cleo, f"{page}/card").status_code == 503
        asked = len(shop.fake.asked)
        down = shop.cast.post(cleo, f"{page}/card")
        assert down.status_code == 503 and "gerade gestört" in down.get_data(as_text=True)
        assert len(shop.fake.asked) == asked
        assert "gerade gestört" in cleo.get(page).get_data(as_text=True)
        shop.fake.faults.clear()
        with time_machine.travel(clock.now() + timedelta(seconds=61), tick=False):
            assert "gestört" not in cleo.get(page).get_data(as_text=True)
            assert shop.cast.post(cleo, f"{page}/card").status_code == 303
    finally:
        shop.cast.app.extensions.pop("payment_failures", None)


def test_what_stays_unclear_is_asked_in_growing_pauses(shop: Shop) -> None:
    """payments 3.4: a late method is asked about after 10, 20, 40 minutes and so on, not each
    minute; a page that cannot be closed for an hour is told to a person once.
    """
    (late,) = shop.order((RED, 1))
    shop.fake.pay(shop.page(late), LATE)
    shop.told()
    start, asked = clock.now(), []
    for minute in range(32, 300):
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            before = len(shop.fake.asked)
            ask_again()
            asked += [minute] * (len(shop.fake.asked) > before)
    assert len(asked) <= 8 and asked[-1] - asked[-2] >= 40, asked
    assert attempt_of(late).state == "processing"
    (gone,) = shop.order((HAT, 1))
    shop.page(gone)
    for minutes in (40, 80, 92, 120):
        shop.fake.faults.append(("expire", "before"))
        with time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False), \
                pytest.raises(OutsideDown):
            ask_again()
    assert held_rows() == 2 and db.session.scalar(db.text(
        "SELECT count(*) FROM letters WHERE template = 'money_waits'")) == 1


def test_three_failures_within_a_minute() -> None:
    """payments 6: the rule itself: two are not enough, three over 61 s are not, 60 s later over."""
    now = clock.now()
    at = [now - timedelta(seconds=s) for s in (60, 30, 0)]
    assert disturbed(at, now) and not disturbed(at[:2], now)
    assert not disturbed([now - timedelta(seconds=61), *at[1:]], now)
    assert not disturbed(at, now + timedelta(seconds=60))
    assert [pause(n) for n in (1, 2, 3)] == [timedelta(minutes=m) for m in (10, 20, 40)]
    assert pause(99) == timedelta(hours=6)


def test_a_browser_may_follow_the_button_to_the_provider(shop: Shop) -> None:
    """payments-14: in the same tab by redirect, which browsers stop unless the page names the
    place; no other page does, and nothing is loaded or set for it.
    """
    allowed = f"form-action 'self' {shop.fake.url};"
    (one,) = shop.order((RED, 1))
    pay = shop.cast.browser("cleo").get(f"/orders/{part(one).number[:-2]}/pay")
    studio = shop.cast.browser("ana").get("/studio/account")
    (two,) = placed(shop.cast, (RED, 1))
    transfer = shop.cast.browser("cleo").get(f"/orders/{part(two).number[:-2]}/pay")
    for page in (pay, studio):
        assert allowed in page.headers["Content-Security-Policy"]
        assert shop.fake.url not in page.get_data(as_text=True)
    assert "form-action 'self';" in transfer.headers["Content-Security-Policy"]
    asked = [name for name, _value in pay.headers if name == "Set-Cookie"]
    assert len(asked) <= 1
