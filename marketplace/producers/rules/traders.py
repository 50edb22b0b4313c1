"""What the law asks of a trader: forms of numbers, and what follows from days. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from stdnum.eu import vat

POSTCODES = {
    "DE": r"\d{5}", "AT": r"[1-9]\d{3}", "CH": r"[1-9]\d{3}", "LI": r"94[89]\d", "FR": r"\d{5}",
    "IT": r"\d{5}", "ES": r"\d{5}", "NL": r"[1-9]\d{3} ?[A-Z]{2}", "BE": r"[1-9]\d{3}",
    "LU": r"\d{4}", "DK": r"\d{4}", "PL": r"\d{2}-\d{3}", "CZ": r"\d{3} ?\d{2}",
    "SE": r"\d{3} ?\d{2}", "PT": r"\d{4}-\d{3}", "HU": r"\d{4}", "SI": r"\d{4}",
    "SK": r"\d{3} ?\d{2}", "FI": r"\d{5}", "HR": r"\d{5}", "GR": r"\d{3} ?\d{2}",
}
OTHER_POSTCODE = r"[A-Z0-9][A-Z0-9 -]{2,9}"
CHECKED_FIELDS = ("legal_name", "street", "postcode", "city", "country", "register_no")
NEEDED = ("legal_name", "legal_form", "representative", "street", "postcode", "city", "country",
          "e_mail", "phone")
GRACE = timedelta(days=14)
TAX_REMINDERS, TAX_DAYS = (14, 42), 60
KEPT_MONTHS = 6


def vat_number(text: str) -> str | None:
    """An EU VAT number as it is stored, or None if it is none.

    German ones by ISO 7064 MOD 11,10, all others by the pattern and check digit of their country.
    """
    found: Any = text.replace(" ", "").upper()
    return str(vat.compact(found)) if vat.is_valid(found) else None


def lucid_number(text: str) -> str | None:
    """A number of the German packaging register: DE and 13 digits, or None."""
    found = text.replace(" ", "").upper()
    return found if re.fullmatch(r"DE\d{13}", found, re.ASCII) else None


def phone_number(text: str) -> str | None:
    """A telephone number as E.164 stores it: plus, country code, at most 15 digits; or None."""
    found = re.sub(r"[\s()/.-]", "", text.replace("(0)", ""))
    if found.startswith("00"):
        found = f"+{found[2:]}"
    return found if re.fullmatch(r"\+[1-9]\d{6,14}", found, re.ASCII) else None


def is_postcode(text: str, country: str) -> bool:
    """Whether a postcode has the form of its country."""
    pattern = POSTCODES.get(country, OTHER_POSTCODE)
    return re.fullmatch(pattern, text.strip().upper(), re.ASCII) is not None


def missing(values: Mapping[str, object]) -> tuple[str, ...]:
    """Fields without which trader data are not complete."""
    lacking = [name for name in NEEDED if not values.get(name)]
    if values.get("register") and not values.get("register_no"):
        lacking.append("register_no")
    if not values.get("self_certified_at"):
        lacking.append("self_certified")
    return tuple(lacking)


def needs_new_tick(old: Mapping[str, object], new: Mapping[str, object]) -> bool:
    """Whether a change touches what a person of the operator had ticked."""
    return any((old.get(name) or "") != (new.get(name) or "") for name in CHECKED_FIELDS)


def sales_end(handed_in_at: datetime) -> datetime:
    """Until when sales go on while a change of checked data waits for its tick."""
    return handed_in_at + GRACE


def forget_on(ended_on: date) -> date:
    """The last day trader data are kept after the end: 2026-03-31 -> 2026-09-30."""
    months = ended_on.month - 1 + KEPT_MONTHS
    year, month = ended_on.year + months // 12, months % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(ended_on.day, last))


def tax_reminder(asked_on: date, given: bool, today: date) -> int:
    """Which of the reminders is due by now: 0 none, 1 after 14 days, 2 after 42."""
    days = (today - asked_on).days
    return 0 if given else sum(days >= after for after in TAX_REMINDERS)


def tax_overdue(asked_on: date, given: bool, today: date) -> bool:
    """Whether no new order is taken for lack of tax facts: from day 60 on. Source: DAC7, PStTG."""
    return not given and (today - asked_on).days >= TAX_DAYS


@dataclass(frozen=True, slots=True)
class Shipping:
    """What decides about a country: home, state, numbers by (country, kind), Switzerland."""

    home: str
    state: str
    numbers: Mapping[tuple[str, str], str]
    swiss: bool = False


def may_ship(seller: Shipping, country: str, alcohol: bool) -> tuple[str, ...]:
    """What is missing before goods may go to a country; nothing missing means they may.

    "state", "switzerland", "packaging" (number for that country), "excise" (alcohol abroad).
    Source: VerpackG § 7(7), Regulation 2025/40, spec producers 3.9.
    """
    lacks = []
    if seller.state != "selling":
        lacks.append("state")
    if country == "CH" and not seller.swiss:
        lacks.append("switzerland")
    if not seller.numbers.get((country, "packaging")):
        lacks.append("packaging")
    if alcohol and country != seller.home and not seller.numbers.get((country, "excise")):
        lacks.append("excise")
    return tuple(lacks)
