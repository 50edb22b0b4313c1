"""Parcels: how long they can be taken back, who checks an age, what a number looks like. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

TAKE_BACK = timedelta(hours=24)
SILENT_DAYS = 10
AGE_CHECKS = ("carrier", "person")
"""The carrier looks at the identity card, or a named person is given it by the seller."""
FORMATS = {
    "dhl": r"(?:\d{12}|\d{20}|[A-Z]{2}\d{9}DE|JJD\d{16,18})",
    "dpd": r"\d{14}[A-Z0-9]?",
    "hermes": r"(?:\d{14}|H\d{19}|\d{16})",
    "gls": r"(?:\d{11,12}|[A-Z0-9]{8})",
    "ups": r"1Z[A-Z0-9]{16}",
    "post": r"[A-Z]{2}\d{9}[A-Z]{2}",
}
"""Numbers as carriers print them (their pages on tracking, 2026)."""
PAGES = {
    "dhl": "https://www.dhl.de/de/privatkunden/dhl-sendungsverfolgung.html?piececode=",
    "dpd": "https://tracking.dpd.de/status/de_DE/parcel/",
    "hermes": "https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation#",
    "gls": "https://gls-group.com/DE/de/paketverfolgung?match=",
    "ups": "https://www.ups.com/track?tracknum=",
    "post": "https://www.post.at/s/sendungsdetails?snr=",
}


def carrier_of(words: str) -> str | None:
    """The known carrier that somebody means; None for others."""
    plain = words.strip().lower()
    return next((name for name in FORMATS if plain.startswith(name)), None)


def looks_wrong(carrier: str, tracking: str) -> bool:
    """Whether a number has not the form its carrier prints; unknown carriers are never doubted."""
    known, plain = carrier_of(carrier), re.sub(r"[\s.-]", "", tracking).upper()
    return bool(known and plain and not re.fullmatch(FORMATS[known], plain))


def tracking_page(carrier: str, tracking: str) -> str:
    """Where a parcel can be followed; "" for unknown carriers."""
    known, plain = carrier_of(carrier), re.sub(r"[^A-Za-z0-9]", "", tracking)
    return PAGES[known] + plain if known and plain else ""


def age_fault(age_class: int, check: str, handed_to: str) -> bool:
    """Whether goods with an age class would leave without anybody looking at the age.

    A parcel needs a carrier who looks; given by hand it needs the person's name, never their date
    of birth.
    """
    if not age_class:
        return False
    return check not in AGE_CHECKS or (check == "person" and len(handed_to.strip()) < 2)
