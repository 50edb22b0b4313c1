"""What the market advanced for a refund: how it comes back, and that it came another way."""

from __future__ import annotations

from flask import Response, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.payments import actions
from marketplace.payments.queries.advances import Advanced, advance_of
from marketplace.payments.views import pages
from marketplace.payments.views.matters import Words, kept, matter_page, nothing, said, why_field
from marketplace.web.access import operators_only, person_id
from marketplace.web.drawn_forms import PlainForm, Section
from marketplace.web.formats import moment, money


def open_words(row: Advanced) -> str:
    """What came back so far, and what is to come."""
    return _("%(open)s of %(sum)s are still to come back; they are kept of the next transfers.",
             open=money(row.open_minor), sum=money(row.minor))


@pages.get("/operator/payments/advances/<int:refund_id>")
@operators_only
def advance(refund_id: int) -> Response:
    """One advance, and the form for money that came another way."""
    return _page(refund_id, {}, {}, 200)


def _page(refund_id: int, words: Words, faults: Words, status: int) -> Response:
    row = advance_of(refund_id)
    if row is None:
        raise nothing()
    form = PlainForm(url_for("payments.advance_post", refund_id=refund_id), [Section(
        _("Did it come another way?"),
        _("Only if %(name)s sent %(sum)s to the market's own account. Then nothing more is kept.",
          name=row.house, sum=money(row.open_minor)), [why_field(words)])],
        faults, _("It is paid back")) if row.open_minor else None
    return matter_page(
        _("An advance"), row.number,
        _("The producer's account at the payment service was empty, so the market gave the buyer "
          "the money first."),
        [(_("Producer"), row.house), (_("Refund"), row.code), (_("Advanced"), money(row.minor)),
         (_("Came back"), money(row.back_minor)), (_("Since"), moment(row.made_at))],
        form, status)


@pages.post("/operator/payments/advances/<int:refund_id>", endpoint="advance_post")
@operators_only
def advance_post(refund_id: int) -> Response:
    """The rest came another way, says a named person."""
    words = said()
    if advance_of(refund_id) is None:
        raise nothing()
    try:
        with committing():
            actions.advance_repaid(refund_id, person_id(), words.get("why", ""))
    except Invalid as fault:
        return _page(refund_id, words, fault.faults, 422)
    return kept()
