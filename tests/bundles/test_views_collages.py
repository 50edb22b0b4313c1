"""A free collage through the pages: laid, pushed, drawn by a job, told in words."""

from __future__ import annotations

from io import BytesIO
from json import dumps
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import svg_picture
from marketplace.bundles.models import Bundle, BundleItem
from marketplace.catalog.models import Picture
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from tests.bundles.test_views_bundles import HAT, WINE
from tests.cast import Cast

RED = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 10">'
       '<path fill="#c00000" d="M0 0h8v10H0z"/></svg>')
LAYOUT = [{"x": 600, "y": 900, "w": 2800, "h": 7600, "rot": 0, "z": 2},
          {"x": 5200, "y": 3100, "w": 4000, "h": 3600, "rot": 0, "z": 1}]


@pytest.fixture
def cleo(cast: Cast) -> FlaskClient:
    """The author."""
    return cast.browser("cleo")


@pytest.fixture
def page(cast: Cast, cleo: FlaskClient) -> str:
    """A free board with a wine and a hat."""
    made = cast.post(cleo, "/bundles/new", title="Spargelabend", template="collage")
    assert made.status_code == 303, made.get_data(as_text=True)
    own = str(made.location.removesuffix("/edit"))
    for slug in (WINE, HAT):
        assert cast.post(cleo, f"{own}/edit", step="add",
                         product=cast.goods(slug).product_id).status_code == 303
    return own


def lay(cast: Cast, client: FlaskClient, page: str, layout: Any, version: int = 3) -> Any:
    """Send a layout as the script does."""
    return cast.post(client, f"{page}/layout", layout=dumps(layout), version=version)


def lying() -> list[tuple[int, ...]]:
    """Place of each part in order."""
    rows = db.session.scalars(db.select(BundleItem).order_by(BundleItem.pos)).all()
    return [(row.x or 0, row.y or 0, row.w or 0, row.h or 0, row.rot or 0, row.z or 0)
            for row in rows]


def test_buttons_and_fields_do_without_script(cast: Cast, cleo: FlaskClient, page: str) -> None:
    """bundles-1: each part has a row; its buttons push it, its fields place it exactly."""
    shown = cleo.get(f"{page}/edit").get_data(as_text=True)
    assert shown.count('value="turn-back"') == 2 and "Mütze Deichwind: larger" not in shown
    x, y, w, h, _rot, _z = lying()[0]
    done = cast.post(cleo, f"{page}/edit", step="right", pos=1, qty=1)
    assert done.location.endswith("#slot-1")
    assert lying()[0][:4] == (x + 100, y, w, h)
    cast.post(cleo, f"{page}/edit", step="front", pos=1, qty=1, x="12,34", y="5", w="20", h="30",
              rot="-3,5", crop_x="5", crop_y="0", crop_w="90", crop_h="100")
    assert lying()[0] == (1234, 500, 2000, 3000, -35, 2)
    said = cast.post(cleo, f"{page}/edit", step="save", pos=1, qty=1, x="95", w="20")
    assert said.status_code == 422 and "außerhalb" in said.get_data(as_text=True)
    assert lying()[0][0] == 1234


def test_a_list_becomes_a_collage_and_a_list_again(
    cast: Cast, cleo: FlaskClient, page: str
) -> None:
    """bundles-1: the same parts in both; places are kept for coming back."""
    before = lying()
    cast.post(cleo, f"{page}/edit", step="in-a-list")
    assert db.session.scalar(db.select(Bundle.mode)) == "board"
    assert "data-collage" not in cleo.get(f"{page}/edit").get_data(as_text=True)
    cast.post(cleo, f"{page}/edit", step="lay-freely")
    assert lying() == before


@pytest.mark.parametrize("wrong", [
    "x", [], [LAYOUT[0]], [*LAYOUT, LAYOUT[0]], [LAYOUT[0], {**LAYOUT[1], "x": 10**40}],
    [LAYOUT[0], {**LAYOUT[1], "x": -5}], [LAYOUT[0], {**LAYOUT[1], "x": 1.5}],
    [LAYOUT[0], {**LAYOUT[1], "x": True}], [LAYOUT[0], {**LAYOUT[1], "href": "http://x"}],
    [LAYOUT[0], {**LAYOUT[1], "rot": 99999}], [LAYOUT[0], None], {"a": "b" * 40_000},
])
def test_absurd_layouts_are_refused_in_words(
    cast: Cast, cleo: FlaskClient, page: str, wrong: Any
) -> None:
    """bundles 6: 422 with a sentence, and everything lies where it lay."""
    before = lying()
    said = lay(cast, cleo, page, wrong)
    assert said.status_code == 422, said.get_data(as_text=True)
    assert lying() == before


