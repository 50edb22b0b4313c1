"""Blocks of the product page: buying, who sells, and the same for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from marketplace.catalog.queries import ProductView, VariantView
from marketplace.catalog.queries.cards import PriceView
from marketplace.reviews.queries import VerdictView, stars_shown
from marketplace.web.formats import country_name


@dataclass(frozen=True, slots=True)
class BuyBar:
    """Price, variants and button."""

    url: str
    variants: Sequence[tuple[int, str, PriceView, tuple[str, str]]]
    chosen: int
    source: str
    closed: str
    watch_url: str
    currency: str


@dataclass(frozen=True, slots=True)
class SellerBlock:
    """Who the contract is with."""

    name: str
    address: Sequence[str]
    imprint_url: str
    contact: str
    withdrawal_words: str
    withdrawal_url: str
    may_withdraw: bool = True


def seller_block(block: Mapping[str, Any], goods: ProductView) -> SellerBlock:
    """Who sells: name, address, contact, and what can be given back."""
    place = f"{block.get('postcode', '')} {block.get('city', '')}".strip()
    rows = [str(part) for part in (block.get("legal_name"), block.get("street"), place,
                                   country_name(str(block.get("country") or ""))) if part]
    words = {
        "yes": _("You can withdraw within 14 days of receipt, without a reason."),
        "perishable": _("No right of withdrawal: it spoils quickly (§ 312g (2) no. 2 BGB)."),
        "made_to_measure":
            _("No right of withdrawal: made for you alone (§ 312g (2) no. 1 BGB)."),
        "sealed_hygiene": _("No right of withdrawal once unsealed (§ 312g (2) no. 3 BGB)."),
        "en_primeur": _("No right of withdrawal: delivered in 30 days at the earliest "
                        "(§ 312g (2) no. 5 BGB)."),
    }[goods.withdrawal]
    return SellerBlock(
        str(block["name"]), rows, url_for("storefront.imprint", slug=str(block["slug"])),
        str(block.get("e_mail") or ""), words, url_for("storefront.page", slug="withdrawal"),
        goods.withdrawal == "yes")


UNIT_CODES = {"l": "LTR", "kg": "KGM", "m": "MTR", "m²": "MTK"}
"""Units as schema.org names them (UN/CEFACT)."""


def _per_unit(variant: VariantView) -> dict[str, Any]:
    """The unit price, where one is due."""
    if variant.unit_minor is None:
        return {}
    return {"priceSpecification": {
        "@type": "UnitPriceSpecification", "price": f"{variant.unit_minor / 100:.2f}",
        "priceCurrency": "EUR", "referenceQuantity": {
            "@type": "QuantitativeValue", "value": 1, "unitCode": UNIT_CODES[variant.unit]}}}


def json_ld(goods: ProductView, said: VerdictView, seller: str) -> Markup:
    """Product, Offer with seller, AggregateRating from ten answers on."""
    site = str(current_app.config["ZURUF_URL"])
    data: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "Product", "name": goods.title,
        "description": goods.teaser, "sku": goods.code,
        "brand": {"@type": "Brand", "name": seller},
        "image": [site + p.url for p in goods.pictures],
        "offers": [{
            "@type": "Offer", "sku": v.sku, "price": f"{v.price_minor / 100:.2f}",
            "priceCurrency": "EUR", "seller": {"@type": "Organization", "name": seller},
            "availability": "https://schema.org/" + ("InStock" if v.can_be_had else "OutOfStock"),
            **_per_unit(v),
        } for v in goods.variants],
    }
    stars = stars_shown(said)
    if stars is not None and said.since and said.until:
        data["aggregateRating"] = {
            "@type": "AggregateRating", "ratingValue": round(stars, 2), "bestRating": 5,
            "worstRating": 1, "ratingCount": said.stars_n, "url": site + said.how_url,
            "description": f"{said.since:%Y-%m} to {said.until:%Y-%m}, n = {said.stars_n}"}
    body = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return Markup('<script type="application/ld+json">{}</script>').format(
        Markup(body))  # noqa: S704 - "<" is escaped above
