"""Coupons: typed in the basket; made and stopped by producers in the studio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.rules.mapping import price_minor
from marketplace.checkout.actions.coupons import (
    NewCoupon,
    drop_coupon,
    make_coupon,
    name_coupon,
    stop_coupon,
)
from marketplace.checkout.models import Coupon
from marketplace.checkout.queries import basket_view, loaded_basket
from marketplace.checkout.queries.reductions import coupon_row, coupons_of
from marketplace.checkout.views import pages
from marketplace.checkout.views.basket import draw
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.web.access import basket_key, person_id, signed_in, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import day, money, number
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class CouponLine:
    """A coupon in the studio; `stop` says that it can be stopped."""

    id: int
    code: str
    gives: str
    terms: str
    used_words: str
    state_words: str
    stop: bool


@dataclass(frozen=True, slots=True)
class CouponsPage:
    """A producer's coupons, and a form for another."""

    producer: str
    house: str
    studio_url: str
    rows: Sequence[CouponLine]
    stop_url: str
    form: PlainForm
    help_url: str


@pages.post("/basket/coupon", endpoint="coupon")
@limiter.limit("60 per hour")
def coupon() -> Response:
    """Name a coupon, or take one out again."""
    typed = (clean(request.form.get("coupon", "")) or "")[:40]
    view = basket_view(loaded_basket(viewer_id(), basket_key()), current_lang())
    if view.basket is None:
        return see_other(url_for("checkout.basket"))
    out = request.form.get("out", "")
    try:
        with committing():
            if out.isdecimal() and len(out) < 18:
                drop_coupon(view.basket, int(out))
            else:
                name_coupon(view.basket, typed, [part.producer_id for part in view.parts])
    except Invalid as fault:
        return draw(typed=typed, coupon_fault=fault.faults["coupon"], status=422)
    flash(_("The coupon is out.") if out else _("The coupon counts."), "good")
    return see_other(url_for("checkout.basket"))


@pages.get("/studio/coupons")
@signed_in
def coupons() -> Response:
    """All coupons of a house, and a form for another."""
    return _page({}, {}, 200)


@pages.post("/studio/coupons", endpoint="coupons_post")
@signed_in
def coupons_post() -> Response:
    """Make a coupon, or stop one; orders keep the price they were placed with."""
    role = _house()
    words = {name: clean(value) or "" for name, value in request.form.items()}
    stop = words.get("stop", "")
    try:
        with committing():
            if stop.isdecimal() and len(stop) < 18:
                stop_coupon(role.producer_id, int(stop))
            else:
                make_coupon(role.producer_id, person_id(), _read(words))
    except Invalid as fault:
        return _page(words, fault.faults, 422)
    flash(_("The coupon is stopped.") if stop else _("The coupon is there."), "good")
    return see_other(url_for("checkout.coupons", producer=role.slug))


def _house() -> Role:
    role = role_at(person_id(), request.args.get("producer", ""), request.form.get("house", ""))
    demand(role, "products")
    return role


def _read(words: Mapping[str, str]) -> NewCoupon:
    """What was typed. Raises Invalid."""
    form, faults = words.get("form", ""), {}
    value = price_minor(words.get("value", "").rstrip("% €"))
    least = price_minor(words["least"]) if words.get("least") else 0
    uses = words.get("uses", "")
    until = _end_of(words.get("until", ""))
    if value is None:
        faults["value"] = _("A number such as 10 or 5.50.")
    if least is None:
        faults["least"] = _("Please give a price such as 12.90.")
    if words.get("until") and until is None:
        faults["until"] = _("A day that is still to come.")
    if uses and not (uses.isdecimal() and len(uses) < 8):
        faults["uses"] = _("A whole number from 1 to 1,000,000.")
    if faults:
        raise Invalid(faults)
    return NewCoupon(words.get("code", ""), form, value or 0, least or 0, until,
                     int(uses) if uses else None)


def _end_of(text: str) -> datetime | None:
    """The end of a day as the clocks of the market see it."""
    try:
        last = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(last + timedelta(days=1), time(), ZoneInfo("Europe/Berlin"))


def _line(row: Coupon) -> CouponLine:
    gives = _("%(n)s percent", n=number(row.value / 100)) if row.form == "percent" else \
        money(row.value)
    terms = [_("from %(least)s of goods on", least=money(row.min_goods_minor))] \
        if row.min_goods_minor else []
    if row.valid_to:
        terms.append(_("until %(day)s", day=day(row.valid_to - timedelta(seconds=1))))
    used = _("used %(n)s times", n=number(row.used)) if row.max_uses is None else \
        _("used %(n)s of %(most)s times", n=number(row.used), most=number(row.max_uses))
    fault = coupon_row(row).fault
    state = _("stopped") if row.stopped_at else \
        {"": _("counts now"), "early": _("not yet"), "over": _("over"),
         "used_up": _("used up")}[fault]
    return CouponLine(row.id, row.code, gives, " · ".join(terms), used, state, not fault)


def _page(words: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    role = _house()

    def one(name: str, label: str, hint: str = "", optional: bool = False, **more: object
            ) -> Field:
        return Field(name, label, words.get(name, ""), hint, optional=optional, **more)  # type: ignore[arg-type]

    form = PlainForm(url_for("checkout.coupons_post", producer=role.slug), [Section(
        _("Make a coupon"), _("You pay for it: it counts on your own goods only, and each order "
                              "takes at most one of yours."), [
            one("code", _("Word"), _("What buyers type, such as SPRING-10.")),
            one("form", _("What it gives"), kind="select", choices=[
                ("percent", _("Percent off")), ("amount", _("An amount off"))]),
            one("value", _("How much"), _("Such as 10 for ten percent, or 5.00 for an amount.")),
            one("least", _("From which sum of goods on"), _("Empty: it counts on any sum."), True,
                after="€"),
            one("until", _("Last day"), "", True, type="date"),
            one("uses", _("Uses in all"), "", True)])],
        faults, _("Make it"), [("house", role.slug)])
    return answer("checkout/coupons.html", CouponsPage(
        role.name, role.slug, url_for("dialogue.studio", producer=role.slug),
        [_line(row) for row in coupons_of(role.producer_id)],
        url_for("checkout.coupons_post", producer=role.slug), form,
        url_for("dialogue.new", about="/studio/coupons")), status)
