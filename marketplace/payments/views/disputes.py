"""Disputes: the page of whoever runs the market, and the side of a house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, make_response, request, url_for
from flask_babel import gettext as _

from marketplace.adapters.paper.documents import document_pdf
from marketplace.catalog.rules.mapping import price_minor
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict, Invalid, NotFound, OutsideDown
from marketplace.foundation.events import OperatorActed, announce
from marketplace.payments import actions
from marketplace.payments.jobs import door_of
from marketplace.payments.queries.disputes import DisputeView, ShareView, dispute_view
from marketplace.payments.views import pages
from marketplace.payments.views.evidence import (
    evidence,
    exchanged,
    paper,
    sent_words,
    transcript,
)
from marketplace.payments.views.houses import house_of
from marketplace.web.access import operators_only, person, person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import moment, money, plain_money
from marketplace.web.forms import clean


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A part of the disputed order, as it stands."""

    number: str
    producer: str
    total: str
    share: str
    sent: str
    lines: Sequence[str]
    held: bool


@dataclass(frozen=True, slots=True)
class DisputePage:
    """What the bank wants, on whom it falls, what is known, what can be done."""

    order: str
    back_url: str
    lead: str
    urgent: str
    facts: Sequence[tuple[str, str]]
    shares: Sequence[ShareRow]
    said: Sequence[tuple[str, str, str]]
    form: PlainForm | None
    pack_url: str
    answer_url: str
    help_url: str
    exchanged: Sequence[tuple[str, str, str]] = ()
    release_url: str = ""
    house: str = ""


def dispute_words(state: str) -> str:
    """How a dispute stands."""
    return {"open": _("waits for our answer"), "answered": _("answered, the bank decides"),
            "won": _("won"), "lost": _("lost")}[state]


def reason_of(reason: str) -> str:
    """Why the bank says it takes the money back; its own word where we have none."""
    return {"fraudulent": _("the payer says they did not pay"),
            "product_not_received": _("the goods did not arrive"),
            "product_unacceptable": _("the goods were not as described"),
            "credit_not_processed": _("a refund did not arrive"),
            "duplicate": _("paid twice"), "unrecognized": _("the payer does not know the payment"),
            "general": _("no reason given"), "": _("no reason given")}.get(reason, reason)


@pages.get("/operator/payments/disputes/<int:dispute_id>")
@operators_only
def dispute(dispute_id: int) -> Response:
    """Everything our data say, the shares, the evidence pack and the answer."""
    return _operator_page(dispute_id, {}, {}, 200)


def _found(dispute_id: int, producer_id: int | None = None) -> DisputeView:
    found = dispute_view(dispute_id, producer_id)
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    return found


def _operator_page(dispute_id: int, words: Mapping[str, str], faults: Mapping[str, str],
                   status: int) -> Response:
    found = _found(dispute_id)
    undecided = found.state in ("open", "answered")
    form = PlainForm(url_for("payments.dispute_shares", dispute_id=dispute_id), [Section(
        _("On whom it falls"), _("In proportion, unless it is clear whose part is meant."), [
            *(Field(f"part-{one.part_id}", f"{one.producer} {one.number}",
                    words.get(f"part-{one.part_id}", plain_money(one.minor)), after="€",
                    optional=False) for one in found.shares),
            Field("why", _("Why"), words.get("why", ""), length=300, optional=False)])],
        {("why" if name == "shares" else name): said for name, said in faults.items()},
        _("Keep the shares")) if undecided and len(found.shares) > 1 else None
    page = DisputePage(
        found.order_number, url_for("payments.operator"), _lead(found), _urgent(found),
        _facts(found), [_row(one) for one in found.shares], _said(found), form,
        url_for("payments.dispute_pack", dispute_id=dispute_id),
        url_for("payments.dispute_answer", dispute_id=dispute_id)
        if found.state == "open" else "",
        url_for("dialogue.new", about="/operator/payments"))
    return answer("payments/dispute.html", page, status)


def _lead(found: DisputeView) -> str:
    return {
        "open": _("The payer's bank took the money back for now. What was not sent is on hold, "
                  "and nothing is refunded until the bank has decided."),
        "answered": _("Our answer is with the bank, which decides within weeks."),
        "won": _("The bank gave the money back."),
        "lost": _("The bank gave the money to the payer for good; each house gives its share "
                  "back, and the marketplace its commission."),
    }[found.state]


def _urgent(found: DisputeView) -> str:
    return _("Answer by %(time)s.", time=moment(found.until)) \
        if found.until and found.state == "open" else ""


def _facts(found: DisputeView) -> list[tuple[str, str]]:
    rows = [(_("State"), dispute_words(found.state)), (_("Disputed"), money(found.minor)),
            (_("of a payment of"), money(found.paid_minor)),
            (_("The bank says"), reason_of(found.reason)),
            (_("Since"), moment(found.opened_at))]
    if found.fee_minor:
        rows.append((_("Fee of the payment service"), money(found.fee_minor)))
    if found.answered_at:
        rows.append((_("Answered"), f"{moment(found.answered_at)} {found.answered_by}".strip()))
    if found.closed_at:
        rows.append((_("Decided"), moment(found.closed_at)))
    return rows


