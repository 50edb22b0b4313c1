"""The account: eight doors, profile, privacy, network, security."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from marketplace.adapters.doors import doors as outside
from marketplace.adapters.storage import NotAPicture
from marketplace.adapters.storage.pictures import WIDTHS, render
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.people import actions
from marketplace.people.forms import ProfileForm
from marketplace.people.models import Person
from marketplace.people.queries import (
    PersonLine,
    account_of,
    followed_ids,
    has_consent,
    lines,
    subjects,
    trusted_ids,
)
from marketplace.people.rules.consents import TASTE_MATCHING, WAY_TO_ORDER
from marketplace.people.rules.visibility import DEFAULTS, LEVELS
from marketplace.people.views import pages
from marketplace.web.access import person_id, safe_next, signed_in
from marketplace.web.answers import answer, back, see_other
from marketplace.web.forms import sent
from marketplace.web.languages import LANGS, current_lang


@dataclass(frozen=True, slots=True)
class Door:
    """One way into a part of the account."""

    words: str
    state: str
    url: str
    icon: str

@dataclass(frozen=True, slots=True)
class AccountPage:
    """All doors with their state."""

    person: Any
    profile_url: str
    doors: Sequence[Door]
    next_steps: Sequence[tuple[str, str, str, str]]
    confirm: tuple[str, str] | None
    sign_out_url: str
    close_url: str = ""

@dataclass(frozen=True, slots=True)
class ProfilePage:
    """The profile form with each field's audience."""

    typed: Mapping[str, str]
    faults: Mapping[str, str]
    url: str
    levels: Mapping[str, str]
    level_names: Sequence[tuple[str, str]]
    fields: Sequence[tuple[str, str]]
    picture_url: str
    own_url: str
    langs: Sequence[tuple[str, str]]

@dataclass(frozen=True, slots=True)
class NetworkPage:
    """Whom one follows, whom one trusts on what."""

    following: Sequence[PersonLine]
    trusting: Sequence[tuple[PersonLine, str]]
    consent: bool
    consent_url: str
    way_consent: bool
    way_url: str

@pages.get("/account")
@signed_in
def account() -> Response:
    """Doors with one line of state each."""
    me = person_id()
    own, follows = account_of(me), followed_ids(me)
    rows = [
        Door(_("Profile"), _("What others see of you, field by field"),
             url_for("people.edit_profile"), "person"),
        Door(_("Orders"), _("On the way, in your hands, to answer"), url_for("orders.mine"),
             "parcel"),
        Door(_("Network"), ngettext("You follow %(num)s person", "You follow %(num)s people",
                                    len(follows)), url_for("people.network"), "people"),
        Door(_("Recommendations"), _("What you recommended, and what came of it"),
             url_for("recommend.mine"), "heart"),
        Door(_("My taste"), _("What suggestions to you go by, and your choices"),
             url_for("recommend.taste"), "again"),
        Door(_("My bundles"), _("What you put together"), url_for("bundles.mine"), "bundle"),
        Door(_("Lists of goods"), _("What you keep for later, and for whom"),
             url_for("storefront.my_lists"), "save"),
        Door(_("Tell me"), _("What you wait for, each told once"), url_for("catalog.watches"),
             "clock"),
        Door(_("Notices"), _("What reaches you, and how"), url_for("notify.settings"), "bell"),
        Door(_("Security"), _("Where you are signed in"), url_for("people.security"), "lock"),
    ]
    confirm = None if own.confirmed_at else (
        _("Please confirm your address: a mail with a link went to %(email)s.", email=own.email),
        url_for("people.confirm_again"))
    page = AccountPage(current_user, url_for("storefront.member", handle=current_user.handle),
                       rows, [], confirm, url_for("people.sign_out"))
    return answer("people/account.html", page)

FIELDS = ("display_name", "picture", "about", "region", "ratings", "recommendations", "bundles",
          "groups", "follows")

def _field_names() -> dict[str, str]:
    return {
        "display_name": _("Name shown"), "picture": _("Own picture"), "about": _("About you"),
        "region": _("Where you live"), "ratings": _("Your answers, as a list"),
        "recommendations": _("Your recommendations, as a list"), "bundles": _("Your bundles"),
        "groups": _("Groups you are in"), "follows": _("Whom you follow"),
    }

def _level_names() -> list[tuple[str, str]]:
    return [("everyone", _("Everybody")), ("members", _("Members")),
            ("followed", _("People I follow")), ("me", _("Only me"))]

