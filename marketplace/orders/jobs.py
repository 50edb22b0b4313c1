"""Background work of `orders`."""

from __future__ import annotations

from hashlib import sha256

from marketplace.adapters.doors import doors
from marketplace.adapters.paper.documents import document_pdf
from marketplace.adapters.paper.einvoices import with_einvoice
from marketplace.catalog.actions.watching import warn_low
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import enqueue, job
from marketplace.orders.actions import expire_due
from marketplace.orders.actions.complaining import wait_for_buyers
from marketplace.orders.actions.documents import LATER, keep_paper
from marketplace.orders.actions.figures import count_dispatch
from marketplace.orders.actions.handing import lies_in_a_parcel
from marketplace.orders.actions.parcels import ask_silent
from marketplace.orders.actions.promising import (
    look_for_vanished,
    remind_sellers,
    tell_broken,
)
from marketplace.orders.actions.retention import drop_documents, forget_buyers
from marketplace.orders.actions.withdrawal import keep_receipt
from marketplace.orders.models import Document, Withdrawal
from marketplace.orders.queries import sold_lately
from marketplace.orders.queries.documents import unsent_papers
from marketplace.orders.queries.einvoices import einvoice_of
from marketplace.orders.queries.receipts import receipt_sheet
from marketplace.orders.queries.sheets import sheet_of


@job("orders.expire", every_seconds=300)
def expire() -> None:
    """End unpaid parts whose time is over."""
    with committing():
        expire_due()


@job("orders.figures", every_seconds=86_400)
def figures() -> None:
    """Count how often producers kept their day of dispatch."""
    with committing():
        count_dispatch()


@job("orders.low_stock", every_seconds=3600)
def low_stock() -> None:
    """Warn producers whose stock fell to its limit, once each."""
    sold = sold_lately()
    with committing():
        warn_low(sold)


@job("orders.paper")
def paper(document_id: int) -> None:
    """Make the PDF of a document from its snapshot, once; it is never made over."""
    row = db.session.get(Document, document_id, populate_existing=True)
    if row is None or row.pdf_file is not None:
        return
    body = document_pdf(sheet_of(row))
    if row.issuer == "operator":
        body = with_einvoice(body, einvoice_of(row), row.lang)
    db.session.rollback()
    name = doors().storage.put(body, "pdf")
    with committing():
        keep_paper(document_id, name, sha256(body).hexdigest())


@job("orders.missing_papers", every_seconds=3600)
def missing_papers() -> None:
    """Ask again for PDFs whose job was given up."""
    with committing():
        for document_id in unsent_papers():
            enqueue("orders.paper", str(document_id), priority=LATER, document_id=document_id)


@job("orders.drop_picture")
def drop_picture(name: str) -> None:
    """The picture of an unpacked parcel goes, unless it was put into another one meanwhile."""
    if not lies_in_a_parcel(name):
        doors().storage.delete(name)


@job("orders.receipt")
def receipt(withdrawal_id: int) -> None:
    """Make the PDF of a receipt, once; page and mail stand without it."""
    row = db.session.get(Withdrawal, withdrawal_id, populate_existing=True)
    if row is None or row.paper_file is not None:
        return
    body = document_pdf(receipt_sheet(withdrawal_id))
    db.session.rollback()
    name = doors().storage.put(body, "pdf")
    with committing():
        keep_receipt(withdrawal_id, name, sha256(body).hexdigest())


@job("orders.complaints", every_seconds=3600)
def complaints() -> None:
    """Offers that nobody answered for fourteen days wait; none is solved by itself."""
    with committing():
        wait_for_buyers()


@job("orders.promises", every_seconds=1800)
def promises() -> None:
    """Remind sellers, tell buyers of broken days, and the market of sellers who vanished."""
    for act in (remind_sellers, tell_broken, look_for_vanished):
        with committing():
            act()


@job("orders.silent", every_seconds=21_600)
def silent() -> None:
    """Ask the buyers of parcels that nobody heard of for ten days."""
    with committing():
        ask_silent()


@job("orders.retention", every_seconds=86_400)
def retention() -> None:
    """Documents whose years are over go, and what is left of a buyer with them."""
    with committing():
        files = drop_documents()
    with committing():
        files += forget_buyers()
    for name in files:
        doors().storage.delete(name)
