"""Links in the words of buyers: found, and told apart from advertisements."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

LINK = re.compile(r"\bhttps?://[^\s<>\"'()\[\]]+[^\s<>\"'()\[\].,;:!?]", re.I)
SELLING_KEYS = frozenset({"ref", "aff", "affid", "affiliate", "tag", "partner", "coupon", "voucher",
                          "promo", "utm_source", "utm_campaign", "clickid"})
SELLING_WORDS = ("shop", "store", "kaufen", "buy", "cart", "warenkorb", "produkt", "product",
                 "rabatt", "angebot", "deal", "sale", "order", "bestellen")


def links(text: str) -> list[str]:
    """All web addresses in a text, in order."""
    return LINK.findall(text)


def commercial_links(text: str) -> list[str]:
    """The addresses that look like selling: a shop's name or path, or the key of a partner."""
    return [link for link in links(text) if _sells(link)]


def _sells(link: str) -> bool:
    try:
        parts = urlsplit(link.lower())
        keys = {key for key, _value in parse_qsl(parts.query)}
    except ValueError:
        return False
    place = f"{parts.netloc}{parts.path}"
    return bool(keys & SELLING_KEYS) or any(word in place for word in SELLING_WORDS)
