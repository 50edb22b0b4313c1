"""Prices agreed for sets: published by rooms that know of sets, paused and ended by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.catalog.models import Variant
from marketplace.checkout.models import Offer, OfferItem, OfferTerm
from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound

MOST_PERCENT_BP = 9_000


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a producer agreed to: `fixed` minor units for its part, or `percent` basis points."""

    producer_id: int
    form: str
    value: int
    agreed_by: int


@dataclass(frozen=True, slots=True)
class NewOffer:
    """A price for a set; `items` maps variants to pieces, `set_key` is that of its lines."""

    title_de: str
    title_en: str
    set_key: str
    items: Mapping[int, int]
    terms: Sequence[Agreed]
    valid_from: datetime | None = None
    valid_to: datetime | None = None


def publish_offer(new: NewOffer) -> Offer:
    """Let a set have its agreed price from now on, or from `valid_from`.

    Raises Invalid, Conflict (this set has a price already). Changes offers, offer_items,
    offer_terms.
    """
    _demand_whole(new)
    if db.session.scalar(select(Offer.id).where(Offer.set_key == new.set_key,
                                                Offer.state != "ended")) is not None:
        raise Conflict(_("There is an agreed price for this set already; please end it first."))
    row = Offer(code=new_code(7), title_de=new.title_de[:120], title_en=new.title_en[:120],
                set_key=new.set_key[:40], valid_from=new.valid_from or clock.now(),
                valid_to=new.valid_to, state="running")
    db.session.add(row)
    db.session.flush()
    db.session.add_all(OfferItem(offer_id=row.id, variant_id=variant, qty=qty)
                       for variant, qty in sorted(new.items.items()))
    db.session.add_all(OfferTerm(
        offer_id=row.id, producer_id=term.producer_id, form=term.form, value=term.value,
        agreed_by=term.agreed_by, agreed_at=clock.now()) for term in new.terms)
    db.session.flush()
    return row


def _demand_whole(new: NewOffer) -> None:
    """Raises Invalid unless every producer of the set agreed to a term that can hold."""
    makers = dict(db.session.execute(select(Variant.id, Variant.producer_id).where(
        Variant.id.in_(list(new.items)))).all())
    agreed = [term.producer_id for term in new.terms]
    faults = {}
    if len(new.items) < 1 or len(makers) != len(new.items) or any(
            not 1 <= qty <= 999 for qty in new.items.values()):
        faults["items"] = _("A set has goods that exist, each once to 999 times.")
    if set(makers.values()) != set(agreed) or len(set(agreed)) != len(agreed):
        faults["terms"] = _("Every producer of the set has to agree to its own part.")
    if any(term.form == "fixed" for term in new.terms) and len(agreed) > 1:
        faults["terms"] = _("A set price is for goods of one producer; several give percent.")
    if any(term.value < 0 or (term.form == "percent" and term.value > MOST_PERCENT_BP)
           or term.form not in ("fixed", "percent") for term in new.terms):
        faults["terms"] = _("From 0 to 90 percent.")
    if not new.set_key or (new.valid_to and new.valid_to <= (new.valid_from or clock.now())):
        faults["valid_to"] = _("The last day comes after the first.")
    if faults:
        raise Invalid(faults)


def set_offer_state(code: str, state: str) -> None:
    """Let an offer run, pause or end it for good; orders keep their prices.

    Raises NotFound for an unknown or ended one. Changes offers.
    """
    moved = db.session.execute(
        update(Offer).where(Offer.code == code, Offer.state != "ended").values(state=state)
        .execution_options(synchronize_session=False))
    if not moved.rowcount:  # type: ignore[attr-defined]
        raise NotFound(_("This offer has ended."))
