"""Voting on a bundle, and buying all of it in one step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.bundles import actions
from marketplace.bundles.queries import BundleRow, Obstacle, bundle_for, obstacles
from marketplace.bundles.views import pages
from marketplace.catalog.queries import cards
from marketplace.checkout.actions import own_basket
from marketplace.foundation.database import committing
from marketplace.web.access import basket_key, keep_basket_key, person_id, viewer_id
from marketplace.web.answers import answer, back, see_other
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class Blocked:
    """A part that stands in the way, and whether it was chosen to leave it out."""

    pos: int
    title: str
    url: str
    picture: Any
    words: str
    out: bool


@dataclass(frozen=True, slots=True)
class ObstaclesPage:
    """What cannot be had now; the buyer decides what to do without."""

    title: str
    url: str
    back_url: str
    rows: Sequence[Blocked]
    kept_words: str
    fault: str
    help_url: str


@pages.post("/bundles/<slug>/votes")
@limiter.limit("240 per hour")
def vote(slug: str) -> Response:
    """Up, down or taken back, with reasons from the closed list."""
    me, row = person_id(), bundle_for(slug, viewer_id())
    value = {"up": 1, "down": -1}.get(request.form.get("vote", ""), 0)
    with committing():
        actions.vote(row.id, me, value, request.form.getlist("reason")[:7])
    return back(row.url)


@pages.post("/bundles/<slug>/basket")
@limiter.limit("240 per hour")
def into_basket(slug: str) -> Response:
    """Everything into the basket in one step, or the page that says what stands in the way."""
    row, lang = bundle_for(slug, viewer_id()), current_lang()
    chosen = frozenset(int(pos) for pos in request.form.getlist("out")
                       if pos.isdecimal() and len(pos) < 6)
    blocked = obstacles(row, lang)
    out = chosen & {obstacle.pos for obstacle in blocked}
    if {obstacle.pos for obstacle in blocked} - out or len(out) == len(row.items):
        return _obstacles(row, blocked, out, 422 if request.form.get("step") else 409)
    with committing():
        basket = own_basket(viewer_id(), basket_key())
        late = actions.into_basket(row, basket, lang, out)
    if basket.person_id is None:
        keep_basket_key(basket.key)
    if late:
        return _obstacles(bundle_for(slug, viewer_id()), obstacles(row, lang), out, 409)
    count = len(row.items) - len(out)
    flash(ngettext("%(num)s part of “%(title)s” is in your basket.",
                   "%(num)s parts of “%(title)s” are in your basket.", count, title=row.title),
          "good")
    return see_other(url_for("checkout.basket"))


def _obstacles(row: BundleRow, blocked: Sequence[Obstacle], out: Collection[int], status: int
               ) -> Response:
    goods = cards([obstacle.product_id for obstacle in blocked], current_lang())
    rows = [Blocked(
        o.pos, o.title, o.url,
        goods[o.product_id].picture if o.product_id in goods else None,
        ngettext("only %(num)s left, %(want)s wanted", "only %(num)s left, %(want)s wanted",
                 o.left, want=o.qty) if o.left else _("cannot be had just now"),
        o.pos in out) for o in blocked]
    rest = len(row.items) - len(blocked)
    page = ObstaclesPage(
        row.title, url_for("bundles.into_basket", slug=row.slug), row.url, rows,
        ngettext("%(num)s part can be had.", "%(num)s parts can be had.", rest) if rest else
        _("Nothing of this bundle can be had just now."),
        _("Please choose for each part what stands in the way, or go back.")
        if status == 422 and rest else "",
        url_for("dialogue.new", about=row.url))
    return answer("bundles/obstacles.html", page, status)
