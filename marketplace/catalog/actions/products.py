"""Making, changing and publishing products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.catalog.actions.stock import refresh_price_copies
from marketplace.catalog.events import ProductChanged
from marketplace.catalog.models import (
    FactValue,
    OldSlug,
    Particular,
    Picture,
    Price,
    Product,
    ProductOccasion,
    ProductText,
    Variant,
)
from marketplace.catalog.queries.shelves import Shelf, shelves
from marketplace.catalog.queries.studio import said_in
from marketplace.catalog.rules.codes import slug_of
from marketplace.catalog.rules.templates import FactField, fields_of
from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce

NOTHING: tuple[object, ...] = (None, "", [], {})
NO_CODE = frozenset({"nicht angegeben", "not stated", "ohne", "none", "keine"})
"""Values by which nobody filters."""


@dataclass(frozen=True, slots=True)
class NewVariant:
    """A variant as somebody typed it; price in minor units, amount in `unit`."""

    sku: str
    price_minor: int
    stock: int
    amount: int = 1
    unit: str = "piece"
    label_de: str = ""
    label_en: str = ""
    gtin: str | None = None
    weight_g: int = 0
    lot_id: int | None = None
    made_to_order: bool = False
    lead_days: int | None = None


@dataclass(frozen=True, slots=True)
class NewProduct:
    """A product as somebody typed it; texts are lang -> (title, teaser, story)."""

    category_id: int
    texts: Mapping[str, tuple[str, str, str]]
    variants: Sequence[NewVariant]
    not_for_de: str = ""
    not_for_en: str = ""
    place_of_making: str = ""
    withdrawal: str = "yes"
    facts: Mapping[str, object] = field(default_factory=dict)
    occasion_ids: Sequence[int] = ()
    age_class: int | None = None


def create(producer_id: int, new: NewProduct, person_id: int | None) -> Product:
    """A draft with its texts, facts and variants. Raises Invalid. Changes eight tables."""
    shelf = shelves().get(new.category_id)
    if shelf is None:
        raise Invalid({"category": _("Please choose a category.")})
    title = next((text[0] for text in new.texts.values() if text[0]), "")
    if not title:
        raise Invalid({"title": _("Please give it a name.")})
    now = clock.now()
    product = Product(
        producer_id=producer_id, category_id=shelf.id, slug=free_slug(title), code=new_code(5),
        age_class=shelf.age_class if new.age_class is None else new.age_class,
        tax_category=_tax(shelf), withdrawal=new.withdrawal, not_for_de=new.not_for_de,
        not_for_en=new.not_for_en, place_of_making=new.place_of_making, made_at=now,
        main_category_id=shelf.main_id, last_change_at=now,
    )
    db.session.add(product)
    db.session.flush()
    _keep_texts(product.id, new.texts)
    _keep_facts(product.id, shelf, new.facts)
    _keep_occasions(product.id, new.occasion_ids)
    for position, variant in enumerate(new.variants):
        add_variant(product, variant, position, person_id)
    refresh_price_copies(product.id)
    return product


def _tax(shelf: Shelf) -> str:
    return "reduced" if shelf.template in ("food", "coffee_tea") else "standard"


def free_slug(title: str, own_id: int = 0) -> str:
    """An address part nobody has: the title, with a number where it is taken."""
    base = slug_of(title) or "product"
    taken = set(db.session.scalars(
        select(Product.slug).where(Product.slug.startswith(base), Product.id != own_id)))
    taken |= set(db.session.scalars(select(OldSlug.slug).where(OldSlug.slug.startswith(base))))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _keep_texts(product_id: int, texts: Mapping[str, tuple[str, str, str]]) -> None:
    for lang, (title, teaser, story) in texts.items():
        if title:
            db.session.merge(ProductText(
                product_id=product_id, lang=lang, title=title[:80], teaser=teaser[:160],
                story=story))
    db.session.flush()


def _keep_facts(product_id: int, shelf: Shelf, facts: Mapping[str, object]) -> None:
    known = {f.key: f for f in fields_of(shelf.template)}
    db.session.execute(delete(Particular).where(
        Particular.product_id == product_id, Particular.lot_id.is_(None)))
    db.session.execute(delete(FactValue).where(FactValue.product_id == product_id))
    for key, value in facts.items():
        if key in known and value not in NOTHING:
            db.session.add(Particular(product_id=product_id, key=key, value=value))
            _keep_codes(product_id, known[key], value)
    db.session.flush()


def _keep_codes(product_id: int, fact: FactField, value: object) -> None:
    """What filters find a product by."""
    if fact.facet:
        for part in value if isinstance(value, list) else [value]:
            if str(part).strip().lower() in NO_CODE:
                continue
            code = slug_of(str(part), 80) or "other"
            db.session.merge(FactValue(product_id=product_id, key=fact.key, value_code=code))


def _change_facts(product_id: int, shelf: Shelf, facts: Mapping[str, object], lang: str) -> None:
    """Keep what was changed in one language; what the other says of it stays."""
    rows: dict[str, list[Particular]] = {}
    for row in db.session.scalars(
        select(Particular).where(Particular.product_id == product_id, Particular.lot_id.is_(None))
        .order_by(Particular.id)
    ):
        rows.setdefault(row.key, []).append(row)
    for fact in fields_of(shelf.template):
        own, value = rows.get(fact.key, []), facts.get(fact.key)
        if value == said_in(lang, own).get(fact.key):
            continue
        db.session.execute(delete(FactValue).where(
            FactValue.product_id == product_id, FactValue.key == fact.key))
        _say(product_id, fact.key, own, value, lang)
        if value not in NOTHING:
            _keep_codes(product_id, fact, said_in("de", own).get(fact.key, value))
    db.session.flush()


def _say(product_id: int, key: str, rows: list[Particular], value: object, lang: str) -> None:
    """One particular in one language; an empty one is gone from both."""
    if value in NOTHING:
        for row in rows:
            db.session.delete(row)
        return
    mine = next((row for row in rows if row.lang in (None, lang)), None)
    if mine is None:
        mine = Particular(product_id=product_id, key=key, lang=lang if rows else None)
        db.session.add(mine)
        rows.append(mine)
    mine.value = value


def _keep_occasions(product_id: int, ids: Sequence[int]) -> None:
    db.session.execute(delete(ProductOccasion).where(ProductOccasion.product_id == product_id))
    db.session.add_all(ProductOccasion(product_id=product_id, occasion_id=i)
                       for i in sorted(set(ids))[:6])
    db.session.flush()


def add_variant(
    product: Product, new: NewVariant, position: int, person_id: int | None
) -> Variant:
    """A variant with its first price. Raises Invalid for a doubled SKU."""
    doubled = db.session.scalar(select(Variant.id).where(
        Variant.producer_id == product.producer_id, Variant.sku == new.sku))
    if doubled:
        raise Invalid({"sku": _("You use this number for another variant.")})
    row = Variant(
        product_id=product.id, producer_id=product.producer_id, lot_id=new.lot_id, sku=new.sku,
        label_de=new.label_de, label_en=new.label_en, gtin=new.gtin, price_minor=new.price_minor,
        amount=new.amount, unit=new.unit, weight_g=new.weight_g, on_hand=new.stock,
        made_to_order=new.made_to_order, lead_days=new.lead_days, position=position,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add(Price(variant_id=row.id, price_minor=row.price_minor, from_at=clock.now(),
                         person_id=person_id))
    db.session.flush()
    return row


def edit(product_id: int, version: int, new: NewProduct, lang: str) -> None:
    """Change words, and facts as they are said in one language.

    Raises Conflict when somebody else saved meanwhile.
    """
    changed = db.session.execute(
        update(Product).where(Product.id == product_id, Product.version == version)
        .values(version=Product.version + 1, not_for_de=new.not_for_de,
                not_for_en=new.not_for_en, place_of_making=new.place_of_making,
                withdrawal=new.withdrawal, last_change_at=clock.now())
        .execution_options(synchronize_session=False))
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else saved this product meanwhile. Your text is kept below."))
    category_id = db.session.scalar(select(Product.category_id).where(Product.id == product_id))
    _keep_texts(product_id, new.texts)
    _change_facts(product_id, shelves()[category_id or 0], new.facts, lang)
    _keep_occasions(product_id, new.occasion_ids)
    announce(ProductChanged(product_id, ("texts", "facts")))


def refresh_copies(product_id: int) -> None:
    """Copy prices, stock word and main picture to the product anew."""
    first = db.session.scalar(select(Picture.id).where(Picture.product_id == product_id)
                              .order_by(Picture.position, Picture.id).limit(1))
    db.session.execute(update(Product).where(Product.id == product_id)
                       .values(main_picture_id=first))
    refresh_price_copies(product_id)
