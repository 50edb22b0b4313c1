"""What can be done with a product beside buying it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import url_for

from marketplace.bundles.queries import polls_about
from marketplace.bundles.queries.asking import poll_views
from marketplace.bundles.queries.offers import offers_with
from marketplace.catalog.queries import ProductView
from marketplace.foundation.kept import kept
from marketplace.storefront.queries.producer import share_words
from marketplace.storefront.views.bundles import ask_url
from marketplace.storefront.views.said import said_rows
from marketplace.touchpoints.queries import said_of_product


def ways(goods: ProductView, name: str, me: int | None) -> dict[str, Any]:
    """What else can be done with it: kept, put beside others, asked about, looked at elsewhere; and
    what of the price arrives at the producer, where they show it. Loads: 1 or 2 statements.
    """
    least = min((v.price_minor for v in goods.variants), default=None)
    return {"id": goods.id, "compare_url": url_for("storefront.compare", p=goods.slug),
            "keep_url": url_for("storefront.keep", slug=goods.slug),
            "elsewhere": _elsewhere(goods), "should_i_url": ask_url(f"/products/{goods.slug}"),
            "sets": _sets(goods.id),
            "polls": poll_views(polls_about(me, product_id=goods.id), me),
            "said_elsewhere": said_rows(("said of", goods.id), lambda: said_of_product(goods.id)),
            "share_words": share_words(goods.producer_id, name, least)}


def _elsewhere(goods: ProductView) -> tuple[str, str] | None:
    """The producer's own shop: its host, and the address as it was typed, without our tokens."""
    host = urlsplit(goods.elsewhere_url).hostname if goods.elsewhere_url else None
    return (host.removeprefix("www."), goods.elsewhere_url) if host else None


def _sets(product_id: int) -> list[tuple[str, str, str]]:
    """Sets in which it is offered: title, address, who put them together. Loads: 1 a minute."""
    return [(row.title, f"/bundles/{row.bundle_slug}", row.credit) for row in kept(
        ("offers with", product_id), lambda: offers_with(product_id))]
