"""Withdrawing by the pages: guest and member, two buttons, receipt, proof, seller and operator."""

from __future__ import annotations

import io
import re
from datetime import date
from email import message_from_bytes

import pypdfium2
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import deliver, hand_over, mark_paid
from marketplace.orders.models import Withdrawal
from tests.cast import Cast
from tests.orders.hands import number_of, part, placed

WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"
WHO = {"name": "Cleo Ärmel", "email": "cleo@example.org"}


def arrived(cast: Cast, *goods: tuple[str, int], who: str | None = None) -> list[int]:
    """A guest's order, or a member's, that arrived."""
    parts = placed(cast, *goods, who=who)
    with committing():
        for one in parts:
            mark_paid(one, "system")
            hand_over(one, "Ana")
            deliver(one, "buyer")
    return parts


def fields(page: str) -> dict[str, str]:
    """Names and values of the numbers that can be chosen."""
    return dict(re.findall(
        r'name="(qty\d+)" type="number"[^>]* value="(\d+)"', page))


def newest() -> Withdrawal:
    """The last declaration."""
    db.session.rollback()
    return db.session.scalars(db.select(Withdrawal).order_by(Withdrawal.id.desc())
                              .limit(1).execution_options(populate_existing=True)).one()


def test_a_guest_chooses_pieces_by_seller(
    app: Flask, cast: Cast, client: FlaskClient, statements: list[str]
) -> None:
    """orders-11, orders-39, 8: number and e-mail show the lines of each seller with their pieces;
    the exact words of both buttons; link, button, button; nobody asks why or offers anything; the
    receipt says content, day and time; at most six statements a step.
    """
    wine, _hat = arrived(cast, (WINE, 3), (HAT, 1))
    number = number_of(wine)
    first = client.get(f"/withdraw?number={number}", headers={"Accept-Language": "de"})
    assert "Vertrag widerrufen</span></button>" in first.get_data(as_text=True)
    db.session.rollback()
    statements.clear()
    page = cast.post(client, "/withdraw", **WHO, order_words=number,
                     step="look").get_data(as_text=True)
    assert len(statements) <= 6
    assert "Widerruf bestätigen</span></button>" in page
    assert "Feldweg" not in page and "11,40" not in page
    chosen = fields(page)
    assert sorted(chosen.values()) == ["1", "3"]
    some = {**chosen, min(chosen, key=lambda name: int(name[3:])): "2"}
    hat = max(some, key=lambda name: int(name[3:]))
    statements.clear()
    done = cast.post(client, "/withdraw", **WHO, order_words=number, step="confirm",
                     **{**some, hat: "0"})
    assert done.status_code == 303
    told = client.get(done.location).get_data(as_text=True)
    row = newest()
    for words in (row.code, "2 ×", "22,80", "Hiermit widerrufe ich", "Eingegangen"):
        assert words in told, words
    assert row.state == "awaiting_goods" and row.seller_order_id == wine
    again = cast.post(client, "/withdraw", **WHO, order_words=number, step="confirm",
                      **{**some, hat: "0"})
    assert client.get(again.location).get_data(as_text=True).count(row.code) >= 1
    assert db.session.scalar(db.select(db.func.count()).select_from(Withdrawal)) == 1


def test_a_wrong_pair_shows_nothing(cast: Cast, client: FlaskClient) -> None:
    """orders-12: the same free form; recorded; the operator has it at once and gives it its order;
    the people of the market are told.
    """
    wine, = arrived(cast, (WINE, 1))
    other = {**WHO, "email": "somebody@example.org", "order_words": number_of(wine)}
    page = cast.post(client, "/withdraw", **other, step="look").get_data(as_text=True)
    assert not fields(page) and WINE not in page
    told = client.get(cast.post(client, "/withdraw", **other, step="confirm").location)
    assert WINE not in told.get_data(as_text=True)
    code = newest().code
    olga = cast.browser("olga")
    assert code in olga.get("/operator/orders").get_data(as_text=True)
    assert code in olga.get("/account/notices").get_data(as_text=True)
    wrong = cast.post(olga, f"/operator/withdrawals/{code}", number="AAAA-1")
    assert wrong.status_code == 422 and "AAAA-1" in wrong.get_data(as_text=True)
    assert cast.post(olga, f"/operator/withdrawals/{code}",
                     number=part(wine).number).status_code == 303
    assert newest().state == "awaiting_goods"


def test_nothing_chosen_and_nothing_typed(cast: Cast, client: FlaskClient) -> None:
    """orders-11, house errors: a sentence beside the field; what was typed is kept."""
    wine, = arrived(cast, (WINE, 2))
    page = cast.post(client, "/withdraw", name="", email="x", order_words="", step="look")
    assert page.status_code == 422
    words = {**WHO, "order_words": number_of(wine)}
    look = cast.post(client, "/withdraw", **words, step="look").get_data(as_text=True)
    none = cast.post(client, "/withdraw", **words, step="confirm",
                     **dict.fromkeys(fields(look), "0"))
    assert none.status_code == 422
    assert list(fields(none.get_data(as_text=True)).values()) == ["0"]
    back = cast.post(client, "/withdraw/change", **words).get_data(as_text=True)
    assert f'value="{number_of(wine)}"' in back and "Cleo Ärmel" in back


