"""Pictures of buyers: re-encoded, without metadata; hostile ones cost nothing else."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from marketplace.foundation.database import committing, db
from marketplace.reviews.actions.photos import remove_photos
from marketplace.reviews.models import Rating, RatingPhoto
from tests.cast import Cast
from tests.reviews.hands import bought


def picture(size: tuple[int, int] = (640, 480), kind: str = "JPEG", **extra: object) -> bytes:
    """A plain picture."""
    out = BytesIO()
    Image.new("RGB", size, "#884422").save(out, kind, **extra)
    return out.getvalue()


def with_place() -> bytes:
    """A JPEG that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "SecretCam", "Model X"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return picture(exif=exif)


def bomb() -> bytes:
    """A PNG of a few bytes that claims 50,000 x 50,000 pixels."""
    body = bytearray(picture((8, 8), "PNG"))
    import zlib

    body[16:24] = (50_000).to_bytes(4, "big") * 2
    body[29:33] = zlib.crc32(bytes(body[12:29])).to_bytes(4, "big")
    return bytes(body)


HOSTILE = {
    "bomb.png": bomb, "page.jpg": lambda: b"<html><script>alert(1)</script></html>",
    "drawing.svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "cut.jpg": lambda: picture((900, 900))[:1800], "empty.png": lambda: b"",
    "huge.png": lambda: picture((7100, 7100), "PNG"), "film.tiff": lambda: picture((9, 9), "TIFF"),
}


def send(cast: Cast, line: object, files: dict[str, list[tuple[bytes, str]]], **data: str
         ) -> object:
    """Send the form with pictures."""
    cleo = cast.browser("cleo")
    body: dict[str, object] = dict(data)
    for field, rows in files.items():
        body[field] = [(BytesIO(one), name) for one, name in rows]
    return cast.post(cleo, line.url, **body)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_picture_is_refused_and_all_else_kept(cast: Cast, name: str) -> None:
    """Spec 6: message at the photo, all else saved - the answer, the words, the good picture."""
    line = bought(cast, "cleo")
    answer = send(cast, line, {"pictures": [(HOSTILE[name](), name), (picture(), "good.jpg")]},
                  again="yes", words="Mit Bild, salzig und klar.", step="publish")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    page = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    assert name in page and "Alles andere ist aufgehoben" in page
    row = db.session.scalar(db.select(Rating))
    assert row is not None and (row.again, row.words) == (True, "Mit Bild, salzig und klar.")
    assert len(db.session.scalars(db.select(RatingPhoto)).all()) == 1


def test_place_and_camera_are_gone(cast: Cast, app: Flask) -> None:
    """Spec 6: location data is removed by re-encoding; EXIF never stored."""
    line, body = bought(cast, "cleo"), with_place()
    assert b"SecretCam" in body and Image.open(BytesIO(body)).getexif().get_ifd(0x8825)
    assert send(cast, line, {"pictures": [(body, "a.jpg")]}, again="yes", words="",
                ).status_code == 303  # type: ignore[attr-defined]
    row = db.session.scalar(db.select(RatingPhoto))
    assert row is not None
    storage = app.extensions["doors"].storage
    for _kind, _width, name in row.renditions:  # type: ignore[misc]
        kept = storage.open(name)
        assert b"SecretCam" not in kept and b"Exif" not in kept
        assert not Image.open(BytesIO(kept)).getexif()


def test_six_pictures_and_no_more_before_and_after(cast: Cast) -> None:
    """Spec 2: at most 6 per rating; a pair is marked; the seventh is a message, not a loss."""
    line = bought(cast, "cleo")
    four = [(picture((40 + i, 30)), f"{i}.jpg") for i in range(4)]
    done = send(cast, line, {"pictures": four, "before": [(picture((60, 30)), "b.jpg")],
                             "after": [(picture((61, 30)), "a.jpg")]}, again="yes", words="Sechs.",
                alt="Der Keller, cleo@example.org")
    assert done.status_code == 303  # type: ignore[attr-defined]
    rows = db.session.scalars(db.select(RatingPhoto).order_by(RatingPhoto.position)).all()
    assert [row.pair for row in rows] == ["none"] * 4 + ["before", "after"]
    assert "example.org" not in rows[0].alt
    more = send(cast, line, {"pictures": [(picture((70, 30)), "7.jpg")]}, words="Sechs, dann.")
    assert more.status_code == 422  # type: ignore[attr-defined]
    db.session.expire_all()
    row = db.session.scalar(db.select(Rating))
    assert row is not None and row.words == "Sechs, dann."
    assert len(db.session.scalars(db.select(RatingPhoto)).all()) == 6
    gone = send(cast, line, {}, words="Fünf.", remove=str(rows[0].id))
    assert gone.status_code == 303  # type: ignore[attr-defined]
    assert len(db.session.scalars(db.select(RatingPhoto)).all()) == 5


def test_file_that_another_answer_shows_stays(cast: Cast) -> None:
    """Equal pictures share a file; removing one keeps it for the other."""
    for who in ("cleo", "cleo"):
        line = bought(cast, who, "muetze-deichwind" if db.session.scalar(
            db.select(Rating.id)) else "riesling-vom-schiefer")
        send(cast, line, {"pictures": [(picture(), "same.jpg")]}, again="yes", words="Gleich.")
    ids = db.session.scalars(db.select(Rating.id).order_by(Rating.id)).all()
    db.session.rollback()
    with committing():
        assert remove_photos([ids[0]]) == []
    with committing():
        assert remove_photos([ids[1]]) != []
