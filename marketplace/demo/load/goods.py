"""Phase "goods": products with words, facts, variants, lots, prices and their drawing."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from marketplace.catalog.actions.facts import keep_words
from marketplace.catalog.actions.stock import refresh_price_copies
from marketplace.catalog.models import (
    FactValue,
    Lot,
    Particular,
    Picture,
    Price,
    Product,
    ProductOccasion,
    ProductText,
    StockMark,
    Variant,
)
from marketplace.catalog.rules.vocabulary import CATEGORIES
from marketplace.demo.art.alt import alt_of
from marketplace.demo.art.colour import mix
from marketplace.demo.content.kinds import Producer as House
from marketplace.demo.content.kinds import Product as Written
from marketplace.demo.content.kinds import Variant as WrittenVariant
from marketplace.demo.content.particulars import tax_category
from marketplace.demo.load.book import Book, Row
from marketplace.demo.load.facts import fact_words, printed_facts

SHELVES: Final = {one.slug: one for one in CATEGORIES}
WIDTH, HEIGHT = 800, 1000
NEW_PRODUCTS: Final = ("filterhalter-krater", "riesling-mit-haut", "apfelessig-senfbluete")
NEW_DAYS: Final = 20
DEARER_THAN_BEFORE: Final = 5
"""Every so many-th variant was a little cheaper until some months ago."""


def load_goods(book: Book) -> None:
    """Write all products, then the copies on their cards. Changes ten tables."""
    pairs = [(house, product) for house in book.content.producers for product in house.products]
    for _, product in pairs:
        book.products[product.slug] = book.next_id(Product)
    book.insert(Product, [_product(book, house, product) for house, product in pairs])
    book.insert(ProductText, [row for _, one in pairs for row in _texts(book, one)])
    book.insert(Lot, [row for house, one in pairs for row in _lots(book, house, one)])
    book.insert(Variant, [row for house, one in pairs for row in _variants(book, house, one)])
    book.insert(Price, [row for house, one in pairs for row in _prices(book, house, one)])
    book.insert(StockMark, [row for house, one in pairs for row in _marks(book, house, one)])
    book.insert(Particular, [row for house, one in pairs for row in _facts(book, house, one)])
    book.insert(FactValue, [row for house, one in pairs for row in _codes(book, house, one)])
    keep_words([word for house, one in pairs for word in fact_words(house, one)])
    book.insert(ProductOccasion, [row for _, one in pairs for row in _occasions(book, one)])
    book.insert(Picture, [_picture(book, house, one) for house, one in pairs])


def refresh_cards(book: Book) -> None:
    """Price span and stock word of every card, by the room's own function."""
    for product_id in book.products.values():
        refresh_price_copies(product_id)


def published_days_ago(house: House, product: Written) -> int:
    """When a product came: most with the house, one after the other, a few last month."""
    if product.slug in NEW_PRODUCTS:
        return NEW_DAYS
    return house.opened_days_ago - 1 - 6 * house.products.index(product)


def _product(book: Book, house: House, product: Written) -> Row:
    """The product; its main picture has the same number, since each has exactly one."""
    shelf, number = SHELVES[product.category], book.products[product.slug]
    published = book.days_ago(published_days_ago(house, product))
    return {
        "id": number,
        "producer_id": book.producers[house.slug],
        "category_id": book.categories[product.category],
        "slug": product.slug,
        "code": book.code(5),
        "state": "published",
        "age_class": shelf.age_class,
        "tax_category": tax_category(product),
        "withdrawal": product.withdrawal,
        "not_for_de": product.not_for.de,
        "not_for_en": product.not_for.en,
        "place_of_making": f"{house.place}, {house.region}",
        "published_at": published,
        "made_at": published,
        "main_category_id": book.categories[shelf.parent or shelf.slug],
        "main_picture_id": number,
        "last_change_at": published,
    }


def _texts(book: Book, product: Written) -> list[Row]:
    """Title, teaser and story in both languages; a story may be missing in one."""
    return [
        {
            "product_id": book.products[product.slug],
            "lang": lang,
            "title": getattr(product.title, lang),
            "teaser": getattr(product.teaser, lang),
            "story": story,
        }
        for lang, story in (("de", product.story_de), ("en", product.story_en))
    ]


