"""My taste: what I said, who agrees with me, and what may be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, make_response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from marketplace.catalog.queries import visible_product_id
from marketplace.foundation.database import committing
from marketplace.people.actions import (
    choose_suggestions,
    give_consent,
    state_age,
    withdraw_consent,
)
from marketplace.people.queries import has_consent, lines
from marketplace.recommend import actions, queries
from marketplace.recommend.forms import TasteForm
from marketplace.recommend.queries import OwnSignal, ThingView
from marketplace.recommend.queries.willing import MATCHING
from marketplace.recommend.queries.words import accept_names, age_names, order_names
from marketplace.recommend.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, back, see_other
from marketplace.web.formats import day
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, pager

A_PAGE = 20
TEXT_VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class SignalRow:
    """One thing I said, as the page lists it."""

    thing: ThingView | None
    words: str
    when: str
    forget_url: str


@dataclass(frozen=True, slots=True)
class TastePage:
    """All that suggestions to me are made of."""

    url: str
    suggestions: bool
    compared: bool
    named: bool
    asked: bool
    order: str
    accepts: str
    age: str
    ages: Sequence[tuple[str, str]]
    orders: Sequence[tuple[str, str, str]]
    accept_names: Sequence[tuple[str, str, str]]
    peers: Sequence[tuple[Any, str]]
    unnamed_words: str
    rows: Sequence[SignalRow]
    count: int
    pager: PagerView
    export_url: str
    for_you_url: str
    ranking_url: str
    help_url: str


@pages.get("/account/taste")
@signed_in
def taste() -> Response:
    """My signals, my peers with "agreed on x of y", and the switches."""
    me, number = person_id(), asked_page(500)
    had, compared, count = queries.chosen(me), has_consent(me, MATCHING), queries.signal_count(me)
    shown = queries.signals_of(me, A_PAGE, (number - 1) * A_PAGE)
    goods = queries.things({("product", row.product_id) for row in shown}, current_lang())
    peers, unnamed_words = _peers(me)
    return answer("recommend/taste.html", TastePage(
        url_for("recommend.taste_post"), current_user.suggestions_on, compared, had.named,
        had.asked, had.order_by, had.accepts, current_user.age_class, age_names(), order_names(),
        accept_names(), peers, unnamed_words,
        [_row(row, goods.get(("product", row.product_id))) for row in shown], count,
        pager(Pages(shown, number, A_PAGE, count)), url_for("recommend.taste_export"),
        url_for("storefront.for_you"), url_for("storefront.ranking"),
        url_for("dialogue.new", about="/account/taste")))


def _row(row: OwnSignal, thing: ThingView | None) -> SignalRow:
    return SignalRow(thing, signal_words(row), day(row.at),
                     url_for("recommend.forget_signal", product_id=row.product_id))


def signal_words(row: OwnSignal) -> str:
    """What an act said, in words."""
    said = {"save": _("you saved it"), "order_again": _("you ordered it again"),
            "recommendation": _("you recommend it"), "tap": _("you like it")}.get(row.source)
    if said:
        return said
    words = _("you would buy it again") if row.again else _("you would not buy it again")
    return _("%(words)s (brought along from elsewhere)", words=words) \
        if row.source == "imported" else words


def _peers(me: int) -> tuple[list[tuple[Any, str]], str]:
    circle = queries.circle_of(me)
    people = lines({one.person_id for one in circle.named}, me)
    rows = [(people[one.person_id], _("you agreed on %(same)s of %(both)s", same=one.same,
                                      both=one.common))
            for one in circle.named if one.person_id in people]
    more = ngettext("%(num)s more member is compared with you, unnamed.",
                    "%(num)s more members are compared with you, unnamed.", circle.unnamed) \
        if circle.unnamed else ""
    return rows, more


@pages.post("/account/taste", endpoint="taste_post")
@signed_in
@limiter.limit("120 per hour")
def taste_post() -> Response:
    """Keep all switches; an objection counts in the very next request."""
    me, form = person_id(), TasteForm(sent())
    form.demand()
    with committing():
        if form.compared.data:
            give_consent(me, MATCHING, TEXT_VERSION, "taste")
        else:
            withdraw_consent(me, MATCHING)
        choose_suggestions(me, bool(form.suggestions.data))
        if form.age.data:
            state_age(me, str(form.age.data))
        actions.choose_named(me, bool(form.named.data))
        actions.choose_asked(me, bool(form.asked.data))
        actions.choose_order(me, str(form.order.data))
        actions.choose_accepts(me, str(form.accepts.data))
    flash(_("Kept. It counts from the next page on."), "good")
    return see_other(url_for("recommend.taste"))


@pages.post("/account/taste/order")
@signed_in
@limiter.limit("120 per hour")
def keep_order() -> Response:
    """Keep by what lists are ordered for me."""
    with committing():
        actions.choose_order(person_id(), request.form.get("order", ""))
    flash(_("Kept: your lists go by this from now on."), "good")
    return back(url_for("storefront.for_you"))


@pages.post("/account/taste/signals/<int:product_id>/forget")
@signed_in
@limiter.limit("240 per hour")
def forget_signal(product_id: int) -> Response:
    """Let suggestions no longer go by what I said of one product."""
    with committing():
        actions.drop_signal(person_id(), product_id)
    flash(_("Forgotten: no suggestion goes by it any more. Your answer itself still stands."),
          "good")
    return back(url_for("recommend.taste"))


@pages.get("/account/taste/export")
@signed_in
def taste_export() -> Response:
    """All of it as one JSON file."""
    me, lang = person_id(), current_lang()
    said, told = queries.signals_of(me), queries.feedback_of(me)
    goods = queries.things({("product", row.product_id) for row in (*said, *told)}, lang)

    def about(product_id: int) -> dict[str, Any]:
        thing = goods.get(("product", product_id))
        return {"product": thing.url if thing else None, "title": thing.title if thing else None}

    had = queries.chosen(me)
    whole = {
        "signals": [{**about(r.product_id), "value": r.value, "would_buy_again": r.again,
                     "source": r.source, "at": r.at.isoformat()} for r in said],
        "feedback": [{**about(r.product_id), "kind": r.kind, "at": r.at.isoformat()}
                     for r in told],
        "choices": {"suggestions": current_user.suggestions_on, "named": had.named,
                    "compared": has_consent(me, MATCHING), "order": had.order_by,
                    "accepts": had.accepts, "asked": had.asked}}
    from flask import jsonify

    sheet = make_response(jsonify(whole))
    sheet.headers["Content-Disposition"] = 'attachment; filename="taste.json"'
    return sheet


@pages.post("/account/taste/less")
@signed_in
@limiter.limit("240 per hour")
def less() -> Response:
    """Fewer suggestions for one kind of reason, or as many again."""
    with committing():
        wanted = actions.less_of(person_id(), request.form.get("reason", ""))
    flash(_("Those stand at the end of your list now.") if wanted
          else _("Those stand where they belong again."), "good")
    return back(url_for("storefront.for_you"))


@pages.post("/account/taste/known")
@signed_in
@limiter.limit("60 per hour")
def keep_known() -> Response:
    """Keep the goods I recognised as a first sign of my taste."""
    ids = [known for slug in request.form.getlist("know")[:9]
           if (known := visible_product_id(slug)) is not None]
    with committing():
        actions.keep_known(person_id(), ids)
    flash(_("Kept. Your suggestions go by it from now on."), "good")
    return see_other(url_for("storefront.for_you"))
