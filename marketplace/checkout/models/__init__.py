"""Tables of `checkout`."""

from marketplace.checkout.models.baskets import (
    SOURCE_KINDS,
    Basket,
    BasketLine,
    Checkout,
    FirstContact,
    LineSource,
    Touch,
)
from marketplace.checkout.models.offers import (
    BasketCoupon,
    Coupon,
    CouponUse,
    Offer,
    OfferItem,
    OfferTerm,
)

__all__ = [
    "SOURCE_KINDS", "Basket", "BasketCoupon", "BasketLine", "Checkout", "Coupon", "CouponUse",
    "FirstContact", "LineSource", "Offer", "OfferItem", "OfferTerm", "Touch",
]
