"""Paying by card through the pages: a guest with two producers, a producer's account, the books."""

from __future__ import annotations

import re

from marketplace.foundation.database import committing, db
from marketplace.orders.actions import cancel_part
from marketplace.orders.models import Refund
from tests.orders.hands import part, placed
from tests.payments.hands import HAT, RED, Shop, attempt_of
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
