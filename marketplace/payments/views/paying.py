"""Paying an order: transfer blocks with codes, or the way to the card's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import segno
from flask import Response, make_response, request, url_for
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.adapters.payment import Bill, BillPart
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict, NotFound, OutsideDown
from marketplace.orders.queries import OrderView, SellerPart, order_for
from marketplace.payments import actions
from marketplace.payments.models import Payment
from marketplace.payments.queries import last_payment
from marketplace.payments.rules import spaced, transfer_payload
from marketplace.payments.rules.attempts import CARD, SPLITTING
from marketplace.payments.views import pages
from marketplace.payments.views.disturbed import is_disturbed, note_failure
from marketplace.payments.views.otherwise import other_ways
from marketplace.web.access import guest_orders, viewer_id
from marketplace.web.answers import answer, machine, see_other
from marketplace.web.formats import day, moment, money
from marketplace.web.headers import leading_to


@dataclass(frozen=True, slots=True)
class Transfer:
    """One bank transfer with all it needs."""

    id: str
    seller: str
    receiver: str
    iban: str
    amount: str
    amount_plain: str
    reference: str
    due: str
    state: str
    state_words: str
    qr_url: str
    qr_file_url: str


@dataclass(frozen=True, slots=True)
class CardWay:
    """The button to the payment page."""

    url: str
    button: str
    amount: str
    disturbed: str = ""
    methods: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class FailedWay:
    """Why an attempt failed, and what can be done."""

    reason: str
    again_url: str
    methods: Sequence[tuple[str, str]]
    cancel_url: str


@dataclass(frozen=True, slots=True)
class PayPage:
    """Paying one order."""

    number: str
    order_url: str
    state: str
    words: str
    until_words: str
    card: CardWay | None
    transfers: Sequence[Transfer]
    total: str
    demo_words: str
    help_url: str
    poll_url: str = ""
    failed: FailedWay | None = None


@pages.get("/orders/<number>/pay")
def pay(number: str) -> Response:
    """What is to be paid, to whom, and how it stands by what we know ourselves."""
    return _page(order_for(number, viewer_id(), guest_orders()))


def _page(found: OrderView, trouble: str = "", status: int = 200) -> Response:
    open_parts = [part for part in found.parts if part.open_minor and
                  part.state == "awaiting_payment"]
    attempt = last_payment(found.id) if found.method in SPLITTING else None
    state = _state(found, bool(open_parts), attempt, trouble)
    demo = _("Demo: do not pay. Nothing is charged and nothing is sent.") \
        if found.mode == "demo" else ""
    due = next((part.due_on for part in open_parts if part.due_on), None)
    total = money(sum(part.open_minor for part in open_parts))
    help_url = url_for("dialogue.new", about=f"/orders/{found.number}")
    page = PayPage(
        found.number, url_for("orders.order", number=found.number), state, _words(found, state),
        _until(found, attempt, due), _card(found, total) if state == "card" else None,
        [_transfer(found, part) for part in found.parts if part.bank]
        if found.method == "bank_transfer" else [], total, demo, help_url,
        url_for("payments.pay", number=found.number) if state == "processing" else "",
        _failed(found, trouble) if state == "failed" else None)
    return _answer(found, page, status)


def _answer(found: OrderView, page: PayPage, status: int = 200) -> Response:
    """The page; where its button leads to the provider, browsers have to know the place."""
    door = doors().payment.get(found.method)
    return leading_to(answer("payments/pay.html", page, status),
                      door.abilities().leads_to if door is not None and page.card else ())


def _state(found: OrderView, open_parts: bool, attempt: Payment | None, trouble: str) -> str:
    """done, transfer, card, processing or failed; the provider is not asked here."""
    if not open_parts:
        return "done"
    if found.method == "bank_transfer":
        return "transfer"
    if trouble or (attempt is not None and attempt.state == "failed"):
        return "failed"
    if attempt is not None and (attempt.state in ("processing", "paid", "review") or (
            request.args.get("back") and attempt.state == "open")):
        return "processing"
    return "card"


def _until(found: OrderView, attempt: Payment | None, due: date | None) -> str:
    if found.method == "bank_transfer":
        return _("Kept for you until %(day)s.", day=day(due)) if due else ""
    until = attempt.page_until if attempt is not None else None
    if until is None or attempt is None or attempt.state not in ("new", "open"):
        return ""
    return _("Kept for you until %(time)s.", time=moment(until))


def _card(found: OrderView, total: str) -> CardWay:
    if found.method == "test_card":
        return CardWay(url_for("payments.test_card", number=found.number),
                       _("To the test card"), total)
    return CardWay(url_for("payments.card", number=found.number), _("Pay by card"), total,
                   *((_disturbed_words(), other_ways(found)) if is_disturbed(found.method)
                     else ()))


def _failed(found: OrderView, trouble: str) -> FailedWay:
    again = url_for("payments.test_card" if found.method == "test_card" else "payments.card_again",
                    number=found.number)
    return FailedWay(trouble or _("The payment was declined."), again, other_ways(found),
                     url_for("orders.cancel_all", number=found.number))


@pages.get("/orders/<number>/pay/again")
def card_again(number: str) -> Response:
    """The button to the card's page once more, after an attempt that failed."""
    found = order_for(number, viewer_id(), guest_orders())
    total = money(sum(part.open_minor for part in found.parts
                      if part.state == "awaiting_payment"))
    page = PayPage(
        found.number, url_for("orders.order", number=found.number), "card",
        _words(found, "card"), "", _card(found, total), [], total, "",
        url_for("dialogue.new", about=f"/orders/{found.number}"))
    return _answer(found, page)


