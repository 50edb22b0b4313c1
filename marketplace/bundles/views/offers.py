"""Offers from bundles: what a producer may make of them, and what the author says to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.bundles import actions
from marketplace.bundles.actions import Asked
from marketplace.bundles.queries import BundleRow, bundle_for
from marketplace.bundles.queries.offer_words import OfferView, offer_view, state_of
from marketplace.bundles.queries.offers import (
    OfferRow,
    bundles_with_goods_of,
    offer_by_id,
    offers_of_house,
    open_by_bundle,
    pairs_of_house,
    parts_now,
)
from marketplace.bundles.queries.previews import picture_of, shown_goods
from marketplace.bundles.views import pages
from marketplace.catalog.queries import ProductCard, cards
from marketplace.catalog.rules.mapping import price_minor
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.people.queries import lines
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import money
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.shapes import nobody


@dataclass(frozen=True, slots=True)
class HouseBundle:
    """A bundle with goods of the house."""

    title: str
    url: str
    lang: str
    picture: Any
    by: str
    parts_words: str
    offer: tuple[str, str] | None
    ask_url: str


@dataclass(frozen=True, slots=True)
class HouseBundlesPage:
    """What members make of the goods of a house."""

    producer: str
    studio_url: str
    offers: Sequence[tuple[str, str, str]]
    rows: Sequence[HouseBundle]
    pairs: Sequence[tuple[tuple[str, str], tuple[str, str], str]]
    help_url: str


@dataclass(frozen=True, slots=True)
class AskOfferPage:
    """The form by which a producer asks for a set price."""

    producer: str
    back_url: str
    title: str
    bundle_url: str
    parts: Sequence[tuple[str, str, str, bool]]
    total_words: str
    form: PlainForm
    help_url: str


@dataclass(frozen=True, slots=True)
class OfferPage:
    """One offer for one of its parties; `answer` says whether it may still say yes or no."""

    crumb: tuple[str, str]
    view: OfferView
    url: str
    house: str
    asks: bool
    percent: bool
    typed: str
    fault: str
    ends: bool
    help_url: str


def _house() -> Role:
    """The house in the address, for who looks after its goods. Raises NotFound, NotYours."""
    role = role_at(person_id(), request.args.get("producer", ""), request.form.get("house", ""))
    demand(role, "products")
    return role


@pages.get("/studio/bundles")
@signed_in
def studio() -> Response:
    """Bundles with goods of the house, what is often combined, offers and how they stand."""
    role, lang = _house(), current_lang()
    rows, pairs = bundles_with_goods_of(role.producer_id), pairs_of_house(role.producer_id)
    known = open_by_bundle([row.id for row in rows])
    goods = cards({one for row in rows for one in shown_goods(row)}
                  | {item.product_id for row in rows for item in row.items}
                  | {one for pair in pairs for one in pair[:2]}, lang)
    people = lines({row.author_id for row in rows if row.author_id}, person_id())
    page = HouseBundlesPage(
        role.name, url_for("dialogue.studio", producer=role.slug),
        [(one.title, state_of(one), _offer_url(one, role))
         for one in offers_of_house(role.producer_id)],
        [HouseBundle(row.title, row.url, row.lang, picture_of(row, goods),
                     people.get(row.author_id or 0, nobody()).name,
                     _parts_words(row, role, goods), _known(known.get(row.id), role),
                     url_for("bundles.ask_offer", slug=row.slug, producer=role.slug))
         for row in rows],
        [((goods[a].title, goods[a].url), (goods[b].title, goods[b].url),
          ngettext("%(num)s member", "%(num)s members", n))
         for a, b, n in pairs if a in goods and b in goods],
        url_for("dialogue.new", about="/studio/bundles"))
    return answer("bundles/studio.html", page)


def _offer_url(row: OfferRow, role: Role) -> str:
    return url_for("bundles.house_offer", offer_id=row.id, producer=role.slug)


def _known(row: OfferRow | None, role: Role) -> tuple[str, str] | None:
    return (state_of(row), _offer_url(row, role)) if row else None


def _parts_words(row: BundleRow, role: Role, goods: Mapping[int, ProductCard]) -> str:
    own = sum(item.product_id in goods and goods[item.product_id].producer_id == role.producer_id
              for item in row.items)
    return _("%(own)s of %(all)s parts are yours", own=own, all=len(row.items))


@pages.get("/studio/bundles/<slug>/offer")
@signed_in
def ask_offer(slug: str) -> Response:
    """What one's own term would be, how the author is named, what the author has from it."""
    role, row = _house(), bundle_for(slug, None)
    name = lines({row.author_id or 0}, person_id()).get(row.author_id or 0, nobody()).name
    return _ask_page(role, row, {"credit": name, "form": "percent"}, {})


@pages.post("/studio/bundles/<slug>/offer", endpoint="ask_offer_post")
@signed_in
@limiter.limit("60 per hour")
def ask_offer_post(slug: str) -> Response:
    """Ask the author and the other producers."""
    role, row = _house(), bundle_for(slug, None)
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            offer_id = actions.ask_offer(row.id, role.producer_id, person_id(), Asked(
                words.get("form", ""), price_minor(words.get("value", "").rstrip("% €")),
                words.get("credit", ""), words.get("benefit", "")))
    except Invalid as fault:
        return _ask_page(role, row, words, fault.faults, 422)
    flash(_("Asked. Silence of 14 days is a no."), "good")
    return see_other(url_for("bundles.house_offer", offer_id=offer_id, producer=role.slug))


