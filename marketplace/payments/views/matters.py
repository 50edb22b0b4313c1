"""Pages on which a named person decides about money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _

from marketplace.adapters.payment import site_of
from marketplace.catalog.rules.mapping import price_minor
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.payments import actions
from marketplace.payments.models import Difference, PaymentNotice
from marketplace.payments.queries.matters import attempt_of, foreign_refund, notice_of
from marketplace.payments.views import pages
from marketplace.payments.views.trouble_words import what_words
from marketplace.web.access import operators_only, person, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import moment, money, plain_money
from marketplace.web.forms import clean

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MatterPage:
    """What is known of something about money, and the form of a decision."""

    title: str
    order: str
    lead: str
    facts: Sequence[tuple[str, str]]
    told: Sequence[tuple[str, str, str]]
    form: PlainForm | None
    back_url: str
    help_url: str


def matter_page(title: str, order: str, lead: str, facts: Sequence[tuple[str, str]],
                form: PlainForm | None, status: int, told: Sequence[tuple[str, str, str]] = ()
                ) -> Response:
    """A matter with its facts, what was told of it, and the form of a decision."""
    back = url_for("payments.operator")
    return answer("payments/matter.html", MatterPage(
        title, order, lead, facts, told, form, back, url_for("dialogue.new", about=back)), status)


def said() -> dict[str, str]:
    """What was typed, cleaned."""
    return {name: clean(value) or "" for name, value in request.form.items()}


def why_field(words: Words) -> Field:
    """Every decision has a reason."""
    return Field("why", _("Why"), words.get("why", ""),
                 _("It stands in the log with your name."), kind="area", length=300,
                 optional=False)


def nothing() -> NotFound:
    """Where no such matter is."""
    return NotFound(_("There is nothing at this address."))


def kept() -> Response:
    """Back to the page of money, with thanks."""
    flash(_("Kept, with your name and reason."), "good")
    return see_other(url_for("payments.operator"))


@pages.get("/operator/payments/attempts/<int:payment_id>")
@operators_only
def attempt(payment_id: int) -> Response:
    """A payment that does not fit: what was asked, what was told."""
    return _attempt(payment_id, {}, {}, 200)


def _attempt(payment_id: int, words: Words, faults: Words, status: int) -> Response:
    found = attempt_of(payment_id)
    if found is None:
        raise nothing()
    row = found.payment
    form = PlainForm(url_for("payments.attempt_post", payment_id=payment_id), [Section(
        _("What is right?"), "", [
            Field("how", _("Decision"), words.get("how", ""), kind="select", optional=False,
                  choices=[("", _("Please choose")),
                           ("paid", _("It counts as paid, as agreed")),
                           ("closed", _("It does not count; the money went back"))]),
            why_field(words)])], faults, _("Decide")) if row.state == "review" else None
    return matter_page(
        _("A payment that does not fit"), found.order_number,
        _("Nothing is sent and nothing is counted until a person has decided. Compare the amounts "
          "with the payment service first."),
        [(_("Asked for"), money(row.total_minor, row.currency)),
         (_("Page"), row.reference or ""), (_("State"), row.state), (_("Mode"), row.mode)],
        form, status, [_told(one) for one in found.notices])


def _told(one: PaymentNotice) -> tuple[str, str, str]:
    outcome = one.outcome or _("waits")
    return (f"{one.kind} {money(one.minor, one.currency)}",
            f"{moment(one.received_at)} · {outcome} · {one.reference}",
            url_for("payments.told", source=one.source, event_id=one.event_id))


@pages.post("/operator/payments/attempts/<int:payment_id>", endpoint="attempt_post")
@operators_only
def attempt_post(payment_id: int) -> Response:
    """Paid as agreed, or not counted."""
    words = said()
    if attempt_of(payment_id) is None:
        raise nothing()
    try:
        if words.get("how") not in ("paid", "closed"):
            raise Invalid({"how": _("Please choose one.")})
        with committing():
            actions.decide_review(payment_id, words["how"] == "paid", person_id(),
                                  words.get("why", ""))
    except Invalid as fault:
        return _attempt(payment_id, words, fault.faults, 422)
    return kept()


@pages.get("/operator/payments/notices/<source>/<event_id>")
@operators_only
def told(source: str, event_id: str) -> Response:
    """A message of the payment service, and the button that applies it again."""
    return _notice(source, event_id, {}, {}, 200)


def _notice(source: str, event_id: str, words: Words, faults: Words, status: int) -> Response:
    row = notice_of(source, event_id)
    if row is None:
        raise nothing()
    waits = row.outcome == "wrong_mode" and row.settled_at is None
    url = url_for("payments.told_post", source=source, event_id=event_id)
    form = PlainForm(url, [Section(_("Looked at"), "", [why_field(words)])], faults,
                     _("Put it aside")) if waits else \
        PlainForm(url, [], {}, _("Apply it again"), [("again", "1")])
    return matter_page(
        _("A message of the payment service"), row.order_number,
        _("It came in a mode that this market does not run in, and has no effect.") if waits else
        _("Applied again it does nothing that it has done before."),
        [(_("Number"), row.event_id), (_("What"), row.kind or "-"), (_("Mode"), row.mode),
         (_("About"), row.reference), (_("Amount"), money(row.minor, row.currency)),
         (_("Came"), moment(row.received_at)), (_("Result"), row.outcome or _("waits"))],
        form, status)


@pages.post("/operator/payments/notices/<source>/<event_id>", endpoint="told_post")
@operators_only
def told_post(source: str, event_id: str) -> Response:
    """Put aside with a reason, or applied once more."""
    words = said()
    if notice_of(source, event_id) is None:
        raise nothing()
    if words.get("again"):
        with committing():
            outcome = actions.apply_notice(
                source, event_id, site_of(current_app.config["ZURUF_URL"]), again=True)
        flash(_("Applied: %(outcome)s.", outcome=outcome), "good")
        return see_other(url_for("payments.told", source=source, event_id=event_id))
    try:
        with committing():
            actions.settle_notice(source, event_id, person_id(), words.get("why", ""))
    except Invalid as fault:
        return _notice(source, event_id, words, fault.faults, 422)
    return kept()


@pages.get("/operator/payments/refunds/<int:foreign_id>", endpoint="foreign_refund")
@operators_only
def foreign(foreign_id: int) -> Response:
    """A refund made at the payment service: on whom it falls."""
    return _foreign(foreign_id, {}, {}, 200)


def _foreign(foreign_id: int, words: Words, faults: Words, status: int) -> Response:
    found = foreign_refund(foreign_id)
    if found is None:
        raise nothing()
    single = len(found.parts) == 1
    form = PlainForm(url_for("payments.foreign_refund_post", foreign_id=foreign_id), [Section(
        _("On whom it falls"),
        _("Each house gives its part back, the marketplace its commission. The buyer has it "
          "already, nothing is sent again."),
        [*(Field(f"part-{part_id}", name, words.get(
            f"part-{part_id}", plain_money(found.row.minor) if single else ""),
            _("%(left)s are left of what was paid", left=money(left)), after="€")
           for part_id, name, left in found.parts),
         Field("cause", _("Reason"), words.get("cause", "complaint"), kind="select",
               choices=[("complaint", _("complaint")), ("withdrawal", _("withdrawn")),
                        ("cancel", _("cancelled"))], optional=False),
         why_field(words)])],
        {(f"part-{found.parts[0][0]}" if name == "shares" else name): sentence
         for name, sentence in faults.items()}, _("Assign it")) \
        if found.row.assigned_at is None else None
    return matter_page(
        _("A refund made at the payment service"), found.order_number,
        _("Somebody gave money back in the payment service's own console."),
        [(_("Given back"), money(found.row.minor)), (_("Number"), found.row.reference),
         (_("Since"), moment(found.row.found_at))], form, status)


@pages.post("/operator/payments/refunds/<int:foreign_id>", endpoint="foreign_refund_post")
@operators_only
def foreign_post(foreign_id: int) -> Response:
    """Assign it to parts of the order."""
    words, found = said(), foreign_refund(foreign_id)
    if found is None:
        raise nothing()
    minors = {part_id: price_minor(words.get(f"part-{part_id}", "")) or 0
              for part_id, _name, _left in found.parts}
    try:
        with committing():
            actions.assign_refund(foreign_id, minors, words.get("cause", ""), person_id(),
                                  person().name, words.get("why", ""))
    except Invalid as fault:
        return _foreign(foreign_id, words, fault.faults, 422)
    return kept()


@pages.get("/operator/payments/differences/<int:difference_id>")
@operators_only
def difference(difference_id: int) -> Response:
    """What the payment service says and our book does not."""
    return _difference(difference_id, {}, {}, 200)


def _difference(difference_id: int, words: Words, faults: Words, status: int) -> Response:
    row = db.session.get(Difference, difference_id, populate_existing=True)
    if row is None:
        raise nothing()
    form = PlainForm(url_for("payments.difference_post", difference_id=difference_id),
                     [Section(_("Settle it"), _("Where the book has to change, propose a "
                                                "correction too."), [why_field(words)])],
                     faults, _("Settle it")) if row.state == "open" else None
    return matter_page(
        _("A difference to the payment service"), "",
        _("A comparison of the night found it. It goes by itself as soon as both agree."),
        [(_("What"), what_words(row.kind)), (_("Number"), row.reference),
         (_("There"), money(row.theirs_minor)), (_("In our book"), money(row.ours_minor)),
         (_("Since"), moment(row.found_at)),
         *([(_("Settled by"), f"{row.by_name}: {row.why}")] if row.by_name else [])],
        form, status)


@pages.post("/operator/payments/differences/<int:difference_id>", endpoint="difference_post")
@operators_only
def difference_post(difference_id: int) -> Response:
    """A named person says why it is so."""
    words = said()
    try:
        with committing():
            actions.settle_difference(difference_id, person_id(), person().name,
                                      words.get("why", ""))
    except Invalid as fault:
        return _difference(difference_id, words, fault.faults, 422)
    return kept()


@pages.post("/operator/payments/again/<kind>/<int:payment_id>/<int:number>")
@operators_only
def again(kind: str, payment_id: int, number: int) -> Response:
    """What was refused is tried at once."""
    if kind not in ("transfer", "refund"):
        raise nothing()
    with committing():
        actions.try_again(kind, payment_id, number, person_id())
    flash(_("It is tried again now."), "good")
    return see_other(url_for("payments.operator"))
