"""Moderators of a group order its list of bundles."""

from __future__ import annotations

from flask import Response, flash, request
from flask_babel import gettext as _

from marketplace.bundles import actions
from marketplace.bundles.queries.ordering import A_PAGE
from marketplace.bundles.views import pages
from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.groups.queries import group_card
from marketplace.groups.rules import may_read, part_of
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import see_other
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter


@pages.post("/groups/<slug>/bundle-order")
@signed_in
@limiter.limit("600 per hour")
def order_group(slug: str) -> Response:
    """One place up or down, or an end of the order made by hand; back to where it stands now."""
    card = group_card(slug, current_lang(), person_id())
    if card is None or not may_read(card.kind, part_of(card.role, True)):
        raise NotFound(_("There is no such group here."))
    step, where = request.form.get("step", ""), f"group:{card.slug}"
    if step == "end":
        with committing():
            actions.end_group_order(card.id, person_id())
        flash(_("The list has no order of its own any more."), "good")
        return see_other(f"/bundles?from={where}")
    with committing():
        moved = actions.move_in_group(card.id, person_id(), request.form.get("bundle", ""), step)
    flash(_("“%(title)s” stands at place %(place)s of %(all)s now.", title=moved.title,
            place=moved.place, all=moved.all), "good")
    page = (moved.place - 1) // A_PAGE + 1
    return see_other(f"/bundles?from={where}&order=group&page={page}#b-{moved.slug}")
