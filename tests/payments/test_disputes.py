"""A payer's bank takes money back: held, answered, won or lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from marketplace.dialogue.actions.threads import NewThread, open_thread, say
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import cancel_part, deliver, hand_over
from marketplace.orders.models import Refund, SellerOrder
from marketplace.payments.models import Dispute, DisputeShare, LedgerMove
from marketplace.payments.queries.commission import earned
from marketplace.producers.queries import own_role
from tests.orders.hands import number_of, part
from tests.payments.hands import Shop, books


def moves(*reasons: str) -> list[tuple[str, str, int]]:
    """What was booked for these reasons, in order."""
    db.session.rollback()
    return [(row.from_account, row.to_account, row.minor) for row in db.session.scalars(
        db.select(LedgerMove).where(LedgerMove.reason.in_(reasons)).order_by(LedgerMove.id))]


def disputed(shop: Shop, minor: int | None = None) -> tuple[list[int], Dispute]:
    """The order of three houses, paid, and the bank takes so much of it."""
    parts = shop.paid(shop.three())
    shop.fake.world.dispute(shop.charge(parts[0]), minor)
    shop.told()
    return parts, db.session.scalars(db.select(Dispute)).one()


def end(shop: Shop, won: bool) -> None:
    """The bank decides and tells."""
    dispute = shop.fake.world.all("dispute")[0]
    shop.fake.world.get(dispute["charge"])["disputed"] = not won
    shop.fake.world.end_dispute(dispute, won)
    shop.told()


def test_a_part_of_a_payment_is_disputed(shop: Shop) -> None:
    """payments-5: 50.00 is shared 28.12 + 8.54 + 13.34; what was not sent is on hold, what was
    stays; refunds wait; the houses and the market are told.
    """
    parts = shop.paid(shop.three())
    with committing():
        hand_over(parts[0], "Ute")
    shop.fake.world.dispute(shop.charge(parts[0]), 5000)
    shop.told()
    assert list(db.session.scalars(db.select(DisputeShare.minor).order_by(
        DisputeShare.seller_order_id))) == [2812, 854, 1334]
    assert [part(i).hold for i in parts] == ["", "dispute", "dispute"]
    with pytest.raises(Conflict, match=r"Bank|bank"), committing():
        hand_over(parts[1], "Ute")
    assert part(parts[1]).state == "paid"
    with committing():
        cancel_part(parts[2], "buyer")
    run_due()
    assert shop.fake.world.all("refund") == []
    told = set(db.session.scalars(db.text("SELECT template FROM letters")))
    assert "charge_disputed" in told
    order = part(parts[0]).order_id
    assert moves("dispute_out", "dispute_fee") == [
        ("operator:disputes", f"buyer:{order}", 5000),
        ("operator:disputes", "provider:fees", 2000)]


def test_the_example_of_a_lost_dispute(shop: Shop) -> None:
    """payments-5: 108.30 lost, fee 20.00: exactly the moves and balances of 3.6; parts that were
    not sent end; nothing is given a second time; the commission's month knows it.
    """
    parts, row = disputed(shop)
    assert row.minor == 10830
    end(shop, won=False)
    order, houses = part(parts[0]).order_id, [part(i).producer_id for i in parts]
    assert moves("dispute_out", "dispute_fee") == [
        ("operator:disputes", f"buyer:{order}", 10830),
        ("operator:disputes", "provider:fees", 2000)]
    assert moves("dispute_recover") == [
        ("operator:commission", "operator:disputes", 728),
        *((f"producer:{house}", "operator:disputes", minor)
          for house, minor in zip(houses, (5658, 1746, 2698), strict=True))]
    assert books() == {"operator:commission": -187, "operator:disputes": -2000,
                       "provider:fees": 2187}
    assert sum(a["balance"] for a in shop.fake.world.all("v2.core.account")) == 0
    assert [part(i).state for i in parts] == ["cancelled"] * 3
    assert [part(i).refunded_minor for i in parts] == [6090, 1850, 2890]
    assert {r.cause for r in db.session.scalars(db.select(Refund))} == {"dispute"}
    assert shop.fake.world.all("refund") == []
    found = earned(clock.now() - timedelta(days=1), clock.now() + timedelta(days=1))
    assert {kept.total_minor for kept in found.values()} == {0}


def test_a_refund_that_waited_is_the_banks(shop: Shop) -> None:
    """payments 3.7: the buyer cancelled while the bank decided; lost, the bank has given it."""
    parts, _row = disputed(shop)
    with committing():
        cancel_part(parts[2], "buyer")
    run_due()
    end(shop, won=False)
    assert books() == {"operator:commission": -187, "operator:disputes": -2000,
                       "provider:fees": 2187}
    assert shop.fake.world.all("refund") == [] and part(parts[2]).refunded_minor == 2890


def test_a_won_dispute_goes_back_and_the_goods_go_on(shop: Shop) -> None:
    """payments 3.7: dispute_in; what was on hold may be sent."""
    parts, _row = disputed(shop)
    end(shop, won=True)
    order = part(parts[0]).order_id
    assert moves("dispute_in") == [(f"buyer:{order}", "operator:disputes", 10830)]
    assert books()["operator:disputes"] == -2000 and books()[f"buyer:{order}"] == -10830
    assert [part(i).hold for i in parts] == ["", "", ""]
    with committing():
        assert hand_over(parts[1], "Ute") is not None


def test_lost_and_won_after_all(shop: Shop) -> None:
    """payments 3.7: dispute_return gives each house what was recovered from it."""
    parts, _row = disputed(shop)
    houses = [part(i).producer_id for i in parts]
    end(shop, won=False)
    end(shop, won=True)
    assert moves("dispute_return") == [
        ("operator:disputes", "operator:commission", 728),
        *(("operator:disputes", f"producer:{house}", minor)
          for house, minor in zip(houses, (5658, 1746, 2698), strict=True))]
    assert books()["operator:disputes"] == -2000
    assert sorted(a["balance"] for a in shop.fake.world.all("v2.core.account")) == [
        1746, 2698, 5658]


def test_the_operator_assigns_answers_and_takes_the_pack(shop: Shop) -> None:
    """payments 3.7: shares by a named person with a reason in the audit log, facts of the house,
    one answer to the bank made from our data, the pack as PDF.
    """
    parts = shop.paid(shop.three())
    with committing():
        hand_over(parts[0], "Ute", "DHL", "00340434161094015902")
        deliver(parts[0], "carrier")
    shop.fake.world.dispute(shop.charge(parts[0]), 5000)
    shop.told()
    number = db.session.scalars(db.select(Dispute.id)).one()
    olga, ana = shop.cast.browser("olga"), shop.cast.browser("ana")
    page = f"/operator/payments/disputes/{number}"
    shown = olga.get(page).get_data(as_text=True)
    assert "28,12" in shown and "Antworten bis" in shown and "Feldweg" not in shown
    shares = {f"part-{i}": m for i, m in zip(parts, ("50,00", "0", "0"), strict=True)}
    wrong = shop.cast.post(olga, f"{page}/shares", **{**shares, f"part-{parts[1]}": "1"}, why="A")
    assert wrong.status_code == 422
    assert shop.cast.post(olga, f"{page}/shares", **shares, why="Nur A").status_code == 303
    db.session.rollback()
    assert list(db.session.scalars(db.select(DisputeShare.minor).order_by(
        DisputeShare.seller_order_id))) == [5000, 0, 0]
    own = f"/studio/payments/disputes/{number}"
    assert number_of(parts[0]) in ana.get("/studio/payments").get_data(as_text=True)
    assert "Hof 2" not in ana.get(own).get_data(as_text=True)
    assert shop.cast.post(ana, own, words="").status_code == 422
    assert shop.cast.post(ana, own, words="Der Nachbar hat unterschrieben.").status_code == 303
    assert shop.cast.browser("dan").get(own).status_code == 404
    pack = shop.cast.post(olga, f"{page}/pack")
    assert pack.data.startswith(b"%PDF")
    assert shop.cast.post(olga, f"{page}/answer").status_code == 303
    assert shop.cast.post(olga, f"{page}/answer").status_code == 409
    sent = shop.fake.world.all("dispute")[0]
    assert sent["status"] == "under_review"
    assert sent["evidence"]["shipping_tracking_number"] == "00340434161094015902"
    assert "Der Nachbar" in sent["evidence"]["uncategorized_text"]
    db.session.rollback()
    assert db.session.scalars(db.select(Dispute.state)).one() == "answered"
    acts = list(db.session.execute(db.text("SELECT action, why FROM audit_log ORDER BY n")))
    assert [row[0] for row in acts] == ["dispute.assign", "dispute.pack", "dispute.answer"]
    assert acts[0][1] == "Nur A"


def test_a_held_part_says_so(shop: Shop) -> None:
    """payments 3.7: the house sees why nothing may leave; the buyer reads what happens."""
    parts, _row = disputed(shop)
    shown = shop.cast.browser("ana").get("/studio/orders").get_data(as_text=True)
    assert "Angehalten" in shown and "handed_over" not in shown
    buyer = shop.cast.browser("cleo").get(f"/orders/{number_of(parts[0])}")
    assert "deine Bank fragt nach" in buyer.get_data(as_text=True)
    assert db.session.scalar(db.select(SellerOrder.hold).where(SellerOrder.id == parts[0]))


def test_what_was_written_goes_to_the_bank_only_if_the_house_adds_it(shop: Shop) -> None:
    """payments 3.7: the private words of buyer and house are nobody's evidence until the house
    adds them, once; then page, paper and the answer to the bank have them; another house of the
    order and its page know nothing of them.
    """
    cast = shop.cast
    parts = shop.paid(shop.order())
    ana, bert, olga = (cast.browser(name) for name in ("ana", "bert", "olga"))
    mine = part(parts[0]).producer_id
    with committing():
        thread = open_thread(cast.id("cleo"), 1, NewThread(
            "question", "Wo bleibt es?", "Ist der Wein schon da?", "private", "de",
            producer_id=mine, seller_order_id=parts[0]))
        say(thread, cast.id("ana"), 1, "Der Nachbar hat ihn angenommen.",
            own_role(cast.id("ana"), mine))
    shop.fake.world.dispute(shop.charge(parts[0]), 5000)
    shop.told()
    number = db.session.scalars(db.select(Dispute.id)).one()
    own, page = f"/studio/payments/disputes/{number}", f"/operator/payments/disputes/{number}"
    assert "Der Nachbar hat ihn" in ana.get(own).get_data(as_text=True)
    for who, address in ((olga, page), (bert, own)):
        assert "Der Nachbar hat ihn" not in who.get(address).get_data(as_text=True)
    assert cast.post(ana, own, act="messages").status_code == 303
    assert cast.post(ana, own, act="messages").status_code == 409
    assert cast.post(bert, own, act="messages").status_code == 409
    shown = olga.get(page).get_data(as_text=True)
    assert "Ist der Wein schon da?" in shown and "Der Nachbar hat ihn" in shown
    assert cast.post(olga, f"{page}/pack").data.startswith(b"%PDF")
    assert cast.post(olga, f"{page}/answer").status_code == 303
    sent = shop.fake.world.all("dispute")[0]["evidence"]["uncategorized_text"]
    assert "Ist der Wein schon da?" in sent and "Der Nachbar hat ihn angenommen." in sent
