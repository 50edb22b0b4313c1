"""Changes of `checkout`."""

from marketplace.checkout.actions.basket import (
    add,
    choose_country,
    note_prices_seen,
    remove,
    set_qty,
)
from marketplace.checkout.actions.lines import own_basket
from marketplace.checkout.actions.many import Obstacle, Wanted, add_many
from marketplace.checkout.actions.merging import empty_guest_baskets, merge_at_sign_in
from marketplace.checkout.actions.placing import BasketMoved, PriceMoved, keep_draft, place
from marketplace.checkout.actions.touching import (
    clicked,
    clicks_wait,
    forget_old_clicks,
    forget_way,
    write_clicks,
)

__all__ = [
    "BasketMoved", "Obstacle", "PriceMoved", "Wanted", "add", "add_many", "choose_country",
    "clicked", "clicks_wait", "empty_guest_baskets", "forget_old_clicks", "forget_way",
    "keep_draft", "merge_at_sign_in", "note_prices_seen", "own_basket", "place", "remove",
    "set_qty", "write_clicks",
]
