"""What stands beside a product: who had a part in it, what proves its words, its prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from marketplace.catalog.models import (
    Price,
    Product,
    ProductCredit,
    ProductEvidence,
    Reduction,
    Variant,
)
from marketplace.foundation.database import read
from marketplace.people.models import Person
from marketplace.producers.models import Evidence


@dataclass(frozen=True, slots=True)
class Credit:
    """Somebody who had a part in a product and agreed to be named."""

    handle: str
    name: str
    why: str


def credits_of(product_id: int) -> Sequence[Credit]:
    """Who is named on a product, in the order of agreeing. Loads: 1 statement."""
    rows = read(select(Person.handle, Person.display_name, ProductCredit.why)
                .join(ProductCredit, ProductCredit.person_id == Person.id)
                .where(ProductCredit.product_id == product_id,
                       ProductCredit.consent_at.is_not(None))
                .order_by(ProductCredit.consent_at, ProductCredit.id).limit(20))
    return [Credit(row.handle, row.display_name or row.handle, row.why) for row in rows]


def proofs_of(product_id: int, on: date, organic: bool) -> Sequence[Any]:
    """Valid confirmations that concern a product: kind, issuer, number, checked_at, public_url.

    The organic certificate concerns every product that says so. Loads: 1 statement.
    """
    own = select(ProductEvidence.evidence_id).where(ProductEvidence.product_id == product_id)
    asked = Evidence.id.in_(own)
    return read(select(Evidence.id, Evidence.kind, Evidence.issuer, Evidence.number,
                       Evidence.checked_at, Evidence.public_url)
                .join(Product, Product.producer_id == Evidence.producer_id)
                .where(Product.id == product_id, Evidence.checked_by.is_not(None),
                       Evidence.until > on,
                       or_(asked, Evidence.kind == "organic") if organic else asked)
                .order_by(Evidence.kind, Evidence.id).limit(20))


@dataclass(frozen=True, slots=True)
class PriceSpan:
    """A price and how long it was in force; `reduced` says that it was struck then."""

    variant_id: int
    minor: int
    from_at: datetime
    to_at: datetime | None
    reduced: bool


def price_spans(product_id: int, since: datetime) -> Sequence[PriceSpan]:
    """Prices of the variants on sale that were in force after a moment, by variant, oldest first.

    Loads: 2 statements.
    """
    rows = read(select(Price.variant_id, Price.price_minor, Price.from_at, Price.to_at)
                .join(Variant, Variant.id == Price.variant_id)
                .where(Variant.product_id == product_id, Variant.active,
                       or_(Price.to_at.is_(None), Price.to_at > since))
                .order_by(Variant.position, Variant.id, Price.from_at, Price.id).limit(2_000))
    struck = {(row.variant_id, row.from_at) for row in read(
        select(Reduction.variant_id, Reduction.from_at)
        .join(Variant, Variant.id == Reduction.variant_id)
        .where(Variant.product_id == product_id, Reduction.kind == "plain"))}
    return [PriceSpan(row.variant_id, row.price_minor, row.from_at, row.to_at,
                      (row.variant_id, row.from_at) in struck) for row in rows]
