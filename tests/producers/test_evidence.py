"""What others confirm: handed in, compared, shown in words, hidden on its day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from PIL import Image

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.jobs import kinds
from marketplace.producers.models import Evidence
from marketplace.producers.queries import evidence_kinds, valid_evidence
from tests.cast import Cast

HOUSE = "/producers/weingut-kaltbach"
WHY = "Verzeichnis der Kontrollstelle, heute nachgesehen."


def handed_in(cast: Cast, until: date, **other: Any) -> int:
    """Ana hands a certificate in; its id."""
    sent = cast.post(cast.browser("ana"), "/studio/evidence", **{
        "kind": "organic", "issuer": "ABCERT", "number": "DE-ÖKO-006-4711",
        "until": until.isoformat(), "public_url": "https://example.org/4711", **other})
    assert sent.status_code == 303, sent.get_data(as_text=True)
    db.session.rollback()
    return int(db.session.scalar(db.select(db.func.max(Evidence.id))) or 0)


def decided(cast: Cast, evidence_id: int, outcome: str = "checked", why: str = WHY) -> int:
    """Olga compares it; the status of the answer."""
    return int(cast.post(cast.browser("olga"), f"/operator/producers/evidence/{evidence_id}",
                         outcome=outcome, why=why).status_code)


def page(cast: Cast) -> str:
    """What a visitor reads of the house."""
    from marketplace.foundation.kept import forget

    forget()
    db.session.rollback()
    return cast.app.test_client().get(HOUSE).get_data(as_text=True)


def test_evidence_shows_after_the_check_and_vanishes_on_its_day(cast: Cast) -> None:
    """producers-17: issuer, number and date in words once checked; on the last day it is gone,
    whether a job ran or not, and its kind carries no claim any more.
    """
    until = clock.today() + timedelta(days=60)
    producer_id = cast.goods("riesling-vom-schiefer").producer_id
    one = handed_in(cast, until)
    assert "DE-ÖKO-006-4711" not in page(cast)
    assert not evidence_kinds(producer_id, clock.today())
    assert decided(cast, one) == 303
    html = page(cast)
    assert "ABCERT, DE-ÖKO-006-4711" in html and "https://example.org/4711" in html
    assert evidence_kinds(producer_id, until - timedelta(days=1)) == {"organic"}
    assert evidence_kinds(producer_id, until) == frozenset()
    assert valid_evidence(producer_id, until) == []
    with time_machine.travel(f"{until}T06:00:00+00:00", tick=False):
        assert "DE-ÖKO-006-4711" not in page(cast)


def test_house_is_warned_thirty_days_before_and_told_at_the_end(cast: Cast) -> None:
    """producers 5: one warning from day -30 on, by mail too; one word at the end, not twice."""
    until = date(2027, 6, 30)
    assert decided(cast, handed_in(cast, until)) == 303
    for day, warned, over in (("2027-05-30", 0, 0), ("2027-05-31", 1, 0), ("2027-06-01", 1, 0),
                              ("2027-06-30", 1, 1), ("2027-07-01", 1, 1)):
        with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
            db.session.rollback()
            kinds()["producers.evidence"].run()
            db.session.rollback()
            found = {row[0]: row[1] for row in db.session.execute(db.text(
                "SELECT title, sum(count) FROM notices WHERE title LIKE 'evidence_%' "
                "GROUP BY title"))}
            assert found.get("evidence_ending", 0) == warned, day
            assert found.get("evidence_over", 0) == over, day
    letters = db.session.scalars(db.text("SELECT template FROM letters "
                                         "WHERE template = 'evidence_ending'")).all()
    assert len(letters) == 1


def test_what_does_not_fit_goes_back_with_words(cast: Cast) -> None:
    """It is not shown, the house reads why; handed in once more it waits again; ticked once."""
    until = clock.today() + timedelta(days=90)
    one = handed_in(cast, until)
    assert decided(cast, one, "back", "zu kurz") == 422
    assert decided(cast, one, "back", "Die Nummer gehört einem anderen Betrieb.") == 303
    assert decided(cast, one) == 404
    studio = cast.browser("ana").get("/studio/evidence").get_data(as_text=True)
    assert "Die Nummer gehört einem anderen Betrieb." in studio
    assert handed_in(cast, until) == one
    assert decided(cast, one) == 303
    assert decided(cast, one) == 404


@pytest.mark.parametrize(("field", "value"), [
    ("kind", "fair"), ("kind", "sustainable"), ("kind", ""), ("issuer", ""), ("number", "1"),
    ("until", "2020-01-01"), ("until", "bald"), ("public_url", "javascript:alert(1)"),
    ("public_url", "http://example.org/x")])
def test_bad_input_stands_beside_its_field(cast: Cast, field: str, value: str) -> None:
    """producers-17: no kind fair, eco or sustainable; nothing that was typed is lost."""
    sent = cast.post(cast.browser("ana"), "/studio/evidence", **{
        "kind": "organic", "issuer": "ABCERT", "number": "DE-ÖKO-006",
        "until": "2099-01-01", "public_url": "", field: value})
    html = sent.get_data(as_text=True)
    assert sent.status_code == 422
    assert f'id="f-{field}-fault"' in html
    assert field == "issuer" or "ABCERT" in html
    assert db.session.scalar(db.select(Evidence.id)) is None


def test_no_picture_of_a_seal_can_be_handed_in(cast: Cast) -> None:
    """producers-17: the form takes one file, the private document; the table has no column for a
    seal, and the public page draws no picture of what was handed in.
    """
    html = cast.browser("ana").get("/studio/evidence").get_data(as_text=True)
    assert re.findall(r'name="(\w+)" type="file"', html) == ["document"]
    assert not {"picture", "file", "seal"} & set(Evidence.__table__.c.keys())
    before = page(cast).count("<img")
    seal = BytesIO()
    Image.new("RGB", (90, 90), "#24503A").save(seal, "PNG")
    seal.seek(0)
    one = handed_in(cast, clock.today() + timedelta(days=60), document=(seal, "siegel.png"))
    assert decided(cast, one) == 303
    html = page(cast)
    assert "DE-ÖKO-006-4711" in html and html.count("<img") == before


def test_evidence_of_others_is_out_of_reach(cast: Cast) -> None:
    """producers-8: bert cannot take ana's out; ana can, and it shows no more."""
    one = handed_in(cast, clock.today() + timedelta(days=60))
    assert decided(cast, one) == 303
    assert cast.post(cast.browser("bert"), "/studio/evidence", out=str(one)).status_code == 404
    assert "DE-ÖKO-006-4711" in page(cast)
    assert cast.post(cast.browser("ana"), "/studio/evidence", out=str(one)).status_code == 303
    assert "DE-ÖKO-006-4711" not in page(cast)
