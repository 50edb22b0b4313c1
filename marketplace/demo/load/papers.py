"""Rates of VAT and invoices of the demo."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from sqlalchemy import select

from marketplace.demo.load.book import Book
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.orders.actions.documents import invoice
from marketplace.orders.actions.taxing import import_rates
from marketplace.orders.models import Order, SellerOrder
from marketplace.orders.queries.tax import rates_changed

RATES: Final = Path(__file__).resolve().parents[1] / "content" / "rates.csv"
BILLED: Final = 60


def load_rates() -> None:
    """Rates of VAT of the countries that the demo's houses send from. Changes tax_rates."""
    with RATES.open(encoding="utf-8", newline="") as file:
        import_rates(enumerate(csv.DictReader(file, delimiter=";"), start=2))
    rates_changed()


def bill(book: Book) -> None:
    """Invoices for what was sent lately, and for all orders of those one signs in as."""
    from marketplace.demo.sign_ins import sign_ins

    own = [book.people[one.handle] for one in sign_ins() if one.handle in book.people]
    rows = (select(SellerOrder.id, SellerOrder.dispatched_at, Order.buyer_id)
            .join(Order, Order.id == SellerOrder.order_id)
            .where(SellerOrder.dispatched_at.is_not(None))
            .order_by(SellerOrder.dispatched_at, SellerOrder.id))
    sent = list(db.session.execute(rows))
    lately = {row[0] for row in sent[-BILLED:]}
    for number, at, buyer in sent:
        if number not in lately and buyer not in own:
            continue
        assert at is not None
        invoice(number, clock.in_zone(at).date())
