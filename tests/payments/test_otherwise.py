"""The card did not work: what else the buyer can do, and what never happens twice."""

from __future__ import annotations

from datetime import timedelta

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.orders.actions import money_seen
from marketplace.orders.models import Order, Reservation
from tests.orders.hands import number_of, part
from tests.payments.hands import Shop, attempt_of, books

INSTEAD = "Stattdessen überweisen"


def method_of(part_id: int) -> tuple[str, str]:
    """How a part's order is paid now, and in which mode."""
    order = db.session.get_one(Order, part(part_id).order_id, populate_existing=True)
    return order.method, order.mode


def declined(shop: Shop) -> list[int]:
    """Two houses; the payer's card was declined and the provider said so."""
    parts = shop.order()
    reference = shop.page(parts[0])
    shop.fake.pay(reference, "DE89370400440532013000")
    shop.fake.settle(reference, paid=False)
    shop.told()
    assert attempt_of(parts[0]).state == "failed"
    return parts


def test_a_declined_card_is_paid_by_transfer(shop: Shop) -> None:
    """payments 3.2, section 4: reason, again, other way; then a transfer for each house, the goods
    are kept ten days, each part is paid for itself straight to its house, nothing was charged.
    """
    parts = declined(shop)
    cleo, number = shop.cast.browser("cleo"), number_of(parts[0])
    page = cleo.get(f"/orders/{number}/pay").get_data(as_text=True)
    assert INSTEAD in page and f"/orders/{number}/pay/transfer" in page
    assert shop.cast.browser("dan").post(f"/orders/{number}/pay/transfer").status_code in (400, 403)
    assert method_of(parts[0]) == ("stripe", "test")
    assert shop.cast.post(cleo, f"/orders/{number}/pay/transfer").status_code == 303
    assert method_of(parts[0]) == ("bank_transfer", "demo")
    paying = cleo.get(f"/orders/{number}/pay").get_data(as_text=True)
    assert paying.count("transfer.svg") >= 2 and INSTEAD not in paying
    kept = db.session.scalars(db.select(Reservation.until).where(
        Reservation.state == "held")).all()
    assert len(kept) == 2 and min(kept) > clock.now() + timedelta(days=9)
    assert "Du überweist stattdessen" in cleo.get(f"/orders/{number}").get_data(as_text=True)
    assert shop.cast.post(cleo, f"/orders/{number}/pay/transfer").status_code == 409
    db.session.rollback()
    for one in parts:
        with committing():
            money_seen(one, "Ute")
    first, second = (part(one) for one in parts)
    assert books() == {f"buyer:{first.order_id}": -first.total_minor - second.total_minor,
                       f"producer:{first.producer_id}": first.total_minor,
                       f"producer:{second.producer_id}": second.total_minor}
    assert shop.fake.world.all("charge") == []


def test_the_page_is_closed_before_there_is_another_way(shop: Shop) -> None:
    """payments 3.2: an open page is closed at the provider first; one that was paid meanwhile is
    taken, and the order stays a card order.
    """
    parts = shop.order()
    reference = shop.page(parts[0])
    cleo, number = shop.cast.browser("cleo"), number_of(parts[0])
    assert shop.cast.post(cleo, f"/orders/{number}/pay/transfer").status_code == 303
    assert shop.fake.world.get(reference)["status"] == "expired"
    assert method_of(parts[0])[0] == "bank_transfer"
    again = shop.order()
    shop.fake.pay(shop.page(again[0]))
    other = number_of(again[0])
    assert shop.cast.post(cleo, f"/orders/{other}/pay/transfer").status_code == 303
    assert method_of(again[0])[0] == "stripe" and part(again[0]).state == "paid"


def test_while_the_provider_is_away_nobody_knows(shop: Shop) -> None:
    """payments 6: the page could still be paid, so the order stays as it is, and the buyer reads
    why; three failures leave the card alone for a minute, and the other way stands beside.
    """
    parts = shop.order()
    shop.page(parts[0])
    cleo, number = shop.cast.browser("cleo"), number_of(parts[0])
    for _try in range(3):
        shop.fake.faults.append(("expire", "before"))
        assert shop.cast.post(cleo, f"/orders/{number}/pay/transfer").status_code == 303
    page = cleo.get(f"/orders/{number}/pay").get_data(as_text=True)
    assert "antwortet gerade nicht" in page and INSTEAD in page
    assert method_of(parts[0])[0] == "stripe" and attempt_of(parts[0]).state == "open"
    shop.cast.app.extensions.pop("payment_failures", None)


def test_without_an_account_there_is_no_other_way(shop: Shop) -> None:
    """payments-15: a transfer only where all houses of the order have an account."""
    parts = declined(shop)
    with committing():
        part(parts[1]).bank = None
    cleo, number = shop.cast.browser("cleo"), number_of(parts[0])
    assert INSTEAD not in cleo.get(f"/orders/{number}/pay").get_data(as_text=True)
    assert shop.cast.post(cleo, f"/orders/{number}/pay/transfer").status_code == 409
    assert method_of(parts[0])[0] == "stripe"
