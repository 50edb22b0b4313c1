"""Taxes and documents of the demo's orders: rates of its countries, invoices of what was sent."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import delete, select

from marketplace.demo.content.kinds import Product as Written
from marketplace.demo.content.particulars import tax_category
from marketplace.demo.load.book import Book
from marketplace.demo.load.ledger import Contract
from marketplace.foundation.database import db
from marketplace.foundation.jobs import Job
from marketplace.orders.actions.documents import invoice
from marketplace.orders.actions.taxing import import_rates
from marketplace.orders.jobs import paper
from marketplace.orders.models import Order, SellerOrder
from marketplace.orders.queries.documents import unsent_papers
from marketplace.orders.queries.tax import decided, rates_changed
from marketplace.orders.rules.tax import Decided
from marketplace.producers.queries.legal import TaxFacts

BILLED: Final = 40
RATES_FROM: Final = date(2025, 1, 1)
RATES: Final = Path(__file__).resolve().parents[1] / "content" / "rates.csv"


def load_rates() -> None:
    """Rates of VAT of the countries that the demo's houses send from. Changes tax_rates."""
    with RATES.open(encoding="utf-8", newline="") as file:
        import_rates(enumerate(csv.DictReader(file, delimiter=";"), start=2))
    rates_changed()


def bill(book: Book) -> None:
    """Invoices for what was sent lately, and for all orders of those one signs in as."""
    own = [book.people[one.handle] for one in book.content.cast if one.handle in book.people]
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
        invoice(number, at)
    db.session.execute(delete(Job).where(Job.kind == "orders.paper"))


def make_papers() -> int:
    """The PDFs of the demo's documents, so that nothing waits; how many."""
    waiting = unsent_papers(10_000)
    for number in waiting:
        paper(number)
    return len(waiting)


def rate_of(contract: Contract, product: Written) -> Decided:
    """The rate of goods on the day they were ordered; before the shipped table began, its first."""
    trader = contract.house.trader
    facts = TaxFacts(trader.vat_status, contract.house.country, "", "", "", {})
    target = contract.order["ship_to"]["country"]
    on = max(contract.order["placed_at"].date(), RATES_FROM)
    return decided(facts, target, tax_category(product), on)
