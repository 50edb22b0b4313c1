"""What moderators say of their group and whom it lets in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.groups import actions
from marketplace.groups.models import Group
from marketplace.groups.queries import GroupCard, tags_known, tags_of
from marketplace.groups.views import pages
from marketplace.groups.views.caring import cared_for
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter

FIELDS = ("purpose", "region", "questions", "invite_by", "producers", "routed")


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The form of a group's description."""

    group: tuple[str, str]
    kind: str
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    tags: Sequence[tuple[str, str, bool]]
    propose_url: str


@pages.get("/groups/<slug>/settings")
@signed_in
def settings(slug: str) -> Response:
    """What stands there now."""
    card = cared_for(slug)
    typed = {"purpose": card.purpose, "region": card.region, "questions": card.questions,
             "invite_by": card.invite_by, "producers": card.producers,
             "routed": "1" if card.routed else ""}
    return _page(card, typed, {tag.slug for tag in tags_of(card.id)}, {})


def _page(card: GroupCard, typed: Mapping[str, str], chosen: set[str],
          faults: Mapping[str, str], status: int = 200) -> Response:
    german = current_lang() == "de"
    page = SettingsPage(
        (card.name, card.url), card.kind, url_for("groups.settings_post", slug=card.slug), typed,
        faults, [(t.slug, t.name_de if german else t.name_en, t.slug in chosen)
                 for t in tags_known()], url_for("groups.propose", slug=card.slug))
    return answer("groups/settings.html", page, status)


@pages.post("/groups/<slug>/settings", endpoint="settings_post")
@signed_in
@limiter.limit("60 per hour")
def settings_post(slug: str) -> Response:
    """Keep it, or say beside the field what cannot be."""
    card = cared_for(slug)
    typed = {name: clean(request.form.get(name)) or "" for name in FIELDS}
    chosen = set(request.form.getlist("tags"))
    known = {tag.slug: tag.id for tag in tags_known()}
    try:
        with committing():
            actions.describe(
                db.session.get_one(Group, card.id), person_id(), purpose=typed["purpose"],
                region=typed["region"], questions=typed["questions"],
                invite_by=typed["invite_by"], producers=typed["producers"],
                routed=typed["routed"] == "1",
                tag_ids=[known[slug] for slug in chosen if slug in known])
    except Invalid as fault:
        return _page(card, typed, chosen, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(card.url)
