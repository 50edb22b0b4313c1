"""The profile: words, picture, and each field's audience beside it; seen as others see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.adapters.doors import doors as outside
from marketplace.adapters.storage import NotAPicture
from marketplace.adapters.storage.pictures import WIDTHS, render
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.people import actions
from marketplace.people.forms import ProfileForm
from marketplace.people.models import Person
from marketplace.people.queries import Profile, levels_of, profile
from marketplace.people.rules.visibility import DEFAULTS, Viewer
from marketplace.people.views import pages
from marketplace.people.views.fields import FIELDS, field_names, level_names, sent_levels
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import sent

VIEWERS = {
    "visitor": Viewer(), "member": Viewer(signed_in=True),
    "followed": Viewer(signed_in=True, followed_by_owner=True),
}


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """The profile form with each field's audience, and how it looks to somebody."""

    typed: Mapping[str, str]
    faults: Mapping[str, str]
    url: str
    levels: Mapping[str, str]
    level_names: Sequence[tuple[str, str]]
    fields: Sequence[tuple[str, str]]
    picture_url: str
    own_url: str
    langs: Sequence[tuple[str, str]]
    seen_as: str
    tabs: Sequence[tuple[str, str, bool, None]]
    preview: Profile | None
    handle_url: str
    version: str


def _profile_page(form: ProfileForm, faults: Mapping[str, str], status: int = 200) -> Response:
    names = field_names()
    asked = request.args.get("as", "")
    seen_as = asked if asked in VIEWERS else ""
    tabs = [(words, _seen_by(key),
             key == seen_as, None) for key, words in (
        ("", _("Edit")), ("visitor", _("As a visitor")), ("member", _("As a member")),
        ("followed", _("As someone I follow")))]
    page = ProfilePage(
        {name: str(bound.data or "") for name, bound in form._fields.items()}, faults,
        url_for("people.edit_profile_post"), {**DEFAULTS, **levels_of(person_id())},
        level_names(), [(name, names[name]) for name in FIELDS], current_user.picture_url,
        url_for("storefront.member", handle=current_user.handle),
        [("de", "Deutsch"), ("en", "English")], seen_as, tabs,
        profile(current_user.handle, person_id(), VIEWERS[seen_as]) if seen_as else None,
        url_for("people.handle"), form.version.data or "")
    return answer("people/edit_profile.html", page, status)


def _seen_by(key: str) -> str:
    values: dict[str, Any] = {"as": key} if key else {}
    return url_for("people.edit_profile", **values)


def _as_kept() -> ProfileForm:
    me = db.session.get_one(Person, person_id())
    return ProfileForm(data={
        "display_name": me.display_name or "", "about": me.about or "", "region": me.region or "",
        "languages": me.languages or "", "lang": me.lang, "version": actions.profile_version(me)})


@pages.get("/account/profile")
@signed_in
def edit_profile() -> Response:
    """The profile form, or how somebody sees the profile."""
    return _profile_page(_as_kept(), {})


@pages.post("/account/profile", endpoint="edit_profile_post")
@signed_in
def edit_profile_post() -> Response:
    """Save words, picture and audiences; an older form is told what stands there now."""
    form = ProfileForm(sent())
    try:
        form.demand()
        levels, file = sent_levels(), _own_picture()
        with committing():
            actions.not_older(person_id(), form.version.data or "")
            actions.change_profile(
                person_id(), form.display_name.data or "", form.about.data or "",
                form.region.data or "", file, form.languages.data or "")
            actions.choose_lang(person_id(), str(form.lang.data))
            actions.set_visibility(person_id(), levels)
    except Invalid as fault:
        form.version.data = _as_kept().version.data
        stale = "version" in fault.faults
        return _profile_page(form, fault.faults, 409 if stale else 422)
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


@dataclass(frozen=True, slots=True)
class HandlePage:
    """Another handle: once in 90 days."""

    typed: str
    faults: Mapping[str, str]
    url: str
    now: str


@pages.get("/account/handle")
@signed_in
def handle() -> Response:
    """The form for another handle."""
    return answer("people/handle.html", HandlePage(
        "", {}, url_for("people.handle_post"), current_user.handle))


@pages.post("/account/handle", endpoint="handle_post")
@signed_in
def handle_post() -> Response:
    """The old handle leads on for a year; nobody else gets it for two."""
    typed = request.form.get("handle", "").strip()
    try:
        with committing():
            actions.change_handle(person_id(), typed)
    except Invalid as fault:
        return answer("people/handle.html", HandlePage(
            typed, fault.faults, url_for("people.handle_post"), current_user.handle), 422)
    flash(_("You are @%(handle)s now. Links to your old handle lead on for a year.",
            handle=typed.lower()), "good")
    return see_other(url_for("people.edit_profile"))
