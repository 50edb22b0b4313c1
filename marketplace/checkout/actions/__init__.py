"""Changes of `checkout`."""

from marketplace.checkout.actions.basket import (
    add,
    add_many,
    choose_country,
    empty_guest_baskets,
    merge_at_sign_in,
    note_prices_seen,
    own_basket,
    remove,
    set_qty,
)
from marketplace.checkout.actions.placing import BasketMoved, PriceMoved, keep_draft, place

__all__ = [
    "BasketMoved", "PriceMoved", "add", "add_many", "choose_country", "empty_guest_baskets",
    "keep_draft", "merge_at_sign_in", "note_prices_seen", "own_basket", "place", "remove",
    "set_qty",
]
