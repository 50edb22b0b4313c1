"""Changes of `checkout`."""

from marketplace.checkout.actions.basket import (
    Gone,
    add,
    choose_place,
    note_prices_seen,
    put_back,
    remove,
    set_qty,
    swap,
    want,
)
from marketplace.checkout.actions.checking import NotSent, PriceMoved
from marketplace.checkout.actions.coupons import (
    CouponGone,
    NewCoupon,
    drop_coupon,
    give_back,
    make_coupon,
    name_coupon,
    stop_coupon,
    take_again,
)
from marketplace.checkout.actions.drafting import keep_draft, note_failure
from marketplace.checkout.actions.lines import own_basket
from marketplace.checkout.actions.many import Obstacle, Wanted, add_many
from marketplace.checkout.actions.merging import (
    empty_guest_baskets,
    forget_drafts,
    merge_at_sign_in,
)
from marketplace.checkout.actions.offering import Agreed, NewOffer, publish_offer, set_offer_state
from marketplace.checkout.actions.placing import BasketMoved, place
from marketplace.checkout.actions.touching import (
    clicked,
    clicks_wait,
    end_way,
    forget_old_clicks,
    forget_way,
    write_clicks,
)

__all__ = [
    "Agreed", "BasketMoved", "CouponGone", "Gone", "NewCoupon", "NewOffer", "NotSent", "Obstacle",
    "PriceMoved", "Wanted", "add", "add_many", "choose_place", "clicked", "clicks_wait",
    "drop_coupon", "empty_guest_baskets", "end_way", "forget_drafts", "forget_old_clicks",
    "forget_way", "give_back", "keep_draft", "make_coupon", "merge_at_sign_in", "name_coupon",
    "note_failure", "note_prices_seen", "own_basket", "place", "publish_offer", "put_back",
    "remove", "set_offer_state", "set_qty", "stop_coupon", "swap", "take_again", "want",
    "write_clicks",
]
