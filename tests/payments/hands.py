"""Buying by card without pages, and what the books say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marketplace.adapters.payment import Bill, BillPart
from marketplace.adapters.payment.stripe_connect import StripeConnect
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import NewLine, NewOrder, NewPart, create
from marketplace.orders.actions.create import insert_head
from marketplace.orders.models import Order, Reservation, SellerOrder
from marketplace.payments.actions import begin_account, begin_page, keep_page, keep_standing
from marketplace.payments.models import Payment
from marketplace.payments.queries import balances
from marketplace.people.models import Subject
from marketplace.producers.actions import open_producer
from marketplace.producers.models import Producer
from tests.adapters.stripe_fake import FakeStripe
from tests.cast import Cast
from tests.orders.hands import placed

RED, HAT = "spaetburgunder-dorfkern", "muetze-deichwind"


def everybody(cast: Cast, *slugs: str) -> list[int]:
    """The producers of these goods, each once."""
    return sorted({cast.goods(slug).producer_id for slug in slugs})


@dataclass
class Shop:
    """The market, the provider, and the way between them."""

    cast: Cast
    fake: FakeStripe
    door: StripeConnect

    def order(self, *goods: tuple[str, int], commission_bp: int = 800) -> list[int]:
        """An order to be paid by card; the ids of its parts."""
        parts = placed(self.cast, *(goods or ((RED, 1), (HAT, 1))), method="stripe")
        with committing():
            db.session.execute(db.update(SellerOrder).where(SellerOrder.id.in_(parts))
                               .values(commission_bp=commission_bp))
            db.session.execute(db.update(Order).where(Order.method == "stripe")
                               .values(mode="test"))
        return parts

    def three(self) -> list[int]:
        """The order of checkout 3.3: 54.00, 2 x 6.50 and 24.00 of three houses, at 8 %."""
        cast, good = self.cast, self.cast.goods(RED)
        houses = [*everybody(cast, RED, HAT), self._third()]
        parts = []
        for number, (house, price, qty, sending) in enumerate(zip(
                houses, (5400, 650, 2400), (1, 2, 1), (690, 550, 490), strict=True), 1):
            line = NewLine(good.variant_id, good.product_id, None, f"Ware {number}", "", None,
                           qty, price, 0, "", "standard", 0, "yes", None, None, ())
            parts.append(NewPart(house, {"name": f"Hof {number}", "slug": f"hof-{number}"}, None,
                                 sending, 2, [line], commission_bp=800))
        new = NewOrder(f"three-{len(self.fake.asked)}", cast.id("cleo"), "cleo@example.org", "de",
                       {"name": "Cleo Kauf", "street": "Feldweg 3", "postcode": "10115",
                        "city": "Berlin", "country": "DE"}, None, "stripe", "test", parts)
        db.session.rollback()
        with committing():
            order = insert_head(new, f"m{new.buyer_id}")
            assert order is not None
            create(order, new)
            number = order.id
        return list(db.session.scalars(db.select(SellerOrder.id).where(
            SellerOrder.order_id == number).order_by(SellerOrder.position)))

    def _third(self) -> int:
        """A third house with a ready account."""
        known = db.session.scalar(db.select(Producer.id).where(Producer.slug == "hof-drei"))
        if known is not None:
            return known
        made = self.door.open_account("Hof", "hof@example.org", "DE", "http://127.0.0.1/studio")
        self.fake.complete_account(made.reference)
        subject = db.session.scalar(db.select(Subject.id).order_by(Subject.id).limit(1))
        db.session.rollback()
        with committing():
            house = open_producer(self.cast.id("eva"), "hof-drei", "Hof Drei", subject, "Mosel",
                                  "Bergen", "DE")
            begin_account(house.id, "test", made.reference)
            keep_standing(made.reference, self.door.look_account(made.reference))
            return house.id

    def paid(self, parts: list[int]) -> list[int]:
        """These parts were paid on the provider's page, split and told."""
        self.fake.pay(self.page(parts[0]))
        self.told()
        return parts

    def charge(self, part_id: int) -> dict[str, Any]:
        """The charge of a part's payment, as the provider knows it."""
        return self.fake.world.get(attempt_of(part_id).charge or "")

    def page(self, part_id: int) -> str:
        """Open the provider's page of a part's order; its reference."""
        db.session.rollback()
        with committing():
            order = db.session.get_one(Order, db.session.get_one(SellerOrder, part_id).order_id)
            attempt = begin_page(order.id)
            parts = db.session.scalars(db.select(SellerOrder).where(
                SellerOrder.order_id == order.id, SellerOrder.state == "awaiting_payment"))
            assert attempt.page_until is not None
            bill = Bill(order.number, attempt.attempt, attempt.key, "EUR", attempt.total_minor,
                        tuple(BillPart(p.number, "S", p.total_minor) for p in parts),
                        "cleo@example.org", "de", "http://127.0.0.1/", attempt.page_until)
            number = attempt.id
        page = self.door.open_page(bill)
        with committing():
            keep_page(number, page)
        return page.reference

    def told(self) -> None:
        """Everything the provider has to say arrives, and all jobs run."""
        client = self.cast.app.test_client()
        while not self.fake.hooks.waiting.empty():
            event = self.fake.hooks.waiting.get_nowait()
            body, header = self.fake.hooks.signed(event)
            answer = client.post("/hooks/stripe", data=body, headers={
                "Stripe-Signature": header, "Content-Type": "application/json"})
            assert answer.status_code == 204, answer.get_data(as_text=True)
            event["pending_webhooks"] = 0
        db.session.rollback()
        run_due()
        db.session.rollback()


def attempt_of(part_id: int) -> Payment:
    """The newest attempt to pay a part's order."""
    db.session.rollback()
    return db.session.scalars(
        db.select(Payment).join(SellerOrder, SellerOrder.order_id == Payment.order_id)
        .where(SellerOrder.id == part_id).order_by(Payment.attempt.desc())
        .execution_options(populate_existing=True)).first()  # type: ignore[return-value]


def books() -> dict[str, int]:
    """What every account holds, without those that hold nothing; they sum to nothing."""
    db.session.rollback()
    found = balances()
    assert sum(found.values()) == 0
    return {name: minor for name, minor in found.items() if minor}


def held_rows() -> int:
    """Pieces that are kept for somebody."""
    db.session.rollback()
    return int(db.session.scalar(db.select(db.func.coalesce(db.func.sum(Reservation.qty), 0))
                                 .where(Reservation.state == "held")) or 0)
