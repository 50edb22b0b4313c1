"""Changes of `orders`."""

from marketplace.orders.actions.create import NewLine, NewOrder, NewPart, buyer_key_of, create
from marketplace.orders.actions.crediting import credit, mark_paid, money_seen
from marketplace.orders.actions.handing import Handing, hand_over, pack
from marketplace.orders.actions.holding import hold_parts, release_parts
from marketplace.orders.actions.owing import owe, refund_moved
from marketplace.orders.actions.parcels import deliver, deliver_parcel
from marketplace.orders.actions.rates import (
    add_flat_rate,
    add_rate,
    add_zone,
    keep_return_address,
    take_rate_out,
    take_table,
    take_zone_out,
)
from marketplace.orders.actions.shortening import cancel_lines
from marketplace.orders.actions.steps import cancel_part, expire_due, expire_part, start_packing
from marketplace.orders.actions.transferring import demand_few_open, pay_by_transfer
from marketplace.orders.actions.withdrawal import declare_withdrawal, fitting_parts

__all__ = [
    "Handing", "NewLine", "NewOrder", "NewPart", "add_flat_rate", "add_rate", "add_zone",
    "buyer_key_of", "cancel_lines", "cancel_part", "create", "credit", "declare_withdrawal",
    "deliver", "deliver_parcel", "demand_few_open", "expire_due", "expire_part",
    "fitting_parts", "hand_over", "hold_parts", "keep_return_address", "mark_paid", "money_seen",
    "owe", "pack", "pay_by_transfer", "refund_moved", "release_parts", "start_packing",
    "take_rate_out", "take_table", "take_zone_out",
]
