"""Offers from bundles with what each party said, and what a producer could offer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import aliased

from marketplace.bundles.models import Bundle, BundleItem, BundleOffer, OfferAgreement, PairCount
from marketplace.bundles.queries.bundles import rows_of
from marketplace.bundles.queries.rows import BundleRow
from marketplace.bundles.queries.sight import named
from marketplace.bundles.queries.together import SHOWN
from marketplace.bundles.rules import OPEN_STATES, PAIR_AUTHORS, SILENCE_DAYS, PartNow
from marketplace.catalog.models import Product
from marketplace.checkout.rules.prices import SetOffer, Term
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound
from marketplace.producers.models import Producer

MOST_LISTED, MOST_PAIRS = 60, 20


@dataclass(frozen=True, slots=True)
class Party:
    """The author (no producer) or a producer of an offer, and what they said."""

    producer_id: int | None
    name: str
    slug: str
    state: str
    form: str
    value: int | None
    person_id: int | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer from a bundle with its parties, the author first."""

    id: int
    bundle_id: int
    bundle_slug: str
    title: str
    author_id: int | None
    producer_id: int
    credit: str
    benefit: str
    items: Mapping[int, int]
    state: str
    pause: str
    code: str
    asked_at: datetime
    parties: tuple[Party, ...]

    @property
    def answer_until(self) -> datetime:
        """After this silence is a no."""
        return self.asked_at + timedelta(days=SILENCE_DAYS)

    @property
    def houses(self) -> Sequence[Party]:
        """The producers."""
        return [one for one in self.parties if one.producer_id is not None]

    def of(self, producer_id: int | None) -> Party | None:
        """A producer as a party, or with None the author."""
        return next((one for one in self.parties if one.producer_id == producer_id), None)

    @property
    def set_offer(self) -> SetOffer:
        """As the rules of prices need it; producers who said nothing give nothing."""
        return SetOffer(self.code, f"bundle-{self.bundle_id}", self.items, [
            Term(one.producer_id or 0, one.form or "percent", one.value or 0)
            for one in self.houses])


def offers_where(*where: Any, limit: int = MOST_LISTED) -> Sequence[OfferRow]:
    """Offers with their parties, newest first. Loads: 1 statement."""
    ids = select(BundleOffer.id).where(*where).order_by(BundleOffer.id.desc()).limit(limit)
    rows = db.session.execute(
        select(BundleOffer, OfferAgreement, Bundle.slug, Bundle.title, Bundle.author_id,
               Producer.name, Producer.slug.label("house"))
        .join(OfferAgreement, OfferAgreement.offer_id == BundleOffer.id)
        .join(Bundle, Bundle.id == BundleOffer.bundle_id)
        .outerjoin(Producer, Producer.id == OfferAgreement.producer_id)
        .where(BundleOffer.id.in_(ids.scalar_subquery()))
        .order_by(BundleOffer.id.desc(), OfferAgreement.party, Producer.name, OfferAgreement.id)
        .execution_options(populate_existing=True)).all()
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.BundleOffer.id, []).append(row)
    return [_offer(some) for some in found.values()]


def _offer(rows: Sequence[Any]) -> OfferRow:
    head = rows[0].BundleOffer
    return OfferRow(
        head.id, head.bundle_id, rows[0].slug, rows[0].title, rows[0].author_id,
        head.producer_id, head.credit, head.benefit, {int(v): int(n) for v, n in head.items},
        head.state, head.pause or "", head.offer_code or "", head.asked_at,
        tuple(Party(a.producer_id, name or "", house or "", a.state, a.form or "", a.value,
                    a.person_id, a.at)
              for _o, a, _slug, _title, _author, name, house in rows))


def offer_by_id(offer_id: int) -> OfferRow:
    """An offer, whoever asks. Loads: 1 statement. Raises NotFound."""
    found = offers_where(BundleOffer.id == offer_id)
    if not found:
        raise NotFound(_("There is no such offer here."))
    return found[0]


def offers_of_house(producer_id: int) -> Sequence[OfferRow]:
    """Offers in which a producer takes part, newest first. Loads: 1 statement."""
    return offers_where(BundleOffer.id.in_(select(OfferAgreement.offer_id).where(
        OfferAgreement.producer_id == producer_id)))


def offers_of_author(person_id: int) -> Sequence[OfferRow]:
    """What producers ask an author, and what runs. Loads: 1 statement."""
    return offers_where(BundleOffer.bundle_id.in_(select(Bundle.id).where(
        Bundle.author_id == person_id)), BundleOffer.state.in_(OPEN_STATES))


def open_offer(bundle_id: int) -> OfferRow | None:
    """What is asked, runs or rests for a bundle. Loads: 1 statement."""
    return next(iter(offers_where(BundleOffer.bundle_id == bundle_id,
                                  BundleOffer.state.in_(OPEN_STATES), limit=1)), None)


def offers_with(product_id: int) -> Sequence[OfferRow]:
    """Offers that run and in which a product stands. Loads: 1 statement."""
    return offers_where(BundleOffer.state == "running", BundleOffer.bundle_id.in_(
        select(BundleItem.bundle_id).where(BundleItem.product_id == product_id)), limit=3)


def parts_now(row: BundleRow) -> list[PartNow]:
    """The parts of a bundle with their producers and today's prices. Loads: 1 statement."""
    makers = dict(db.session.execute(select(Product.id, Product.producer_id).where(
        Product.id.in_([item.product_id for item in row.items]))).all())
    return [PartNow(makers[item.product_id], item.variant_id or 0, item.qty, item.price_minor,
                    item.available) for item in row.items]


def bundles_with_goods_of(producer_id: int) -> Sequence[BundleRow]:
    """Public bundles with goods of a producer, newest first. Loads: 3 statements."""
    ids = db.session.scalars(
        select(Bundle.id).where(*SHOWN, named(), Bundle.id.in_(
            select(BundleItem.bundle_id).join(Product, Product.id == BundleItem.product_id)
            .where(Product.producer_id == producer_id)))
        .order_by(Bundle.published_at.desc(), Bundle.id.desc()).limit(MOST_LISTED)).all()
    known = {row.id: row for row in rows_of(ids, None)}
    return [known[one] for one in ids]


def pairs_of_house(producer_id: int) -> Sequence[tuple[int, int, int]]:
    """Pairs of a producer's own goods in bundles of at least five different members: two products
    and how many members, most first. Loads: 1 statement.
    """
    its, also = aliased(Product), aliased(Product)
    rows = db.session.execute(
        select(PairCount.product_id, PairCount.other_id, PairCount.authors)
        .join(its, its.id == PairCount.product_id).join(also, also.id == PairCount.other_id)
        .where(PairCount.authors >= PAIR_AUTHORS, its.producer_id == producer_id,
               also.producer_id == producer_id)
        .order_by(PairCount.authors.desc(), PairCount.product_id, PairCount.other_id)
        .limit(MOST_PAIRS)).all()
    return [(row[0], row[1], row[2]) for row in rows]


def open_by_bundle(bundle_ids: Collection[int]) -> Mapping[int, OfferRow]:
    """What is asked, runs or rests, by bundle. Loads: 1 statement."""
    return {row.bundle_id: row for row in offers_where(
        BundleOffer.bundle_id.in_(list(bundle_ids)), BundleOffer.state.in_(OPEN_STATES))}
