"""Invoices and corrections: as a page for reading and printing, and as the PDF that is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.adapters.paper.contract import PaperDocument
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.orders.actions.own_papers import hand_in_document
from marketplace.orders.models import Document
from marketplace.orders.queries import order_for, studio_part
from marketplace.orders.queries.documents import document_of, own_document
from marketplace.orders.queries.sheets import sheet_of, title_words
from marketplace.orders.views import pages
from marketplace.orders.views.papers import kept_pdf
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, roles_of
from marketplace.web.access import guest_orders, person_id, signed_in, viewer_id
from marketplace.web.answers import answer, machine, see_other
from marketplace.web.formats import day, money
from marketplace.web.forms import clean

MOST_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document to read: the words that are on paper too, and the way to the PDF."""

    title: str
    lang: str
    sheet: PaperDocument | None
    facts: Sequence[tuple[str, str]]
    pdf_url: str
    wait_words: str
    back_url: str
    back_words: str
    help_url: str


@pages.get("/orders/<number>/documents/<int:document_id>")
def document(number: str, document_id: int) -> Response:
    """A document of an order, for its buyer or the browser of its guest."""
    found = _bought(number, document_id)
    back = url_for("orders.order", number=number)
    return _page(found, url_for("orders.document_pdf", number=number, document_id=found.id), back,
                 _("Order %(number)s", number=number.upper()))


@pages.get("/orders/<number>/documents/<int:document_id>.pdf")
@machine
def document_pdf(number: str, document_id: int) -> Response:
    """The same as PDF, as it was made once."""
    return _pdf(_bought(number, document_id))


@pages.get("/studio/documents/<int:document_id>")
@signed_in
def own(document_id: int) -> Response:
    """A document of one's own house."""
    found = _own(document_id)
    return _page(found, url_for("orders.own_pdf", document_id=found.id),
                 url_for("orders.studio"), _("Orders"))


@pages.get("/studio/documents/<int:document_id>.pdf")
@machine
@signed_in
def own_pdf(document_id: int) -> Response:
    """The same as PDF."""
    return _pdf(_own(document_id))


def _bought(number: str, document_id: int) -> Document:
    order_for(number, viewer_id(), guest_orders())
    found = document_of(number, document_id)
    if found is None:
        raise NotFound(_("There is no such document here."))
    return found


def _own(document_id: int) -> Document:
    roles = {role.producer_id: role for role in roles_of(person_id())}
    found = own_document(roles, document_id)
    if found is None:
        raise NotFound(_("There is no such document here."))
    number = found.producer_id or int(found.issuer.removeprefix("producer:"))
    demand(roles[number], "read_orders")
    return found


def _page(row: Document, pdf_url: str, back_url: str, back_words: str) -> Response:
    written_by_us = not row.snapshot.get("own")
    ready = row.pdf_file is not None
    given = answer("orders/document.html", DocumentPage(
        f"{title_words(row.kind)} {row.number}", row.lang,
        sheet_of(row) if written_by_us else None,
        [(_("Number"), row.number), (_("Date"), day(row.issued_on)),
         (_("Amount"), money(row.total_minor, row.currency))],
        pdf_url if ready else "",
        "" if ready else _("The PDF is being made; it will be here in a moment."),
        back_url, back_words, url_for("dialogue.new", about=back_url)))
    given.headers["Referrer-Policy"] = "no-referrer"
    return given


def _pdf(row: Document) -> Response:
    return kept_pdf(row.pdf_file, row.pdf_sha256, row.number)


@dataclass(frozen=True, slots=True)
class HandInPage:
    """The form for a document that the house wrote itself."""

    number: str
    producer: str
    typed: str
    faults: Mapping[str, str]
    url: str
    back_url: str
    help_url: str


@pages.get("/studio/orders/<number>/document")
@signed_in
def hand_in(number: str) -> Response:
    """The form for a document of one's own."""
    role, _part_id = _sold(number)
    return _form(number, role, "", {}, 200)


@pages.post("/studio/orders/<number>/document")
@signed_in
def hand_in_post(number: str) -> Response:
    """Keep a document of one's own: its number and the PDF."""
    role, part_id = _sold(number)
    sent, typed = request.files.get("pdf"), clean(request.form.get("number")) or ""
    body = sent.read(MOST_BYTES + 1) if sent else b""
    try:
        if not body.startswith(b"%PDF-"):
            raise Invalid({"pdf": _("Please choose a PDF.")})
        if len(body) > MOST_BYTES:
            raise Invalid({"pdf": _("At most 5 MB, please.")})
        file = doors().storage.put(body, "pdf")
        with committing():
            hand_in_document(part_id, typed, file, sha256(body).hexdigest())
    except Invalid as fault:
        return _form(number, role, typed, fault.faults, 422)
    flash(_("Kept. The buyer finds it beside the order."), "good")
    return see_other(url_for("orders.studio", producer=role.slug))


def _form(number: str, role: Role, typed: str, faults: Mapping[str, str], status: int
          ) -> Response:
    return answer("orders/hand_in.html", HandInPage(
        number.upper(), role.name, typed, faults, url_for("orders.hand_in_post", number=number),
        url_for("orders.studio", producer=role.slug),
        url_for("dialogue.new", about="/studio/orders")), status)


def _sold(number: str) -> tuple[Role, int]:
    """The house that sold a part, and the part. Raises NotFound, NotYours."""
    for role in roles_of(person_id()):
        found = studio_part(role.producer_id, number)
        if found is not None:
            demand(role, "orders")
            return role, found[0].id
    raise NotFound(_("There is no such order here."))
