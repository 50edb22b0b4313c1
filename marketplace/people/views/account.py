"""The account: six doors with their state, and the ways to everything else of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.people import actions
from marketplace.people.models import Account
from marketplace.people.queries import account_of, door_counts
from marketplace.people.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other


@dataclass(frozen=True, slots=True)
class Door:
    """One way into a part of the account."""

    words: str
    state: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Six doors with their state, the rest, and the next steps of a fresh account."""

    person: Any
    profile_url: str
    doors: Sequence[Door]
    others: Sequence[Door]
    next_steps: Sequence[tuple[str, str, str, str]]
    confirm: tuple[str, str] | None
    sign_out_url: str
    close_url: str


@pages.get("/account")
@signed_in
def account() -> Response:
    """Six doors with one line of state each, and what else is one's own."""
    me = person_id()
    own, counts = account_of(me), door_counts(me)
    confirm = None if own.confirmed_at else (
        _("Please confirm your address: a mail with a link went to %(email)s.", email=own.email),
        url_for("people.confirm_again"))
    page = AccountPage(
        current_user, url_for("storefront.member", handle=current_user.handle),
        _doors(own, counts), _others(), _next_steps(counts), confirm, url_for("people.sign_out"),
        url_for("people.close"))
    return answer("people/account.html", page)


def _doors(own: Account, counts: Mapping[str, int]) -> list[Door]:
    """Profile, privacy, wishes, network, security, data."""
    return [
        Door(_("Profile"), _("Others see you as %(name)s", name=current_user.name),
             url_for("people.edit_profile"), "person"),
        Door(_("Privacy"), _privacy_state(counts), url_for("people.privacy"), "eye"),
        Door(_("Wishes"), ngettext("You told %(num)s thing", "You told %(num)s things",
                                   counts["wishes"]) if counts["wishes"]
             else _("You have told nothing, and never have to"), url_for("people.wishes"), "heart"),
        Door(_("Network"), _network_state(counts), url_for("people.network"), "people"),
        Door(_("Security"), _security_state(own, counts), url_for("people.security"), "lock"),
        Door(_("Your data"), _("A file is ready for you") if counts["takeouts"]
             else _("What is kept and why; take it along, or close the account"),
             url_for("people.data"), "document"),
    ]


def _privacy_state(counts: Mapping[str, int]) -> str:
    changed = ngettext("%(num)s field is not as usual", "%(num)s fields are not as usual",
                       counts["levels"]) if counts["levels"] else _("All fields as usual")
    agreed = ngettext("%(num)s consent", "%(num)s consents", counts["consents"])
    shut = counts["blocks"] + counts["mutes"]
    return " · ".join([changed, agreed, *([ngettext(
        "%(num)s person shut out", "%(num)s people shut out", shut)] if shut else [])])


def _network_state(counts: Mapping[str, int]) -> str:
    follows = ngettext("You follow %(num)s person", "You follow %(num)s people", counts["follows"])
    trusts = ngettext("you trust on %(num)s subject", "you trust on %(num)s subjects",
                      counts["trusts"])
    return f"{follows} · {trusts}" if counts["trusts"] else follows


def _security_state(own: Account, counts: Mapping[str, int]) -> str:
    devices = ngettext("signed in on %(num)s device", "signed in on %(num)s devices",
                       counts["logins"])
    return " · ".join([devices, _("second factor set up") if own.has_factor
                       else _("no second factor")])


def _others() -> list[Door]:
    """What else is one's own."""
    return [
        Door(_("Orders"), _("On the way, in your hands, to answer"), url_for("orders.mine"),
             "parcel"),
        Door(_("Addresses"), _("Where parcels go"), url_for("people.addresses"), "place"),
        Door(_("Recommendations"), _("What you recommended, and what came of it"),
             url_for("recommend.mine"), "heart"),
        Door(_("My taste"), _("What suggestions to you go by, and your choices"),
             url_for("recommend.taste"), "again"),
        Door(_("My bundles"), _("What you put together"), url_for("bundles.mine"), "bundle"),
        Door(_("My groups"), _("Where you belong, and who invites you"), url_for("groups.mine"),
             "people"),
        Door(_("Ambassadors"), _("Whom you speak for, and who speaks for you"),
             url_for("groups.ambassadors"), "help"),
        Door(_("Lists of goods"), _("What you keep for later, and for whom"),
             url_for("storefront.my_lists"), "save"),
        Door(_("Tell me"), _("What you wait for, each told once"), url_for("catalog.watches"),
             "clock"),
        Door(_("Short questions"), _("What you were asked, and whether you want to be"),
             url_for("touchpoints.own_surveys"), "ask"),
        Door(_("The panel"), _("Be asked before something changes here"),
             url_for("touchpoints.panel"), "scale"),
        Door(_("Notices"), _("What reaches you, and how"), url_for("notify.settings"), "bell"),
    ]


def _next_steps(counts: Mapping[str, int]) -> list[tuple[str, str, str, str]]:
    """The three most useful steps of a fresh account that were not put off."""
    put_off = set(current_user.not_now.split(","))
    steps = [
        ("profile", current_user.name == current_user.handle,
         _("Say in a sentence what you know about; then others find you."),
         url_for("people.edit_profile"), _("To the profile")),
        ("follow", not counts["follows"],
         _("Follow somebody whose words convince you; under each review stands who wrote it."),
         url_for("storefront.products"), _("Look around")),
        ("wishes", not counts["wishes"],
         _("Tell once which size you wear or how a parcel reaches you; nobody asks again."),
         url_for("people.wishes"), _("To the wishes")),
        ("factor", not current_user.has_factor,
         _("A passkey opens your account without a password."), url_for("people.security"),
         _("To the security")),
    ]
    return [(words, url, act, url_for("people.not_now", step=step))
            for step, open_, words, url, act in steps if open_ and step not in put_off][:3]


@pages.post("/account/not-now/<step>")
@signed_in
def not_now(step: str) -> Response:
    """This step is not wanted now."""
    if step not in ("profile", "follow", "wishes", "factor"):
        raise NotFound(_("There is nothing at this address."))
    with committing():
        actions.dismiss(person_id(), step)
    return see_other(url_for("people.account"))
