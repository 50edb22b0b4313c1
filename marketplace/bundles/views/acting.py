"""Voting on a bundle, and buying all of it in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.bundles import actions
from marketplace.bundles.queries import (
    BundleRow,
    Instead,
    Obstacle,
    bundle_for,
    instead_of,
    obstacles,
)
from marketplace.bundles.views import pages
from marketplace.catalog.actions.watching import watch
from marketplace.catalog.queries import cards
from marketplace.checkout.actions import own_basket, want
from marketplace.checkout.queries import loaded_basket
from marketplace.foundation.database import committing
from marketplace.web.access import basket_key, keep_basket_key, person_id, viewer_id
from marketplace.web.answers import answer, back, see_other
from marketplace.web.formats import money
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class Blocked:
    """A part that stands in the way, what can be done about it, and what was chosen."""

    pos: int
    title: str
    url: str
    picture: Any
    words: str
    choices: Sequence[tuple[str, str, str]]
    chosen: str


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
        counts = actions.vote(row.id, me, value, request.form.getlist("reason")[:7])
    if not counts:
        flash(_("Kept. Your voice counts once your account is a day old and your e-mail address "
                "is confirmed."), "info")
    return back(row.url)


@pages.post("/bundles/<slug>/save")
@limiter.limit("240 per hour")
def save(slug: str) -> Response:
    """Keep a bundle in one's own list, or no longer."""
    me, row = person_id(), bundle_for(slug, viewer_id())
    with committing():
        actions.save(row.id, me, request.form.get("keep") != "no")
    return back(row.url)


@pages.post("/bundles/<slug>/remix")
@limiter.limit("60 per hour")
def remix(slug: str) -> Response:
    """A variant of one's own, as a draft with the same parts."""
    me, row = person_id(), bundle_for(slug, viewer_id())
    with committing():
        made = actions.remix(row.id, me)
    flash(_("Your variant is a draft. “%(title)s” stays named as where it comes from.",
            title=row.title), "info")
    return see_other(url_for("bundles.edit", slug=made.slug))


@pages.post("/bundles/<slug>/basket")
@limiter.limit("240 per hour")
def into_basket(slug: str) -> Response:
    """Everything into the basket in one step, or the page that says what stands in the way."""
    row, lang = bundle_for(slug, viewer_id()), current_lang()
    blocked = obstacles(row, lang)
    offered = _offered(row, blocked)
    chosen = _chosen(blocked, offered)
    out = frozenset(pos for pos, choice in chosen.items() if choice in ("out", "tell"))
    if len(chosen) < len(blocked) or len(out) == len(row.items):
        return _obstacles(row, blocked, offered, chosen,
                          422 if request.form.get("step") else 409)
    instead = {pos: int(choice) for pos, choice in chosen.items() if choice.isdecimal()}
    with committing():
        basket = own_basket(viewer_id(), basket_key())
        late = actions.into_basket(row, basket, lang, out, instead)
        told = not late and _tell([one for one in blocked if chosen[one.pos] == "tell"])
    if basket.person_id is None:
        keep_basket_key(basket.key)
    if late:
        row = bundle_for(slug, viewer_id())
        return _obstacles(row, obstacles(row, lang), offered, {}, 409)
    return _in_basket(row, len(row.items) - len(out), told)


def _in_basket(row: BundleRow, count: int, told: bool) -> Response:
    flash(ngettext("%(num)s part of “%(title)s” is in your basket.",
                   "%(num)s parts of “%(title)s” are in your basket.", count, title=row.title),
          "good")
    if told:
        flash(_("We tell you once the rest can be had.") if viewer_id() else
              _("Noted that somebody wants the rest. Sign in, and watch it on its page."), "info")
    return see_other(url_for("checkout.basket"))


def _offered(row: BundleRow, blocked: Sequence[Obstacle]) -> Mapping[int, Sequence[Instead]]:
    """What could stand in for each part; what goes with the rest is asked of a later room."""
    if not blocked:
        return {}
    away = {one.pos for one in blocked}
    rest = [item.product_id for item in row.items if item.pos not in away]
    fitting: Callable[[Sequence[int]], Sequence[tuple[int, str]]] = \
        current_app.extensions["fitting_products"]
    return instead_of(row, blocked, _country(), fitting(rest) if rest else [])


def _country() -> str:
    """Where the basket goes."""
    loaded = loaded_basket(viewer_id(), basket_key())
    return loaded.basket.country if loaded else "DE"


def _chosen(blocked: Sequence[Obstacle], offered: Mapping[int, Sequence[Instead]]
            ) -> dict[int, str]:
    """What was chosen for each part: out, tell, or the variant to take instead."""
    found = {}
    for one in blocked:
        choice = request.form.get(f"part-{one.pos}", "")
        if choice in ("out", "tell") or choice in {
                str(it.variant_id) for it in offered.get(one.pos, ())}:
            found[one.pos] = choice
    return found


def _tell(blocked: Sequence[Obstacle]) -> bool:
    """Somebody waits for parts: kept as a wish, and told to members once they can be had."""
    me = viewer_id()
    for one in blocked:
        if one.variant_id is not None:
            want(one.variant_id, one.product_id, me, _country())
        if me is not None:
            watch(me, one.product_id, "back")
    return bool(blocked)


def _obstacles(
    row: BundleRow, blocked: Sequence[Obstacle], offered: Mapping[int, Sequence[Instead]],
    chosen: Mapping[int, str], status: int,
) -> Response:
    goods = cards({one.product_id for one in blocked}
                  | {it.product_id for some in offered.values() for it in some}, current_lang())
    rows = [Blocked(
        o.pos, o.title, o.url,
        goods[o.product_id].picture if o.product_id in goods else None,
        ngettext("only %(num)s left, %(want)s wanted", "only %(num)s left, %(want)s wanted",
                 o.left, want=o.qty) if o.left else _("cannot be had just now"),
        _choices(offered.get(o.pos, ()), goods), chosen.get(o.pos, "")) for o in blocked]
    rest = len(row.items) - len(blocked)
    page = ObstaclesPage(
        row.title, url_for("bundles.into_basket", slug=row.slug), row.url, rows,
        ngettext("%(num)s part can be had.", "%(num)s parts can be had.", rest) if rest else
        _("Nothing of this bundle can be had just now."),
        _("Please choose for each part what stands in the way, or go back.")
        if status == 422 else "",
        url_for("dialogue.new", about=row.url))
    return answer("bundles/obstacles.html", page, status)


def _choices(offered: Sequence[Instead], goods: Mapping[int, Any]
             ) -> list[tuple[str, str, str]]:
    """What can be done about a part: value, words and reason; nothing is chosen in advance."""
    found = [(str(it.variant_id), _("Take “%(title)s” instead", title=goods[it.product_id].title),
              ", ".join(words for words in (money(it.price_minor), _difference(it.more_minor),
                                            it.fits,
                        _("liked at least as surely") if it.rated else "") if words))
             for it in offered if it.product_id in goods]
    return [*found, ("out", _("Leave out"), ""), ("tell", _("Leave out and tell me"),
                                                  _("once it can be had again"))]


def _difference(more_minor: int) -> str:
    if more_minor == 0:
        return _("costs the same")
    return (_("%(sum)s more", sum=money(more_minor)) if more_minor > 0 else
            _("%(sum)s less", sum=money(-more_minor)))
