"""A member opens a producer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, flash, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.people.queries import subjects
from marketplace.producers import actions
from marketplace.producers.forms import COUNTRIES, OpeningForm
from marketplace.producers.rules.names import address_of
from marketplace.producers.views import pages
from marketplace.web.access import person, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import country_name
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """The first step of a producer."""

    form: PlainForm
    steps: list[str]
    help_url: str


@pages.get("/studio/open", endpoint="open")
@signed_in
def open_form() -> Response:
    """Who you are; the rest follows in the studio, in any order."""
    return _page({"shown_name": person().name.split(" ")[0], "country": "DE"}, {}, 200)


@pages.post("/studio/open", endpoint="open_post")
@signed_in
def open_post() -> Response:
    """A draft that only its owner sees."""
    form, me = OpeningForm(sent()), person().id
    words = {name: str(bound.data or "") for name, bound in form._fields.items()}
    try:
        form.demand()
        subject = next((one for one in subjects() if one.slug == words["subject"]), None)
        slug = address_of(words["name"])
        if subject is None or not slug:
            raise Invalid({"subject" if slug else "name": _("Please choose one of these.")
                           if slug else _("The name needs letters.")})
        if not (words["teaser_de"] or words["teaser_en"]):
            raise Invalid({"teaser_de": _("One sentence in one of the two languages.")})
        with committing():
            actions.demand_room_for_draft(me)
            made = actions.open_producer(me, slug, words["name"], subject.id, words["region"],
                                         words["place"], words["country"], words["shown_name"])
            made.teaser_de, made.teaser_en = words["teaser_de"], words["teaser_en"]
            actions.refresh(made.id)
    except Invalid as fault:
        return _page(words, fault.faults, 422)
    flash(_("Your house is there. Only you see it so far."), "good")
    return see_other(url_for("dialogue.studio", producer=slug))


def _page(words: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    named = {one.slug: one.name_de if current_lang() == "de" else one.name_en
             for one in subjects()}

    def one(name: str, label: str, hint: str = "", length: int = 80, lang: str = "") -> Field:
        return Field(name, label, words.get(name, ""), hint, length=length, lang=lang,
                     optional=False)

    form = PlainForm(url_for("producers.open_post"), [
        Section(_("Your house"), "", [
            one("name", _("Name of the house"), _("As people call it.")),
            Field("subject", _("What it makes"), words.get("subject", ""), kind="select",
                  choices=[("", _("please choose")), *named.items()], optional=False),
            one("place", _("Town")), one("region", _("Region")),
            Field("country", _("Country"), words.get("country", ""), kind="select",
                  choices=[(code, country_name(code)) for code in COUNTRIES], optional=False)]),
        Section(_("In one sentence"), _("One of the two languages is enough."), [
            one("teaser_de", _("In German"), length=200, lang="de"),
            one("teaser_en", _("In English"), length=200, lang="en")]),
        Section(_("You"), "", [one("shown_name", _("The name beside your answers"),
                                   _("A first name is enough."), 40)])],
        faults, _("Open the house"))
    steps = [_("Write everything and a first product right away; only you see it."),
             _("Your page is public with one sentence, a story and a face."),
             _("You sell when the steps are done and your trader data were checked.")]
    return answer("producers/open.html", OpeningPage(
        form, steps, url_for("dialogue.new", about="/studio/open")), status)
