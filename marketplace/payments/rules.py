"""Transfers, their QR codes and the states of an attempt to pay. Pure.

Source: EPC069-12 (QR code guidelines for SEPA credit transfers).
"""

from __future__ import annotations

from collections.abc import Mapping

NOTICES = ("paid", "mismatch", "processing", "not_paid", "page_closed")
AFTER: Mapping[str, tuple[str, ...]] = {
    "new": ("paid", "review", "processing", "failed", "closed"),
    "open": ("paid", "review", "processing", "failed", "closed"),
    "processing": ("paid", "review", "processing", "failed", "processing"),
    "failed": ("paid", "review", "failed", "failed", "failed"),
    "closed": ("paid", "review", "processing", "failed", "closed"),
    "paid": ("paid", "paid", "paid", "paid", "paid"),
    "review": ("paid", "review", "review", "review", "review"),
}
TEST_CARDS = {"4242424242424242": "paid", "4000000000009995": "not_paid"}
MOST_QR_BYTES = 331


def after(state: str, notice: str) -> str:
    """The state of an attempt after a notice; `paid` is final whatever the order of arrival."""
    return AFTER[state][NOTICES.index(notice)]


def transfer_payload(holder: str, iban: str, minor: int, text: str, currency: str = "EUR") -> str:
    """The text of an EPC QR code. Raises ValueError above 331 bytes or for amounts out of range.

    Holder as the bank knows it (at most 70 signs), amount in minor units.
    """
    if not 1 <= minor <= 99_999_999_999 or len(holder) > 70:
        raise ValueError("amount or holder out of range")
    amount = f"{currency}{minor // 100}.{minor % 100:02d}"
    payload = "\n".join(("BCD", "002", "1", "SCT", "", holder, iban.replace(" ", ""), amount,
                         "", "", text))
    if len(payload.encode()) > MOST_QR_BYTES:
        raise ValueError("too long for the code")
    return payload


def spaced(iban: str) -> str:
    """An IBAN in groups of four."""
    plain = iban.replace(" ", "")
    return " ".join(plain[i:i + 4] for i in range(0, len(plain), 4))