def test_two_tabs_do_not_overwrite_each_other(cast: Cast, cleo: FlaskClient, page: str) -> None:
    """bundles 6: the second save of one version is 409; the first one stands."""
    first = lay(cast, cleo, page, LAYOUT)
    assert first.get_json()["version"] == 4
    assert lay(cast, cleo, page, LAYOUT[::-1]).status_code == 409
    assert lying()[0][:2] == (600, 900)
    assert lay(cast, cast.browser("eva"), page, LAYOUT, 4).status_code == 404


def test_the_picture_is_made_by_the_server_at_the_computed_pixels(
    app: Flask, cast: Cast, cleo: FlaskClient, page: str
) -> None:
    """bundles-3: at 1200 the wine lies from 72, 108 to 408, 1020, the hat from 624, 372; a new
    layout and a new picture each give a new one, the same layout none; what is gone is grey."""
    red = svg_picture(RED, doors().storage)
    with committing():
        db.session.execute(db.update(Picture).values(file=red))
    lay(cast, cleo, page, LAYOUT)
    run_due()
    first = db.session.scalar(db.select(Bundle.preview))
    assert [width for width, _name in first["files"]] == [400, 800, 1200]
    body = doors().storage.open(first["files"][-1][1])
    picture = Image.open(BytesIO(body)).convert("RGB")
    assert picture.size == (1200, 1200) and not picture.getexif()
    for at, red_there in (((78, 114), True), ((402, 1014), True), ((66, 114), False),
                          ((414, 500), False), ((630, 378), True), ((618, 378), False)):
        pixel = picture.getpixel(at)
        assert isinstance(pixel, tuple)
        assert (pixel[0] > 150 and pixel[1] < 60) is red_there, (at, pixel)
    lay(cast, cleo, page, LAYOUT, 4)
    run_due()
    assert db.session.scalar(db.select(Bundle.preview)) == first
    with committing():
        db.session.execute(db.update(Picture).values(file="gone.svg"))
        _pictures_changed(cast)
    run_due()
    second = db.session.scalar(db.select(Bundle.preview))
    assert second["digest"] != first["digest"]
    grey = Image.open(BytesIO(doors().storage.open(second["files"][-1][1]))).getpixel((90, 130))
    assert isinstance(grey, tuple) and max(grey) - min(grey) < 30


def _pictures_changed(cast: Cast) -> None:
    from marketplace.catalog.events import ProductChanged
    from marketplace.foundation.events import announce

    announce(ProductChanged(cast.goods(WINE).product_id, ("pictures",)))


def test_page_and_card_show_it_with_words(
    cast: Cast, cleo: FlaskClient, client: FlaskClient, page: str
) -> None:
    """bundles-3: without a picture the list stands; then page and list show it, what lies where
    is said, until the author says it better; the list holds the same parts (bundles-1)."""
    lay(cast, cleo, page, LAYOUT)
    assert cast.post(cleo, f"{page}/edit", step="publish", title="Spargelabend", season="spring",
                     background="#E4EDE4", visibility="public").status_code == 303
    shown = client.get(page).get_data(as_text=True)
    assert "Bild folgt" in shown and "Mütze Deichwind" in shown
    run_due()
    shown = client.get(page).get_data(as_text=True)
    words = "Riesling vom Schiefer links, Mütze Deichwind rechts."
    assert f'alt="{words}"' in shown and "1200w" in shown and "Frühling" in shown
    assert words in client.get("/bundles").get_data(as_text=True)
    version = db.session.scalar(db.select(Bundle.version))
    cast.post(cleo, f"{page}/edit", step="save", title="Spargelabend", version=version,
              alt="Wein links, Mütze rechts.")
    assert 'alt="Wein links, Mütze rechts."' in client.get(page).get_data(as_text=True)


def test_pushing_a_published_one_is_one_change(
    cast: Cast, cleo: FlaskClient, client: FlaskClient, page: str
) -> None:
    """3.6: moving the same part thrice within the hour stands once on the page."""
    cast.post(cleo, f"{page}/edit", step="publish", title="Spargelabend", visibility="public")
    for _time in range(3):
        cast.post(cleo, f"{page}/edit", step="right", pos=1, qty=1)
    assert client.get(page).get_data(as_text=True).count("verschoben: Riesling vom Schiefer") == 1
