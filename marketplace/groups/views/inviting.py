"""Ways in: links, questions to one person, and coming in by them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Gone, NotFound
from marketplace.groups import actions
from marketplace.groups.actions.inviting import LIVES, MOST_USES, hash_of
from marketplace.groups.models import Group
from marketplace.groups.queries import invite_by_hash, invites_to, rules_of
from marketplace.groups.views import pages
from marketplace.groups.views.entering import known
from marketplace.people.queries import person_by_handle
from marketplace.web.access import person_id, signed_in, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import clean, whole
from marketplace.web.limits import limiter
from marketplace.web.shapes import sign_in_url


@dataclass(frozen=True, slots=True)
class LinkPage:
    """A new link, shown once."""

    group: tuple[str, str]
    link: str
    uses: int
    days: int
    care_url: str


@dataclass(frozen=True, slots=True)
class InvitedPage:
    """A group that somebody is invited to."""

    name: str
    purpose: str
    lang: str
    kind: str
    members: int
    rules: list[str]
    url: str
    sign_in_url: str


def _care_or_people(slug: str, cares: bool) -> str:
    return url_for("groups.care" if cares else "groups.people", slug=slug)


@pages.post("/groups/<slug>/invites")
@signed_in
@limiter.limit("30 per hour")
def invite(slug: str) -> Response:
    """A link for some people, or a question to the one person whose handle was typed."""
    card, handle = known(slug), (clean(request.form.get("handle")) or "").lstrip("@").lower()
    group, cares = db.session.get_one(Group, card.id), card.role in ("founder", "moderator")
    if not handle:
        uses = whole(request.form, "uses", 1, MOST_USES, MOST_USES)
        with committing():
            token = actions.make_link(group, person_id(), uses)
        page = LinkPage((card.name, card.url),
                        url_for("groups.invited", token=token, _external=True), uses, LIVES.days,
                        _care_or_people(slug, cares))
        return answer("groups/link.html", page)
    found = person_by_handle(handle)
    if found is None:
        raise NotFound(_("There is no such person here."))
    with committing():
        actions.invite_person(group, person_id(), found.id)
    flash(_("If %(name)s accepts invitations, this one is on its way.", name=handle), "good")
    return see_other(_care_or_people(slug, cares))


@pages.post("/groups/<slug>/invites/<int:invite_id>/revoke")
@signed_in
@limiter.limit("60 per hour")
def revoke(slug: str, invite_id: int) -> Response:
    """Close a way in."""
    card = known(slug)
    with committing():
        actions.revoke(db.session.get_one(Group, card.id), person_id(), invite_id)
    flash(_("This invitation no longer works."), "good")
    return see_other(_care_or_people(slug, card.role in ("founder", "moderator")))


def _works(token: str) -> tuple[int, Group]:
    """The invitation of a link. Raises Gone with nothing of the group in it."""
    found = invite_by_hash(hash_of(token)) if len(token) <= 64 else None
    if found is None:
        raise Gone(_("This invitation no longer works. Ask the person who sent it for a new one."))
    return found


@pages.get("/invitations/<token>")
def invited(token: str) -> Response:
    """What one is invited to: name, sentence and rules."""
    _id, group = _works(token)
    page = InvitedPage(group.name, group.purpose, group.lang, group.kind, group.member_count,
                       list(rules_of(group.id)), url_for("groups.come_in", token=token),
                       "" if viewer_id() else sign_in_url())
    return answer("groups/invited.html", page)


@pages.post("/invitations/<token>")
@signed_in
@limiter.limit("30 per hour")
def come_in(token: str) -> Response:
    """Come in by a link."""
    invite_id, group = _works(token)
    with committing():
        actions.accept(invite_id, person_id())
    flash(_("You belong to %(name)s now.", name=group.name), "good")
    return see_other(f"/groups/{group.slug}")


@pages.post("/account/groups/invites/<int:invite_id>")
@signed_in
@limiter.limit("60 per hour")
def answer_invite(invite_id: int) -> Response:
    """Come in where one was asked by name, or not."""
    me = person_id()
    group = next((g for i, g, _by in invites_to(me) if i == invite_id), None)
    if group is None:
        raise Gone(_("This invitation no longer works."))
    slug, name, yes = group.slug, group.name, request.form.get("answer") == "yes"
    with committing():
        if yes:
            actions.accept(invite_id, me)
        else:
            actions.decline(invite_id, me)
    flash(_("You belong to %(name)s now.", name=name) if yes else _("Answered."), "good")
    return see_other(f"/groups/{slug}" if yes else url_for("groups.mine"))
