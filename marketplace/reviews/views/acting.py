"""Votes, taps, replies and passing on."""

from __future__ import annotations

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import visible_product_id
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.producers.actions import mark_seen
from marketplace.producers.queries import Role, roles_of
from marketplace.reviews import actions
from marketplace.reviews.models import Rating
from marketplace.reviews.queries import rating_by_code
from marketplace.reviews.views import pages
from marketplace.reviews.views.studio import reviews_page
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import back, see_other
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.sharing import passed_on

VOTES = {"up": True, "down": False}


@pages.post("/ratings/<code>/helpful")
@limiter.limit("240 per hour")
def helpful(code: str) -> Response:
    """Helpful, not helpful, or taken back."""
    me = person_id()
    with committing():
        actions.vote_helpful(code, me, VOTES.get(request.values.get("vote", "")))
    return back("/")


@pages.post("/products/<slug>/tap")
@limiter.limit("240 per hour")
def tap(slug: str) -> Response:
    """Liked, not liked, or taken back; apart from every score."""
    me, product_id = person_id(), visible_product_id(slug)
    if product_id is None:
        raise NotFound(_("There is no such product here."))
    with committing():
        actions.tap(product_id, me, VOTES.get(request.values.get("vote", "")))
    return back(url_for("storefront.product", slug=slug))


@pages.post("/ratings/<code>/share")
@limiter.limit("60 per hour")
def share(code: str) -> Response:
    """Pass a text on, if the box was ticked; prices and addresses are taken out of it."""
    row = rating_by_code(code)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    if request.form.get("share") != "yes":
        flash(_("Nothing was passed on: the box was not ticked."), "info")
        return back("/")
    text = passed_on(clean(request.form.get("text", "")) or "", current_lang())
    return see_other(url_for("storefront.share_mastodon", text=text))


def asked_role(code: str) -> tuple[Rating, Role]:
    """An answer to one of the person's producers. Raises NotFound for everybody else."""
    row = rating_by_code(code)
    roles = {role.producer_id: role for role in roles_of(person_id())}
    if row is None or row.producer_id not in roles:
        raise NotFound(_("There is nothing at this address."))
    return row, roles[row.producer_id]


@pages.post("/ratings/<code>/reply")
@signed_in
@limiter.limit("120 per hour")
def reply(code: str) -> Response:
    """Keep a draft, note that a second person read it, or publish."""
    row, role = asked_role(code)
    me, step = person_id(), request.form.get("step", "publish")
    words = clean(request.form.get("words", "")) or ""
    try:
        with committing():
            if step == "draft":
                actions.draft_reply(row.id, role, me, words, current_lang())
            elif step == "read":
                actions.read_reply(row.id, role, me)
            else:
                actions.reply(row.id, role, me, words, current_lang(),
                              clean(request.form.get("changed", "")) or "")
                mark_seen(role.producer_id, [("rating", row.id)], me)
    except Invalid as fault:
        return reviews_page(role, 422, (
            code, words, next(iter(fault.faults.values()), ""), request.form.get("changed", "")))
    flash({"draft": _("Kept as a draft; only your house sees it."),
           "read": _("Noted: you have read it.")}.get(
               step, _("Your reply stands below the words of the buyer.")), "good")
    return see_other(url_for("reviews.studio", producer=role.slug))
