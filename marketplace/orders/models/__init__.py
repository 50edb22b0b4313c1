"""Tables of `orders`: what was agreed with each producer, and what happened to it."""

from marketplace.orders.models.after import (
    DispatchPromise,
    OrderHistory,
    OrderWish,
    Parcel,
    ParcelLine,
)
from marketplace.orders.models.agreed import Order, OrderLine, Reservation, SellerOrder
from marketplace.orders.models.complaining import (
    Complaint,
    ComplaintLine,
    ComplaintStep,
    Signal,
)
from marketplace.orders.models.documents import Billing, Document, NumberSeries
from marketplace.orders.models.owing import Refund, RefundLine
from marketplace.orders.models.returning import Withdrawal, WithdrawalLine
from marketplace.orders.models.shipping import ReturnAddress, ShippingRate, ShippingZone
from marketplace.orders.models.tax import TaxRate

__all__ = [
    "Billing", "Complaint", "ComplaintLine", "ComplaintStep", "DispatchPromise", "Document",
    "NumberSeries", "Order", "OrderHistory", "OrderLine", "OrderWish", "Parcel", "ParcelLine",
    "Refund", "RefundLine", "Reservation", "ReturnAddress", "SellerOrder", "ShippingRate",
    "ShippingZone", "Signal", "TaxRate", "Withdrawal", "WithdrawalLine",
]
