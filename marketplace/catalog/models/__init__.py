"""Tables of `catalog`: what is on sale, its words and facts, prices, stock, pictures, imports."""

from marketplace.catalog.models.imports import Import, ImportColumn, ImportRow
from marketplace.catalog.models.offers import Lot, Price, Reduction, SafetyStop, StockMark, Variant
from marketplace.catalog.models.products import (
    Category,
    FactValue,
    FactWord,
    Occasion,
    OldSlug,
    Particular,
    Picture,
    Product,
    ProductOccasion,
    ProductText,
)
from marketplace.catalog.models.wanted import Watch, Wishlist, WishlistItem
from marketplace.catalog.models.words import (
    OfficialFile,
    ProductCredit,
    ProductEvidence,
    ProductVersion,
    TypedForm,
)

__all__ = [
    "Category", "FactValue", "FactWord", "Import", "ImportColumn", "ImportRow", "Lot",
    "Occasion", "OfficialFile", "OldSlug", "Particular", "Picture", "Price", "Product",
    "ProductCredit", "ProductEvidence", "ProductOccasion", "ProductText", "ProductVersion",
    "Reduction", "SafetyStop", "StockMark", "TypedForm", "Variant", "Watch", "Wishlist",
    "WishlistItem",
]
