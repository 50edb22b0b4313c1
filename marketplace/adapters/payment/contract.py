"""What every way to pay offers, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from marketplace.foundation.settings import Settings


@dataclass(frozen=True, slots=True)
class BillPart:
    """What one seller gets; amount in minor units."""

    seller_order_id: int
    reference: str
    holder: str
    iban: str
    minor: int


@dataclass(frozen=True, slots=True)
class Bill:
    """What is to be paid in one attempt."""

    order_number: str
    attempt: int
    key: str
    currency: str
    total_minor: int
    parts: tuple[BillPart, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Page:
    """Where the buyer pays; no address means instructions on our own page."""

    url: str | None
    reference: str


class PaymentDoor(Protocol):
    """One way to pay."""

    name: str
    pays_online: bool

    def open_page(self, bill: Bill) -> Page:
        """Make the payment possible. Raises OutsideDown."""


class BankTransfer:
    """Each seller is paid directly by transfer; nothing outside is called."""

    name = "bank_transfer"
    pays_online = False

    def open_page(self, bill: Bill) -> Page:
        """Instructions only."""
        return Page(None, bill.key)


class TestCard:
    """A labelled page of our own on which no money moves; demo mode only."""

    name = "test_card"
    pays_online = True

    def open_page(self, bill: Bill) -> Page:
        """The test page of the order."""
        return Page(f"/orders/{bill.order_number}/test-card", bill.key)


def doors_for(settings: Settings) -> dict[str, PaymentDoor]:
    """The ways to pay that are switched on; the test card only in demo mode."""
    ways: dict[str, PaymentDoor] = {}
    if "bank_transfer" in settings.payment:
        ways["bank_transfer"] = BankTransfer()
    if "test_card" in settings.payment and settings.demo and not settings.production:
        ways["test_card"] = TestCard()
    return ways
