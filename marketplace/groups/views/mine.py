"""One's own groups: invitations, what is shown, leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.groups import actions
from marketplace.groups.queries import (
    GroupCard,
    invites_to,
    kept_out_of,
    mail_of_groups,
    of_person,
    shown_in,
)
from marketplace.groups.views import pages
from marketplace.groups.views.entering import known
from marketplace.people.queries import lines
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day
from marketplace.web.languages import current_lang
from marketplace.web.shapes import nobody


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """A group one belongs to."""

    card: GroupCard
    shown: bool
    mail: str
    mail_url: str
    shown_url: str
    leave_url: str
    care_url: str


@dataclass(frozen=True, slots=True)
class OwnInvite:
    """Somebody asks one to come in."""

    name: str
    purpose: str
    lang: str
    by: Any
    url: str


@dataclass(frozen=True, slots=True)
class OwnExclusion:
    """A group that keeps one out."""

    name: str
    lang: str
    until: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class MinePage:
    """Where one belongs, and where one is asked to come."""

    invites: Sequence[OwnInvite]
    groups: Sequence[OwnGroup]
    settings_url: str
    mails: Sequence[tuple[str, str]]
    kept_out: Sequence[OwnExclusion]


@pages.get("/account/groups")
@signed_in
def mine() -> Response:
    """One's groups by name."""
    me, asked = person_id(), invites_to(person_id())
    cards, shown = of_person(me, current_lang(), me), shown_in(me)
    mail = mail_of_groups(me)
    by = lines([who for _id, _group, who in asked], me)
    page = MinePage(
        [OwnInvite(g.name, g.purpose, g.lang, by.get(who, nobody()),
                   url_for("groups.answer_invite", invite_id=i)) for i, g, who in asked],
        [OwnGroup(card, card.id in shown, mail.get(card.id) or "",
                  url_for("groups.choose_mail", slug=card.slug),
                  url_for("groups.show_membership", slug=card.slug),
                  url_for("groups.leave", slug=card.slug),
                  url_for("groups.care", slug=card.slug)
                  if card.role in ("founder", "moderator") else "") for card in cards],
        url_for("notify.settings"),
        [("", _("as my settings say")), ("on", _("votes and news of this group")),
         ("off", _("nothing of this group"))],
        [OwnExclusion(g.name, g.lang, day(row.until) if row.until else "", row.words,
                      url_for("moderation.exclusion", exclusion_id=row.id))
         for row, g in kept_out_of(me)])
    return answer("groups/mine.html", page)


@pages.post("/groups/<slug>/mail")
@signed_in
def choose_mail(slug: str) -> Response:
    """Whether this one group writes to me by mail."""
    card = known(slug)
    with committing():
        actions.choose_mail(card.id, person_id(), request.form.get("mail") or None)
    flash(_("Kept."), "good")
    return see_other(url_for("groups.mine"))
