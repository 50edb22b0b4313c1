"""Photos of a complaint are for its parties, and for who looks into the case and said why."""

from __future__ import annotations

import io
import re

from flask.testing import FlaskClient
from PIL import Image

from tests.cast import Cast
from tests.orders.hands import number_of, part
from tests.orders.test_complaints import WORDS, sent

WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"


def shot() -> tuple[io.BytesIO, str]:
    """A small picture as a browser sends it."""
    body = io.BytesIO()
    Image.new("RGB", (60, 60), "#8A2F3C").save(body, "PNG")
    return io.BytesIO(body.getvalue()), "karton.png"


def test_photos_of_a_complaint_are_for_the_parties(cast: Cast, client: FlaskClient) -> None:
    """orders 3.11: buyer and house see it; the other house of the order, a stranger, a visitor and
    the public address of files do not; the operator only after saying why.
    """
    wine, _hat = sent(cast, (WINE, 2), (HAT, 1))
    number, cleo, olga = number_of(wine), cast.browser("cleo"), cast.browser("olga")
    done = cast.post(cleo, f"/orders/{number}/parts/1/complaint", kind="damaged", wish="money",
                     words=WORDS, photos=shot())
    assert done.status_code == 303, done.get_data(as_text=True)[:400]
    own = re.findall(rf'href="(/orders/{number}/photos/[^"]+)"',
                     cleo.get(f"/orders/{number}").get_data(as_text=True))
    assert len(own) == 1
    assert own[0] in cast.browser("ana").get(
        f"/studio/orders/{part(wine).number}").get_data(as_text=True)
    seen = cleo.get(own[0])
    assert (seen.status_code, seen.mimetype) == (200, "image/webp")
    assert "private" in seen.headers["Cache-Control"]
    assert cast.browser("ana").get(own[0]).status_code == 200
    for stranger in (cast.browser("bert"), cast.browser("dan"), client, olga):
        assert stranger.get(own[0]).status_code == 404
    assert client.get(f"/files/{own[0].rsplit('/', 1)[1]}").status_code == 404
    assert cast.post(olga, f"/operator/orders/{number}", reason="Der Fall ist offen").status_code \
        == 200
    assert olga.get(own[0]).status_code == 200
    assert cleo.get(own[0].replace(".private", "")).status_code == 404
