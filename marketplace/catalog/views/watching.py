"""Being told of goods: asking for it, the list of what one waits for, ending it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, flash, url_for
from flask_babel import gettext as _

from marketplace.catalog.actions.watching import end_watch, watch
from marketplace.catalog.queries import visible_product_id
from marketplace.catalog.queries.watching import WatchRow, watches_of
from marketplace.catalog.views import pages
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import NotFound
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, back, see_other
from marketplace.web.formats import day, money
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One thing waited for, or told of already."""

    title: str
    url: str
    words: str
    when: str
    told: bool
    end_url: str


@dataclass(frozen=True, slots=True)
class WatchesPage:
    """What somebody waits for."""

    rows: Sequence[WaitingRow]
    settings_url: str
    products_url: str


@pages.post("/products/<slug>/watch", endpoint="watch")
@signed_in
def watch_post(slug: str) -> Response:
    """Tell me once: back in stock, the next vintage, a lower price, my size."""
    body, me = sent(), person_id()
    product_id = visible_product_id(slug)
    if product_id is None:
        raise NotFound(_("There is no such product here."))
    kind = str(body.get("kind", "back"))
    size = (clean(str(body.get("size", ""))) or "") if kind == "back" else ""
    db.session.rollback()
    with committing():
        watch(me, product_id, kind, size)
    flash(_("You will be told once, here and by mail. End it any time in your account."), "good")
    return back(url_for("storefront.product", slug=slug))


def kind_words(row: WatchRow) -> str:
    """What is waited for."""
    if row.kind == "price":
        return _("costs less than %(price)s", price=money(row.price_minor or 0))
    if row.kind == "next_lot":
        return _("the next vintage or batch")
    return _("can be had again in %(size)s", size=row.size) if row.size else \
        _("can be had again")


@pages.get("/account/watches")
@signed_in
def watches() -> Response:
    """What I wait for, each with one click to end it."""
    rows = [WaitingRow(
        row.title, url_for("storefront.product", slug=row.slug), kind_words(row),
        _("told on %(day)s", day=day(row.told_at)) if row.told_at else
        _("since %(day)s", day=day(row.at)), row.told_at is not None,
        url_for("catalog.end_watch", watch_id=row.id))
        for row in watches_of(person_id(), current_lang())]
    return answer("catalog/watches.html", WatchesPage(
        rows, url_for("notify.settings"), url_for("storefront.products")))


@pages.post("/account/watches/<int:watch_id>/end", endpoint="end_watch")
@signed_in
def end_watch_post(watch_id: int) -> Response:
    """Wait no longer."""
    me = person_id()
    with committing():
        end_watch(me, watch_id)
    flash(_("Ended."), "info")
    return see_other(url_for("catalog.watches"))