def _profile_page(form: ProfileForm, faults: Mapping[str, str], status: int = 200) -> Response:
    from sqlalchemy import select

    from marketplace.people.models import Visibility

    me = person_id()
    chosen = {row.field: row.level for row in db.session.execute(
        select(Visibility.field, Visibility.level).where(Visibility.person_id == me))}
    names = _field_names()
    page = ProfilePage(
        {name: str(bound.data or "") for name, bound in form._fields.items()}, faults,
        url_for("people.edit_profile_post"), {**DEFAULTS, **chosen}, _level_names(),
        [(name, names[name]) for name in FIELDS], current_user.picture_url,
        url_for("storefront.member", handle=current_user.handle),
        [("de", "Deutsch"), ("en", "English")])
    return answer("people/edit_profile.html", page, status)

@pages.get("/account/profile")
@signed_in
def edit_profile() -> Response:
    """The profile form."""
    me = db.session.get(Person, person_id())
    assert me is not None
    form = ProfileForm(data={"display_name": me.display_name or "", "about": me.about or "",
                             "region": me.region or "", "lang": me.lang})
    return _profile_page(form, {})

@pages.post("/account/profile", endpoint="edit_profile_post")
@signed_in
def edit_profile_post() -> Response:
    """Save words, picture and audiences."""
    form = ProfileForm(sent())
    levels = {name: request.form[f"level-{name}"] for name in FIELDS
              if request.form.get(f"level-{name}")}
    try:
        form.demand()
        if set(levels.values()) - set(LEVELS):
            raise Invalid({"display_name": _("Please choose one of the four.")})
        file = _own_picture()
        with committing():
            actions.change_profile(person_id(), form.display_name.data or "",
                                   form.about.data or "", form.region.data or "", file)
            actions.choose_lang(person_id(), str(form.lang.data))
            actions.set_visibility(person_id(), levels)
    except Invalid as fault:
        return _profile_page(form, fault.faults, 422)
    session.pop("lang", None)
    flash(_("Your profile is kept."), "good")
    return see_other(url_for("people.edit_profile"))

def _own_picture() -> str | None:
    """The small file of an uploaded picture, or None. Raises Invalid."""
    upload = request.files.get("picture")
    if upload is None or not upload.filename:
        return None
    try:
        made = render(upload.read(), outside().storage, WIDTHS[:1])
    except NotAPicture as fault:
        raise Invalid({"picture": _("This picture cannot be used: at most 10 MB and 20 million "
                                    "pixels, JPEG, PNG, WebP or AVIF.")}) from fault
    return next(name for kind, _width, name in made.files if kind == "webp")

@pages.get("/account/network")
@signed_in
def network() -> Response:
    """Whom I follow, whom I trust on what, and the consent to be compared."""
    me, lang = person_id(), current_lang()
    follows, trusts = followed_ids(me)[:200], trusted_ids(me)
    names = {s.id: s.name_de if lang == "de" else s.name_en for s in subjects()}
    people = lines({*follows, *trusts}, me)
    page = NetworkPage(
        [people[i] for i in follows if i in people],
        [(people[i], ", ".join(names[s] for s in sorted(on) if s in names))
         for i, on in trusts.items() if i in people],
        has_consent(me, TASTE_MATCHING), url_for("people.consent_matching"),
        has_consent(me, WAY_TO_ORDER), url_for("people.consent_way"))
    return answer("people/network.html", page)

@pages.post("/account/network/matching", endpoint="consent_matching")
@signed_in
def consent_matching() -> Response:
    """Agree to be compared with others and named to them, or take it back."""
    return _consent(TASTE_MATCHING)

@pages.post("/account/network/way", endpoint="consent_way")
@signed_in
def consent_way() -> Response:
    """Agree to have clicks remembered for 30 days, or take it back: then they are gone."""
    return _consent(WAY_TO_ORDER)

def _consent(purpose: str) -> Response:
    with committing():
        if request.values.get("agree") == "yes":
            actions.give_consent(person_id(), purpose, "2026-11", "network")
        else:
            actions.withdraw_consent(person_id(), purpose)
    return back(url_for("people.network"))

@pages.post("/theme")
def theme() -> Response:
    """Light, dark or as the device says, for this browser and, signed in, everywhere."""
    chosen = request.values.get("theme", "auto")
    if chosen in ("auto", "light", "dark"):
        session["theme"] = chosen
        if current_user.is_authenticated:
            with committing():
                actions.choose_theme(current_user.id, chosen)
    return back(safe_next("/"))

@pages.post("/language")
def language() -> Response:
    """The language of this browser and, signed in, everywhere, letters too."""
    chosen = request.form.get("lang", "")
    if chosen in LANGS:
        session["lang"] = chosen
        if current_user.is_authenticated:
            with committing():
                actions.choose_lang(current_user.id, chosen)
    return back(safe_next("/"))

