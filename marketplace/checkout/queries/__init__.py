"""Reads of `checkout`."""

from marketplace.checkout.queries.baskets import (
    Loaded,
    basket_of,
    basket_row,
    chains,
    draft_of,
    loaded_basket,
)
from marketplace.checkout.queries.view import BasketItem, BasketPart, BasketView, basket_view

__all__ = [
    "BasketItem", "BasketPart", "BasketView", "Loaded", "basket_of", "basket_row", "basket_view",
    "chains", "draft_of", "loaded_basket",
]
