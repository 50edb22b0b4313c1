"""Ways to pay: bank transfer with EPC QR code, cards by Stripe, a labelled test card for demos."""

from marketplace.adapters.payment.contract import Bill, BillPart, Page, PaymentDoor, Refused
from marketplace.adapters.payment.offline import BankTransfer, TestCard
from marketplace.foundation.settings import Settings

__all__ = ["Bill", "BillPart", "Page", "PaymentDoor", "Refused", "doors_for"]


def doors_for(settings: Settings) -> dict[str, PaymentDoor]:
    """The ways to pay that are switched on; the test card only in demo mode."""
    ways: dict[str, PaymentDoor] = {}
    if "bank_transfer" in settings.payment:
        ways["bank_transfer"] = BankTransfer()
    if "test_card" in settings.payment and settings.demo and not settings.production:
        ways["test_card"] = TestCard()
    return ways
