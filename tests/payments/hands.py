"""Buying by card without pages, and what the books say."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.adapters.payment import Bill, BillPart
from marketplace.adapters.payment.stripe_connect import StripeConnect
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.models import Order, Reservation, SellerOrder
from marketplace.payments.actions import begin_page, keep_page
from marketplace.payments.models import Payment
from marketplace.payments.queries import balances
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
            body, header = self.fake.hooks.signed(self.fake.hooks.waiting.get_nowait())
            answer = client.post("/hooks/stripe", data=body, headers={
                "Stripe-Signature": header, "Content-Type": "application/json"})
            assert answer.status_code == 204, answer.get_data(as_text=True)
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
