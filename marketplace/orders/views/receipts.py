"""The receipt of a withdrawal: its words, how it goes on, and the proof that goods were sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.adapters.paper.contract import PaperDocument, PaperRow
from marketplace.adapters.paper.documents import document_pdf
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.orders.actions.returning import proof_of_sending
from marketplace.orders.queries.receipts import receipt_sums, right_words, what_follows
from marketplace.orders.queries.returning import WithdrawalView, withdrawals_by_code
from marketplace.orders.queries.sheets import address_lines
from marketplace.orders.views import pages
from marketplace.orders.views.papers import kept_pdf, pdf_answer, sent_photos
from marketplace.orders.views.photos import photo_answer
from marketplace.web.answers import answer, machine, see_other
from marketplace.web.formats import moment, money, number
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.market import market_name
from marketplace.web.tokens import sign, unsign


@dataclass(frozen=True, slots=True)
class Receipt:
    """One declaration as it was received, and how it stands."""

    code: str
    seller: str
    facts: Sequence[tuple[str, str]]
    lines: Sequence[tuple[str, str, str]]
    sums: Sequence[tuple[str, str]]
    words: str
    follows: Sequence[str]
    state: str
    address: Sequence[str]
    pdf_url: str
    slip_url: str
    proof_url: str
    proof: str
    proof_photo: str


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """What was received, each declaration with what follows."""

    email: str
    receipts: Sequence[Receipt]
    faults: Mapping[str, str]
    faulty: str
    typed: str
    help_url: str


def receipt_url(code: str) -> str:
    """Where a receipt stands; who has the link may read it."""
    return url_for("orders.receipt", token=sign("receipt", [code]))


def _found(token: str, code: str = "") -> list[WithdrawalView]:
    """What a token opens. Raises NotFound. Loads: 2 statements."""
    codes = unsign("receipt", token)
    if not isinstance(codes, list) or (code and code not in codes):
        raise NotFound(_("There is nothing at this address."))
    return withdrawals_by_code([code] if code else [str(one) for one in codes])


@pages.get("/withdraw/receipts/<token>")
def receipt(token: str) -> Response:
    """The receipt, from the moment it was declared until the money is back."""
    return _page(token, {}, "", "", 200)


def _page(token: str, faults: Mapping[str, str], faulty: str, typed: str, status: int) -> Response:
    found = _found(token)
    given = answer("orders/receipt.html", ReceiptPage(
        found[0].row.email, [_receipt(token, one) for one in found], faults, faulty, typed,
        url_for("dialogue.new", about="/withdraw")), status)
    given.headers["Referrer-Policy"] = "no-referrer"
    given.headers["X-Robots-Tag"] = "noindex"
    given.headers["Cache-Control"] = "private, no-store"
    return given


def _receipt(token: str, one: WithdrawalView) -> Receipt:
    row, waits = one.row, one.row.state in ("awaiting_goods", "declared", "objected")
    here: dict[str, Any] = {"token": token, "code": row.code}
    returns = waits and bool(one.seller)
    return Receipt(
        row.code, str(one.seller.get("name", "")),
        [(_("Receipt"), row.code), (_("Received"), moment(row.declared_at)),
         (_("Order number"), one.part_number or row.order_words), (_("Name"), row.name)],
        [(f"{number(line.qty)} × {line.title}", money(line.minor), right_words(line.right))
         for line in one.lines], receipt_sums(one), row.text, what_follows(one), row.state,
        address_lines(one.return_to, True) if returns else (),
        url_for("orders.receipt_pdf", **here) if row.paper_file else "",
        url_for("orders.return_slip", **here) if returns else "",
        url_for("orders.receipt_proof", **here) if returns and row.proof_at is None else "",
        row.proof or (_("a photo") if row.proof_file else ""),
        url_for("orders.receipt_photo", **here) if row.proof_file else "")


@pages.get("/withdraw/receipts/<token>/<code>.pdf")
@machine
def receipt_pdf(token: str, code: str) -> Response:
    """The receipt as it was made once."""
    row = _found(token, code)[0].row
    return kept_pdf(row.paper_file, row.paper_sha256, row.code)


@pages.get("/withdraw/receipts/<token>/<code>/photo")
@machine
def receipt_photo(token: str, code: str) -> Response:
    """The proof of sending as a photo, for who has the receipt."""
    row = _found(token, code)[0].row
    if row.proof_file is None:
        raise NotFound(_("There is nothing at this address."))
    return photo_answer(row.proof_file)


@pages.get("/withdraw/receipts/<token>/<code>/slip.pdf")
@machine
def return_slip(token: str, code: str) -> Response:
    """What lies in the parcel that goes back: to whom, from whom, which pieces; no prices."""
    one = _found(token, code)[0]
    if not one.seller:
        raise NotFound(_("There is nothing at this address."))
    rows = [(line.qty, line.title) for line in one.lines]
    return pdf_answer(slip_of(one.row.code, one.part_number, one.return_to, one.row.name, rows),
                      one.row.code)


def slip_of(code: str, part: str, goes_to: Mapping[str, object], buyer: str,
            rows: Sequence[tuple[int, str]]) -> bytes:
    """A return slip as PDF."""
    return document_pdf(PaperDocument(
        lang=current_lang(), title=_("Return slip"), number=code, sender=[buyer],
        to=address_lines(goes_to, True),
        facts=[(_("Return"), code), (_("Order number"), part)],
        lead=_("Please lay this slip into the parcel. With the code the seller finds what comes "
               "back; keep the receipt of the post until the money is there."),
        columns=[_("Quantity"), _("Goods"), "", "", ""],
        rows=[PaperRow(number(qty), title, "", "", "", "") for qty, title in rows], totals=[],
        tax_columns=[], taxes=[], notes=[], foot=[[market_name()]],
        issued_on=clock.today(), page_words=_("Page")))


@pages.post("/withdraw/receipts/<token>/<code>/proof", endpoint="receipt_proof")
def receipt_proof(token: str, code: str) -> Response:
    """The buyer shows that the goods are on their way back."""
    row, typed = _found(token, code)[0].row, clean(request.form.get("proof")) or ""
    try:
        photos = sent_photos("photo", 1)
        with committing():
            proof_of_sending(row.id, typed, photos[0] if photos else None)
    except Invalid as fault:
        return _page(token, fault.faults, code, typed, 422)
    flash(_("Kept. The seller sees it."), "good")
    return see_other(url_for("orders.receipt", token=token))
