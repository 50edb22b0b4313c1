"""catalog-13: the EU's label is printed from the official file with its checksum, or not at all."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from marketplace.adapters.doors import doors
from marketplace.catalog.models import OfficialFile, Product
from marketplace.foundation.database import committing, db
from marketplace.moderation.models import AuditEntry
from tests.cast import Cast

URL, SOURCE = "/operator/guarantee-label", "https://eur-lex.europa.eu/eli/reg_impl/2025/1960"
JUMPER = "fischerpullover"


def picture(colour: int = 1) -> bytes:
    """A PNG that stands for the official file."""
    out = BytesIO()
    Image.new("RGB", (300, 420), (colour, 90, 200)).save(out, "PNG")
    return out.getvalue()


def put(cast: Cast, olga: FlaskClient, body: bytes, checksum: str, source: str = SOURCE
        ) -> TestResponse:
    """A try to put a file in."""
    return cast.post(olga, URL, file=(BytesIO(body), "label.png"), sha256=checksum,
                     source=source)


def guarantee(app: Flask, years: int) -> str:
    """What the page says of a guarantee of so many years."""
    with committing():
        db.session.execute(db.update(Product).where(Product.slug == JUMPER)
                           .values(guarantee_years=years))
    app.extensions.pop("kept", None)
    html = app.test_client().get(f"/products/{JUMPER}").get_data(as_text=True)
    return html.split("product-guarantee")[1].split("</div>")[0]


def test_the_label_is_printed_from_the_official_file_only(app: Flask, cast: Cast) -> None:
    """catalog-13: words until it is there; then the very bytes, above two years; a wrong checksum,
    another kind of file or no source is refused; taken out, words again.
    """
    olga, body = cast.browser("olga"), picture()
    good = sha256(body).hexdigest()
    assert "<img" not in guarantee(app, 10)
    for wrong in (put(cast, olga, body, "0" * 64), put(cast, olga, body, "abc"),
                  put(cast, olga, b"\xff\xd8\xff no png", good), put(cast, olga, b"", good),
                  put(cast, olga, body, good, "javascript:x"),
                  put(cast, olga, b"\x89PNG\r\n\x1a\nbroken", good)):
        assert wrong.status_code == 422
    assert db.session.scalar(db.select(db.func.count()).select_from(OfficialFile)) == 0
    db.session.rollback()
    spaced = " ".join(good[at:at + 8].upper() for at in range(0, 64, 8))
    assert put(cast, olga, body, spaced).status_code == 303
    entry = db.session.scalar(db.select(AuditEntry).order_by(AuditEntry.n.desc()))
    assert entry is not None and entry.action == "official_put" and good in entry.why
    db.session.rollback()
    shown = guarantee(app, 10)
    address = shown.split('src="')[1].split('"')[0]
    given = app.test_client().get(address)
    assert (given.mimetype, given.data) == ("image/png", body)
    assert "gesetzlichen Rechte" in shown or "Gewährleistung" in shown or "<p" in shown
    assert "<img" not in guarantee(app, 2)
    assert "<img" in guarantee(app, 3)
    assert cast.post(olga, URL, step="out").status_code == 303
    assert "<img" not in guarantee(app, 10)


def test_changed_bytes_are_not_printed(app: Flask, cast: Cast) -> None:
    """catalog-13: a file that is not what was put in any more is printed nowhere, and said so."""
    olga, body = cast.browser("olga"), picture()
    assert put(cast, olga, body, sha256(body).hexdigest()).status_code == 303
    assert "<img" in guarantee(app, 5)
    name = db.session.scalar(db.select(OfficialFile.file))
    db.session.rollback()
    assert name is not None
    doors().storage.path(name).write_bytes(picture(2))
    assert "<img" not in guarantee(app, 5)
    assert "nicht mehr die eingelegte" in olga.get(URL).get_data(as_text=True)
    doors().storage.path(name).unlink()
    assert "<img" not in guarantee(app, 5)
