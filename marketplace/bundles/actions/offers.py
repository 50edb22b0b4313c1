"""Making an offer from a member's bundle: asking, agreeing, resting, ending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.bundles.actions.composing import relation_of
from marketplace.bundles.events import OfferAgreed, OfferAsked, OfferEnded, OfferPaused
from marketplace.bundles.models import Bundle, BundleItem, BundleOffer, OfferAgreement
from marketplace.bundles.queries.bundles import rows_of
from marketplace.bundles.queries.offers import (
    OfferRow,
    offer_by_id,
    offers_where,
    open_offer,
    parts_now,
)
from marketplace.bundles.rules import (
    SILENCE_DAYS,
    PartNow,
    rest_reason,
    term_fault,
)
from marketplace.checkout.actions.offering import Agreed, NewOffer, publish_offer, set_offer_state
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import announce

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What a producer proposes: its own term, how the author is named, and what the author has."""

    form: str
    value: int | None
    credit: str
    benefit: str = ""


def ask_offer(bundle_id: int, producer_id: int, person_id: int, new: Asked) -> int:
    """Ask the author of a bundle, and the other producers in it, for a set price; the offer's id.

    Who asks has agreed to its own term. Raises NotFound, Conflict, Invalid. Changes bundle_offers,
    offer_agreements; announces OfferAsked.
    """
    db.session.get(Bundle, bundle_id, with_for_update=True, populate_existing=True)
    row = next(iter(rows_of([bundle_id], None)), None)
    parts = parts_now(row) if row is not None else []
    houses = sorted({part.producer_id for part in parts})
    if row is None or producer_id not in houses or row.visibility != "public" or row.blind:
        raise NotFound(_("There is no such bundle here."))
    if row.author_id is None or row.state != "published":
        raise Conflict(_("Its author is not here any more."))
    if any(part.unit_minor is None or not part.available for part in parts):
        raise Conflict(_("A part of it cannot be had just now."))
    if len({part.variant_id for part in parts}) < len(parts):
        raise Conflict(_("It holds the same thing twice; a set price needs each thing once."))
    if open_offer(bundle_id) is not None:
        raise Conflict(_("Somebody asks already, or a price of this set runs."))
    _demand(new, parts, len(houses))
    offer = BundleOffer(
        bundle_id=bundle_id, producer_id=producer_id, credit=new.credit, benefit=new.benefit,
        items=[[part.variant_id, part.qty] for part in parts], state="asked",
        asked_at=clock.now())
    db.session.add(offer)
    db.session.flush()
    db.session.add(OfferAgreement(offer_id=offer.id, party="author", state="asked"))
    for house in houses:
        own = house == producer_id
        db.session.add(OfferAgreement(
            offer_id=offer.id, party="producer", producer_id=house,
            state="agreed" if own else "asked", form=new.form if own else None,
            value=new.value if own else None, at=clock.now() if own else None,
            person_id=person_id if own else None))
    db.session.flush()
    announce(OfferAsked(offer.id, producer_id))
    return offer.id


def _demand(new: Asked, parts: Sequence[PartNow], houses: int) -> None:
    singly = sum((part.unit_minor or 0) * part.qty for part in parts)
    faults = {}
    if term_fault(new.form, new.value, houses, singly):
        faults["value"] = _("Below what the parts cost one by one.") if new.form == "fixed" \
            else _("From 0 to 90 percent.")
    if new.form == "fixed" and houses > 1:
        faults["form"] = _("A set price is for goods of one producer; several give percent.")
    if new.form == "percent" and houses == 1 and new.value == 0:
        faults["value"] = _("The set has to be cheaper than its parts.")
    if not 2 <= len(new.credit) <= 120:
        faults["credit"] = _("2 to 120 characters.")
    if len(new.benefit) > 200:
        faults["benefit"] = _("At most 200 characters.")
    if faults:
        raise Invalid(faults)


def _asked(offer_id: int) -> OfferRow:
    """An offer that waits for answers, its row locked. Raises NotFound, Conflict."""
    db.session.get(BundleOffer, offer_id, with_for_update=True, populate_existing=True)
    row = offer_by_id(offer_id)
    if row.state != "asked" or row.answer_until <= clock.now():
        raise Conflict(_("This is not open any more."))
    return row


def answer_as_author(offer_id: int, person_id: int, yes: bool) -> None:
    """Say yes or no as the author of the bundle. Raises NotYours, Conflict.

    Changes bundle_offers, offer_agreements, offers; announces OfferAgreed or OfferEnded.
    """
    row = _asked(offer_id)
    if row.author_id != person_id:
        raise NotYours(_("Only the author of the bundle answers this."))
    _say(row, None, person_id, "agreed" if yes else "declined")
    _go_on(row.id)


def answer_as_house(offer_id: int, producer_id: int, person_id: int, percent_bp: int | None
                    ) -> None:
    """Agree as a producer with so much off one's own lines, or decline with None.

    Raises NotFound, Invalid, Conflict. Changes bundle_offers, offer_agreements, offers; announces
    OfferAgreed or OfferEnded.
    """
    row = _asked(offer_id)
    if row.of(producer_id) is None:
        raise NotFound(_("There is no such offer here."))
    if percent_bp is not None and term_fault("percent", percent_bp, len(row.houses), 0):
        raise Invalid({"value": _("From 0 to 90 percent.")})
    _say(row, producer_id, person_id, "declined" if percent_bp is None else "agreed", percent_bp)
    _go_on(row.id)


