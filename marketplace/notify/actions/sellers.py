"""Who sold something, as letters name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.orders.models import SellerOrder


def sold_by(part_number: str) -> dict[str, Any]:
    """Who sold a part, for the end of a letter: name and address, and whether it is a trader."""
    seller = db.session.scalar(select(SellerOrder.seller).where(
        SellerOrder.number == part_number)) if part_number else None
    return {"sold_by": seller_lines(seller), "trader": bool(seller.get("trader", True))} \
        if seller else {}


def seller_lines(seller: Mapping[str, Any]) -> str:
    """A seller's name and address in one line."""
    place = f"{seller.get('postcode') or ''} {seller.get('city') or ''}".strip()
    lines = (seller.get("legal_name") or seller.get("name"), seller.get("street"), place)
    return ", ".join(str(line) for line in lines if line)
