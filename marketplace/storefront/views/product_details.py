"""The two long pages of a product: all particulars, and twelve months of prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, redirect, url_for
from flask_babel import gettext as _

from marketplace.catalog import queries as catalog
from marketplace.catalog.queries import ProductView
from marketplace.catalog.queries.beside import PriceSpan, price_spans
from marketplace.foundation import clock
from marketplace.storefront.views import pages
from marketplace.storefront.views.product_states import (
    Checked,
    checked_of,
    gone,
    guarantee_words,
    own_draft,
    printed_facts,
)
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import day, money
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page
from marketplace.web.shapes import Link

YEAR = timedelta(days=365)
WIDTH, HEIGHT, EDGE = 640, 200, 12


@dataclass(frozen=True, slots=True)
class ParticularsPage:
    """Everything that is said of a product, as a table."""

    title: str
    lang: str
    crumbs: Sequence[Link]
    rows: Sequence[tuple[str, str, str]]
    safety: Sequence[tuple[str, str, str]]
    checked: Sequence[Checked]
    guarantee: str
    lots: Sequence[str]
    help_url: str


@dataclass(frozen=True, slots=True)
class PriceLine:
    """The prices of one variant: a drawn line of steps, and the same as rows.

    rows: (from, to, price, words). `path` is an SVG path in a box of WIDTH x HEIGHT.
    """

    label: str
    path: str
    low: str
    high: str
    first: str
    last: str
    words: str
    rows: Sequence[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class PricesPage:
    """Twelve months of prices."""

    title: str
    lang: str
    crumbs: Sequence[Link]
    since: str
    lines: Sequence[PriceLine]
    help_url: str


def _found(slug: str, endpoint: str) -> ProductView | Response:
    """The product, or the way to its new address. Raises NotFound."""
    lang = current_lang()
    goods = catalog.product_view(slug, lang) or own_draft(slug, lang, viewer_id())
    if goods is not None:
        return goods
    now = catalog.former_slug(slug)
    if now is None:
        raise gone(slug)
    return redirect(url_for(endpoint, slug=now), 301)  # type: ignore[return-value]


def _crumbs(goods: ProductView) -> list[Link]:
    return [(goods.title, url_for("storefront.product", slug=goods.slug))]


@pages.get("/products/<slug>/particulars")
@visitor_page
def particulars(slug: str) -> Response:
    """All particulars of a product, to read and to print."""
    goods = _found(slug, "storefront.particulars")
    if not isinstance(goods, ProductView):
        return goods
    rows = printed_facts(goods)
    safety = {fact.name for fact in goods.facts if fact.safety}
    first: list[tuple[str, str, str]] = [(_("Where it is made"), goods.place_of_making, "")]
    page = ParticularsPage(
        goods.title, goods.lang, _crumbs(goods),
        [*(row for row in first if row[1]), *(row for row in rows if row[0] not in safety)],
        [row for row in rows if row[0] in safety], checked_of(goods), guarantee_words(goods),
        list(dict.fromkeys(goods.lots.values())),
        url_for("dialogue.new", about=f"/products/{goods.slug}"))
    return answer("storefront/particulars.html", page)


@pages.get("/products/<slug>/price")
@visitor_page
def prices(slug: str) -> Response:
    """What a product cost over twelve months, as a line and as a table."""
    goods = _found(slug, "storefront.prices")
    if not isinstance(goods, ProductView):
        return goods
    now = clock.now()
    since = max(now - YEAR, goods.published_at or now - YEAR)
    spans: dict[int, list[PriceSpan]] = {}
    for span in price_spans(goods.id, since):
        spans.setdefault(span.variant_id, []).append(span)
    labels = {v.id: " · ".join(p for p in (v.label, v.lot) if p) for v in goods.variants}
    page = PricesPage(
        goods.title, goods.lang, _crumbs(goods), day(since),
        [_line(labels.get(i, ""), rows, since, now) for i, rows in spans.items()],
        url_for("dialogue.new", about=f"/products/{goods.slug}"))
    return answer("storefront/prices.html", page)


def _line(label: str, spans: Sequence[PriceSpan], since: datetime, now: datetime) -> PriceLine:
    minors = [span.minor for span in spans]
    low, high = min(minors), max(minors)
    rows = [(day(max(span.from_at, since)),
             day(span.to_at) if span.to_at else _("today"), money(span.minor),
             _("reduced") if span.reduced else "") for span in reversed(spans)]
    words = money(low) if low == high else _("%(low)s to %(high)s", low=money(low),
                                             high=money(high))
    return PriceLine(label, steps(spans, since, now), money(low), money(high), day(since),
                     day(now), words, rows)


def steps(spans: Sequence[PriceSpan], since: datetime, now: datetime) -> str:
    """Prices as an SVG path: level while a price holds, upright where it changes."""
    minors = [span.minor for span in spans]
    low, high = min(minors), max(minors)
    length = max(1.0, (now - since).total_seconds())

    def across(at: datetime) -> float:
        share = min(1.0, max(0.0, (at - since).total_seconds() / length))
        return EDGE + share * (WIDTH - 2 * EDGE)

    def down(minor: int) -> float:
        share = (minor - low) / (high - low) if high > low else 0.5
        return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)

    parts = []
    for number, span in enumerate(spans):
        level = f"{down(span.minor):.1f}"
        parts.append(f"M{across(span.from_at):.1f} {level}" if number == 0 else f"V{level}")
        parts.append(f"H{across(span.to_at or now):.1f}")
    return "".join(parts)
