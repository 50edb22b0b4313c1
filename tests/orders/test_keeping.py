"""Documents stay as they were issued: the database, the PDF, the series of numbers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from marketplace.adapters.doors import doors
from marketplace.adapters.paper.documents import document_pdf
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import hand_over
from marketplace.orders.actions.own_papers import hand_in_document
from marketplace.orders.actions.taxing import keep_billing
from marketplace.orders.models import Document, NumberSeries
from marketplace.orders.queries.keeping import changed_papers, gaps
from marketplace.orders.queries.sheets import sheet_of
from tests.cast import Cast
from tests.orders.hands import part
from tests.orders.papers import GOODS, give_back, ordered, papers, sent, taxed

WINE, CHEESE = ("Wein", 5400, 1, "standard"), ("Käse", 1300, 1, "reduced")
YEAR = clock.today().year


def test_documents_cannot_be_changed(cast: Cast) -> None:
    """orders-21: no statement changes number, snapshot or amounts, or deletes; a PDF comes once."""
    one = sent(cast, WINE)
    changes = {"number": "X-1", "snapshot": {}, "total_minor": 1, "rates": [], "kind": "correction",
               "issued_on": clock.today().replace(year=2020), "vat_minor": 0}
    for name, value in changes.items():
        with pytest.raises(sa.exc.DBAPIError), committing():
            db.session.execute(db.update(Document).values(**{name: value}))
    with pytest.raises(sa.exc.DBAPIError), committing():
        db.session.execute(db.delete(Document))
    run_due()
    assert papers(one)[0].pdf_file
    for value in (None, "other.pdf"):
        with pytest.raises(sa.exc.DBAPIError), committing():
            db.session.execute(db.update(Document).values(pdf_file=value))
    assert len(papers(one)) == 1 and papers(one)[0].number == f"WK-{YEAR}-00001"


def test_the_pdf_is_made_once_from_the_snapshot(cast: Cast) -> None:
    """orders-21: its checksum is kept; made again from the snapshot it is the same to the byte,
    whatever became of seller and goods; a damaged file is noticed.
    """
    one = sent(cast, WINE, CHEESE)
    taxed(cast, "small", legal_name="Anders GmbH", street="Woanders 1")
    assert run_due() > 0
    paper = papers(one)[0]
    body = doors().storage.open(str(paper.pdf_file))
    assert sha256(body).hexdigest() == paper.pdf_sha256 and body.startswith(b"%PDF-1.7")
    assert document_pdf(sheet_of(paper)) == body
    assert list(changed_papers(doors().storage.open, 10)) == []
    path = doors().storage.path(str(paper.pdf_file))
    path.write_bytes(body + b" ")
    assert list(changed_papers(doors().storage.open, 10)) == [(paper.number, paper.pdf_file)]
    client = cast.browser("cleo")
    number = paper.snapshot["order"]
    assert client.get(f"/orders/{number}/documents/{paper.id}.pdf").status_code == 404


def test_fifty_at_once_leave_no_gap(app: Flask, cast: Cast) -> None:
    """orders-17: 50 parallel dispatches, every fifth rolled back: 40 numbers without a gap."""
    parts = [ordered(cast, WINE) for _n in range(50)]
    db.session.remove()
    start = Barrier(25)

    class Undone(RuntimeError):
        """Something that goes wrong after the number was taken."""

    def go(place: int) -> bool:
        if place < 25:
            start.wait(60)
        with app.app_context(), app.test_request_context(method="POST"):
            try:
                with committing():
                    hand_over(parts[place], "Ana")
                    if place % 5 == 4:
                        raise Undone
            except Undone:
                return False
            return True

    with ThreadPoolExecutor(25) as pool:
        done = list(pool.map(go, range(50)))
    assert done.count(True) == 40
    numbers = sorted(db.session.scalars(db.select(Document.number)))
    assert numbers == [f"WK-{YEAR}-{place:05d}" for place in range(1, 41)]
    assert db.session.scalars(db.select(NumberSeries.next)).one() == 41 and gaps() == []
    assert sum(part(one).state == "dispatched" for one in parts) == 40


def test_a_number_series_with_a_gap_is_found(cast: Cast) -> None:
    """The doctor's check can fail: a series that counted on without a document."""
    sent(cast, WINE)
    assert gaps() == []
    with committing():
        db.session.execute(db.update(NumberSeries).values(next=5))
    assert [row[1:] for row in gaps()] == [(YEAR, 1, 4)]


def test_trials_count_apart(cast: Cast) -> None:
    """payments-12: documents of a demo or a trial never enter the series of what is real."""
    numbers = [papers(sent(cast, WINE, mode=mode))[0].number
               for mode in ("demo", "live", "test", "demo")]
    assert numbers == [f"DEMO-WK-{YEAR}-00001", f"WK-{YEAR}-00001", f"TEST-WK-{YEAR}-00001",
                       f"DEMO-WK-{YEAR}-00002"]
    words = sheet_of(db.session.scalars(db.select(Document).order_by(Document.id)).first())
    assert words.trial == "Muster eines Demo-Marktes: Es ist kein Geld geflossen"


def test_a_house_writes_its_own(cast: Cast) -> None:
    """orders 3.9: with `own` nothing is issued; the first that is handed in is the invoice, later
    ones correct it; a number stands once; what the marketplace wrote, it also corrects.
    """
    house = cast.goods(GOODS).producer_id
    ours = sent(cast, WINE)
    with committing():
        keep_billing(house, "own", "kb")
    one = sent(cast, WINE)
    assert papers(one) == []
    for number, kind in (("R/2026-17", "invoice"), ("R/2026-18", "correction")):
        if kind == "correction":
            give_back(one, rest=500)
        with committing():
            assert hand_in_document(one, number, "a.pdf", "0" * 64).kind == kind
    assert [row.total_minor for row in papers(one)] == [6090, -500]
    for number in ("R/2026-17", "", "<b>"):
        with pytest.raises(Invalid), committing():
            hand_in_document(one, number, "a.pdf", "0" * 64)
    with pytest.raises(Conflict), committing():
        hand_in_document(ours, "R-9", "a.pdf", "0" * 64)
    give_back(ours, rest=500)
    assert [row.number for row in papers(ours)] == [f"WK-{YEAR}-00001", f"KB-{YEAR}-00002"]
    assert gaps() == []
    for invoices, prefix in (("own", "zu lang und klein"), ("own", "demo"), ("nobody", "")):
        with pytest.raises(Invalid), committing():
            keep_billing(house, invoices, prefix)
