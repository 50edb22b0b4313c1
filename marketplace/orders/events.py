"""What happens to orders."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class OrderPlaced(Event):
    """A buyer ordered out of a basket; announced by checkout."""

    order_id: int
    buyer_id: int | None
    basket_id: int


@dataclass(frozen=True, slots=True)
class SellerOrderPaid(Event):
    """A producer has the whole money of their part."""

    seller_order_id: int
    order_id: int
    producer_id: int


@dataclass(frozen=True, slots=True)
class MoneyArrived(Event):
    """Money for a part came in; `paid_minor` is all that came so far, minor units."""

    seller_order_id: int
    order_id: int
    producer_id: int
    minor: int
    paid_minor: int


@dataclass(frozen=True, slots=True)
class LinesCancelled(Event):
    """A seller cannot send some pieces of these lines, and says why."""

    seller_order_id: int
    order_id: int
    line_ids: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class RefundDue(Event):
    """A seller owes the buyer money back."""

    refund_id: int
    seller_order_id: int
    order_id: int
    minor: int


@dataclass(frozen=True, slots=True)
class RefundDone(Event):
    """The buyer has money back."""

    refund_id: int
    seller_order_id: int
    order_id: int
    minor: int


@dataclass(frozen=True, slots=True)
class SellerOrderCancelled(Event):
    """A part ended before dispatch."""

    seller_order_id: int
    order_id: int
    by: str


@dataclass(frozen=True, slots=True)
class SellerOrderExpired(Event):
    """A part was not paid in time; its goods are free again."""

    seller_order_id: int
    order_id: int


@dataclass(frozen=True, slots=True)
class ParcelHandedOver(Event):
    """Goods are on their way."""

    seller_order_id: int
    order_id: int
    parcel_id: int


@dataclass(frozen=True, slots=True)
class ParcelSilent(Event):
    """Nobody heard of a parcel for ten days; its buyer is asked."""

    parcel_id: int
    seller_order_id: int


@dataclass(frozen=True, slots=True)
class LineDelivered(Event):
    """A whole line is in the buyer's hands."""

    order_line_id: int
    order_id: int
    buyer_id: int | None
    product_id: int
    lot_id: int | None


@dataclass(frozen=True, slots=True)
class WithdrawalDeclared(Event):
    """Somebody declared that they withdraw, in this language."""

    withdrawal_id: int
    seller_order_id: int | None
    lang: str


@dataclass(frozen=True, slots=True)
class ComplaintOpened(Event):
    """A buyer says that something is not as agreed."""

    complaint_id: int
    seller_order_id: int
    order_id: int
    producer_id: int


@dataclass(frozen=True, slots=True)
class ComplaintMoved(Event):
    """Something was said, offered, accepted or declined; `by`: buyer, staff or system."""

    complaint_id: int
    seller_order_id: int
    producer_id: int
    by: str
    what: str


@dataclass(frozen=True, slots=True)
class ComplaintClosed(Event):
    """The buyer said how it ended."""

    complaint_id: int
    seller_order_id: int
    producer_id: int
    outcome: str


@dataclass(frozen=True, slots=True)
class SignalGiven(Event):
    """A buyer tapped: something is wrong."""

    signal_id: int
    seller_order_id: int
    order_id: int
    producer_id: int


@dataclass(frozen=True, slots=True)
class SignalsAnswered(Event):
    """A person of the seller answered signals of a part."""

    signal_ids: tuple[int, ...]
    seller_order_id: int
    producer_id: int
    words: str


@dataclass(frozen=True, slots=True)
class EmailCorrected(Event):
    """A guest corrected the address an order's letters go to."""

    order_id: int


@dataclass(frozen=True, slots=True)
class DayPromised(Event):
    """A seller named a new day of dispatch; days as ISO 8601."""

    seller_order_id: int
    order_id: int
    old: str
    day: str
    reason: str


@dataclass(frozen=True, slots=True)
class PromiseNear(Event):
    """Tomorrow, counted in working days, is a promised day of dispatch."""

    seller_order_id: int
    producer_id: int
    day: str


@dataclass(frozen=True, slots=True)
class PromiseBroken(Event):
    """A promised day went by without dispatch."""

    seller_order_id: int
    order_id: int
    producer_id: int
    day: str


@dataclass(frozen=True, slots=True)
class SellerVanished(Event):
    """A seller did nothing for seven days after a promised day."""

    seller_order_id: int
    order_id: int
    producer_id: int


@dataclass(frozen=True, slots=True)
class SetAsked(Event):
    """A part of a set fell away; the buyer is asked about these lines."""

    order_id: int
    line_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RatesChanged(Event):
    """A producer said where parcels go and for how much."""

    producer_id: int


@dataclass(frozen=True, slots=True)
class DocumentIssued(Event):
    """An invoice or a correction has its number."""

    document_id: int
    kind: str
    seller_order_id: int | None


@dataclass(frozen=True, slots=True)
class BuyerForgotten(Event):
    """Nothing of an order says any more who bought."""

    order_id: int
