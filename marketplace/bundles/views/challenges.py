"""Calling for bundles on a theme, taking part and voting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.bundles import actions
from marketplace.bundles.forms import ChallengeForm
from marketplace.bundles.queries import challenge_for, own_bundle
from marketplace.bundles.rules import ENTRY_DAYS, MOST_ENTRIES, VOTING_DAYS, Plan
from marketplace.bundles.views import pages
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotYours
from marketplace.groups.queries import GroupCard, group_card
from marketplace.web.access import person, person_id, signed_in, viewer_id
from marketplace.web.answers import answer, back, see_other
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter

FIELDS = ("theme", "words", "entry_days", "voting_days", "max_entries", "prize_what", "prize_by")


@dataclass(frozen=True, slots=True)
class NewChallengePage:
    """The form of a challenge."""

    url: str
    group: tuple[str, str] | None
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    entry_days: Sequence[tuple[str, str]]
    voting_days: Sequence[tuple[str, str]]
    counts: Sequence[tuple[str, str]]
    list_url: str
    help_url: str


@pages.get("/bundles/challenges/new")
@signed_in
def new_challenge() -> Response:
    """A challenge of the market by its operator, or of a group by its moderators."""
    return _page(_for_whom(), {"entry_days": "14", "voting_days": "7", "max_entries": "1"}, {})


@pages.post("/bundles/challenges/new", endpoint="new_challenge_post")
@signed_in
@limiter.limit("20 per hour")
def new_challenge_post() -> Response:
    """Call for bundles; entries are taken from now on."""
    group, form = _for_whom(), ChallengeForm(sent())
    typed = {name: str(form[name].data if form[name].data is not None else "") for name in FIELDS}
    try:
        with committing():
            row = actions.open_challenge(person_id(), Plan(
                typed["theme"], typed["words"], form.entry_days.data or 0,
                form.voting_days.data or 0, form.max_entries.data or 0, typed["prize_what"],
                typed["prize_by"]), group.id if group else None, current_lang())
    except Invalid as fault:
        return _page(group, typed, fault.faults, 422)
    flash(_("It is on. Entries are taken from now on."), "good")
    return see_other(url_for("storefront.challenge", slug=row.slug))


def _for_whom() -> GroupCard | None:
    """The group in the address that one looks after; the market itself for its operator.

    Raises NotYours.
    """
    slug = request.values.get("group", "")[:60]
    card = group_card(slug, current_lang(), viewer_id()) if slug else None
    if (card is None and not person().is_operator) or (
            card is not None and card.role not in ("founder", "moderator")):
        raise NotYours(_("Moderators of a group do this, or those who run the market."))
    return card


def _page(group: GroupCard | None, typed: Mapping[str, str], faults: Mapping[str, str],
          status: int = 200) -> Response:
    def days(some: Sequence[int]) -> list[tuple[str, str]]:
        return [(str(n), ngettext("%(num)s day", "%(num)s days", n)) for n in some]

    page = NewChallengePage(
        url_for("bundles.new_challenge_post", group=group.slug if group else None),
        (group.name, group.url) if group else None, typed, faults, days(ENTRY_DAYS),
        days(VOTING_DAYS), [(str(n), str(n)) for n in range(1, MOST_ENTRIES + 1)],
        url_for("storefront.challenges"),
        url_for("dialogue.new", about="/bundles/challenges/new"))
    return answer("bundles/new_challenge.html", page, status)


@pages.post("/bundles/challenges/<slug>/enter")
@signed_in
@limiter.limit("60 per hour")
def enter(slug: str) -> Response:
    """Take part with a draft; it is shown from now on, its author at the end."""
    row = challenge_for(slug, person_id())
    bundle = own_bundle(request.form.get("bundle", "")[:90], person_id())
    with committing():
        actions.enter(row.id, person_id(), bundle.id)
    flash(_("You take part. Your name shows when the votes are over."), "good")
    return see_other(row.url)


@pages.post("/bundles/challenges/<slug>/leave")
@signed_in
@limiter.limit("60 per hour")
def leave_challenge(slug: str) -> Response:
    """An own entry takes part no more and is a draft again, while entries are taken."""
    row, entry = challenge_for(slug, person_id()), request.form.get("entry", "")[:18]
    with committing():
        actions.leave_challenge(row.id, person_id(), int(entry) if entry.isdecimal() else 0)
    flash(_("It takes part no more. It is a draft again that only you see."), "good")
    return see_other(row.url)


@pages.post("/bundles/challenges/<slug>/vote")
@signed_in
@limiter.limit("240 per hour")
def vote_entry(slug: str) -> Response:
    """Give a voice to an entry, or take it back."""
    row, entry = challenge_for(slug, person_id()), request.form.get("entry", "")[:18]
    with committing():
        actions.vote_entry(row.id, person_id(), int(entry) if entry.isdecimal() else 0,
                           request.form.get("on") != "no")
    return back(row.url)
