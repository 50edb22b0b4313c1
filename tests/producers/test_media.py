"""Photographs with words, claims that need proof, and who counts as staff."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.foundation.kept import forget
from marketplace.producers.models import Evidence, Producer, ProducerMedia, ProducerText, Staff
from marketplace.producers.queries import same_subject, staff_of
from tests.cast import Cast

HOUSE = "/producers/weingut-kaltbach"
WINE = "riesling-vom-schiefer"
WORDS = {"place": "Kaltbach", "region": "Mosel", "teaser_de": "Wein vom Schiefer."}


def photo() -> tuple[BytesIO, str]:
    """A photograph of 64 x 48 pixels."""
    body = BytesIO()
    Image.new("RGB", (640, 480), "#24503A").save(body, "JPEG")
    body.seek(0)
    return body, "hang.jpg"


def page(cast: Cast) -> str:
    """What a visitor reads of the house now."""
    forget()
    db.session.rollback()
    return cast.app.test_client().get(HOUSE).get_data(as_text=True)


def test_photograph_shows_with_its_words(cast: Cast) -> None:
    """producers-10: without words refused and nothing kept; with words it stands on the page with
    its alt text; bert cannot take it out, ana can.
    """
    ana = cast.browser("ana")
    no = cast.post(ana, "/studio/pictures", picture=photo(), alt_de="")
    assert no.status_code == 422 and 'id="f-alt_de-fault"' in no.get_data(as_text=True)
    empty = cast.post(ana, "/studio/pictures", alt_de="Der Hang")
    assert empty.status_code == 422 and 'value="Der Hang"' in empty.get_data(as_text=True)
    broken = cast.post(ana, "/studio/pictures", picture=(BytesIO(b"MZ"), "x.jpg"), alt_de="Hang")
    assert broken.status_code == 422
    assert db.session.scalar(sa.select(sa.func.count(ProducerMedia.id))) == 0
    db.session.rollback()
    assert cast.post(ana, "/studio/pictures", picture=photo(), alt_de="Der Hang über dem Dorf"
                     ).status_code == 303
    assert "Der Hang über dem Dorf" not in page(cast)
    run_due()
    html = page(cast)
    assert 'alt="Der Hang über dem Dorf"' in html and "image/avif" in html
    one = str(db.session.scalar(sa.select(ProducerMedia.id)))
    db.session.rollback()
    assert cast.post(cast.browser("bert"), "/studio/pictures", out=one).status_code == 404
    assert cast.post(ana, "/studio/pictures", out=one).status_code == 303
    assert "Der Hang über dem Dorf" not in page(cast)


def test_film_needs_its_words_in_writing(cast: Cast) -> None:
    """producers-10: the database refuses a film without transcript, and any picture without alt."""
    house = cast.goods(WINE).producer_id
    db.session.rollback()
    for kind, alt, transcript, fine in (
            ("video", "Lese", None, False), ("video", "Lese", "", False),
            ("photo", "", None, False), ("video", "Lese", "Wir lesen am Hang.", True)):
        try:
            with committing():
                db.session.add(ProducerMedia(producer_id=house, file="x", kind=kind, alt_de=alt,
                                             alt_en="", transcript=transcript))
            written = True
        except sa.exc.IntegrityError:
            written = False
        assert written is fine, (kind, transcript)


def test_claims_need_proof_in_words_of_the_house(cast: Cast) -> None:
    """producers 6: teaser, story and method with "bio" are refused naming law and remedy, the
    words stay; with valid evidence they pass; an old text is not held against another change.
    """
    ana = cast.browser("ana")
    claim = {**WORDS, "story_de": "Unser Bio-Wein wächst am Hang."}
    no = cast.post(ana, "/studio/profile", **claim)
    html = no.get_data(as_text=True)
    assert no.status_code == 422
    assert 'id="f-story_de-fault"' in html and "2018/848" in html and "Unser Bio-Wein" in html
    assert cast.post(ana, "/studio/profile", **{**WORDS, "teaser_de": "Klimaneutraler Wein."}
                     ).status_code == 422
    assert db.session.scalar(sa.select(ProducerText.id)) is None
    house, olga = cast.goods(WINE).producer_id, cast.id("olga")
    db.session.rollback()
    with committing():
        db.session.add(Evidence(
            producer_id=house, kind="organic", issuer="ABCERT", number="DE-ÖKO-006",
            until=date(2099, 1, 1), handed_in_at=clock.now(), checked_by=olga,
            checked_at=clock.now()))
    assert cast.post(ana, "/studio/profile", **claim).status_code == 303
    db.session.rollback()
    with committing():
        db.session.execute(sa.delete(Evidence))
    assert cast.post(ana, "/studio/profile", **{**claim, "region": "Mittelmosel",
                                                "v_story_de": "1"}).status_code == 303


def test_only_those_who_answer_are_verified_staff(cast: Cast) -> None:
    """producers-28: shipping gets 403 in a thread of the house, service answers signed; a stranger
    of the same trade is found by `same_subject`, of another trade not.
    """
    house = cast.goods(WINE).producer_id
    here = str(cast.post(cast.browser("cleo"), f"/threads/new?about={HOUSE}", kind="question",
                         title="Wann lest ihr?", words="Ich käme gern.", openness="public",
                         step="send").location)
    db.session.rollback()
    with committing():
        for handle, role in (("gina", "service"), ("dan", "shipping")):
            db.session.add(Staff(producer_id=house, person_id=cast.id(handle), role=role,
                                 shown_name=handle.title(), since=clock.today()))
    assert {row.role for row in staff_of(house)} == {"owner", "service", "shipping"}
    assert cast.post(cast.browser("dan"), here, words="Morgen kommt es an.").status_code == 403
    assert cast.post(cast.browser("gina"), here, words="Ab September.").status_code == 303
    assert "Gina, Weingut Kaltbach" in cast.app.test_client().get(here).get_data(as_text=True)
    bert = cast.id("bert")
    assert not same_subject(bert, house)
    db.session.rollback()
    with committing():
        wine = db.session.scalar(sa.select(Producer.subject_id).where(Producer.id == house))
        db.session.execute(sa.update(Producer).where(Producer.slug == "nordgarn")
                           .values(subject_id=wine))
    assert same_subject(bert, house)


def test_versions_of_words_refuse_changes(cast: Cast) -> None:
    """producers-6: the table is append-only on both engines; words can be emptied, and the writer
    forgotten, where the law asks for it.
    """
    ana = cast.browser("ana")
    assert cast.post(ana, "/studio/profile", **WORDS, story_de="Die erste Fassung."
                     ).status_code == 303
    for change, fine in (("words = 'anders'", False), ("version = 7", False),
                         ("person_id = NULL", True), ("words = ''", True)):
        db.session.rollback()
        try:
            with committing():
                db.session.execute(db.text(f"UPDATE producer_texts SET {change}"))
            done = True
        except sa.exc.DBAPIError:
            done = False
        assert done is fine, change
    db.session.rollback()
    with pytest.raises(sa.exc.DBAPIError), committing():
        db.session.execute(db.text("DELETE FROM producer_texts"))
