"""Bank transfers and their QR codes. Pure.

Source: EPC069-12 (QR code guidelines for SEPA credit transfers).
"""

from __future__ import annotations

MOST_QR_BYTES = 331


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
