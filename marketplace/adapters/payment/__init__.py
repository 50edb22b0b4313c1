"""Ways to pay: bank transfer with EPC QR code, and a labelled test card for demo mode."""

from marketplace.adapters.payment.contract import Bill, BillPart, Page, PaymentDoor, doors_for

__all__ = ["Bill", "BillPart", "Page", "PaymentDoor", "doors_for"]
