"""What happens to money."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.foundation.events import Event


@dataclass(frozen=True, slots=True)
class PaymentPaid(Event):
    """An order is paid by one attempt."""

    order_id: int
    payment_id: int


@dataclass(frozen=True, slots=True)
class AccountKept(Event):
    """A producer said where its money goes."""

    producer_id: int


@dataclass(frozen=True, slots=True)
class PaymentNeedsPerson(Event):
    """Something about a payment does not fit: mismatch, wrong_mode, refund."""

    order_id: int
    payment_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class BankAccountChanged(Event):
    """Another account of a house was asked for, is in force, or was dropped; its last signs."""

    producer_id: int
    state: str
    ending: str
    earliest: str


@dataclass(frozen=True, slots=True)
class FeeAnnounced(Event):
    """The marketplace takes another commission from a day on; basis points."""

    rule_id: int
    commission_bp: int
    valid_from: str


@dataclass(frozen=True, slots=True)
class DisputeOpened(Event):
    """A payer's bank takes money back of an order of these producers."""

    dispute_id: int
    order_id: int
    producer_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DisputeClosed(Event):
    """The bank decided."""

    dispute_id: int
    order_id: int
    won: bool
    producer_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RefundAdvanced(Event):
    """The market gave a buyer what a producer could not give back; minor units."""

    refund_id: int
    order_id: int
    producer_id: int
    minor: int
    code: str


@dataclass(frozen=True, slots=True)
class TransferSent(Event):
    """A producer has their part of a card payment; minor units."""

    seller_order_id: int
    order_id: int
    producer_id: int
    minor: int


@dataclass(frozen=True, slots=True)
class TransferRefused(Event):
    """The provider would not hand a part over, for this reason."""

    seller_order_id: int
    order_id: int
    producer_id: int
    why: str
