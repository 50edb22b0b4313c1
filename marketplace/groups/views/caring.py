"""What moderators of a group do: answer requests to enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound, NotYours
from marketplace.groups import actions
from marketplace.groups.models import Exclusion
from marketplace.groups.queries import GroupCard, exclusions_of, invites_of, open_requests
from marketplace.groups.rules import may_care, part_of
from marketplace.groups.views import pages
from marketplace.groups.views.entering import known
from marketplace.people.queries import lines
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day
from marketplace.web.forms import clean
from marketplace.web.limits import limiter
from marketplace.web.shapes import nobody


@dataclass(frozen=True, slots=True)
class RequestRow:
    """Somebody asks to enter."""

    id: int
    by: Any
    when: str
    words: str
    url: str
    why: str
    fault: str


@dataclass(frozen=True, slots=True)
class InviteRow:
    """A way in that works: for one person, or a link."""

    to: Any
    by: Any
    until: str
    uses: int
    url: str


@dataclass(frozen=True, slots=True)
class KeptOut:
    """Somebody who may not come in, with the reason they read."""

    by: Any
    until: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class CarePage:
    """What waits for the moderators of a group."""

    group: tuple[str, str]
    requests: Sequence[RequestRow]
    invites: Sequence[InviteRow]
    invite_url: str
    kept_out: Sequence[KeptOut]
    settings_url: str
    people_url: str
    export_url: str
    help_url: str


def cared_for(slug: str) -> GroupCard:
    """A group this person looks after. Raises NotFound, NotYours."""
    card = known(slug)
    if not may_care(part_of(card.role, True)):
        raise NotYours(_("This page is for the moderators of the group."))
    return card


@pages.get("/groups/<slug>/care")
@signed_in
def care(slug: str) -> Response:
    """Requests, oldest first."""
    return answer("groups/care.html", _page(cared_for(slug), {}))


def _page(card: GroupCard, typed: Mapping[int, tuple[str, str]]) -> CarePage:
    """`typed` holds a reason and its fault by request."""
    me, rows, ways = person_id(), open_requests(card.id), invites_of(card.id)
    out = exclusions_of(card.id)
    people = lines({*(row.person_id for row in rows), *(row.person_id for row in out),
                    *(way.person_id or 0 for way in ways), *(way.made_by for way in ways)}, me)
    return CarePage(
        (card.name, card.url),
        [RequestRow(row.id, people.get(row.person_id, nobody()), day(row.at), row.words,
                    url_for("groups.decide", slug=card.slug, request_id=row.id),
                    *typed.get(row.id, ("", ""))) for row in rows],
        [InviteRow(people.get(way.person_id) if way.person_id else None,
                   people.get(way.made_by, nobody()), day(way.expires_at), way.uses_left,
                   url_for("groups.revoke", slug=card.slug, invite_id=way.id)) for way in ways],
        url_for("groups.invite", slug=card.slug),
        [_kept_out(card, row, people) for row in out if row.person_id in people],
        url_for("groups.settings", slug=card.slug), url_for("groups.people", slug=card.slug),
        url_for("groups.export", slug=card.slug), url_for("dialogue.new", about=card.url))


def _kept_out(card: GroupCard, row: Exclusion, people: Mapping[int, Any]) -> KeptOut:
    return KeptOut(people[row.person_id], day(row.until) if row.until else "", row.words,
                   url_for("groups.let_in", slug=card.slug, handle=people[row.person_id].handle))


@pages.post("/groups/<slug>/care/requests/<int:request_id>")
@signed_in
@limiter.limit("240 per hour")
def decide(slug: str, request_id: int) -> Response:
    """Let somebody in, or say no with a reason they can read."""
    card = cared_for(slug)
    if all(row.id != request_id for row in open_requests(card.id)):
        raise NotFound(_("This request was answered or taken back."))
    yes, why = request.form.get("answer") == "yes", clean(request.form.get("why", "")) or ""
    try:
        if not yes and len(why) > 280:
            raise Invalid({"why": _("At most 280 characters.")})
        with committing():
            actions.decide_request(request_id, person_id(), yes, why)
    except Invalid as fault:
        typed = {request_id: (why, fault.faults.get("why", ""))}
        return answer("groups/care.html", _page(card, typed), 422)
    flash(_("Answered. The person is told."), "good")
    return see_other(url_for("groups.care", slug=slug))
