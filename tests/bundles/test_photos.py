"""Own photos in bundles: consent first, no metadata, credit everywhere."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from marketplace.adapters.doors import doors
from marketplace.bundles.models import Bundle
from marketplace.bundles.rules import PhotoWords, photo_faults
from marketplace.foundation.database import db
from marketplace.foundation.jobs import run_due
from tests.bundles.test_challenges import call
from tests.bundles.test_views_bundles import HAT, WINE, begun, grown_up, published
from tests.cast import Cast

GOOD = {"alt": "Brot und Wein auf dem Tisch", "credit": "Cleo vom Deich", "licence": "CC-BY-4.0",
        "people": "no", "no_minors": "1"}


def photo() -> bytes:
    """A JPEG with camera, place and a comment in it."""
    out, exif = BytesIO(), Image.Exif()
    exif[0x0110] = "Kamera-Geheim"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    Image.new("RGB", (900, 600), "#B0703C").save(out, "JPEG", exif=exif, comment=b"Ort-Geheim")
    return out.getvalue()


def hand_in(cast: Cast, client: FlaskClient, page: str, **words: str) -> Any:
    """Hand a photo in from the editor."""
    return cast.post(client, f"{page}/photos", photo=(BytesIO(photo()), "tisch.jpg"),
                     **{**GOOD, **words})


def stored() -> set[str]:
    """The names of all stored files."""
    some = doors().storage.path("0" * 40 + ".webp")
    root = some.parent.parent if len(some.parent.name) < 10 else some.parent
    return {path.name for path in root.rglob("*") if path.is_file()}


def photos() -> list[dict[str, Any]]:
    """What is kept of own photos."""
    db.session.rollback()
    found = db.session.scalar(db.select(Bundle.photos)) or []
    db.session.rollback()
    return list(found)


@pytest.mark.parametrize(("words", "wrong"), [
    ({}, []), ({"people": "yes", "consent": True}, []),
    ({"people": "yes"}, ["consent"]), ({"no_minors": False}, ["no_minors"]),
    ({"people": "yes", "consent": True, "no_minors": False}, ["no_minors"]),
    ({"people": ""}, ["people"]), ({"licence": ""}, ["licence"]), ({"alt": ""}, ["alt"]),
    ({"credit": ""}, ["credit"])])
def test_what_has_to_be_said_of_a_photo(words: dict[str, Any], wrong: list[str]) -> None:
    """bundles-4, bundles-5: licence, credit and words; consent where people are; never minors."""
    said = PhotoWords(**{"alt": "Ein Tisch", "credit": "Cleo", "licence": "CC0-1.0",
                         "people": "no", "consent": False, "no_minors": True, **words})
    assert photo_faults(said, 0) == wrong
    assert photo_faults(said, 4) == ["photo", *wrong]


@pytest.mark.parametrize("words", [
    {"people": "yes"}, {"no_minors": ""}, {"licence": ""}, {"people": ""}])
def test_photo_without_consent_is_not_stored(cast: Cast, words: dict[str, str]) -> None:
    """bundles-5: refused beside the field, nothing kept, no file written, words stay typed."""
    cleo = cast.browser("cleo")
    page = begun(cast, cleo, WINE, HAT)
    before = stored()
    said = hand_in(cast, cleo, page, **words)
    assert said.status_code == 422
    assert 'value="Brot und Wein auf dem Tisch"' in said.get_data(as_text=True)
    assert photos() == [] and stored() == before


def test_photo_carries_no_metadata(cast: Cast) -> None:
    """bundles-5: no stored file of it holds EXIF, place or comment; the original is not kept."""
    cleo = cast.browser("cleo")
    page = begun(cast, cleo, WINE, HAT)
    before = stored()
    assert hand_in(cast, cleo, page, people="yes", consent="1").status_code == 303
    new = stored() - before
    assert new == {name for _kind, _width, name in photos()[0]["files"]}
    for name in new:
        body = doors().storage.open(name)
        assert b"Geheim" not in body and b"Exif" not in body
        assert not Image.open(BytesIO(body)).getexif()


def test_credit_stands_everywhere(app: Flask, cast: Cast) -> None:
    """bundles-4: on the page, the paper, in feed and oEmbed; the photo is the picture of the
    bundle, and lies in the author's own file.
    """
    cleo = cast.browser("cleo")
    page = published(cast, cleo, WINE, HAT)
    assert hand_in(cast, cleo, page).status_code == 303
    client = app.test_client()
    for path in (page, f"{page}/print", "/bundles/feed.atom",
                 f"/oembed?url=http://localhost{page}"):
        assert "Cleo vom Deich, CC BY 4.0" in client.get(path).get_data(as_text=True), path
    name = photos()[0]["files"][-1][2]
    assert name in client.get(page).get_data(as_text=True)
    with ZipFile(BytesIO(cleo.get("/account/bundles/export.zip").data)) as packed:
        assert any(one.endswith("/photo-1.webp") for one in packed.namelist())


def test_taken_out_photo_is_gone_with_its_files(cast: Cast) -> None:
    """3.4: out of the bundle at once, its files by a job; only the author does it."""
    cleo = cast.browser("cleo")
    page = published(cast, cleo, WINE, HAT)
    hand_in(cast, cleo, page)
    name = photos()[0]["files"][0][2]
    assert cast.post(cast.browser("dan"), f"{page}/photos", out="1").status_code == 404
    assert cast.post(cleo, f"{page}/photos", out="1").status_code == 303
    run_due()
    assert photos() == [] and name not in stored()
    assert cast.post(cleo, f"{page}/photos", out="1").status_code == 404


def test_same_photo_elsewhere_keeps_its_files(cast: Cast) -> None:
    """Two bundles with the same photo: taken out of one, it still shows in the other."""
    cleo = cast.browser("cleo")
    first, second = published(cast, cleo, WINE, HAT), published(cast, cleo, WINE, HAT)
    hand_in(cast, cleo, first)
    hand_in(cast, cleo, second)
    name = photos()[0]["files"][0][2]
    assert cast.post(cleo, f"{first}/photos", out="1").status_code == 303
    run_due()
    assert name in stored()


def test_photo_does_not_name_the_author_of_an_entry(cast: Cast) -> None:
    """bundles-12: who took it is not named while a challenge runs."""
    grown_up()
    challenge, cleo = call(cast), cast.browser("cleo")
    page = begun(cast, cleo, WINE, HAT)
    hand_in(cast, cleo, page)
    assert cast.post(cleo, f"{challenge}/enter", bundle=page.rsplit("/", 1)[1]).status_code == 303
    for path in (page, f"{page}/print", challenge):
        assert "Cleo" not in cast.browser("dan").get(path).get_data(as_text=True), path
