"""Ways to pay: bank transfer with EPC QR code, cards by Stripe, a labelled test card for demos."""

from urllib.parse import urlsplit

from marketplace.adapters.payment.contract import Bill, BillPart, Page, PaymentDoor, Refused
from marketplace.adapters.payment.offline import BankTransfer, TestCard
from marketplace.adapters.payment.stripe_connect import StripeConnect
from marketplace.foundation.settings import Settings

__all__ = ["Bill", "BillPart", "Page", "PaymentDoor", "Refused", "doors_for", "site_of"]


def site_of(url: str) -> str:
    """What tells our payments from those of another site with the same provider."""
    return urlsplit(url).netloc


def doors_for(settings: Settings) -> dict[str, PaymentDoor]:
    """The ways to pay that are switched on; the test card only in demo mode."""
    ways: dict[str, PaymentDoor] = {}
    if "bank_transfer" in settings.payment:
        ways["bank_transfer"] = BankTransfer()
    if "stripe" in settings.payment:
        ways["stripe"] = StripeConnect(settings.stripe_key, settings.stripe_hooks,
                                       site_of(settings.url), settings.stripe_api)
    if "test_card" in settings.payment and settings.demo and not settings.production:
        ways["test_card"] = TestCard()
    return ways
