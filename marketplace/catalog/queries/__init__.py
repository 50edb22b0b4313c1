"""Reads of `catalog`."""

from marketplace.catalog.queries.addresses import (
    former_slug,
    taken_away,
    title_of,
    visible_product_id,
)
from marketplace.catalog.queries.cards import (
    PictureView,
    PriceView,
    ProductCard,
    by_producer,
    card_of,
    cards,
    cards_statement,
    goods_by_shelf,
    newest,
    picture_view,
)
from marketplace.catalog.queries.facets import attribute_name, attribute_word, attribute_words
from marketplace.catalog.queries.facts import Fact, facts_for
from marketplace.catalog.queries.product import (
    Buyable,
    ProductView,
    VariantView,
    buyable,
    price_history,
    product_view,
)
from marketplace.catalog.queries.shelves import (
    Shelf,
    category_by_slug,
    occasion_words,
    occasions,
    shelf_path,
    shelves,
)

__all__ = [
    "Buyable", "Fact", "PictureView", "PriceView", "ProductCard", "ProductView", "Shelf",
    "VariantView", "attribute_name", "attribute_word", "attribute_words", "buyable", "by_producer",
    "card_of", "cards", "cards_statement", "category_by_slug", "facts_for", "former_slug",
    "goods_by_shelf", "newest", "occasion_words", "occasions", "picture_view", "price_history",
    "product_view", "shelf_path", "shelves", "taken_away", "title_of", "visible_product_id",
]
