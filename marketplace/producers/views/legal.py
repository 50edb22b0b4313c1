"""Trader data of a producer, as its owner hands them over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response, flash
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.producers import actions
from marketplace.producers.forms import COUNTRIES, TraderForm
from marketplace.producers.queries import Role
from marketplace.producers.queries.opening import sightings_of, trader_values
from marketplace.producers.queries.said import legal_forms
from marketplace.producers.rules.traders import missing, sales_end
from marketplace.producers.views import pages
from marketplace.producers.views.frame import StudioPage, frame, here, house
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Box, Field, PlainForm, Section
from marketplace.web.formats import country_name, day, moment
from marketplace.web.forms import sent


@pages.get("/studio/legal")
@signed_in
def legal() -> Response:
    """What the law asks of a trader, with what is still missing."""
    role = house("trader")
    values = trader_values(role.producer_id)
    return _page(role, values, {name: typed(value) for name, value in values.items()}, {}, 200)


@pages.post("/studio/legal", endpoint="legal_post")
@signed_in
def legal_post() -> Response:
    """Keep it; complete data are handed in, those with a wrong form come back."""
    role, form = house("trader"), TraderForm(sent())
    words = {name: str(bound.data or "") for name, bound in form._fields.items()}
    try:
        form.demand()
        with committing():
            actions.keep_trader(role, form.values(), bool(form.certified.data), person_id())
    except Invalid as fault:
        words["is_trader"] = "trader" if words["is_trader"] != "private" else "private"
        return _page(role, trader_values(role.producer_id), words, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(here("producers.legal", role))


def typed(value: Any) -> str:
    """A stored value as its field shows it."""
    if isinstance(value, bool):
        return "trader" if value else "private"
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _page(role: Role, now: Mapping[str, Any], words: Mapping[str, str],
          faults: Mapping[str, str], status: int) -> Response:
    form = PlainForm(here("producers.legal_post", role), _sections(words, now), faults,
                     _("Keep and hand in"), [("house", role.slug)])
    seen = [(moment(at), name) for at, name in sightings_of(role.producer_id)]
    boxes = [
        Box(_("Still missing"), [(labels().get(name, name), "") for name in missing(now)],
            _("Nothing.")),
        Box(_("What everybody sees"), [(_("Name, address, phone, e-mail, register, VAT number, "
                                          "your word"), _("on your imprint"))]),
        Box(_("Who read these data"), seen, _("Nobody of the marketplace yet."))]
    return answer("producers/studio_page.html", StudioPage(
        frame(role, "producers.legal"), _("Trader data"),
        _("Asked once, by law, before your first sale. You can keep it half done."),
        state_notices(now), [form], boxes), status)


def state_notices(now: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where the data stand, in words."""
    found = []
    if now.get("back_words"):
        found.append(("warn", _("This does not fit: %(words)s", words=now["back_words"])))
    state = now.get("state")
    if state == "checked" and now.get("checked_at"):
        found.append(("good", _("Checked on %(day)s.", day=day(now["checked_at"]))))
    elif state == "handed_in" and now.get("checked_at"):
        found.append(("warn", _("Your change waits for a check. Sales go on until %(day)s.",
                                day=day(sales_end(now["handed_in_at"])))))
    elif state == "handed_in":
        found.append(("info", _("Handed in. Somebody of the marketplace compares it now.")))
    elif state == "stopped":
        found.append(("bad", _("Nothing is sold until the changed data are checked.")))
    return found


def labels() -> dict[str, str]:
    """What the fields are called."""
    return {"legal_name": _("Name as in the register"), "legal_form": _("Form of the business"),
            "representative": _("Who represents it"), "street": _("Street and number"),
            "postcode": _("Postcode"), "city": _("Town"), "country": _("Country"),
            "e_mail": _("E-mail"), "phone": _("Phone"), "register": _("Register and court"),
            "register_no": _("Register number"), "self_certified": _("Your word on the law"),
            "vat_id": _("VAT number"), "vat_status": _("How you tax"),
            "tax_no": _("Tax number"), "tin": _("Tax identification number"),
            "birth_date": _("Date of birth"), "authority": _("Supervising authority"),
            "is_trader": _("How you sell")}


def vat_words() -> list[tuple[str, str]]:
    """Ways of taxing in words."""
    return [("regular", _("regular taxation")), ("small", _("small business, no VAT shown")),
            ("flat_rate", _("flat rate of farming"))]


def _sections(words: Mapping[str, str], now: Mapping[str, Any]) -> list[Section]:
    named = labels()

    def one(name: str, hint: str = "", **more: Any) -> Field:
        return Field(name, named[name], words.get(name, ""), hint, **more)

    countries = [(code, country_name(code)) for code in COUNTRIES]
    tick = now.get("self_certified_at")
    return [
        Section(_("Who sells"), _("Stands on your imprint, beside every order and invoice."), [
            one("is_trader", kind="select", optional=False, choices=[
                ("trader", _("as a trader")), ("private", _("as a private person"))]),
            one("legal_form", kind="select", choices=legal_forms(), optional=False),
            one("legal_name", optional=False), one("representative", optional=False)]),
        Section(_("Where you can be reached"), "", [
            one("street", optional=False), one("postcode", optional=False, length=12),
            one("city", optional=False, length=80),
            one("country", kind="select", choices=countries, optional=False),
            one("e_mail", type="email", optional=False, length=254),
            one("phone", _("With the country's number: +49 6531 12345"), type="tel",
                optional=False, length=24)]),
        Section(_("Registers"), _("Leave empty what does not exist for you."), [
            one("register", _("Such as: Wittlich, HRA"), length=80),
            one("register_no", length=40),
            one("vat_id", _("Such as DE136695976; the check digit is looked at."), length=20),
            one("vat_status", kind="select", choices=vat_words(), optional=False),
            one("authority", _("Where the law asks for one, such as for wine."), length=160)]),
        Section(_("For the tax report"), _("Seen by you and the operator only, for the yearly "
                                           "report; not needed to begin."), [
            one("tin", length=20), one("tax_no", length=20),
            one("birth_date", _("Natural persons only."), type="date")]),
        Section(named["self_certified"], "", [
            Field("certified", _("I offer only goods that comply with the law of the European "
                                 "Union."), "1" if words.get("certified") == "True" else "",
                  _("Given on %(day)s.", day=day(tick)) if tick else
                  _("Article 30 of the Digital Services Act asks for it."), kind="switch")]),
    ]
