"""Changes of `orders`."""

from marketplace.orders.actions.create import NewLine, NewOrder, NewPart, buyer_key_of, create
from marketplace.orders.actions.rates import add_flat_rate, add_zone, take_zone_out
from marketplace.orders.actions.steps import (
    cancel_part,
    deliver,
    expire_due,
    hand_over,
    mark_paid,
    start_packing,
)
from marketplace.orders.actions.withdrawal import declare_withdrawal

__all__ = [
    "NewLine", "NewOrder", "NewPart", "add_flat_rate", "add_zone", "buyer_key_of",
    "cancel_part", "create", "declare_withdrawal", "deliver", "expire_due", "hand_over",
    "mark_paid", "start_packing", "take_zone_out",
]
