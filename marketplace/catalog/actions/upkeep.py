"""The daily look at goods on sale: what their shelf asks for anew, and proofs that have ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select, update

from marketplace.catalog.actions.publishing import pause
from marketplace.catalog.events import ParticularsMissing
from marketplace.catalog.models import Product
from marketplace.catalog.queries.readiness import Gathered, claims, gathered, obstacles
from marketplace.catalog.rules.grace import grace_step
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce

BATCH = 200
PROOF, GAPS = "#proof", "#gaps"
"""Why goods pause by themselves; pages say it in their language."""


def on_sale_after(product_id: int) -> Sequence[int]:
    """Ids of the next goods on sale, in id order. Loads: 1 statement."""
    return db.session.scalars(
        select(Product.id).where(Product.state == "published", Product.id > product_id)
        .order_by(Product.id).limit(BATCH)).all()


def own_on_sale(producer_id: int) -> Sequence[int]:
    """Ids of a producer's goods on sale. Loads: 1 statement."""
    return db.session.scalars(
        select(Product.id).where(Product.producer_id == producer_id, Product.state == "published")
        .order_by(Product.id)).all()


def look_at(ids: Sequence[int]) -> None:
    """Begin or end the 60 days of goods that lack something, or pause them.

    Words that need a proof which has ended pause at once. Changes products; announces
    ParticularsMissing once a producer, ProductPaused.
    """
    new: Counter[int] = Counter()
    for product_id, one in gathered(ids, clock.today()).items():
        if one.product.state != "published":
            continue
        if proof_ended(one):
            pause(product_id, PROOF)
            continue
        step = grace_step(bool(obstacles(one, rates=False)), one.product.gaps_since, clock.now())
        if step == "pause":
            pause(product_id, GAPS)
        elif step == "begin":
            new[one.product.producer_id] += 1
            _mark(product_id, clock.now())
        elif step == "end":
            _mark(product_id, None)
    for producer_id, count in sorted(new.items()):
        announce(ParticularsMissing(producer_id, count))


def proof_ended(one: Gathered) -> bool:
    """Whether its words, or its organic particulars, need a certificate that is not valid."""
    organic = bool(one.facts.get("organic")) and "organic" not in one.around.evidence
    return organic or any(claim.blocks for _name, claim in claims(one))


def _mark(product_id: int, since: object) -> None:
    db.session.execute(update(Product).where(Product.id == product_id).values(gaps_since=since))