@pages.post("/orders/<number>/pay/card")
def card(number: str) -> Response:
    """Make the provider's page, or find the one that is open, and go there.

    The attempt is written before the provider is asked and its page after, so that a page is never
    made twice: the same attempt has the same key.
    """
    found = order_for(number, viewer_id(), guest_orders())
    door = doors().payment.get(found.method)
    if door is None or found.method != CARD:
        raise NotFound(_("There is nothing at this address."))
    with committing():
        attempt = actions.begin_page(found.id)
        if attempt.total_minor == 0:
            raise Conflict(_("There is nothing left to pay here."))
        bill, payment_id, url = _bill(found, attempt), attempt.id, attempt.page_url
    if url is None:
        if is_disturbed(found.method):
            return _page(found, _disturbed_words(), 503)
        try:
            page = door.open_page(bill)
        except OutsideDown:
            note_failure(found.method)
            return _page(found, _("The payment service does not answer just now. Nothing was "
                                  "charged; please try again in a moment."), 503)
        with committing():
            actions.keep_page(payment_id, page)
        url = page.url
    assert url is not None
    return see_other(url)


def _disturbed_words() -> str:
    return _("Paying by card is disturbed just now. Nothing was charged; please try again in a "
             "minute.")


def _bill(found: OrderView, attempt: Payment) -> Bill:
    assert attempt.page_until is not None
    parts = tuple(BillPart(part.number, str(part.seller["name"])[:60], part.open_minor)
                  for part in found.parts if part.state == "awaiting_payment")
    back = url_for("payments.pay", number=found.number, back=1, _external=True)
    return Bill(found.number, attempt.attempt, attempt.key, attempt.currency,
                attempt.total_minor, parts, found.email, found.language, back, attempt.page_until)


def _words(found: OrderView, state: str) -> str:
    if state == "done":
        return _("Everything is paid. Thank you.")
    if state == "card":
        return _("Your order is placed; now it is paid.")
    if state == "processing":
        return _("Your payment is on its way.")
    if state == "failed":
        return _("That did not work.")
    return _("Each producer gets their own transfer; with the code it is one scan each.")


def _transfer(found: OrderView, part: SellerPart) -> Transfer:
    bank = part.bank or {}
    paid = part.state != "awaiting_payment"
    code = url_for("payments.transfer_code", number=found.number, position=part.position)
    return Transfer(
        part.number, str(part.seller["name"]), str(bank["holder"]), spaced(str(bank["iban"])),
        money(part.open_minor or part.total_minor),
        f"{(part.open_minor or part.total_minor) / 100:.2f}", part.reference,
        day(part.due_on) if part.due_on else "", "done" if paid else "open",
        _("The producer has it") if paid else _("waits for your transfer"), code,
        code + "?download=1")


@pages.get("/orders/<number>/parts/<int:position>/transfer.svg")
@machine
def transfer_code(number: str, position: int) -> Response:
    """The transfer as a code for banking apps (EPC069-12)."""
    found = order_for(number, viewer_id(), guest_orders())
    part = next((p for p in found.parts if p.position == position and p.bank), None)
    if part is None or part.bank is None:
        raise NotFound(_("There is no such order here."))
    payload = transfer_payload(str(part.bank["holder"]), str(part.bank["iban"]),
                               part.open_minor or part.total_minor,
                               f"{part.reference} {part.number}")
    out = BytesIO()
    segno.make(payload, error="m", encoding="utf-8", boost_error=False).save(
        out, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False)
    given = make_response(out.getvalue())
    given.mimetype = "image/svg+xml"
    given.headers["Cache-Control"] = "private, no-store"
    if request.args.get("download"):
        given.headers["Content-Disposition"] = f'attachment; filename="{part.number}.svg"'
    return given