def _say(row: OfferRow, producer_id: int | None, person_id: int, state: str,
         percent_bp: int | None = None) -> None:
    party = OfferAgreement.producer_id.is_(None) if producer_id is None \
        else OfferAgreement.producer_id == producer_id
    term = {} if percent_bp is None else {"form": "percent", "value": percent_bp}
    moved = db.session.execute(
        update(OfferAgreement).where(OfferAgreement.offer_id == row.id, party,
                                     OfferAgreement.state == "asked")
        .values(state=state, at=clock.now(), person_id=person_id, **term)
        .execution_options(synchronize_session=False))
    if not moved.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("This was answered already."))


def _go_on(offer_id: int) -> None:
    """Let the price run once everybody agreed; a no ends the question."""
    row = offer_by_id(offer_id)
    if any(one.state == "declined" for one in row.parties):
        _close(row, "declined")
    elif all(one.state == "agreed" for one in row.parties):
        _publish(row)


def _publish(row: OfferRow) -> None:
    bundle = rows_of([row.bundle_id], None)[0]
    reason = rest_reason(row.set_offer, parts_now(bundle), bundle.state == "published")
    if reason == "singles":
        raise Conflict(_("The set has to be cheaper than its parts: one of you has to give "
                         "something."))
    offer = publish_offer(NewOffer(
        row.title, row.title, f"bundle-{row.bundle_id}", row.items,
        [Agreed(one.producer_id or 0, one.form, one.value or 0, one.person_id or 0)
         for one in row.houses]))
    db.session.execute(update(BundleOffer).where(BundleOffer.id == row.id).values(
        state="running", offer_code=offer.code))
    _relate(row.bundle_id, bool(row.benefit))
    announce(OfferAgreed(row.id, row.bundle_id))
    check_offers([row.id])


def _relate(bundle_id: int, benefit: bool) -> None:
    """Say of a bundle that its author has something from it, or no longer."""
    bundle = db.session.get_one(Bundle, bundle_id, populate_existing=True)
    goods = db.session.scalars(select(BundleItem.product_id).where(
        BundleItem.bundle_id == bundle_id)).all()
    bundle.relation = relation_of(bundle.author_id, goods) or ("benefit" if benefit else None)
    db.session.flush()


def end_offer(offer_id: int, person_id: int, producer_id: int | None) -> None:
    """End a price that runs, rests or is asked for, as its author or one of its producers.

    Orders keep their prices. Raises NotYours, NotFound, Conflict. Changes bundle_offers,
    offer_agreements, offers, bundles; announces OfferEnded.
    """
    db.session.get(BundleOffer, offer_id, with_for_update=True, populate_existing=True)
    row = offer_by_id(offer_id)
    if producer_id is None and row.author_id != person_id:
        raise NotYours(_("Only the author of the bundle answers this."))
    if row.of(producer_id) is None:
        raise NotFound(_("There is no such offer here."))
    if row.state not in ("asked", "running", "paused"):
        raise Conflict(_("This is not open any more."))
    db.session.execute(
        update(OfferAgreement).where(
            OfferAgreement.offer_id == offer_id, OfferAgreement.producer_id.is_(None)
            if producer_id is None else OfferAgreement.producer_id == producer_id)
        .values(state="ended", at=clock.now(), person_id=person_id)
        .execution_options(synchronize_session=False))
    _close(row, "ended")


def _close(row: OfferRow, state: str) -> None:
    db.session.execute(update(BundleOffer).where(BundleOffer.id == row.id).values(
        state=state, pause=None, ended_at=clock.now()))
    if row.code:
        set_offer_state(row.code, "ended")
        _relate(row.bundle_id, False)
    db.session.flush()
    announce(OfferEnded(row.id, row.bundle_id, state))


def lapse_offers() -> None:
    """Fourteen days of silence are a no. Changes bundle_offers; announces OfferEnded."""
    late = clock.now() - timedelta(days=SILENCE_DAYS)
    for row in offers_where(BundleOffer.state == "asked", BundleOffer.asked_at <= late,
                            limit=MOST_AT_ONCE):
        _close(row, "lapsed")


def check_offers(offer_ids: Sequence[int] | None = None) -> None:
    """Let prices rest that save nothing or miss a part, and run again once that is over.

    Changes bundle_offers, offers; announces OfferPaused.
    """
    some = [] if offer_ids is None else [BundleOffer.id.in_(offer_ids)]
    offers = offers_where(BundleOffer.state.in_(("running", "paused")), *some,
                          limit=MOST_AT_ONCE)
    bundles = {one.id: one for one in rows_of([row.bundle_id for row in offers], None)}
    for row in offers:
        bundle = bundles[row.bundle_id]
        shown = bundle.state == "published" and bundle.standing in ("visible", "labelled")
        reason = rest_reason(row.set_offer, parts_now(bundle), shown)
        if reason == row.pause:
            continue
        db.session.execute(update(BundleOffer).where(BundleOffer.id == row.id).values(
            state="paused" if reason else "running", pause=reason or None))
        set_offer_state(row.code, "paused" if reason else "running")
        announce(OfferPaused(row.id, row.bundle_id, reason))
    db.session.flush()
