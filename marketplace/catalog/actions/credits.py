"""Who had a part in a product: asked, named once they agree, taken off when they say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import aliased

from marketplace.catalog.events import CreditAsked, ProductChanged
from marketplace.catalog.models import Product, ProductCredit, ProductText
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce
from marketplace.people.models import Person
from marketplace.producers.models import Producer

WHYS = ("idea", "bundle", "design")
MOST = 20


@dataclass(frozen=True, slots=True)
class CreditRow:
    """A credit as its house and its person see it."""

    id: int
    product_id: int
    slug: str
    title: str
    producer: str
    handle: str
    why: str
    consent_at: datetime | None


def ask_credit(product_id: int, handle: str, why: str) -> None:
    """Ask somebody whether they want to be named. Raises Invalid. Changes product_credits."""
    if why not in WHYS:
        raise Invalid({"why": _("Please choose one of these.")})
    person_id = db.session.scalar(select(Person.id).where(
        Person.handle_folded == handle.strip().removeprefix("@").lower(),
        Person.state == "active"))
    if person_id is None:
        raise Invalid({"handle": _("There is no member of this name.")})
    rows = db.session.scalar(select(func.count()).where(
        ProductCredit.product_id == product_id)) or 0
    known = db.session.scalar(select(ProductCredit.id).where(
        ProductCredit.product_id == product_id, ProductCredit.person_id == person_id,
        ProductCredit.why == why))
    if known is not None:
        raise Invalid({"handle": _("They were asked already.")})
    if rows >= MOST:
        raise Invalid({"handle": _("At most twenty people can be named.")})
    db.session.add(ProductCredit(product_id=product_id, person_id=person_id, why=why,
                                 made_at=clock.now()))
    db.session.flush()
    announce(CreditAsked(product_id, person_id, why))


def answer_credit(credit_id: int, person_id: int, agree: bool) -> None:
    """The person agrees to be named, or does not want it (any more). Changes product_credits."""
    mine = (ProductCredit.id == credit_id, ProductCredit.person_id == person_id)
    product_id = db.session.scalar(select(ProductCredit.product_id).where(*mine))
    if product_id is None:
        return
    if agree:
        db.session.execute(update(ProductCredit).where(*mine).values(consent_at=clock.now()))
    else:
        db.session.execute(delete(ProductCredit).where(*mine))
    announce(ProductChanged(product_id, ("credits",)))


def drop_credit(credit_id: int, product_id: int) -> None:
    """The house names somebody no longer. Changes product_credits."""
    db.session.execute(delete(ProductCredit).where(
        ProductCredit.id == credit_id, ProductCredit.product_id == product_id))
    announce(ProductChanged(product_id, ("credits",)))


def credit_rows(lang: str, product_id: int | None = None, person_id: int | None = None
                ) -> Sequence[CreditRow]:
    """Credits of a product, or of a person, asked ones first. Loads: 1 statement."""
    own, other = aliased(ProductText), aliased(ProductText)
    asked = ProductCredit.product_id == product_id if product_id is not None else \
        ProductCredit.person_id == person_id
    rows = db.session.execute(
        select(ProductCredit.id, Product.id, Product.slug,
               func.coalesce(own.title, other.title, Product.slug), Producer.name, Person.handle,
               ProductCredit.why, ProductCredit.consent_at)
        .join(Product, Product.id == ProductCredit.product_id)
        .join(Producer, Producer.id == Product.producer_id)
        .join(Person, Person.id == ProductCredit.person_id)
        .outerjoin(own, (own.product_id == Product.id) & (own.lang == lang))
        .outerjoin(other, (other.product_id == Product.id) & (other.lang != lang))
        .where(asked).order_by(ProductCredit.consent_at.is_not(None), ProductCredit.id).limit(100))
    return [CreditRow(*row) for row in rows]