def _ask_page(role: Role, row: BundleRow, words: Mapping[str, str], faults: Mapping[str, str],
              status: int = 200) -> Response:
    goods = cards([item.product_id for item in row.items], current_lang())
    houses = {part.producer_id for part in parts_now(row)}
    if role.producer_id not in houses:
        raise NotFound(_("There is no such bundle here."))
    forms = [("percent", _("Percent off"))] if len(houses) > 1 else [
        ("percent", _("Percent off")), ("fixed", _("A price for the whole set"))]

    def one(name: str, label: str, hint: str = "", **more: Any) -> Field:
        return Field(name, label, words.get(name, ""), hint, **more)

    form = PlainForm(
        url_for("bundles.ask_offer_post", slug=row.slug, producer=role.slug), [Section(
            _("Your part"), _("Each producer gives something on its own goods only, and each is "
                              "asked for itself.") if len(houses) > 1 else "", [
                one("form", _("What you give"), kind="select", choices=forms, optional=False),
                one("value", _("How much"), _("Such as 10 for ten percent, or 35.00 as a price."),
                    optional=False)]),
            Section(_("Its author"), _("Nothing runs without a yes of who put it together."), [
                one("credit", _("Named as"), _("Stands with the bundle and each product in it."),
                    optional=False),
                one("benefit", _("What the author has from it"), _(
                    "Everybody reads it. Empty: nothing."), length=200)])],
        faults, _("Ask"), [("house", role.slug)])
    page = AskOfferPage(
        role.name, url_for("bundles.studio", producer=role.slug), row.title, row.url,
        [(goods[i.product_id].title, goods[i.product_id].seller.name,
          money((i.price_minor or 0) * i.qty),
          goods[i.product_id].producer_id == role.producer_id)
         for i in row.items if i.product_id in goods],
        _("One by one %(sum)s today.", sum=money(row.price_minor)), form,
        url_for("dialogue.new", about="/studio/bundles"))
    return answer("bundles/ask_offer.html", page, status)


@pages.get("/studio/bundles/offers/<int:offer_id>")
@signed_in
def house_offer(offer_id: int) -> Response:
    """How an offer stands, for a producer who takes part."""
    return _house_page(_house(), offer_id)


@pages.post("/studio/bundles/offers/<int:offer_id>", endpoint="house_offer_post")
@signed_in
@limiter.limit("60 per hour")
def house_offer_post(offer_id: int) -> Response:
    """Agree with one's own term, decline, or end it."""
    role, step = _house(), request.form.get("step", "")
    _taking_part(role, offer_id)
    typed = (clean(request.form.get("value", "")) or "")[:12]
    value = price_minor(typed.rstrip("% "))
    try:
        with committing():
            if step == "end":
                actions.end_offer(offer_id, person_id(), role.producer_id)
            elif step == "agree" and value is None:
                raise Invalid({"value": _("A number such as 10 or 5.50.")})
            else:
                actions.answer_as_house(offer_id, role.producer_id, person_id(),
                                        value if step == "agree" else None)
    except Invalid as fault:
        return _house_page(role, offer_id, typed, fault.faults["value"], 422)
    flash(_("Noted."), "good")
    return see_other(url_for("bundles.house_offer", offer_id=offer_id, producer=role.slug))


def _taking_part(role: Role, offer_id: int) -> OfferRow:
    row = offer_by_id(offer_id)
    if row.of(role.producer_id) is None:
        raise NotFound(_("There is no such offer here."))
    return row


def _house_page(role: Role, offer_id: int, typed: str = "", fault: str = "", status: int = 200
                ) -> Response:
    row = _taking_part(role, offer_id)
    own = row.of(role.producer_id)
    page = OfferPage(
        (_("Bundles with your goods"), url_for("bundles.studio", producer=role.slug)),
        offer_view(row, person_id()),
        url_for("bundles.house_offer_post", offer_id=offer_id, producer=role.slug), role.slug,
        row.state == "asked" and own is not None and own.state == "asked", True, typed, fault,
        row.state in ("asked", "running", "paused"),
        url_for("dialogue.new", about="/studio/bundles"))
    return answer("bundles/offer.html", page, status)


@pages.get("/account/bundles/offers/<int:offer_id>")
@signed_in
def own_offer(offer_id: int) -> Response:
    """How an offer from one's own bundle stands."""
    row = _own(offer_id)
    page = OfferPage(
        (_("My bundles"), url_for("bundles.mine")), offer_view(row, person_id()),
        url_for("bundles.own_offer_post", offer_id=offer_id), "",
        row.state == "asked" and any(one.state == "asked" for one in row.parties
                                     if one.producer_id is None), False, "", "",
        row.state in ("asked", "running", "paused"),
        url_for("dialogue.new", about="/account/bundles"))
    return answer("bundles/offer.html", page)


@pages.post("/account/bundles/offers/<int:offer_id>", endpoint="own_offer_post")
@signed_in
@limiter.limit("60 per hour")
def own_offer_post(offer_id: int) -> Response:
    """Say yes or no to an offer from one's own bundle, or end it."""
    _own(offer_id)
    step = request.form.get("step", "")
    with committing():
        if step == "end":
            actions.end_offer(offer_id, person_id(), None)
        else:
            actions.answer_as_author(offer_id, person_id(), step == "agree")
    flash(_("Noted."), "good")
    return see_other(url_for("bundles.own_offer", offer_id=offer_id))


def _own(offer_id: int) -> OfferRow:
    row = offer_by_id(offer_id)
    if row.author_id != person_id():
        raise NotFound(_("There is no such offer here."))
    return row
