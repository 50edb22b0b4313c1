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