def _row(one: ShareView) -> ShareRow:
    return ShareRow(one.number, one.producer, money(one.total_minor), money(one.minor),
                    sent_words(one), [f"{line.qty} × {line.title}" for line in one.lines],
                    bool(one.hold))


def _said(found: DisputeView) -> list[tuple[str, str, str]]:
    names = {one.producer_id: one.producer for one in found.shares}
    return [(f"{fact.by_name}, {names.get(fact.producer_id, '')}", moment(fact.at), fact.words)
            for fact in found.facts]


@pages.post("/operator/payments/disputes/<int:dispute_id>/shares")
@operators_only
def dispute_shares(dispute_id: int) -> Response:
    """A named person decides on whom it falls."""
    words = {name: clean(value) or "" for name, value in request.form.items()}
    found = _found(dispute_id)
    minors = {one.part_id: price_minor(words.get(f"part-{one.part_id}", "")) or 0
              for one in found.shares}
    try:
        with committing():
            actions.assign_dispute(dispute_id, minors, person_id(), words.get("why", ""))
    except Invalid as fault:
        return _operator_page(dispute_id, words, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(url_for("payments.dispute", dispute_id=dispute_id))


@pages.post("/operator/payments/disputes/<int:dispute_id>/pack")
@operators_only
def dispute_pack(dispute_id: int) -> Response:
    """The evidence on paper; who took it is written down, as it names the buyer."""
    found = _found(dispute_id)
    given = make_response(document_pdf(paper(found)))
    with committing():
        announce(OperatorActed(person_id(), "dispute.pack", "dispute", dispute_id, ""))
    given.mimetype = "application/pdf"
    given.headers["Cache-Control"] = "private, no-store"
    given.headers["Content-Disposition"] = \
        f'attachment; filename="{found.order_number}-evidence.pdf"'
    return given


@pages.post("/operator/payments/disputes/<int:dispute_id>/answer")
@operators_only
def dispute_answer(dispute_id: int) -> Response:
    """Hand the evidence in at the payment service; it is final."""
    found, here = _found(dispute_id), url_for("payments.dispute", dispute_id=dispute_id)
    if found.state != "open":
        raise Conflict(_("The answer was sent already."))
    said = evidence(found)
    try:
        door_of(found.method).answer_dispute(found.reference, said, f"answer-{found.reference}")
    except OutsideDown:
        flash(_("The payment service does not answer just now. Please try again in a moment."),
              "warn")
        return see_other(here)
    with committing():
        actions.dispute_answered(dispute_id, person_id(), person().name)
    flash(_("Sent. The bank decides within weeks."), "good")
    return see_other(here)


@pages.get("/studio/payments/disputes/<int:dispute_id>")
@signed_in
def own_dispute(dispute_id: int) -> Response:
    """A house's side: what the bank wants of it, and room for what it knows."""
    return _own_page(dispute_id, "", {}, 200)


def _own_page(dispute_id: int, words: str, faults: Mapping[str, str], status: int) -> Response:
    role = house_of("orders")
    found = _found(dispute_id, role.producer_id)
    form = PlainForm(
        url_for("payments.own_dispute_post", dispute_id=dispute_id, producer=role.slug),
        [Section(_("What do you know of it?"), _(
            "Words of the buyer, what you saw, when it was collected. It goes to the bank with "
            "the answer."), [Field("words", _("What you know"), words, kind="area", length=2000,
                                   optional=False)])],
        faults, _("Add it"), [("house", role.slug)]) if found.state == "open" else None
    page = DisputePage(
        found.order_number, url_for("payments.studio", producer=role.slug), _lead(found),
        _urgent(found), _facts(found), [_row(one) for one in found.shares], _said(found), form,
        "", "", url_for("dialogue.new", about="/studio/payments"),
        exchanged(found) if found.state == "open" else (),
        url_for("payments.own_dispute_post", dispute_id=dispute_id, producer=role.slug), role.slug)
    return answer("payments/dispute.html", page, status)


@pages.post("/studio/payments/disputes/<int:dispute_id>", endpoint="own_dispute_post")
@signed_in
def own_dispute_post(dispute_id: int) -> Response:
    """A house adds what it knows."""
    role = house_of("orders")
    found = _found(dispute_id, role.producer_id)
    if request.form.get("act") == "messages":
        with committing():
            actions.release_words(dispute_id, role.producer_id, role.shown_name,
                                  transcript(exchanged(found)))
        flash(_("Added. It goes to the bank with the answer."), "good")
        return see_other(url_for("payments.own_dispute", dispute_id=dispute_id,
                                 producer=role.slug))
    words = clean(request.form.get("words")) or ""
    try:
        with committing():
            actions.tell_facts(dispute_id, role.producer_id, role.shown_name, words)
    except Invalid as fault:
        return _own_page(dispute_id, words, fault.faults, 422)
    flash(_("Added. It goes to the bank with the answer."), "good")
    return see_other(url_for("payments.own_dispute", dispute_id=dispute_id, producer=role.slug))
