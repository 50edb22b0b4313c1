"""The marketplace's invoices to producers: one a month, VAT inside the commission."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.money import vat_inside
from marketplace.orders.actions.documents import Issue, issue
from marketplace.orders.models import Document
from marketplace.orders.queries.exporting import month_range
from marketplace.orders.queries.tax import decided
from marketplace.orders.rules.documents import Share, prefix_of
from marketplace.orders.rules.tax import EU
from marketplace.payments.queries.commission import Earned, earned
from marketplace.people.models import Person
from marketplace.producers.models import Staff
from marketplace.producers.queries import seller_block
from marketplace.producers.queries.legal import TaxFacts

KINDS = ("commission_invoice", "commission_correction")


def bill_commission(operator: Mapping[str, str], year: int, month: int) -> int:
    """Invoices for a month to everybody who owes or had to leave commission; how many are new.

    Once a month and producer; where more was given back than earned it is a correction. Raises
    NoRate where the operator's VAT is not in the table. Changes as `issue`.
    """
    begin, end = month_range(year, month)
    last = (end - timedelta(days=1)).date()
    known = {(row.producer_id, row.mode) for row in db.session.execute(
        select(Document.producer_id, Document.mode)
        .where(Document.kind.in_(KINDS), Document.supplied_on == last))}
    count = 0
    for (producer_id, mode), sums in sorted(earned(begin, end).items()):
        if sums.total_minor and (producer_id, mode) not in known:
            _bill(operator, producer_id, mode, sums, last)
            count += 1
    return count


def _bill(operator: Mapping[str, str], producer_id: int, mode: str, sums: Earned, last: date
          ) -> None:
    buyer = dict(seller_block([producer_id])[producer_id])
    bp, note = _rate(operator, buyer, last)
    lines = [{"key": key, "title": "", "qty": 1, "unit_minor": None, "minor": minor, "bp": bp}
             for key, minor in (("withheld", sums.withheld_minor), ("due", sums.due_minor))
             if minor]
    first = _last_invoice(producer_id, mode) if sums.total_minor < 0 else None
    snapshot: dict[str, Any] = {
        "seller": {**operator, "legal_name": operator["name"], "trader": True}, "buyer": buyer,
        "lines": lines, "sending_minor": 0, "less_minor": 0, "notes": [note] if note else [],
        "tax_country": operator["country"], "vat_free": bool(note), "currency": "EUR",
        "month": last.replace(day=1).isoformat(), "withheld_minor": sums.withheld_minor,
        "due_minor": sums.due_minor, "deliver_to": None}
    if first is not None:
        snapshot["corrects"] = {"number": first.number, "issued_on": first.issued_on.isoformat()}
    issue(Issue(
        "operator", KINDS[sums.total_minor < 0], mode, prefix_of(operator["name"]),
        operator["country"], _lang(producer_id), snapshot,
        [Share(bp, sums.total_minor, 0 if note else vat_inside(sums.total_minor, bp))],
        producer_id=producer_id,
        corrects_id=first.id if first else None, supplied_on=last))


def _rate(operator: Mapping[str, str], buyer: Mapping[str, object], on: date) -> tuple[int, str]:
    """The operator's own rate; none where the producer abroad owes the VAT.

    Source: Dir. 2006/112/EC Art. 44, 196; UStG §§ 3a(2), 13b.
    """
    country = str(buyer.get("country") or operator["country"])
    if country != operator["country"]:
        if country not in EU:
            return 0, "outside"
        if buyer.get("vat_id"):
            return 0, "reverse"
    facts = TaxFacts("regular", operator["country"], operator["vat_id"], "", "", {})
    return decided(facts, operator["country"], "standard", on).bp, ""


def _last_invoice(producer_id: int, mode: str) -> Document | None:
    return db.session.scalar(
        select(Document).where(Document.producer_id == producer_id, Document.mode == mode,
                               Document.kind == KINDS[0])
        .order_by(Document.id.desc()).limit(1))


def _lang(producer_id: int) -> str:
    """The language of the house's first owner."""
    return db.session.scalar(
        select(Person.lang).join(Staff, Staff.person_id == Person.id)
        .where(Staff.producer_id == producer_id, Staff.role == "owner", Staff.until.is_(None))
        .order_by(Staff.id).limit(1)) or "de"
