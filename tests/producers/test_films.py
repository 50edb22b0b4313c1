"""Films of a house: taken with their words in writing, served in parts, taken out and put back."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from werkzeug.test import TestResponse

from marketplace.adapters.doors import doors
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.jobs import kinds, run_due
from marketplace.producers.models import ProducerMedia
from tests.cast import Cast
from tests.films import mp4, webm
from tests.producers.test_media import page, photo

SAID = {"film_de": "Lese am Steilhang", "transcript": "Wir lesen von Hand, Beere für Beere.",
        "lang": "de", "licence": "producer", "agreed": "1"}


def sent(cast: Cast, who: str = "ana", body: bytes | None = None, **other: Any) -> TestResponse:
    """A film handed in."""
    film = (BytesIO(mp4() if body is None else body), "lese.mp4")
    return cast.post(cast.browser(who), "/studio/films", **{**SAID, "film": film, **other})


def kept() -> list[ProducerMedia]:
    """What the table holds."""
    db.session.rollback()
    return list(db.session.scalars(sa.select(ProducerMedia).order_by(ProducerMedia.id)))


def test_film_stands_on_the_page_with_its_words(cast: Cast) -> None:
    """producers-10: loaded only when started, with title, licence and, folded below, its words in
    their language; the still is the picture before the start.
    """
    made = sent(cast, still=photo(), licence="cc-by", credit="Lena Kalt")
    assert made.status_code == 303, made.get_data(as_text=True)
    run_due()
    html = page(cast)
    film = html.split('<figure class="film">')[1].split("</figure>")[0]
    assert 'controls preload="none"' in film and "Lese am Steilhang" in film
    assert "Lena Kalt, CC BY" in film and 'poster="/files/' in film and "<details" in film
    words = film.split("<details")[1]
    assert 'lang="de"' in words and "Wir lesen von Hand, Beere für Beere." in words
    assert f'src="/files/{kept()[0].file}" type="video/mp4"' in film


@pytest.mark.parametrize(("field", "value"), [
    ("transcript", ""), ("transcript", "   zu kurz   "), ("transcript", "x" * 8001),
    ("film_de", ""), ("lang", "fr"), ("licence", "all"), ("agreed", ""), ("film_de", "x" * 201)])
def test_film_without_its_words_is_refused(cast: Cast, field: str, value: str) -> None:
    """producers-10: a sentence beside the field, the other words kept, nothing stored."""
    html = (answer := sent(cast, **{field: value})).get_data(as_text=True)
    assert answer.status_code == 422 and f'id="f-{field}-fault"' in html
    assert kept() == []
    other = "film_de" if field != "film_de" else "transcript"
    assert SAID[other] in html


@pytest.mark.parametrize(("body", "words"), [
    (b"", "Bitte wähle einen Film."), (b"MZ" * 40, "MP4 und WebM gehen"),
    (mp4()[:-9], "lässt sich nicht bis zum Ende lesen")])
def test_what_is_no_film_says_so(cast: Cast, body: bytes, words: str) -> None:
    """producers-10: by content, whatever its name says; nothing stored."""
    answer = sent(cast, body=body)
    assert answer.status_code == 422 and words in answer.get_data(as_text=True)
    assert kept() == []


def test_film_that_is_too_large_says_the_limit(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """producers-10: above the limit the sentence stands beside the field, and nothing is kept."""
    for place in ("adapters.storage.films", "producers.views.films"):
        monkeypatch.setattr(f"marketplace.{place}.MOST_FILM_BYTES", 500)
    answer = sent(cast)
    assert answer.status_code == 422
    assert "das sind etwa zwei Minuten" in answer.get_data(as_text=True)
    assert kept() == []


def test_film_plays_from_the_middle(cast: Cast) -> None:
    """producers-10: parts of a film by range, 206 with the right bytes; nonsense gets 416; what is
    private in the file is not given out.
    """
    assert sent(cast, body=webm()).status_code == 303
    file = kept()[0].file
    whole = doors().storage.open(file)
    visitor = cast.app.test_client()
    got = visitor.get(f"/files/{file}")
    assert (got.status_code, got.mimetype, got.data) == (200, "video/webm", whole)
    assert got.headers["Accept-Ranges"] == "bytes"
    part = visitor.get(f"/files/{file}", headers={"Range": "bytes=100-149"})
    assert (part.status_code, part.data) == (206, whole[100:150])
    assert part.headers["Content-Range"] == f"bytes 100-149/{len(whole)}"
    rest = visitor.get(f"/files/{file}", headers={"Range": "bytes=-20"})
    assert (rest.status_code, rest.data) == (206, whole[-20:])
    assert visitor.get(f"/files/{file}", headers={"Range": "bytes=99999-"}).status_code == 416


def test_film_is_taken_out_and_put_back(cast: Cast) -> None:
    """producers-10: gone from the page at once, back on a click; bert can do neither; after thirty
    days row and file are gone, but not a file that another film shows.
    """
    assert sent(cast).status_code == 303
    one, ana = str(kept()[0].id), cast.browser("ana")
    file = kept()[0].file
    assert cast.post(cast.browser("bert"), "/studio/pictures", out=one).status_code == 404
    assert cast.post(ana, "/studio/pictures", out=one).status_code == 303
    assert "Lese am Steilhang" not in page(cast)
    assert cast.post(cast.browser("bert"), "/studio/pictures", back=one).status_code == 404
    assert cast.post(ana, "/studio/pictures", back=one).status_code == 303
    assert "Lese am Steilhang" in page(cast)
    assert cast.post(ana, "/studio/pictures", out=one).status_code == 303
    assert sent(cast, "bert").status_code == 303
    path = doors().storage.path(file)
    for days, rows in ((29, 2), (31, 1)):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            kinds()["producers.forget_media"].run()
        assert len(kept()) == rows and path.is_file()
    assert cast.post(cast.browser("bert"), "/studio/pictures", out=str(kept()[0].id)
                     ).status_code == 303
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        kinds()["producers.forget_media"].run()
    assert kept() == [] and not path.is_file()


def test_three_films_are_enough(cast: Cast) -> None:
    """A fourth is refused beside its field; one taken out makes room."""
    for n in range(3):
        assert sent(cast, body=mp4(pictures=bytes([n]) * 99)).status_code == 303
    full = sent(cast)
    assert full.status_code == 422 and 'id="f-film-fault"' in full.get_data(as_text=True)
    assert cast.post(cast.browser("ana"), "/studio/pictures", out=str(kept()[0].id)
                     ).status_code == 303
    assert sent(cast).status_code == 303
