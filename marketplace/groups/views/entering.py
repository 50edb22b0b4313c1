"""Joining and leaving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.groups import actions
from marketplace.groups.forms import AskForm
from marketplace.groups.models import Group
from marketplace.groups.queries import GroupCard, group_card
from marketplace.groups.rules import may_read, may_write, part_of
from marketplace.groups.views import pages
from marketplace.web.access import person_id, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class AskPage:
    """The request to enter a closed group, once more."""

    group: tuple[str, str]
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]


def known(slug: str) -> GroupCard:
    """A group this viewer may know of. Raises NotFound."""
    card = group_card(slug, current_lang(), viewer_id())
    if card is None:
        raise NotFound(_("There is no such group here."))
    return card


def readable(slug: str) -> tuple[GroupCard, str]:
    """A group this viewer may read, and their part in it. Raises NotFound."""
    card = known(slug)
    part = part_of(card.role, viewer_id() is not None)
    if not may_read(card.kind, part):
        raise NotFound(_("There is no such group here."))
    return card, part


def writes(part: str) -> bool:
    """Whether a part in a group lets one write."""
    return may_write(part)


@pages.post("/groups/<slug>/join")
@limiter.limit("60 per hour")
def join(slug: str) -> Response:
    """Enter an open group at once, ask to enter a closed one."""
    me, card, form = person_id(), known(slug), AskForm(request.form)
    try:
        form.demand()
        with committing():
            state = actions.join(db.session.get_one(Group, card.id), me,
                                 _answers(card, form))
    except Invalid as fault:
        page = AskPage((card.name, card.url), url_for("groups.join", slug=slug),
                       {"words": str(form.words.data or "")}, fault.faults)
        return answer("groups/ask.html", page, 422)
    flash(_("You belong to %(name)s now.", name=card.name) if state == "joined"
          else _("Your request is with the moderators."), "good")
    return see_other(card.url)


def _answers(card: GroupCard, form: AskForm) -> str:
    """What was asked and answered, as the moderators read it."""
    asked = card.questions.splitlines()
    if not asked:
        return str(form.words.data or "")
    given = [(clean(request.form.get(f"words_{i}")) or "")[:160] for i in range(len(asked))]
    return "\n".join(f"{words} {said}" for words, said in zip(asked, given, strict=True) if said)


@pages.post("/groups/<slug>/leave")
@limiter.limit("60 per hour")
def leave(slug: str) -> Response:
    """Belong no longer, or take one's request back; one click, no question."""
    me, card = person_id(), known(slug)
    with committing():
        actions.take_request_back(card.id, me)
        actions.leave(card.id, me)
    flash(_("You do not belong to %(name)s any more.", name=card.name) if card.role
          else _("Your request is taken back."), "info")
    return see_other("/groups" if card.kind == "secret" else card.url)
