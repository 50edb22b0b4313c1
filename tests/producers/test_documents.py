"""Documents beside evidence: read by their house and the operator, gone with the confirmation."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from PIL import Image

from marketplace.adapters.doors import doors
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import kinds, run_due
from marketplace.producers.models import Evidence, Producer, Staff
from tests.cast import Cast
from tests.producers.test_evidence import decided, handed_in, page

UNTIL = date(2099, 1, 1)
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def scan() -> tuple[BytesIO, str]:
    """A scanned certificate that knows where it was taken."""
    body, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "Kellerweg 5"
    Image.new("RGB", (300, 400), "#F1EADF").save(body, "JPEG", exif=exif)
    body.seek(0)
    return body, "scan.jpg"


def one() -> Evidence:
    """The only row."""
    db.session.rollback()
    return db.session.scalars(db.select(Evidence)).one()


def test_document_is_read_by_house_and_operator_alone(cast: Cast) -> None:
    """producers-17: owner, editor and operator 200; service and shipping 403; everybody else, and
    who has another house, 404; the public address of files gives nothing out, nor does the page.
    """
    number = handed_in(cast, UNTIL, document=(BytesIO(PDF), "zertifikat.pdf"))
    house, file = one().producer_id, one().document
    people = {handle: cast.id(handle) for handle in ("gina", "dan", "eva")}
    db.session.rollback()
    with committing():
        for handle, role in (("gina", "editor"), ("dan", "shipping"), ("eva", "service")):
            db.session.add(Staff(producer_id=house, person_id=people[handle], role=role,
                                 shown_name=handle, since=clock.today()))
    address = f"/studio/evidence/{number}/document"
    for who, status in (("ana", 200), ("gina", 200), ("olga", 200), ("dan", 403), ("eva", 403),
                        ("bert", 404), ("cleo", 404), ("max", 404)):
        assert cast.browser(who).get(address).status_code == status, who
    visitor = cast.app.test_client()
    assert visitor.get(address).status_code == 303
    assert visitor.get(f"/files/{file}").status_code == 404
    got = cast.browser("olga").get(address)
    assert got.data == PDF and got.mimetype == "application/pdf"
    assert got.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in got.headers["Content-Disposition"]
    assert decided(cast, number) == 303
    assert "/document" not in page(cast) and str(file) not in page(cast)


def test_operator_sees_the_document_beside_the_fields(cast: Cast) -> None:
    """producers 3.2: a picture is drawn beside the fields, without what the camera knew."""
    number = handed_in(cast, UNTIL, document=scan())
    address = f"/studio/evidence/{number}/document"
    html = cast.browser("olga").get(f"/operator/producers/evidence/{number}").get_data(
        as_text=True)
    assert f'<img src="{address}"' in html and "DE-ÖKO-006-4711" in html
    assert address in cast.browser("ana").get("/studio/evidence").get_data(as_text=True)
    seen = cast.browser("olga").get(address)
    assert seen.mimetype == "image/jpeg" and b"Kellerweg" not in seen.data
    assert Image.open(BytesIO(seen.data)).size == (300, 400)


def test_public_address_is_marked_as_leading_elsewhere(cast: Cast) -> None:
    """producers-17: where anybody can look it up stands on the page, without passing weight on."""
    assert decided(cast, handed_in(cast, UNTIL)) == 303
    link = page(cast).split('href="https://example.org/4711"')[1].split("</a>")[0]
    assert 'rel="noopener nofollow"' in link and "#away" in link


def test_document_goes_with_its_confirmation(cast: Cast) -> None:
    """producers-17: replaced, taken out, at its end, and six months after the end of the house:
    the file is gone; one that another row names stays.
    """
    until = clock.today() + timedelta(days=40)
    handed_in(cast, until, document=scan())
    first = one().document
    assert first is not None
    handed_in(cast, until, document=(BytesIO(PDF), "neu.pdf"))
    second = one().document
    run_due()
    storage = doors().storage
    assert not storage.path(first).is_file() and storage.path(str(second)).is_file()
    handed_in(cast, until)
    assert one().document == second
    other = handed_in(cast, UNTIL, number="DE-ÖKO-006-4712", document=(BytesIO(PDF), "neu.pdf"))
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        kinds()["producers.evidence"].run()
        run_due()
    db.session.rollback()
    assert [row.document for row in db.session.scalars(
        db.select(Evidence).order_by(Evidence.id))] == [None, second]
    assert storage.path(str(second)).is_file()
    assert cast.post(cast.browser("ana"), "/studio/evidence", out=str(other)).status_code == 303
    run_due()
    assert not storage.path(str(second)).is_file()


def test_documents_go_six_months_after_the_end_of_the_house(cast: Cast) -> None:
    """producers-14: with the trader data: ended 2026-03-31, there on 2026-09-30, gone after it."""
    handed_in(cast, UNTIL, document=(BytesIO(PDF), "z.pdf"))
    db.session.rollback()
    with committing():
        db.session.execute(db.update(Producer).where(Producer.slug == "weingut-kaltbach").values(
            state="ended", ended_on=date(2026, 3, 31)))
    for day, there in (("2026-09-30", True), ("2026-10-01", False)):
        with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
            kinds()["producers.forget"].run()
        assert (one().document is not None) is there, day


@pytest.mark.parametrize(("body", "words"), [
    (b"MZ" * 50, "ein PDF oder ein Bild schon"), (b"%PDF-1.7 ohne Ende", "lässt sich nicht"),
    (b"%PDF-" + bytes(3000), "zu groß: höchstens 10 MB")])
def test_bad_documents_are_refused_beside_their_field(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, body: bytes, words: str
) -> None:
    """By content, whatever the name says; the other words stay and nothing is kept."""
    monkeypatch.setattr("marketplace.producers.views.documents.MOST_BYTES", 3000)
    answer = cast.post(cast.browser("ana"), "/studio/evidence", kind="organic", issuer="ABCERT",
                       number="DE-ÖKO-006", until="2099-01-01",
                       document=(BytesIO(body), "zertifikat.pdf"))
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'id="f-document-fault"' in html and words in html
    assert 'value="DE-ÖKO-006"' in html
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(Evidence.id))) == 0
