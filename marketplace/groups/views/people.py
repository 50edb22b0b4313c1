"""Who belongs to a group, and who looks after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotFound, NotYours
from marketplace.groups import actions
from marketplace.groups.actions.excluding import DAYS
from marketplace.groups.models import Group
from marketplace.groups.queries import GroupCard, Member, benefits, members_page, rules_of
from marketplace.groups.queries.excluding import REASONS, exclusion_words
from marketplace.groups.queries.words import Tab, tabs_of
from marketplace.groups.rules import may, may_care, part_of
from marketplace.groups.views import pages
from marketplace.groups.views.entering import known
from marketplace.people.queries import lines, person_by_handle
from marketplace.producers.queries import acts_for
from marketplace.web.access import person_id, signed_in, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day
from marketplace.web.forms import clean
from marketplace.web.limits import limiter

A_PAGE = 60
RANKS = {"founder": 0, "moderator": 1, "member": 2}


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody who belongs; addresses are empty where the viewer may not."""

    by: Any
    handle: str
    since: str
    role: str
    house: tuple[str, str] | None
    role_url: str
    heir_url: str
    exclude_url: str
    hidden: bool
    benefit: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The members of a group."""

    group: tuple[str, str]
    lang: str
    tabs: Sequence[Tab]
    count: int
    rows: Sequence[MemberRow]
    next_url: str
    elected: bool
    heir: str
    offer_url: str
    answer_url: str
    step_down_url: str
    shown: bool | None
    shown_url: str
    invite_url: str
    help_url: str


@dataclass(frozen=True, slots=True)
class ExcludePage:
    """Keeping somebody out."""

    group: tuple[str, str]
    by: Any
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    reasons: Sequence[tuple[str, str]]
    days: Sequence[tuple[str, str]]
    rules: Sequence[tuple[str, str]]


def _seen(slug: str) -> tuple[GroupCard, str]:
    """A group whose members this viewer may see. Raises NotFound."""
    card = known(slug)
    part = part_of(card.role, viewer_id() is not None)
    if not may("see_members", card.kind, part):
        raise NotFound(_("Who belongs is shown to people who are signed in.")
                       if card.kind == "open" else _("There is no such group here."))
    return card, part


@pages.get("/groups/<slug>/people")
@signed_in
def people(slug: str) -> Response:
    """Founder and moderators first, then the newest."""
    card, part = _seen(slug)
    rows = members_page(card.id, card.role is not None, _after(), A_PAGE + 1)
    return answer("groups/people.html", _page(card, part, rows))


def _after() -> tuple[int, datetime, int] | None:
    """The key of the last row shown, as this page wrote it; nonsense begins anew."""
    rank, _dash, rest = request.args.get("after", "").partition("_")
    joined, _dash, key = rest.rpartition("_")
    try:
        moment = datetime.fromisoformat(joined)
        return (int(rank), moment, int(key)) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _page(card: GroupCard, part: str, rows: Sequence[Member]) -> PeoplePage:
    me, shown = person_id(), rows[:A_PAGE]
    ids = {r.person_id for r in shown}
    found, houses, speak = lines(ids, me), acts_for(ids), benefits(ids, group_id=card.id)
    group = db.session.get_one(Group, card.id)
    heir = lines([group.heir_id], me).get(group.heir_id) if group.heir_id else None
    last = shown[-1] if len(rows) > A_PAGE else None
    names = may("name_moderators", card.kind, part, elected=card.elected)
    own = next((r.shown for r in rows if r.person_id == me), None)
    url = f"{card.url}/people"
    return PeoplePage(
        (card.name, card.url), card.lang, tabs_of(card, "people"), card.member_count,
        [_row(card, part, names, r, found[r.person_id], houses.get(r.person_id), me,
              speak.get(r.person_id, ""))
         for r in shown if r.person_id in found],
        f"{url}?after={RANKS[last.role]}_{last.joined_at.isoformat()}_{last.membership_id}".replace(
            "+", "%2B") if last else "",
        card.elected, heir.name if heir else "",
        url_for("groups.hand_over", slug=card.slug) if part == "founder" else "",
        url_for("groups.answer_offer", slug=card.slug) if group.heir_id == me else "",
        url_for("groups.step_down", slug=card.slug) if part == "moderator" else "",
        own, url_for("groups.show_membership", slug=card.slug),
        url_for("groups.invite", slug=card.slug)
        if may("invite", card.kind, part, invite_by=card.invite_by) else "",
        url_for("dialogue.new", about=card.url))


def _row(card: GroupCard, part: str, names: bool, row: Member, line: Any,
         house: tuple[str, str, int] | None, me: int, benefit: str) -> MemberRow:
    other = row.person_id != me
    return MemberRow(
        line, line.handle, day(row.joined_at), row.role,
        (house[0], f"/producers/{house[1]}") if house else None,
        url_for("groups.set_role", slug=card.slug, handle=line.handle)
        if names and row.role != "founder" else "",
        url_for("groups.hand_over", slug=card.slug) if part == "founder" and other else "",
        url_for("groups.exclude", slug=card.slug, handle=line.handle)
        if may_care(part) and other and row.role != "founder" else "", not row.shown, benefit)


def _of(handle: str) -> int:
    """The person of a handle. Raises NotFound."""
    found = person_by_handle(handle)
    if found is None:
        raise NotFound(_("There is no such person here."))
    return found.id


def _group(card: GroupCard) -> Group:
    return db.session.get_one(Group, card.id)


@pages.post("/groups/<slug>/people/<handle>/role")
@signed_in
@limiter.limit("60 per hour")
def set_role(slug: str, handle: str) -> Response:
    """Make somebody a moderator, or a member again."""
    card = known(slug)
    yes = request.form.get("role") == "moderator"
    with committing():
        actions.name_moderator(_group(card), person_id(), _of(handle), yes)
    flash(_("%(name)s looks after the group now.", name=handle) if yes
          else _("%(name)s is a member again.", name=handle), "good")
    return see_other(f"{card.url}/people")


@pages.post("/groups/<slug>/hand-over")
@signed_in
@limiter.limit("20 per hour")
def hand_over(slug: str) -> Response:
    """Ask a member to take the group over; without a handle, ask nobody any more."""
    card, handle = known(slug), clean(request.form.get("handle")) or ""
    with committing():
        actions.offer_founding(_group(card), person_id(), _of(handle) if handle else None)
    flash(_("Asked. You remain the founder until the answer is yes.") if handle
          else _("Nobody is asked any more."), "good")
    return see_other(f"{card.url}/people")


@pages.post("/groups/<slug>/hand-over/answer")
@signed_in
@limiter.limit("20 per hour")
def answer_offer(slug: str) -> Response:
    """Take the group over, or not."""
    card, yes = known(slug), request.form.get("answer") == "yes"
    with committing():
        actions.answer_offer(_group(card), person_id(), yes)
    flash(_("You look after this group now.") if yes else _("Answered."), "good")
    return see_other(f"{card.url}/people")


@pages.post("/groups/<slug>/step-down")
@signed_in
@limiter.limit("20 per hour")
def step_down(slug: str) -> Response:
    """A moderator is a member again."""
    card = known(slug)
    with committing():
        actions.step_down(_group(card), person_id())
    flash(_("You are a member again. Thank you for looking after the group."), "good")
    return see_other(f"{card.url}/people")


@pages.post("/groups/<slug>/shown")
@signed_in
@limiter.limit("60 per hour")
def show_membership(slug: str) -> Response:
    """Be seen as a member by others, or by members only."""
    card = known(slug)
    with committing():
        actions.show_membership(card.id, person_id(), request.form.get("shown") == "1")
    flash(_("Kept."), "good")
    return see_other((request.form.get("back") == "account" and url_for("groups.mine"))
                     or f"{card.url}/people")


def _cared(slug: str) -> GroupCard:
    card = known(slug)
    if not may_care(part_of(card.role, True)):
        raise NotYours(_("Moderators of the group decide this."))
    return card


@pages.get("/groups/<slug>/people/<handle>/exclude")
@signed_in
def exclude(slug: str, handle: str) -> Response:
    """The form: reason, what happened, how long."""
    return _exclude_page(_cared(slug), handle, {}, {})


def _exclude_page(card: GroupCard, handle: str, typed: Mapping[str, str],
                  faults: Mapping[str, str], status: int = 200) -> Response:
    person = _of(handle)
    days = {7: _("7 days"), 30: _("30 days"), 365: _("a year"), 0: _("until you say otherwise")}
    page = ExcludePage(
        (card.name, card.url), lines([person], person_id())[person],
        url_for("groups.exclude_post", slug=card.slug, handle=handle), typed, faults,
        [(reason, exclusion_words(reason)) for reason in REASONS],
        [(str(n), days[n]) for n in DAYS],
        [("", _("none of them")), *((str(i), f"{i}. {words[:80]}")
                                    for i, words in enumerate(rules_of(card.id), start=1))])
    return answer("groups/exclude.html", page, status)


@pages.post("/groups/<slug>/people/<handle>/exclude", endpoint="exclude_post")
@signed_in
@limiter.limit("30 per hour")
def exclude_post(slug: str, handle: str) -> Response:
    """Keep somebody out; they are told why and may object."""
    card = _cared(slug)
    typed = {name: clean(request.form.get(name)) or "" for name in ("reason", "rule", "words",
                                                                   "days")}
    try:
        with committing():
            actions.exclude(_group(card), person_id(), _of(handle), typed["reason"],
                            _number(typed["rule"]), typed["words"], _number(typed["days"], -1))
    except Invalid as fault:
        return _exclude_page(card, handle, typed, fault.faults, 422)
    flash(_("Kept out. The person reads your reason and may object."), "good")
    return see_other(url_for("groups.care", slug=slug))


def _number(typed: str, otherwise: int = 0) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else otherwise


@pages.post("/groups/<slug>/people/<handle>/let-in")
@signed_in
@limiter.limit("60 per hour")
def let_in(slug: str, handle: str) -> Response:
    """End an exclusion."""
    card = _cared(slug)
    with committing():
        actions.let_in_again(_group(card), person_id(), _of(handle))
    flash(_("%(name)s may come in again.", name=handle), "good")
    return see_other(url_for("groups.care", slug=slug))
