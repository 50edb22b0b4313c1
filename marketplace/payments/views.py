"""Paying an order: transfer blocks with codes, or the labelled test card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import segno
from flask import Blueprint, Response, current_app, flash, make_response, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.orders.queries import OrderView, SellerPart, order_for
from marketplace.payments import actions
from marketplace.payments.queries import bank_accounts, last_payment
from marketplace.payments.rules import TEST_CARDS, spaced, transfer_payload
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.web.access import guest_orders, person_id, signed_in, viewer_id
from marketplace.web.answers import answer, machine, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import day, money
from marketplace.web.forms import clean

pages = Blueprint("payments", __name__)


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
    failed: Any = None


@dataclass(frozen=True, slots=True)
class TestCardPage:
    """The labelled page on which no money moves."""

    number: str
    amount: str
    url: str
    fault: str
    back_url: str
    cards: Sequence[tuple[str, str]]


@pages.get("/orders/<number>/pay")
def pay(number: str) -> Response:
    """What is to be paid, to whom, with which reference; by transfer one block per producer."""
    found = order_for(number, viewer_id(), guest_orders())
    open_parts = [part for part in found.parts if part.open_minor and
                  part.state == "awaiting_payment"]
    demo = _("Demo: do not pay. Nothing is charged and nothing is sent.") \
        if found.mode == "demo" else ""
    card = None
    state = "done" if not open_parts else "transfer"
    if found.method == "test_card" and open_parts:
        state = "card"
        card = CardWay(url_for("payments.test_card", number=found.number),
                       _("To the test card"), money(found.total_minor))
    due = next((part.due_on for part in open_parts if part.due_on), None)
    page = PayPage(
        found.number, url_for("orders.order", number=found.number), state, _words(found, state),
        _("Kept for you until %(day)s.", day=day(due)) if due else "", card,
        [_transfer(found, part) for part in found.parts if part.bank]
        if found.method == "bank_transfer" else [],
        money(sum(part.open_minor for part in open_parts)), demo,
        url_for("dialogue.new", about=f"/orders/{found.number}"))
    return answer("payments/pay.html", page)


def _words(found: OrderView, state: str) -> str:
    if state == "done":
        return _("Everything is paid. Thank you.")
    if state == "card":
        return _("Your order is placed; now it is paid.")
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


def _test_order(number: str) -> OrderView:
    """An order that is paid by test card, in demo mode only. Raises NotFound."""
    found = order_for(number, viewer_id(), guest_orders())
    if not current_app.config["ZURUF_DEMO"] or found.method != "test_card":
        raise NotFound(_("There is nothing at this address."))
    return found


def _test_page(found: OrderView, fault: str = "", status: int = 200) -> Response:
    names = {"paid": _("is paid"), "not_paid": _("is declined")}
    page = TestCardPage(
        found.number, money(found.total_minor),
        url_for("payments.test_card_post", number=found.number), fault,
        url_for("orders.order", number=found.number),
        [(" ".join(card[i:i + 4] for i in range(0, 16, 4)), names[what])
         for card, what in TEST_CARDS.items()])
    return answer("payments/test_card.html", page, status)


@pages.get("/orders/<number>/test-card")
def test_card(number: str) -> Response:
    """The test card: no money moves, and every sign of it says so."""
    return _test_page(_test_order(number))


@pages.post("/orders/<number>/test-card", endpoint="test_card_post")
def test_card_post(number: str) -> Response:
    """Pay or be declined by one of the test numbers; any other is refused unread."""
    found = _test_order(number)
    typed = "".join(c for c in request.form.get("card", "")[:40] if c.isdigit())
    if typed not in TEST_CARDS:
        return _test_page(found, _("Only the test numbers below work here. Never type a real "
                                   "card number."), 422)
    payment = last_payment(found.id)
    if payment is None:
        raise NotFound(_("There is nothing to pay here."))
    if payment.state in ("failed", "closed"):
        raise Invalid({"card": _("This attempt has ended.")})
    with committing():
        state = actions.take_notice("test_card", secret_code(96), TEST_CARDS[typed], payment.id)
    if state != "paid":
        with committing():
            actions.begin_again(found.id)
        return _test_page(found, _("The card was declined. Nothing was paid; try another."), 422)
    flash(_("Paid (test card, no money moved)."), "good")
    return see_other(url_for("orders.order", number=found.number, placed=1))


@pages.get("/fees")
def fees() -> Response:
    """What the marketplace takes, and how money flows."""
    ways = [(_("Bank transfer"), _("Straight from the buyer to each producer. The marketplace "
                                   "never holds it."))]
    if current_app.config["ZURUF_DEMO"]:
        ways.append((_("Test card"), _("Demo only; no money moves.")))
    return answer("payments/fees.html", {"ways": ways, "commission": "0 %"})


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Where a producer's money goes."""

    producer: str
    studio_url: str
    now: tuple[str, str, str] | None
    form: PlainForm
    help_url: str


@pages.get("/studio/account")
@signed_in
def account() -> Response:
    """The account in force, its middle digits hidden, and a form for another."""
    return _account({}, {}, 200)


@pages.post("/studio/account", endpoint="account_post")
@signed_in
def account_post() -> Response:
    """From now on money goes there; orders keep what they copied."""
    role = _house()
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            actions.keep_account(role.producer_id, words.get("holder", ""), words.get("iban", ""))
    except Invalid as fault:
        return _account(words, fault.faults, 422)
    flash(_("Kept. New orders name this account."), "good")
    return see_other(url_for("payments.account", producer=role.slug))


def _house() -> Role:
    role = role_at(person_id(), request.args.get("producer", ""), request.form.get("house", ""))
    demand(role, "bank")
    return role


def _account(words: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    role = _house()
    row = bank_accounts([role.producer_id]).get(role.producer_id)
    form = PlainForm(url_for("payments.account_post", producer=role.slug), [Section(
        _("Another account") if row else _("Your account"),
        _("Buyers transfer to it directly; the marketplace never holds the money."), [
            Field("holder", _("Holder"), words.get("holder", ""),
                  _("Exactly as the bank knows it."), length=70, optional=False),
            Field("iban", _("IBAN"), words.get("iban", ""), length=42, optional=False)])],
        faults, _("Keep"), [("house", role.slug)])
    return answer("payments/account.html", AccountPage(
        role.name, url_for("dialogue.studio", producer=role.slug),
        (row.holder, f"{row.iban[:4]} … {row.iban[-4:]}", day(row.valid_from)) if row else None,
        form, url_for("dialogue.new", about="/studio/account")), status)
