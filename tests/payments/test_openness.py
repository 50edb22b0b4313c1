"""What can be taken along, what cannot be changed, what is nowhere to be read."""

from __future__ import annotations

import csv
import logging
from io import StringIO
from pathlib import Path

import pytest
import sqlalchemy as sa

from marketplace.adapters.payment.offline import TestCard
from marketplace.adapters.payment.stripe_connect import StripeConnect
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.foundation.settings import SettingsFault, load
from marketplace.orders.actions import cancel_part
from marketplace.orders.models import Order, Refund
from marketplace.producers.rules.opening import MONEY, TRADER, state_of
from tests.orders.hands import part, placed
from tests.payments.hands import HAT, RED, Shop, books
from tests.stories.test_circle import finish

ROOT = Path(__file__).resolve().parents[2]


def sheet(shop: Shop, what: str) -> list[dict[str, str]]:
    """A file of the operator's, as rows."""
    answer = shop.cast.browser("olga").get(f"/operator/payments/{what}.csv")
    assert answer.status_code == 200, answer.status_code
    text = answer.get_data(as_text=True).removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_the_operator_takes_book_messages_and_decisions_along(shop: Shop) -> None:
    """payments-30: every move, message and decision as CSV; others get nothing."""
    parts = shop.paid(shop.three())
    rows = sheet(shop, "ledger")
    assert len(rows) == db.session.scalar(db.text("SELECT count(*) FROM ledger_moves")) == 10
    assert {row["from"] for row in rows if row["reason"] == "paid"} == {
        f"buyer:{part(parts[0]).order_id}"}
    assert sorted(row["amount"] for row in rows if row["reason"] == "paid") == [
        "18,50", "28,90", "60,90"]
    assert [row["outcome"] for row in sheet(shop, "notices") if row["kind"] == "paid"] == ["paid"]
    assert sheet(shop, "decisions") == []
    assert shop.cast.browser("ana").get("/operator/payments/ledger.csv").status_code == 403


@pytest.mark.parametrize("change", ["UPDATE ledger_moves SET minor = 1",
                                    "DELETE FROM ledger_moves"])
def test_a_move_is_never_changed(shop: Shop, change: str) -> None:
    """payments-30: refused by the database itself, on both engines."""
    shop.paid(shop.order((RED, 1)))
    before = books()
    with pytest.raises(sa.exc.DBAPIError), committing():
        db.session.execute(sa.text(change))
    assert books() == before


def test_another_adapter_changes_nothing_else(shop: Shop) -> None:
    """payments-31: the same way with a pretended one: paid, split, refunded, the books agree."""
    (one,) = placed(shop.cast, (HAT, 1), method="test_card")
    with committing():
        db.session.execute(sa.update(Order).values(mode="demo"))
    client = shop.cast.browser("cleo")
    number = db.session.scalars(sa.select(Order.number)).one()
    doors = shop.cast.app.extensions["doors"].payment
    assert isinstance(doors["test_card"], TestCard)
    sent = shop.cast.post(client, f"/orders/{number}/test-card", card="4242 4242 4242 4242")
    assert sent.status_code == 303
    run_due()
    assert part(one).state == "paid"
    with committing():
        cancel_part(one, "seller", "Ute", "Frost")
    run_due()
    db.session.rollback()
    assert db.session.scalars(sa.select(Refund.state)).one() == "done" and books() == {}


def test_the_providers_names_stand_in_its_folder_only() -> None:
    """payments-31: nobody else imports the package or its adapter's inside; the room of money
    knows the card's way by one word that stands in orders, and the mode of its setting.
    """
    inside = ROOT / "marketplace" / "adapters" / "payment"
    strangers = [
        str(path) for path in (ROOT / "marketplace").rglob("*.py")
        if inside / "stripe_connect" not in path.parents and path != inside / "__init__.py"
        and ("import stripe\n" in path.read_text("utf-8")
             or "stripe_connect" in path.read_text("utf-8"))]
    assert strangers == []
    said = [f"{path.name}: {line.strip()}" for path in (ROOT / "marketplace/payments").rglob("*.py")
            for line in path.read_text("utf-8").splitlines()
            if "stripe" in line.lower() and "stripe_mode" not in line]
    assert sorted(said) == ['attempts.py: CARD = "stripe"',
                            'hooks.py: @pages.post("/hooks/stripe")']


