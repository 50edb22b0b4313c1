"""What is known about a product besides what its producer typed: trader data, lot, amounts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import get_locale
from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.producers.models import Producer, Trader

WEIGHED = ("ml", "g")
LABELLED = re.compile(r"\d[\d.,]*\s?(?:ml|cl|l|g|kg)\b")


def house_given(producer_id: int) -> Mapping[str, str]:
    """What a producer's data tell of all its goods, with its place. Loads: 1 statement."""
    row = _trader(producer_id)
    return {**from_trader(row), "place": row.place or row.city or ""}


def _trader(producer_id: int) -> Any:
    return db.session.execute(
        select(Producer.name, Producer.place, Producer.country.label("home"), Trader.legal_name,
               Trader.street, Trader.postcode, Trader.city, Trader.country, Trader.e_mail)
        .outerjoin(Trader, Trader.producer_id == Producer.id)
        .where(Producer.id == producer_id)).one()


def from_trader(row: Any) -> Mapping[str, str]:
    """Maker, address, e-mail and country out of a producer's trader data."""
    country = row.country or row.home or ""
    town = " ".join(part for part in (row.postcode, row.city or row.place) if part)
    parts = (row.street, town, country_words(country))
    return {"maker": row.legal_name or row.name, "e_mail": row.e_mail or "", "country": country,
            "address": ", ".join(part for part in parts if part)}


def country_words(code: str) -> str:
    """A country in the language of the page; its letters where there is no page."""
    spoken = get_locale()
    return str(spoken.territories.get(code, code)) if spoken and code else code


def from_lot(lot: Any, code: str) -> Mapping[str, str]:
    """Lot mark, vintage and day of making out of the current lot; without one, the short code."""
    if lot is None:
        return {"lot": code}
    made_on = lot.made_on.isoformat() if lot.made_on else ""
    return {"lot": lot.label, "vintage": lot.label if lot.kind == "vintage" else "",
            "made_on": made_on or (lot.label if lot.kind == "batch" else "")}


def _amount(row: Any) -> str:
    """What a variant holds; a set of different goods says it in its label (PAngV § 4 (3))."""
    if row.unit in WEIGHED:
        return f"{row.amount} {row.unit}"
    found = LABELLED.search(row.label_de or "")
    return found.group() if found else ""


def from_variants(rows: Sequence[Any]) -> Mapping[str, str]:
    """Net and drained amounts of all variants; "" as long as one of them does not say."""
    amounts = [_amount(row) for row in rows]
    drained = [f"{row.drained} g" if row.drained else "" for row in rows]
    return {name: ", ".join(dict.fromkeys(found)) if all(found) else ""
            for name, found in (("amount", amounts), ("drained", drained))}
