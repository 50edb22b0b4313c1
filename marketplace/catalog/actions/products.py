"""Making, changing and publishing products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select, update

from marketplace.catalog.actions.facts import change_facts, keep_facts
from marketplace.catalog.actions.publishing import demand_same
from marketplace.catalog.actions.stock import refresh_price_copies
from marketplace.catalog.events import ProductChanged
from marketplace.catalog.models import (
    OldSlug,
    Picture,
    Price,
    Product,
    ProductOccasion,
    ProductText,
    ProductVersion,
    Variant,
)
from marketplace.catalog.queries.shelves import Shelf, shelves
from marketplace.catalog.rules.codes import shop_address, slug_of
from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.producers.rules.claims import lint

MOST_OCCASIONS = 6


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
    drained: int | None = None
    deposit_minor: int = 0
    options: Mapping[str, str] = field(default_factory=dict)


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
    guarantee_years: int | None = None
    guarantee_words: str = ""


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
        producer_id=producer_id, category_id=shelf.id, slug=free_slug(title), code=free_code(),
        age_class=shelf.age_class if new.age_class is None else new.age_class,
        tax_category=tax_of(shelf), withdrawal=new.withdrawal, not_for_de=new.not_for_de,
        not_for_en=new.not_for_en, place_of_making=new.place_of_making, made_at=now,
        guarantee_years=new.guarantee_years, guarantee_words=new.guarantee_words,
        main_category_id=shelf.main_id, last_change_at=now,
    )
    db.session.add(product)
    db.session.flush()
    _keep_texts(product.id, new.texts)
    keep_facts(product.id, shelf, new.facts)
    _keep_occasions(product.id, new.occasion_ids)
    for position, variant in enumerate(new.variants):
        add_variant(product, variant, position, person_id)
    refresh_price_copies(product.id)
    return product


def tax_of(shelf: Shelf) -> str:
    """The tax category of what stands on a shelf."""
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


def free_code() -> str:
    """A short code nobody has: of 33 million, two of 7,000 goods would be equal by chance."""
    while True:
        code = new_code(5)
        if db.session.scalar(select(Product.id).where(Product.code == code)) is None:
            return code


def _keep_texts(product_id: int, texts: Mapping[str, tuple[str, str, str]]) -> None:
    """A language without a title is not spoken."""
    for lang, (title, teaser, story) in texts.items():
        if title:
            db.session.merge(ProductText(
                product_id=product_id, lang=lang, title=title[:80], teaser=teaser[:160],
                story=story))
        else:
            db.session.execute(delete(ProductText).where(
                ProductText.product_id == product_id, ProductText.lang == lang))
    db.session.flush()


def _keep_occasions(product_id: int, ids: Sequence[int]) -> None:
    if len(set(ids)) > MOST_OCCASIONS:
        raise Invalid({"occasions": _("At most six occasions: those it is best for.")})
    db.session.execute(delete(ProductOccasion).where(ProductOccasion.product_id == product_id))
    db.session.add_all(ProductOccasion(product_id=product_id, occasion_id=i)
                       for i in sorted(set(ids)))
    db.session.flush()


def with_sku(new: NewVariant, sku: str) -> NewVariant:
    """The same variant under another number."""
    return replace(new, sku=sku)


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
        drained=new.drained, deposit_minor=new.deposit_minor, options=dict(new.options),
    )
    db.session.add(row)
    db.session.flush()
    db.session.add(Price(variant_id=row.id, price_minor=row.price_minor, from_at=clock.now(),
                         person_id=person_id))
    db.session.flush()
    return row


def edit(product_id: int, version: int, new: NewProduct, lang: str,
         person_id: int | None = None) -> None:
    """Change words, and facts as they are said in one language.

    Raises Conflict when somebody else saved meanwhile; Invalid when goods that buyers see would
    lack something, or say something that may not be said.
    """
    with demand_same(product_id):
        _edit(product_id, version, new, lang, person_id)
    announce(ProductChanged(product_id, ("texts", "facts")))


def _edit(product_id: int, version: int, new: NewProduct, lang: str, person_id: int | None
          ) -> None:
    changed = db.session.execute(
        update(Product).where(Product.id == product_id, Product.version == version)
        .values(version=Product.version + 1, not_for_de=new.not_for_de,
                not_for_en=new.not_for_en, place_of_making=new.place_of_making,
                withdrawal=new.withdrawal, guarantee_years=new.guarantee_years,
                guarantee_words=new.guarantee_words, last_change_at=clock.now())
        .execution_options(synchronize_session=False))
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else saved this product meanwhile. Your text is kept below."))
    category_id = db.session.scalar(select(Product.category_id).where(Product.id == product_id))
    _keep_texts(product_id, new.texts)
    change_facts(product_id, shelves()[category_id or 0], new.facts, lang)
    _keep_occasions(product_id, new.occasion_ids)
    keep_versions(product_id, new.texts, version + 1, person_id)


def keep_versions(product_id: int, texts: Mapping[str, tuple[str, str, str]], version: int,
                  person_id: int | None) -> None:
    """Note titles and lines that differ from the last noted ones. Changes product_versions."""
    last = {row.lang: (row.title, row.teaser) for row in db.session.scalars(
        select(ProductVersion).where(ProductVersion.product_id == product_id)
        .order_by(ProductVersion.id))}
    for lang, (title, teaser, _story) in texts.items():
        if title and last.get(lang) != (title, teaser):
            found = [claim.words for claim in lint(f"{title}. {teaser}", lang)]
            db.session.add(ProductVersion(
                product_id=product_id, lang=lang, version=version, title=title[:80],
                teaser=teaser[:160], claims=found, person_id=person_id, at=clock.now()))
    db.session.flush()


def rename(product_id: int, words: str) -> str:
    """A new address made of words; the old one leads to it from now on. Returns the address part.

    Raises Invalid when nothing of an address is left. Changes products, old_slugs; announces.
    """
    if not slug_of(words):
        raise Invalid({"slug": _("An address needs letters from a to z or digits.")})
    product = db.session.get(Product, product_id, populate_existing=True)
    assert product is not None
    if slug_of(words) == product.slug:
        return product.slug
    db.session.execute(delete(OldSlug).where(OldSlug.product_id == product_id,
                                             OldSlug.slug == slug_of(words)))
    old, product.slug = product.slug, free_slug(words, product_id)
    product.last_change_at = clock.now()
    db.session.flush()
    if product.published_at is not None:
        db.session.add(OldSlug(slug=old, product_id=product_id))
        db.session.flush()
    announce(ProductChanged(product_id, ("slug",)))
    return product.slug


def refresh_copies(product_id: int) -> None:
    """Copy prices, stock word and main picture to the product anew."""
    first = db.session.scalar(select(Picture.id).where(
        Picture.product_id == product_id, Picture.kind.in_(("photo", "drawn")))
        .order_by(Picture.position, Picture.id).limit(1))
    chosen = select(Picture.id).where(Picture.product_id == product_id)
    db.session.execute(update(Product).where(
        Product.id == product_id, or_(Product.main_picture_id.is_(None),
                                      Product.main_picture_id.not_in(chosen)))
        .values(main_picture_id=first).execution_options(synchronize_session=False))
    refresh_price_copies(product_id)


def link_elsewhere(product_id: int, address: str) -> None:
    """Where the producer's own shop has it, "" for nowhere. Raises Invalid. Changes products."""
    try:
        plain = shop_address(address) if address else None
    except ValueError as fault:
        raise Invalid({"elsewhere": _("An address that begins with https:// and names a shop.")
                       }) from fault
    db.session.execute(update(Product).where(Product.id == product_id).values(
        elsewhere_url=plain, last_change_at=clock.now()))
    announce(ProductChanged(product_id, ("elsewhere",)))
