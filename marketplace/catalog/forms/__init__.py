"""Forms of `catalog`: what a producer types about goods."""

from marketplace.catalog.forms.facts import facts_typed, read_facts
from marketplace.catalog.forms.goods import (
    LotForm,
    NewProductForm,
    PictureForm,
    StockForm,
    VariantForm,
    WordsForm,
)

__all__ = [
    "LotForm", "NewProductForm", "PictureForm", "StockForm", "VariantForm", "WordsForm",
    "facts_typed", "read_facts",
]
