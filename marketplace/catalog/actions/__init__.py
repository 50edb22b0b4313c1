"""Changes of `catalog`."""

from marketplace.catalog.actions.facts import change_facts
from marketplace.catalog.actions.lots import NewLot, current_lot, first_lot, new_lot, start_lot
from marketplace.catalog.actions.pictures import (
    add_picture,
    describe_picture,
    drop_picture,
    drop_pictures,
    first_picture,
    keep_renditions,
)
from marketplace.catalog.actions.products import (
    NewProduct,
    NewVariant,
    add_variant,
    create,
    edit,
    refresh_copies,
    rename,
    with_sku,
)
from marketplace.catalog.actions.publishing import (
    mark_used,
    pause,
    publish,
    publish_waiting,
    withdraw,
)
from marketplace.catalog.actions.reductions import end_reduction, start_reduction
from marketplace.catalog.actions.stock import (
    Held,
    SoldOut,
    correct,
    free,
    put_back,
    reserve,
    set_price,
    use,
)
from marketplace.catalog.actions.stops import lift, stop
from marketplace.catalog.actions.variants import VariantWords, change_variant, check_variant, turn
from marketplace.catalog.actions.vocabulary import ensure_vocabulary

__all__ = [
    "Held", "NewLot", "NewProduct", "NewVariant", "SoldOut", "VariantWords", "add_picture",
    "add_variant", "change_facts", "change_variant", "check_variant", "correct", "create",
    "current_lot", "describe_picture", "drop_picture", "drop_pictures", "edit", "end_reduction",
    "ensure_vocabulary", "first_lot", "first_picture", "free", "keep_renditions", "lift",
    "mark_used", "new_lot", "pause", "publish", "publish_waiting", "put_back",
    "refresh_copies", "rename", "reserve", "set_price", "start_lot",
    "start_reduction", "stop", "turn", "use", "with_sku", "withdraw",
]