def _lots(book: Book, house: House, product: Written) -> list[Row]:
    """Vintages and batches, the oldest first."""
    rows = []
    for place, lot in enumerate(product.lots):
        number = book.lots[(product.slug, lot.label)] = book.next_id(Lot)
        year = int(lot.label) if lot.label.isdigit() else 0
        made = book.days_ago(60 + 365 * (len(product.lots) - 1 - place)).date()
        rows.append(
            {
                "id": number,
                "product_id": book.products[product.slug],
                "label": lot.label,
                "kind": lot.kind,
                "made_on": made.replace(year=year, month=10, day=5) if year else made,
                "sequence": place,
                "state": lot.state,
            }
        )
    return rows


def _variants(book: Book, house: House, product: Written) -> list[Row]:
    """What can be put into the basket; what is reserved is counted when orders are written."""
    rows = []
    for place, variant in enumerate(product.variants):
        number = book.variants[variant.sku] = book.next_id(Variant)
        rows.append(
            {
                "id": number,
                "product_id": book.products[product.slug],
                "producer_id": book.producers[house.slug],
                "lot_id": book.lots.get((product.slug, variant.lot)),
                "label_de": variant.label.de,
                "label_en": variant.label.en,
                "options": variant.options,
                "sku": variant.sku,
                "price_minor": variant.price_minor,
                "amount": variant.amount,
                "unit": variant.unit,
                "drained": variant.drained,
                "weight_g": variant.weight_g,
                "on_hand": variant.stock,
                "made_to_order": variant.made_to_order,
                "lead_days": variant.lead_days,
                "position": place,
            }
        )
    return rows


def _prices(book: Book, house: House, product: Written) -> list[Row]:
    """The open price of each variant, and for some the one before."""
    rows, published = [], book.days_ago(published_days_ago(house, product))
    for variant in product.variants:
        changed = _price_changed(book, variant)
        since = published
        if changed is not None and changed > published:
            before = round(variant.price_minor * 0.94 / 10) * 10
            rows.append(_price(book, variant, before, published, changed))
            since = changed
        rows.append(_price(book, variant, variant.price_minor, since, None))
    return rows


def _price_changed(book: Book, variant: WrittenVariant) -> datetime | None:
    """When a variant became dearer; None for most."""
    number = book.variants[variant.sku]
    return book.days_ago(90 + number % 140) if number % DEARER_THAN_BEFORE == 0 else None


def _price(
    book: Book, variant: WrittenVariant, minor: int, since: datetime, until: datetime | None
) -> Row:
    return {
        "id": book.next_id(Price),
        "variant_id": book.variants[variant.sku],
        "price_minor": minor,
        "from_at": since,
        "to_at": until,
    }


def _marks(book: Book, house: House, product: Written) -> list[Row]:
    """When something came on the shelf, and when what is gone ran out."""
    rows, published = [], published_days_ago(house, product)
    for variant in product.variants:
        if variant.made_to_order:
            continue
        spans = [(published, True)] + ([] if variant.stock else [(min(9, published - 1), False)])
        for days, there in spans:
            rows.append(
                {
                    "id": book.next_id(StockMark),
                    "variant_id": book.variants[variant.sku],
                    "at": book.days_ago(days),
                    "available": there,
                }
            )
    return rows


def _facts(book: Book, house: House, product: Written) -> list[Row]:
    """Particulars the category asks for, one row per language where words differ."""
    return [
        {
            "id": book.next_id(Particular),
            "product_id": book.products[product.slug],
            "key": key,
            "value": value,
            "lang": lang,
            "source": "producer",
        }
        for key, lang, value in printed_facts(house, product)
    ]


def _codes(book: Book, house: House, product: Written) -> list[Row]:
    """The filterable part of the facts."""
    return [
        {"product_id": book.products[product.slug], "key": key, "value_code": word.code}
        for key, word in fact_words(house, product)
    ]


def _occasions(book: Book, product: Written) -> list[Row]:
    return [
        {"product_id": book.products[product.slug], "occasion_id": book.occasions[slug]}
        for slug in product.occasions
    ]


def _picture(book: Book, house: House, product: Written) -> Row:
    """The drawing with words for it; the tint is the wall it stands before."""
    alt = alt_of(house.name, product)
    return {
        "id": book.products[product.slug],
        "product_id": book.products[product.slug],
        "file": book.files[product.slug],
        "kind": "drawn",
        "alt_de": alt.de,
        "alt_en": alt.en,
        "licence": "producer",
        "width": WIDTH,
        "height": HEIGHT,
        "tint": mix(house.palette[0], "#ffffff", 0.2).upper(),
    }
