"""Changes of `catalog`."""

from marketplace.catalog.actions.pictures import add_picture, keep_renditions
from marketplace.catalog.actions.products import (
    NewProduct,
    NewVariant,
    add_variant,
    create,
    edit,
    refresh_copies,
)
from marketplace.catalog.actions.publishing import publish, publish_waiting, withdraw
from marketplace.catalog.actions.reductions import end_reduction, start_reduction
from marketplace.catalog.actions.stock import Held, SoldOut, correct, free, reserve, set_price, use
from marketplace.catalog.actions.vocabulary import ensure_vocabulary

__all__ = [
    "Held", "NewProduct", "NewVariant", "SoldOut", "add_picture", "add_variant",
    "correct", "create", "edit", "end_reduction",
    "ensure_vocabulary", "free", "keep_renditions", "publish", "publish_waiting",
    "refresh_copies", "reserve", "set_price", "start_reduction",
    "use", "withdraw",
]
