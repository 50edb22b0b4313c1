"""What a product still lacks before it may be published, for one or for a whole list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import flask_babel
from flask_babel import gettext as _
from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import (
    Lot,
    Particular,
    Picture,
    Product,
    ProductText,
    Reduction,
    Variant,
)
from marketplace.catalog.queries.around import from_lot, from_trader, from_variants
from marketplace.catalog.queries.shelves import shelf_path, shelves
from marketplace.catalog.rules.fields import CONTROL_BODY, Around, FactField, demanded
from marketplace.catalog.rules.templates import TEMPLATES, fields_of, missing
from marketplace.foundation.database import read
from marketplace.producers.models import Evidence, Producer, Trader
from marketplace.producers.rules.claims import Claim, lint, organic_words

LANGS = ("de", "en")
TAXES = ("standard", "reduced")
WORDS = ("title", "teaser", "story", "use", "care")


@dataclass(frozen=True, slots=True)
class Gathered:
    """A product with everything that decides whether it may be published."""

    product: Any
    texts: Mapping[str, Mapping[str, str]]
    particulars: Sequence[Any]
    all_variants: Sequence[Any]

    @property
    def variants(self) -> list[Any]:
        """What is offered."""
        return [row for row in self.all_variants if row.active]

    @property
    def facts(self) -> dict[str, Any]:
        """Values by key, German first; those of the current lot before those of the product."""
        found: dict[str, Any] = {}
        for row in sorted(self.particulars, key=lambda row: (row.lot_id is not None,
                                                             row.lang != "en")):
            found[row.key] = row.value
        return found

    @property
    def around(self) -> Around:
        """What is known of it besides."""
        row = self.product
        said = " ".join(words for text in self.texts.values() for words in text.values())
        lot = row if row.label else None
        given = {**from_trader(row), **from_lot(lot, row.code), **from_variants(self.variants)}
        return Around(given, frozenset(s.slug for s in shelf_path(row.category_id)),
                      frozenset((row.evidence or "").split()), organic_words(said))


def gathered(product_ids: Collection[int], on: date) -> Mapping[int, Gathered]:
    """Products by id. Loads: 3 statements for any number."""
    ids = list(product_ids)
    if not ids:
        return {}
    made = _statements()
    facts: dict[int, list[Any]] = {}
    for row in read(made.particulars, ids=ids):
        facts.setdefault(row.product_id, []).append(row)
    variants: dict[int, list[Any]] = {}
    for row in read(made.variants, ids=ids):
        variants.setdefault(row.product_id, []).append(row)
    found = {}
    for row in read(made.products, ids=ids, on=on):
        texts = {lang: {name: getattr(row, f"{name}_{lang}") or "" for name in WORDS}
                 for lang in LANGS}
        own = [one for one in facts.get(row.id, [])
               if one.lot_id is None or one.lot_id == row.lot_id]
        found[row.id] = Gathered(row, texts, own, variants.get(row.id, []))
    return found


@dataclass(frozen=True, slots=True)
class _Made:
    products: Any
    particulars: Any
    variants: Any


def products_asked() -> Any:
    """The statement of products with all that decides but particulars and variants; it takes
    `ids` and the day `on`.
    """
    return _statements().products


@cache
def _statements() -> _Made:
    ids: Any = bindparam("ids", expanding=True)
    texts = {lang: aliased(ProductText) for lang in LANGS}
    evidence = (select(func.aggregate_strings(Evidence.kind, " "))
                .where(Evidence.producer_id == Product.producer_id,
                       Evidence.checked_by.is_not(None), Evidence.until > bindparam("on"))
                .scalar_subquery())
    pictures = (select(func.count()).where(
        Picture.product_id == Product.id, Picture.kind.in_(("photo", "drawn"))).scalar_subquery())
    statement: Any = select(
        Product.id, Product.producer_id, Product.category_id, Product.slug, Product.code,
        Product.state, Product.held_state, Product.age_class, Product.tax_category,
        Product.not_for_de, Product.not_for_en, Product.place_of_making, Product.price_from_minor,
        Product.guarantee_years, Product.gaps_since, Product.published_at,
        Product.main_picture_id, Producer.name,
        Producer.place, Producer.country.label("home"), Trader.legal_name, Trader.street,
        Trader.postcode, Trader.city, Trader.country, Trader.e_mail, Lot.id.label("lot_id"),
        Trader.vat_status, Lot.label, Lot.kind, Lot.made_on, pictures.label("pictures"),
        evidence.label("evidence"),
        *(getattr(texts[lang], name).label(f"{name}_{lang}") for lang in LANGS for name in WORDS),
    ).join(Producer, Producer.id == Product.producer_id)
    statement = statement.outerjoin(Trader, Trader.producer_id == Producer.id)
    statement = statement.outerjoin(
        Lot, and_(Lot.product_id == Product.id, Lot.state == "current"))
    for lang, text in texts.items():
        statement = statement.outerjoin(
            text, and_(text.product_id == Product.id, text.lang == lang))
    return _Made(
        statement.where(Product.id.in_(ids)),
        select(Particular).where(Particular.product_id.in_(ids)).order_by(Particular.id),
        select(Variant, Reduction.id.label("struck"))
        .outerjoin(Reduction, and_(Reduction.variant_id == Variant.id,
                                   Reduction.to_at.is_(None)))
        .where(Variant.product_id.in_(ids))
        .order_by(Variant.position, Variant.id))


_rate_known: list[Callable[[str, str, str], bool]] = []


def ask_rates_of(known: Callable[[str, str, str], bool]) -> None:
    """Whether a VAT rate is known is asked of a later room: status, country, category. Set once."""
    _rate_known[:] = [known]


def obstacles(one: Gathered, rates: bool = True) -> dict[str, str]:
    """What stands in the way of publishing: field -> sentence.

    `rates`: also a VAT rate that the market's table lacks, which no producer can mend.
    """
    row = one.product
    faults = lacking(one) | _basics(one)
    if rates and "category" not in faults and not all(
            known(row.vat_status or "regular", row.home, row.tax_category)
            for known in _rate_known):
        faults["category"] = _("The marketplace does not know the VAT rate for these goods in "
                               "your country yet. Please ask its operator.")
    if not (row.not_for_de or row.not_for_en):
        faults["not_for"] = _("One honest sentence: for whom is it not?")
    for name, claim in claims(one):
        if claim.blocks:
            faults[name] = claim_words(claim)
    return faults


def _basics(one: Gathered) -> dict[str, str]:
    row, shelf = one.product, shelves().get(one.product.category_id)
    faults = {}
    if shelf is None or shelf.template not in TEMPLATES:
        faults["category"] = _("Nothing can be sold on this shelf yet.")
    elif row.tax_category not in TAXES or row.age_class < shelf.age_class:
        faults["category"] = _("Tax and minimum age do not fit the shelf; please choose it anew.")
    if not any(text["title"] for text in one.texts.values()):
        faults["title_de"] = _("Please give it a name.")
    if not row.place_of_making:
        faults["place_of_making"] = _("Where is it made?")
    if not one.variants:
        faults["price"] = _("At least one variant with a price.")
    if not row.pictures:
        faults["picture"] = _("At least one picture with a description.")
    return faults


def lacking(one: Gathered) -> dict[str, str]:
    """What the law wants buyers to know before they order and is not said: field -> sentence."""
    shelf = shelves().get(one.product.category_id)
    template = shelf.template if shelf else ""
    facts, around = one.facts, one.around
    faults = {field.key: _("Buyers have to know this before they order.")
              for field in missing(template, facts, around)}
    for field in fields_of(template):
        if field.key not in faults and demanded(field, facts, around) and _foreign(field, one):
            faults[field.key] = _("This has to be said in German too, as it is sold in Germany.")
    code = str(facts.get("organic") or "").strip().upper()
    if code and not CONTROL_BODY.fullmatch(code):
        faults["organic"] = _("A control body reads like DE-ÖKO-003.")
    elif code and "organic" not in around.evidence:
        faults["organic"] = _("Your certificate is not checked, or it has ended.")
    return faults


def lot_gaps(one: Gathered, lot_id: int) -> dict[str, str]:
    """What a lot has to say for itself and does not: field -> sentence."""
    shelf = shelves().get(one.product.category_id)
    fields = {field.key: field for field in fields_of(shelf.template if shelf else "")
              if field.per_lot}
    faults = {key: words for key, words in lacking(one).items() if key in fields}
    has = any(row.lot_id == lot_id and (row.on_hand > 0 or row.made_to_order)
              for row in one.all_variants)
    if not has:
        faults["stock"] = _("At least one variant of it needs stock.")
    return faults


def _foreign(field: FactField, one: Gathered) -> bool:
    """Whether a text was said in English only."""
    langs = {row.lang for row in one.particulars if row.key == field.key}
    return field.kind in ("text", "long") and bool(langs) and not langs & {None, "de"}


def claims(one: Gathered) -> list[tuple[str, Claim]]:
    """Claims in the producer's words as (form field, claim)."""
    shelf, row = shelves().get(one.product.category_id), one.product
    asked: dict[str, Any] = {
        "template": shelf.template if shelf else "", "evidence": one.around.evidence,
        "guarantee_years": row.guarantee_years}
    found = []
    for lang in LANGS:
        said = {**one.texts[lang], "not_for": getattr(row, f"not_for_{lang}")}
        found += [(f"{name}_{lang}", claim) for name, words in said.items() if words
                  for claim in lint(words, lang, **asked)]
    kinds = {field.key: field.kind for field in fields_of(asked["template"])}
    for fact in one.particulars:
        if kinds.get(fact.key) in ("text", "long") and fact.key not in ("organic", "maker"):
            found += [(fact.key, claim) for claim in lint(str(fact.value), fact.lang or "de",
                                                          **asked)]
    return found


def claim_words(claim: Claim) -> str:
    """A finding as a sentence: the words, what to do, and the law."""
    remedy = flask_babel.gettext(claim.remedy)
    return _("“%(words)s”: %(remedy)s (%(law)s)", words=claim.words, remedy=remedy, law=claim.law)


def gap_counts() -> tuple[int, int]:
    """Goods on sale that lack particulars, and goods that pause for it. Loads: 1 statement."""
    rows = dict(read(select(Product.state, func.count()).where(
        Product.gaps_since.is_not(None), Product.state.in_(("published", "paused")))
        .group_by(Product.state)))
    return rows.get("published", 0), rows.get("paused", 0)