def test_receipt_mail_paper_and_proof(app: Flask, cast: Cast, client: FlaskClient) -> None:
    """orders-11, 3.6: mail and PDF come from the jobs of the request, the PDF goes with the mail;
    the proof is a number or a photo; a token of somebody else opens nothing.
    """
    wine, = arrived(cast, (WINE, 2))
    done = cast.post(client, "/withdraw", **WHO, order_words=number_of(wine), step="confirm")
    run_due()
    row = newest()
    mail = app.extensions["doors"].mail
    letter = next(found for found in map(mail.read, mail.names()) if row.code in found.subject)
    for words in ("2 × riesling", "Hiermit widerrufe ich", "/withdraw/receipts/"):
        assert words in letter.text, words
    assert row.paper_file and row.paper_sha256
    pdf = client.get(f"{done.location}/{row.code}.pdf")
    assert pdf.status_code == 200 and pdf.data.startswith(b"%PDF")
    whole = next(one for one in (message_from_bytes((mail.folder / name).read_bytes())
                                 for name in mail.names()) if row.code in str(one["Subject"]))
    enclosed = [one for one in whole.walk() if one.get_content_type() == "application/pdf"]
    assert [(one.get_filename(), one.get_payload(decode=True)) for one in enclosed] == [
        (f"{row.code}.pdf", pdf.data)]
    slip = client.get(f"{done.location}/{row.code}/slip.pdf")
    assert slip.data.startswith(b"%PDF")
    assert client.get("/withdraw/receipts/none").status_code == 404
    assert client.get(f"{done.location}/AAAAAAAA.pdf").status_code == 404
    empty = cast.post(client, f"{done.location}/{row.code}/proof", proof="")
    assert empty.status_code == 422
    broken = cast.post(client, f"{done.location}/{row.code}/proof",
                       photo=(io.BytesIO(b"no picture"), "beleg.jpg"), proof="DHL")
    assert broken.status_code == 422 and newest().state == "awaiting_goods"
    shot = io.BytesIO()
    Image.new("RGB", (60, 60), "#8A2F3C").save(shot, "PNG")
    good = cast.post(client, f"{done.location}/{row.code}/proof",
                     photo=(io.BytesIO(shot.getvalue()), "beleg.png"))
    assert good.status_code == 303
    assert newest().state == "refund_due" and newest().proof_file


def test_the_seller_answers(cast: Cast, client: FlaskClient) -> None:
    """orders-9, orders-11: the seller sees it at the order with the person's name in the history,
    says that the goods are back; another house finds nothing.
    """
    wine, = arrived(cast, (WINE, 2), who="cleo")
    cast.post(client, "/withdraw", **WHO, order_words=number_of(wine), step="confirm")
    code, number = newest().code, part(wine).number
    ana, bert = cast.browser("ana"), cast.browser("bert")
    assert code in ana.get(f"/studio/orders/{number}").get_data(as_text=True)
    assert bert.get(f"/studio/orders/{number}").status_code == 404
    path = f"/studio/orders/{number}/withdrawals/{code}"
    assert cast.post(bert, path, act="back").status_code == 404
    assert cast.post(ana, path, act="object", reason="late", words="").status_code == 422
    assert cast.post(ana, path, act="back").status_code == 303
    assert newest().state == "refund_due"
    assert cast.post(ana, path, act="back").status_code == 409
    page = cast.browser("cleo").get(f"/orders/{number_of(wine)}").get_data(as_text=True)
    assert code in page and "/withdraw/receipts/" in page


def test_late_ones_are_explained(cast: Cast, client: FlaskClient) -> None:
    """orders-11: after the deadline the page explains and takes it all the same."""
    wine, = arrived(cast, (WINE, 2))
    with committing():
        part(wine).withdraw_until = date(2026, 1, 2)
        db.session.flush()
    words = {**WHO, "order_words": number_of(wine)}
    page = cast.post(client, "/withdraw", **words, step="look").get_data(as_text=True)
    assert "nach Frist" in page
    told = client.get(cast.post(client, "/withdraw", **words, step="confirm").location)
    assert "nach Frist" in told.get_data(as_text=True) and newest().state == "declared"
    assert "/withdraw" in client.get("/").get_data(as_text=True).rsplit("<footer", 1)[1]


def test_goods_come_back_to_where_the_house_wants_them(cast: Cast, client: FlaskClient) -> None:
    """orders 3.6: the page of the withdrawal and its slip name the address of the house's choice,
    without it the seller's; a half address is refused with what is missing and loses nothing.
    """
    wine, = arrived(cast, (WINE, 1))
    ana, url = cast.browser("ana"), "/studio/shipping/return"
    half = cast.post(ana, url, r_name="Kelterhalle", r_street="Am Tor 5", r_country="xx")
    said = half.get_data(as_text=True)
    assert half.status_code == 422 and 'value="Kelterhalle"' in said and said.count("f-r_") >= 6
    assert cast.post(ana, url, r_name="Kelterhalle", r_street="Am Tor 5", r_postcode="54340",
                     r_city="Leiwen", r_country="de").status_code == 303
    assert 'value="Leiwen"' in ana.get("/studio/shipping").get_data(as_text=True)
    done = cast.post(client, "/withdraw", **WHO, order_words=number_of(wine), step="confirm")
    page = client.get(done.location).get_data(as_text=True)
    assert "Kelterhalle" in page and "54340 Leiwen" in page
    with pypdfium2.PdfDocument(client.get(f"{done.location}/{newest().code}/slip.pdf").data
                               ) as paper:
        assert "54340 Leiwen" in paper[0].get_textpage().get_text_range()
    assert cast.post(ana, url).status_code == 303
    page = client.get(done.location).get_data(as_text=True)
    assert "Kelterhalle" not in page
