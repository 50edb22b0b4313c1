"""Who sees what, what was agreed to, whom one shuts out, and who looked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.people import actions
from marketplace.people.queries import (
    Given,
    PersonLine,
    Sight,
    guard_of,
    lines,
)
from marketplace.people.rules.consents import PURPOSES, STAFF_HELP
from marketplace.people.rules.visibility import DEFAULTS
from marketplace.people.views import pages
from marketplace.people.views.fields import FIELDS, field_names, level_names, sent_levels
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, back, see_other


@dataclass(frozen=True, slots=True)
class Agreed:
    """One consent: what to, the text in words, when, where, and whether it holds."""

    words: str
    text: str
    given_at: object
    place: str
    withdrawn_at: object
    withdraw_url: str


@dataclass(frozen=True, slots=True)
class OptIn:
    """Something of a later room that runs with this person because they said so."""

    key: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Looked:
    """Who of the staff looked at one's data."""

    by: str
    what: str
    why: str
    at: object


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """The table of audiences and everything one can take back."""

    fields: Sequence[tuple[str, str]]
    levels: Mapping[str, str]
    level_names: Sequence[tuple[str, str]]
    faults: Mapping[str, str]
    url: str
    indexed: bool
    counted: bool
    consents: Sequence[Agreed]
    opt_ins: Sequence[OptIn]
    blocked: Sequence[PersonLine]
    muted: Sequence[PersonLine]
    sights: Sequence[Looked]
    own_url: str


def _page(faults: Mapping[str, str], status: int = 200) -> Response:
    me = person_id()
    names, own = field_names(), guard_of(me)
    people = lines({*own.blocked, *own.muted}, None)
    page = PrivacyPage(
        [(name, names[name]) for name in FIELDS], {**DEFAULTS, **own.levels}, level_names(),
        faults, url_for("people.privacy_post"), current_user.page_indexed, current_user.counted,
        [_agreed(row) for row in own.consents], _opt_ins(me),
        [people[i] for i in own.blocked if i in people],
        [people[i] for i in own.muted if i in people],
        [_looked(one) for one in own.sights],
        url_for("storefront.member", handle=current_user.handle))
    return answer("people/privacy.html", page, status)


def _agreed(row: Given) -> Agreed:
    words, text = purpose_words(row.purpose)
    return Agreed(words, text, row.given_at, row.place, row.withdrawn_at,
                  url_for("people.withdraw", purpose=row.purpose) if not row.withdrawn_at else "")


def purpose_words(purpose: str) -> tuple[str, str]:
    """A purpose in a word, and the text that was agreed to."""
    return {
        "taste_matching": (_("Being compared"), _(
            "Your answers are compared with those of others who agreed too, and you are named to "
            "each other.")),
        "way_to_order": (_("What led you to a purchase"), _(
            "For 30 days it is remembered which recommendation, bundle or list you pressed.")),
        "review_invite": (_("Questions by mail"), _(
            "After a delivery you are asked by mail whether you would buy it again.")),
        "panel": (_("The panel"), _(
            "You are asked what the market should do; others read your votes and words without "
            "your name. Taken back here they stay so; to delete them, leave on the page of the "
            "panel.")),
        "health": (_("Allergies and diets"), _(
            "What you say of allergies and diets is kept and used only for your own requests.")),
        "staff_help": (_("Help by the people of the market"), _(
            "Those who run the market may open your account data to help you; each look stands "
            "below.")),
    }.get(purpose, (purpose, ""))


def _looked(one: Sight) -> Looked:
    roles = {"operator": _("operator"), "moderator": _("moderator"), "staff": _("staff")}
    by = f"@{one.by}, {roles.get(one.role, one.role)}" if one.by else roles.get(one.role, one.role)
    return Looked(by, one.what, one.why, one.at)


def _opt_ins(me: int) -> list[OptIn]:
    """What later rooms do with this person because they said so; the wiring knows them."""
    found: Callable[[int], Sequence[tuple[str, str]]] = current_app.extensions["opt_ins"][0]
    return [OptIn(key, words, url_for("people.end_opt_in", key=key)) for key, words in found(me)]


@pages.get("/account/privacy")
@signed_in
def privacy() -> Response:
    """Who sees what of me."""
    return _page({})


@pages.post("/account/privacy", endpoint="privacy_post")
@signed_in
def privacy_post() -> Response:
    """Keep the audiences and both switches."""
    try:
        levels = sent_levels()
        with committing():
            actions.set_visibility(person_id(), levels)
            actions.choose_indexed(person_id(), bool(request.form.get("indexed")))
            actions.choose_counted(person_id(), bool(request.form.get("counted")))
    except Invalid as fault:
        return _page(fault.faults, 422)
    flash(_("Kept: who sees what of you."), "good")
    return see_other(url_for("people.privacy"))


@pages.post("/account/privacy/consents/<purpose>/withdraw")
@signed_in
def withdraw(purpose: str) -> Response:
    """Take a consent back."""
    if purpose not in PURPOSES:
        raise NotFound(_("There is nothing at this address."))
    with committing():
        actions.withdraw_consent(person_id(), purpose)
    flash(_("Taken back."), "good")
    return back(url_for("people.privacy"))


@pages.post("/account/privacy/help")
@signed_in
def let_help() -> Response:
    """Agree that staff look at one's account to help; taken back like every yes."""
    with committing():
        actions.give_consent(person_id(), STAFF_HELP, "2026-11", "privacy")
    return see_other(url_for("people.privacy") + "#consents")


@pages.post("/account/privacy/opt-ins/<key>/end")
@signed_in
def end_opt_in(key: str) -> Response:
    """End something of a later room."""
    ending: Callable[[int, str], bool] = current_app.extensions["opt_ins"][1]
    with committing():
        known = ending(person_id(), key)
    if not known:
        raise NotFound(_("There is nothing at this address."))
    flash(_("Ended."), "good")
    return see_other(url_for("people.privacy") + "#opt-ins")
