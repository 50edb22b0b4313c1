"""Own photos on a free board: chosen at a part, drawn by the server, credited, taken along."""

from __future__ import annotations

from io import BytesIO
from json import loads
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from marketplace.adapters.doors import doors
from marketplace.bundles.models import Bundle, BundleItem
from marketplace.foundation.database import db
from marketplace.foundation.jobs import run_due
from tests.bundles.test_photos import hand_in, photos
from tests.bundles.test_views_bundles import HAT, WINE
from tests.bundles.test_views_collages import LAYOUT, lay
from tests.cast import Cast

ROW = {"step": "save", "pos": 1, "qty": 1}


@pytest.fixture
def cleo(cast: Cast) -> FlaskClient:
    """The author."""
    return cast.browser("cleo")


@pytest.fixture
def page(cast: Cast, cleo: FlaskClient) -> str:
    """A free board with a wine and a hat, and an own photo beside it."""
    made = cast.post(cleo, "/bundles/new", title="Spargelabend", template="collage")
    own = str(made.location.removesuffix("/edit"))
    for slug in (WINE, HAT):
        cast.post(cleo, f"{own}/edit", step="add", product=cast.goods(slug).product_id)
    assert lay(cast, cleo, own, LAYOUT).status_code == 200
    assert hand_in(cast, cleo, own).status_code == 303
    run_due()
    return own


def key() -> str:
    """The name of the photo."""
    return f"photo-{photos()[0]['files'][-1][2][:12]}"


def keys() -> list[str]:
    """Which picture each part names."""
    db.session.rollback()
    return list(db.session.scalars(db.select(BundleItem.picture_key).order_by(BundleItem.pos)))


def drawn() -> Any:
    """The picture of the board, at 1200 pixels."""
    run_due()
    db.session.rollback()
    preview = db.session.scalar(db.select(Bundle.preview))
    return Image.open(BytesIO(doors().storage.open(preview["files"][-1][1]))).convert("RGB")


def brown(at: tuple[int, int]) -> bool:
    """Whether the photo, #B0703C all over, lies there."""
    red, green, blue = drawn().getpixel(at)
    return abs(red - 176) < 12 and abs(green - 112) < 12 and abs(blue - 60) < 12


def test_photo_is_chosen_by_a_field_and_drawn(cast: Cast, cleo: FlaskClient, page: str) -> None:
    """bundles-1, bundles-3: a field of the part's row, without script; the server draws the photo
    where the wine lay (72, 108 to 408, 1020 of 1200), the board in the editor shows it too.
    """
    assert not brown((240, 560))
    assert cast.post(cleo, f"{page}/edit", **ROW, picture=key()).status_code == 303
    assert keys() == [key(), ""]
    assert brown((240, 560)) and brown((80, 116)) and not brown((60, 560))
    shown = cleo.get(f"{page}/edit").get_data(as_text=True)
    board = shown.split('class="collage-board"')[1].split("</figure>")[0]
    assert photos()[0]["files"][-1][2][:12] in board
    assert cast.post(cleo, f"{page}/edit", **ROW, picture="").status_code == 303
    assert keys() == ["", ""] and not brown((240, 560))


def test_foreign_or_made_up_photo_is_refused(cast: Cast, cleo: FlaskClient, page: str) -> None:
    """bundles-4: only photos that were taken in here, with licence and consent, can be laid."""
    for wrong in ("photo-000000000000", "../secret", "x" * 80):
        assert cast.post(cleo, f"{page}/edit", **ROW, picture=wrong).status_code == 422
    assert keys() == ["", ""]


def test_credit_and_licence_stand_with_the_board(
    app: Flask, cast: Cast, cleo: FlaskClient, page: str
) -> None:
    """bundles-4: the photo's credit on page, paper and feed; on the board it is not shown a second
    time beside it.
    """
    cast.post(cleo, f"{page}/edit", **ROW, picture=key())
    assert cast.post(cleo, f"{page}/edit", step="publish", title="Spargelabend",
                     visibility="public").status_code == 303
    run_due()
    client = app.test_client()
    for path in (page, f"{page}/print", "/bundles/feed.atom"):
        assert "Cleo vom Deich, CC BY 4.0" in client.get(path).get_data(as_text=True), path
    assert photos()[0]["files"][-1][2] not in client.get(page).get_data(as_text=True)


def test_taken_out_photo_gives_way_to_the_producers(
    cast: Cast, cleo: FlaskClient, page: str
) -> None:
    """3.4: no part names it any more, and a new picture is made."""
    cast.post(cleo, f"{page}/edit", **ROW, picture=key())
    assert brown((240, 560))
    assert cast.post(cleo, f"{page}/photos", out="1").status_code == 303
    assert keys() == ["", ""] and not brown((240, 560))


def test_file_names_the_photo_and_stays_the_same_bytes(
    cast: Cast, cleo: FlaskClient, page: str
) -> None:
    """bundles-2: the file names the photo at its part; brought in where the photo is not, it is
    given out again byte by byte, also after another field of the part was saved.
    """
    cast.post(cleo, f"{page}/edit", **ROW, picture=key())
    first = cleo.get(f"{page}/bundle.json").data
    assert [one["picture"] for one in loads(first)["items"]] == [key(), ""]
    brought = cast.post(cleo, "/account/bundles/import", file=(BytesIO(first), "a.json"))
    assert brought.status_code == 303, brought.get_data(as_text=True)
    db.session.rollback()
    slug = db.session.scalar(db.select(Bundle.slug).order_by(Bundle.id.desc()).limit(1))
    db.session.rollback()
    assert cleo.get(f"/bundles/{slug}/bundle.json").data == first
    assert cast.post(cleo, f"/bundles/{slug}/edit", **ROW, picture="").status_code == 303
    assert cleo.get(f"/bundles/{slug}/bundle.json").data == first
