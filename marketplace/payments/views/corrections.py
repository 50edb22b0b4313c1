"""Corrections of the book: one person proposes, another makes them."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.rules.mapping import price_minor
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.payments import actions
from marketplace.payments.models import Correction
from marketplace.payments.views import pages
from marketplace.payments.views.matters import MatterPage
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.forms import clean


@pages.get("/operator/payments/correction")
@operators_only
def correction() -> Response:
    """The form of a proposal."""
    return _form({}, {}, 200)


def _form(words: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    back = url_for("payments.operator")
    form = PlainForm(url_for("payments.correction_post"), [Section(
        _("What should move?"), _("Accounts are named as in the book: held:12, producer:3, "
                                  "buyer:40, operator:commission, operator:disputes, "
                                  "operator:advances, provider:fees."), [
            Field("source", _("From"), words.get("source", ""), length=40, optional=False),
            Field("target", _("To"), words.get("target", ""), length=40, optional=False),
            Field("sum", _("Amount"), words.get("sum", ""), after="€", optional=False),
            Field("why", _("Why"), words.get("why", ""),
                  _("It stands in the log with your name."), kind="area", length=300,
                  optional=False)])], faults, _("Propose it"))
    return answer("payments/matter.html", MatterPage(
        _("Correct the book"), "", _("Moves are never changed; a correction is a move of its own, "
                                     "and a second person has to agree."), [], (), form, back,
        url_for("dialogue.new", about=back)), status)


@pages.post("/operator/payments/correction", endpoint="correction_post")
@operators_only
def correction_post() -> Response:
    """Propose a move."""
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            actions.propose_correction(
                words.get("source", ""), words.get("target", ""),
                price_minor(words.get("sum", "")) or 0, person_id(), words.get("why", ""))
    except Invalid as fault:
        return _form(words, fault.faults, 422)
    flash(_("Proposed. A second person has to agree."), "good")
    return see_other(url_for("payments.operator"))


@pages.post("/operator/payments/corrections/<int:correction_id>/<how>")
@operators_only
def decide_correction(correction_id: int, how: str) -> Response:
    """The second person agrees, or somebody drops it."""
    if how not in ("make", "drop") or db.session.get(Correction, correction_id) is None:
        raise NotFound(_("There is nothing at this address."))
    db.session.rollback()
    with committing():
        actions.decide_correction(correction_id, how == "make", person_id())
    flash(_("Kept, with your name."), "good")
    return see_other(url_for("payments.operator"))
