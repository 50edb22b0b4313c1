"""Pages of documents, taxes and files: who sees them, and what they say."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import pypdfium2
import pytest
import sqlalchemy as sa
from flask import Flask

from marketplace.catalog.actions import publish
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.jobs import run_due
from marketplace.orders.models import Order, TaxRate
from marketplace.orders.queries.sheets import sheet_of
from marketplace.orders.queries.tax import rates_changed
from marketplace.producers.models import Producer
from tests.cast import Cast
from tests.catalog.goods import draft
from tests.orders.hands import number_of
from tests.orders.papers import GOODS, give_back, ordered, papers, sent, taxed

WINE = ("Wein", 5400, 1, "standard")
YEAR = clock.today().year


def read(pdf: bytes) -> str:
    """The words of a PDF, with single blanks."""
    with pypdfium2.PdfDocument(pdf) as book:
        words = " ".join(page.get_textpage().get_text_range() for page in book)
    return " ".join(words.split())


@pytest.mark.parametrize("lang", ["de", "en"])
def test_page_and_pdf_say_the_same(cast: Cast, lang: str) -> None:
    """orders-21, orders 3.9: every word of the snapshot stands on the page and in the PDF, in the
    buyer's language; until the job has run the page says that the PDF is being made.
    """
    one = sent(cast, WINE, ("Käse", 1300, 1, "reduced"), lang=lang)
    give_back(one, {"Wein": (1, 5400)}, sending=300, rest=50, cause="withdrawal")
    cleo, number = cast.browser("cleo"), number_of(one)
    for paper in papers(one):
        address = f"/orders/{number}/documents/{paper.id}"
        html = cleo.get(address).get_data(as_text=True)
        assert "Das PDF wird erstellt; es ist gleich hier." in html
        assert cleo.get(f"{address}.pdf").status_code == 404
        order = cleo.get(f"/orders/{number}").get_data(as_text=True)
        assert f"{paper.number} (PDF wird erstellt)" in order and address in order
    run_due()
    for paper in papers(one):
        address = f"/orders/{number}/documents/{paper.id}"
        given = cleo.get(f"{address}.pdf")
        assert given.mimetype == "application/pdf"
        assert given.headers["Cache-Control"] == "private, no-store"
        said = read(given.get_data())
        html = " ".join(cleo.get(address).get_data(as_text=True).split())
        for word in sheet_of(paper).every_word:
            plain = " ".join(word.split())
            assert plain in said, plain
            assert plain in html.replace("\xa0", " "), plain


def test_a_pdf_is_tagged_archivable_and_knows_its_language(cast: Cast) -> None:
    """orders 3.9: PDF/A-3 at the accessible level, with a structure tree, fonts inside."""
    one = sent(cast, WINE, lang="en")
    run_due()
    body = cast.browser("cleo").get(
        f"/orders/{number_of(one)}/documents/{papers(one)[0].id}.pdf").get_data()
    with pypdfium2.PdfDocument(body) as book:
        assert pypdfium2.raw.FPDFCatalog_IsTagged(book)
    assert b"<pdfaid:part>3</pdfaid:part>" in body
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in body


def test_a_guest_reads_with_the_order_session_and_nobody_else(app: Flask, cast: Cast) -> None:
    """orders-28, orders-27: the guest's browser sees it; strangers, other houses and the number
    of another order get 404.
    """
    from hashlib import sha256

    one = sent(cast, WINE, who=None)
    other = sent(cast, WINE, who="eva")
    number = number_of(one)
    db.session.rollback()
    with committing():
        db.session.execute(db.update(Order).where(Order.number == number).values(
            guest_secret_hash=sha256(b"secret").hexdigest()))
    address = f"/orders/{number}/documents/{papers(one)[0].id}"
    guest = app.test_client()
    assert guest.get(address).status_code == 404
    assert guest.get(f"/orders/{number}?k=secret").status_code == 303
    page = guest.get(address)
    assert page.status_code == 200 and page.headers["Referrer-Policy"] == "no-referrer"
    assert guest.get(f"/orders/{number}/documents/{papers(other)[0].id}").status_code == 404
    for who in ("eva", "bert", "dan"):
        assert cast.browser(who).get(address).status_code == 404, who
        assert cast.browser(who).get(f"/studio/documents/{papers(one)[0].id}").status_code == 404
    assert cast.browser("ana").get(f"/studio/documents/{papers(one)[0].id}").status_code == 200


def test_a_house_hands_its_own_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """orders 3.9: switched on the page of taxes; what is wrong stands beside its field and the
    number stays; afterwards the buyer finds it.
    """
    monkeypatch.setattr("marketplace.orders.views.documents.MOST_BYTES", 1_000)
    ana, cleo = cast.browser("ana"), cast.browser("cleo")
    assert cast.post(ana, "/studio/taxes", invoices="own", prefix="!").status_code == 422
    assert cast.post(ana, "/studio/taxes", invoices="own", prefix="kb").status_code == 303
    one = sent(cast, WINE)
    number = number_of(one)
    address = f"/studio/orders/{number}-1/document"
    assert address in ana.get("/studio/orders").get_data(as_text=True)
    for file in (None, (BytesIO(b"MZ"), "r.pdf"), (BytesIO(b"%PDF-" + b"0" * 1_000), "r.pdf")):
        more = {} if file is None else {"pdf": file}
        wrong = cast.post(ana, address, number="R-2026-17", **more)
        assert wrong.status_code == 422 and "R-2026-17" in wrong.get_data(as_text=True)
    sent_in = cast.post(ana, address, number="R-2026-17", pdf=(BytesIO(b"%PDF-1.7 x"), "r.pdf"))
    assert sent_in.status_code == 303
    again = cast.post(ana, address, number="R-2026-17", pdf=(BytesIO(b"%PDF-1.7 x"), "r.pdf"))
    assert again.status_code == 422
    (paper,) = papers(one)
    path = f"/orders/{number}/documents/{paper.id}"
    assert "R-2026-17" in cleo.get(f"/orders/{number}").get_data(as_text=True)
    assert "R-2026-17" in cleo.get(path).get_data(as_text=True)
    assert cleo.get(f"{path}.pdf?download=1").get_data() == b"%PDF-1.7 x"


def test_the_page_of_taxes(cast: Cast) -> None:
    """orders 4: status, rate of each kind of goods with its source, and what blocks."""
    ana = cast.browser("ana")
    html = ana.get("/studio/taxes").get_data(as_text=True)
    for words in ("Regelbesteuerung", "19 %", "UStG § 12(1)", "Österreich",
                  "Deine Belege brauchen deine USt-IdNr. oder deine Steuernummer."):
        assert words in html, words
    taxed(cast, "small", vat_id="DE136695976")
    html = ana.get("/studio/taxes").get_data(as_text=True)
    assert "0 %" in html and "UStG § 19" in html and "Deine Belege brauchen" not in html


def test_without_a_rate_nothing_is_sold(cast: Cast) -> None:
    """orders 3.8: a missing row blocks publishing and placing; nothing is guessed."""
    good = draft(cast)
    with committing():
        db.session.execute(db.update(Producer).values(country="ES"))
    with pytest.raises(Conflict, match=r"Steuersatz|VAT rate"):
        ordered(cast, WINE)
    with pytest.raises(Invalid) as fault, committing():
        publish(good)
    assert "category" in fault.value.faults
    blocked = "Der Marktplatz kennt den Satz nicht"
    assert blocked in cast.browser("ana").get("/studio/taxes").get_data(as_text=True)
    eva = cast.browser("eva")
    basket = cast.goods(GOODS).variant_id
    db.session.rollback()
    cast.post(eva, "/basket/lines", variant=basket, qty=1)
    assert "Steuersatz" in eva.get("/basket?lang=de").get_data(as_text=True)
    rows = ("status;country;category;percent;valid_from;source\r\n"
            "regular;ES;standard;21;2012-09-01;Ley 37/1992\r\n")
    olga = cast.browser("olga")
    assert cast.post(olga, "/operator/tax-rates", file=(BytesIO(rows.encode()), "es.csv")
                     ).status_code == 303
    assert "Ley 37/1992" in olga.get("/operator/tax-rates").get_data(as_text=True)
    rates_changed()
    db.session.rollback()
    with committing():
        assert publish(good)
    assert papers(sent(cast, WINE))[0].vat_minor == 1057  # 60.90 at 21 %


def test_a_file_of_rates_is_taken_whole_or_not(cast: Cast) -> None:
    """orders 3.8, section 6: rows that overlap or cannot be read are named, nothing is saved; the
    database refuses an overlap too.
    """
    olga = cast.browser("olga")
    head = "status;country;category;percent;valid_from;source\n"
    count = db.select(db.func.count()).select_from(TaxRate)
    for rows, words in (
            ("regular;AT;standard;20;2016-01-01;A\nregular;AT;reduced;ten;2016-01-01;A\n", "ten"),
            ("regular;AT;standard;20;2016-01-01;A\nregular;DE;standard;16;2020-07-01;B\n",
             "Zeile 3"), ("", "keine Zeile")):
        sent_in = cast.post(olga, "/operator/tax-rates?lang=de",
                            file=(BytesIO((head + rows).encode()), "a.csv"))
        assert sent_in.status_code == 422 and words in sent_in.get_data(as_text=True), words
        db.session.rollback()
        assert db.session.scalar(count) == 5
    for change in ({"valid_from": date(2030, 1, 1)}, {"valid_to": date(2020, 12, 31)}):
        with pytest.raises(sa.exc.DBAPIError), committing():
            db.session.add(TaxRate(**{"status": "regular", "country": "DE", "category": "standard",
                                      "bp": 1, "valid_from": date(2022, 1, 1), **change}))
            db.session.flush()


def test_files_of_a_month(cast: Cast) -> None:
    """orders-40: as many rows as orders, lines and documents; amounts add up; nothing that a
    program could take for a formula; another house has nothing of it.
    """
    one = sent(cast, ("=1+1", 5400, 1, "standard"), ("@Käse", 1300, 2, "reduced"))
    give_back(one, {"=1+1": (1, 5400)})
    ana, month = cast.browser("ana"), f"{YEAR}-{clock.today().month}"
    assert f"orders-{month}.csv" in ana.get("/studio/export/orders").get_data(as_text=True)
    assert "/studio/export/orders" in ana.get("/studio/export").get_data(as_text=True)

    def rows(what: str, who: str = "ana") -> list[dict[str, str]]:
        given = cast.browser(who).get(f"/studio/export/{what}-{month}.csv?lang=de")
        assert given.status_code == 200 and given.get_data().startswith("\ufeff".encode())
        assert not [cell for row in csv.reader(StringIO(given.get_data(as_text=True)[1:]),
                                               delimiter=";") for cell in row
                    if cell[:1] in "=+@\t" and cell]
        return list(csv.DictReader(StringIO(given.get_data(as_text=True)[1:]), delimiter=";"))

    (order,) = rows("orders")
    assert (order["total"], order["refunded"], order["name"]) == ("86,90", "54,00", "Cleo Ärmel")
    assert [row["title"] for row in rows("lines")] == ["'=1+1", "'@Käse"]
    documents = rows("documents")
    assert [row["kind"] for row in documents] == ["invoice", "invoice", "correction"]
    cents = sum(int(row["gross"].replace(",", "")) for row in documents)
    assert cents == 8690 - 5400
    assert documents[-1]["gross"] == "-54,00" and documents[-1]["corrects"].startswith("WK-")
    assert rows("orders", "bert") == rows("documents", "bert") == []
    for wrong in (f"/studio/export/orders-{YEAR}-13.csv", "/studio/export/people-2026-11.csv"):
        assert ana.get(wrong).status_code == 404
