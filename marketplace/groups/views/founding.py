"""Beginning a community."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotYours, TooMany
from marketplace.groups import actions
from marketplace.groups.forms import NewGroupForm
from marketplace.groups.queries import founded_lately
from marketplace.groups.rules import PATTERN, why_not_found
from marketplace.groups.views import pages
from marketplace.people.queries import subjects
from marketplace.web.access import demand_confirmed, person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import sent
from marketplace.web.languages import LANGS, current_lang
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class NewGroupPage:
    """The form of a new group, or what opens the right to it."""

    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    kinds: Sequence[tuple[str, str, str]]
    subjects: Sequence[tuple[str, str]]
    langs: Sequence[tuple[str, str]]
    rules: Sequence[str]
    rules_lang: str
    locked: str
    help_url: str


def _kinds() -> list[tuple[str, str, str]]:
    return [("open", _("Open"), _("Everybody reads, members write, joining takes one click.")),
            ("closed", _("Closed"), _("Members read and write; you decide who joins.")),
            ("secret", _("Secret"), _("Nobody else knows of it; people join by invitation."))]


def _subjects() -> dict[str, tuple[int, str]]:
    """Subjects by address part, with their names in this language."""
    german = current_lang() == "de"
    return {s.slug: (s.id, s.name_de if german else s.name_en) for s in subjects()}


def _locked() -> str:
    """Why this person cannot found a group now; empty if they can."""
    level: Any = current_user.trust_level
    return {
        "level": _("Your first delivered order opens this. Until then you can join groups and "
                   "write in them."),
        "many": _("You founded three groups this month. Next month there is room again."),
    }.get(why_not_found(level, founded_lately(person_id())) or "", "")


def _page(form: NewGroupForm, faults: Mapping[str, str], status: int = 200) -> Response:
    lang = current_lang()
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()}
    page = NewGroupPage(
        url_for("groups.new_post"), typed, faults, _kinds(),
        [(slug, name) for slug, (_id, name) in _subjects().items()],
        [("de", "Deutsch"), ("en", "English")], PATTERN[lang].splitlines(), lang, _locked(),
        url_for("dialogue.new", about="/groups"))
    return answer("groups/new.html", page, status)


@pages.get("/groups/new")
@signed_in
def new() -> Response:
    """Four things to fill in, and the pattern rules."""
    return _page(NewGroupForm(data={"lang": current_lang()}), {})


@pages.post("/groups/new", endpoint="new_post")
@signed_in
@limiter.limit("20 per hour")
def new_post() -> Response:
    """Found the group and stand in it."""
    form = NewGroupForm(sent())
    try:
        _may_found()
        form.demand()
        demand_confirmed("name")
        subject, lang = _subjects().get(str(form.subject.data)), str(form.lang.data)
        if subject is None:
            raise Invalid({"subject": _("Please choose from the list.")})
        with committing():
            group = actions.found(person_id(), str(form.name.data), str(form.purpose.data),
                                  str(form.kind.data or ""), subject[0],
                                  lang if lang in LANGS else current_lang())
    except Invalid as fault:
        return _page(form, fault.faults, 422)
    flash(_("Here it is. Start the first topic, so that others find something to answer."), "good")
    return see_other(f"/groups/{group.slug}")


def _may_found() -> None:
    """Refuse what the trust level or the month does not allow. Raises NotYours, TooMany."""
    fault = why_not_found(current_user.trust_level, founded_lately(person_id()))
    if fault == "level":
        raise NotYours(_locked())
    if fault == "many":
        raise TooMany(_locked(), 86_400)