def test_secrets_and_bodies_are_nowhere_to_be_read(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    """payments-33: planted key, secret, card number and a word of the body: not in logs, not in
    error pages, not in the database.
    """
    planted = ("sk_test_geheim", "whsec_geheim", "4000123412341234", "Lindenallee 77")
    doors = shop.cast.app.extensions["doors"].payment
    doors["stripe"] = StripeConnect("sk_test_geheim", ("whsec_geheim",), "localhost",
                                    shop.fake.url)
    client, seen = shop.cast.app.test_client(), ""
    with caplog.at_level(logging.DEBUG):
        body = b'{"card": "4000123412341234", "address": "Lindenallee 77"}'
        answer = client.post("/hooks/stripe", data=body,
                             headers={"Stripe-Signature": "t=1,v1=whsec_geheim"})
        assert answer.status_code == 400
        seen += answer.get_data(as_text=True)
        shop.cast.post(client, "/basket/lines", variant=shop.cast.goods(RED).variant_id, qty=1)
        number = finish(shop.cast, client, "stripe")
        shop.fake.faults.append(("POST /v1/checkout/sessions", "500"))
        down = shop.cast.post(client, f"/orders/{number}/pay/card")
        assert down.status_code == 503
        seen += down.get_data(as_text=True)
    shop.cast.app.extensions.pop("payment_failures", None)
    kept = " ".join(str(tuple(row)) for table in ("payments", "payment_notices", "jobs")
                    for row in db.session.execute(sa.text(f"SELECT * FROM {table}")))
    ours = " ".join(record.getMessage() for record in caplog.records)
    for secret in planted:
        assert secret not in seen + kept + ours, secret


def test_the_test_card_says_what_it_is_and_keeps_no_other_number(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    """payments-13: labelled; any other number is refused and leaves no trace; out of demo mode it
    is not there.
    """
    placed(shop.cast, (HAT, 1), method="test_card")
    number = db.session.scalars(sa.select(Order.number)).one()
    cleo, page = shop.cast.browser("cleo"), f"/orders/{number}/test-card"
    shown = cleo.get(page).get_data(as_text=True)
    assert "TESTKARTE" in shown.upper() and "4242 4242 4242 4242" in shown
    with caplog.at_level(logging.DEBUG):
        answer = shop.cast.post(cleo, page, card="4111 1111 1111 1111")
    assert answer.status_code == 422
    ours = answer.get_data(as_text=True) + " ".join(r.getMessage() for r in caplog.records)
    assert "4111" not in ours
    for table in ("payments", "payment_notices", "jobs"):
        for row in db.session.execute(sa.text(f"SELECT * FROM {table}")):
            assert "41111111" not in str(tuple(row)).replace(" ", "")
    shop.cast.app.config["ZURUF_DEMO"] = False
    try:
        assert cleo.get(page).status_code == 404
    finally:
        shop.cast.app.config["ZURUF_DEMO"] = True


@pytest.mark.parametrize(("mode", "key", "demo", "starts"), [
    ("test", "sk_test_x", "on", True), ("test", "sk_live_x", "off", False),
    ("live", "sk_test_x", "off", False), ("live", "sk_live_x", "on", False),
    ("live", "sk_live_x", "off", True)])
def test_a_key_has_to_fit_the_mode(tmp_path: Path, mode: str, key: str, demo: str, starts: bool
                                   ) -> None:
    """payments-12: live keys in a demo and keys of the other mode refuse to start."""
    said = {"ZURUF_ENV": "test", "ZURUF_INSTANCE": str(tmp_path), "ZURUF_DEMO": demo,
            "ZURUF_PAYMENT": "bank_transfer,stripe", "ZURUF_STRIPE_KEY": key,
            "ZURUF_STRIPE_MODE": mode, "ZURUF_STRIPE_HOOKS": "whsec_x",
            "ZURUF_SECRET_KEY": "x" * 40}
    if starts:
        assert load(said, ROOT).stripe_mode == mode
    else:
        with pytest.raises(SettingsFault, match="ZURUF_STRIPE_KEY"):
            load(said, ROOT)


def test_a_house_is_listed_only_with_account_and_identity() -> None:
    """payments-26: every step but the story, the account among them, and checked trader data."""
    steps = set(range(1, 10))
    assert state_of("draft", steps, True) == "selling"
    assert state_of("open", steps - {MONEY}, True) == "open"
    assert state_of("open", steps - {TRADER}, True) == "open"
    assert state_of("open", steps, False) == "open"
