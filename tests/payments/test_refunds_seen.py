"""Money that goes back, as the buyer reads it on the page of the order."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import cancel_part, hand_over, owe
from marketplace.orders.rules.dates import booked_by
from tests.cast import Cast
from tests.orders.hands import number_of, paid
from tests.payments.hands import RED, Shop, books


def seen(cast: Cast, part_id: int, lang: str = "de") -> list[str]:
    """The refunds on the buyer's page, each as the words that stand there."""
    db.session.rollback()
    with committing():
        db.session.execute(db.text("UPDATE people SET lang = :lang WHERE handle = 'cleo'"),
                           {"lang": lang})
    page = cast.browser("cleo").get(f"/orders/{number_of(part_id)}").get_data(as_text=True)
    boxes = re.findall(r'class="order-refunds">.*?</section>', page, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()).replace("\xa0", " ")
            for box in boxes for row in re.findall(r"<li.*?</li>", box, re.S)]


@pytest.mark.parametrize(("method", "sent", "there"), [
    ("stripe", date(2026, 10, 5), date(2026, 10, 19)),
    ("stripe", date(2026, 12, 17), date(2027, 1, 4)),
    ("bank_transfer", date(2026, 10, 2), date(2026, 10, 5)),
    ("bank_transfer", date(2026, 12, 23), date(2026, 12, 24))])
def test_when_it_is_there(method: str, sent: date, there: date) -> None:
    """payments-20: a card within ten working days, a transfer within one (BGB § 675s(1)); counted
    by hand past weekends, 3 October, 25 and 26 December and New Year.
    """
    assert booked_by(method, sent) == there


def test_a_buyer_reads_each_refund_without_asking(shop: Shop) -> None:
    """payments-20: two refunds of an order of three: amount, cause, way, state, latest date, and
    the change from owed to sent,
    the correction beside; the third part has none.
    """
    with time_machine.travel("2026-12-17T09:00:00+00:00", tick=False):
        parts = shop.paid(shop.three())
        with committing():
            cancel_part(parts[2], "seller", "Ute", "Frost")
            hand_over(parts[1], "Ute")
            owe(parts[1], "complaint", 650, goods_minor=650, name="Ute", words="Korken")
        assert seen(shop.cast, parts[0]) == [
            "6,50 € für deine Reklamation steht dir zu auf die Karte, mit der du gezahlt hast · "
            "spätestens am 31. Dezember 2026 gesendet Rechnungskorrektur TEST-NOR-2026-00002 (PDF "
            "wird erstellt)",
            "28,90 € für das, was storniert wurde steht dir zu auf die Karte, mit der du gezahlt "
            "hast · spätestens am 31. Dezember 2026 gesendet"]
        run_due()
        assert seen(shop.cast, parts[0], "en") == [
            "€6.50 for your complaint sent back on 17 December 2026 to the card you paid with · "
            "on your account by 4 January 2027 at the latest Correction of an invoice "
            "TEST-NOR-2026-00002",
            "€28.90 for what was cancelled sent back on 17 December 2026 to the card you paid "
            "with · on your account by 4 January 2027 at the latest"]
    assert books()[f"buyer:{db.session.scalar(db.text('SELECT max(id) FROM orders'))}"] \
        == -10830 + 2890 + 650


def test_a_refund_that_waits_and_one_that_is_late_say_so(shop: Shop) -> None:
    """payments-20, -19: the producer's account is empty: the buyer reads that it is tried again,
    and after the last day who looks after it.
    """
    (one,) = shop.paid(shop.order((RED, 1)))
    for account in shop.fake.world.all("v2.core.account"):
        shop.fake.world.pay_out(account)
    with committing():
        cancel_part(one, "seller", "Ute", "Frost")
    run_due()
    (row,) = seen(shop.cast, one)
    assert "hat noch nicht geklappt, wird wieder versucht" in row and "spätestens am" in row
    with time_machine.travel(clock.now() + timedelta(days=15), tick=False):
        (row,) = seen(shop.cast, one)
    assert "fällig; der Marktplatz kümmert sich" in row


def test_a_refund_by_transfer_names_its_way(cast: Cast) -> None:
    """payments-20: the producer sends it from the bank; what was never given back has no list."""
    (one,) = paid(cast, (RED, 1))
    assert seen(cast, one) == []
    with committing():
        cancel_part(one, "seller", "Ute", "Frost")
    (row,) = seen(cast, one)
    assert "für das, was storniert wurde" in row and "per Überweisung vom Erzeuger" in row
