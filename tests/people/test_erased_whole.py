"""people-21: neither a table nor a file of the instance keeps a word of who was erased."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.people import actions
from marketplace.people.jobs import LOG, erase
from tests.bundles.test_views_bundles import HAT, WINE, begun
from tests.cast import Cast
from tests.people.test_leaving import HELD, found
from tests.stories.test_circle import order_by, send
from tests.web.places import everything

WORDS = ("eva-nordwind", "Eva Nordwindhausen", "Windmühlen", "Wangerooge-Ost", "Friesisch-Platt",
         "eva@example.org", "Zum Leuchtfeuer 77", "+49 4469 7777", "Bitte nie mit Sellerie",
         "Nussallergie-Geheimwort", "Lieblingsgröße XXS", "Quallengrütze", "Sturmflutgericht",
         "Seehundfrage", "Algenpudding", "Rhabarberbarbara", "Geheimer Grund zu gehen")
"""Everything that only eva says or is called, in as many rooms as take words."""


@pytest.fixture
def lived(app: Flask, cast: Cast) -> Iterator[int]:
    """Eva leaves traces everywhere: profile, picture, wishes, addresses, threads, bundles, a
    recommendation, lists, searches, letters, a take-out; her id.
    """
    everything(app, cast)
    eva = cast.browser("eva")
    for path, data in traces():
        sent = cast.post(eva, path, **data)
        assert sent.status_code in (200, 303), (path, sent.status_code,
                                                sent.get_data(as_text=True)[-1500:])
    bought(cast, eva)
    done = cast.post(eva, f"{begun(cast, eva, WINE, HAT)}/edit", step="publish", text="Zum Fest.",
                     title="Sturmflutgericht für zwei", visibility="public")
    assert done.status_code == 303
    code = db.session.scalar(sa.text("SELECT code FROM threads WHERE title LIKE 'Seehund%'"))
    db.session.rollback()
    cast.post(cast.browser("ana"), f"/threads/{code}/posts", words="Ja, das passt gut.",
              for_house="1")
    eva.get("/search?q=Rhabarberbarbara")
    cast.post(eva, "/account/export")
    run_due()
    yield cast.id("eva-nordwind")
    log = Path(app.config["ZURUF"].instance) / LOG
    log.unlink(missing_ok=True)


def bought(cast: Cast, eva: FlaskClient) -> None:
    """Eva orders, has it, says so in words, and others say that it helped."""
    number = order_by(cast, eva, WINE)
    run_due()
    db.session.rollback()
    send(cast, "ana", f"{number}-1")
    line = db.session.scalar(sa.text("SELECT max(id) FROM order_lines"))
    db.session.rollback()
    for said in ({"again": "no"}, {"words": "Schmeckt wie Algenpudding.", "step": "publish"}):
        assert cast.post(eva, f"/orders/{number}/lines/{line}/rating", **said).status_code == 303


def traces() -> list[tuple[str, dict[str, object]]]:
    """What eva sends, in order."""
    image = BytesIO()
    Image.new("RGB", (600, 600), "#336699").save(image, "JPEG", comment=b"Rhabarberbarbara")
    image.seek(0)
    return [
        ("/account/profile", {
            "display_name": "Eva Nordwindhausen", "lang": "de", "about": "Ich mag Windmühlen.",
            "region": "Wangerooge-Ost", "languages": "Friesisch-Platt",
            "picture": (image, "Rhabarberbarbara.jpg")}),
        ("/account/handle", {"handle": "eva-nordwind"}),
        ("/account/wishes", {"kind": "expectation", "words": "Bitte nie mit Sellerie"}),
        ("/account/wishes", {"kind": "size", "words": "Lieblingsgröße XXS"}),
        ("/account/wishes/health", {"act": "agree"}),
        ("/account/wishes/health", {"kind": "allergy", "health": "Nussallergie-Geheimwort"}),
        ("/account/addresses", {"name": "Eva Nordwindhausen", "lines": "Zum Leuchtfeuer 77",
                                "postcode": "26486", "city": "Wangerooge-Ost", "country": "DE",
                                "phone": "+49 4469 7777"}),
        ("/threads/new?about=/producers/weingut-kaltbach", {
            "kind": "question", "title": "Seehundfrage an euch", "openness": "public",
            "words": "Passt das zu Quallengrütze?", "step": "send"}),
        ("/members/cleo/follow", {}), ("/members/cleo/trust", {"subject": "wine"}),
        ("/members/dan/block", {}), ("/groups/weisswein-zu-gemuese/join", {}),
    ]


def in_files(folder: Path, words: tuple[str, ...]) -> dict[str, set[str]]:
    """Files in which the words stand, also inside of archives and packed streams; the database
    itself is read table by table.
    """
    seen: dict[str, set[str]] = {}
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        if not path.is_file() or "sqlite" in path.name or name.startswith("postgres"):
            continue
        for inside in contents(path):
            for word in words:
                for form in forms(word):
                    if form in inside:
                        seen.setdefault(word, set()).add(name)
    return seen


def forms(word: str) -> set[bytes]:
    """A word as files may hold it: as it is, folded, and as mails escape it."""
    import base64
    import quopri

    plain = word.encode()
    return {plain, word.lower().encode(), quopri.encodestring(plain).rstrip(b"=\n"),
            word.encode("utf-16-le"), base64.b64encode(plain)[:-4]}


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and what is packed in it."""
    body = path.read_bytes()
    yield body
    yield body.lower()
    if body[:2] == b"\x1f\x8b":
        yield gzip.decompress(body)
    if is_zipfile(path):
        with ZipFile(path) as whole:
            for name in whole.namelist():
                yield name.encode() + whole.read(name)
    for start in _streams(body):
        try:
            yield zlib.decompressobj().decompress(body[start:])
        except zlib.error:
            continue


def _streams(body: bytes) -> Iterator[int]:
    """Where a packed stream may begin, as in stored fields of an index and in PDF."""
    for mark in (b"\x78\x9c", b"\x78\xda", b"\x78\x01"):
        at = body.find(mark)
        while at >= 0:
            yield at
            at = body.find(mark, at + 1)


def test_neither_tables_nor_files_keep_a_word(lived: int, app: Flask, cast: Cast) -> None:
    """people-21: before, most of it is found in tables and in files; after, nothing outside of
    rows that a law holds.
    """
    folder = Path(app.config["ZURUF"].instance)
    before, files_before = found(WORDS), in_files(folder, WORDS)
    assert sorted(set(WORDS) - set(before)) == ["Geheimer Grund zu gehen"]
    assert files_before, "take-out, letters and index hold words of hers"
    with committing():
        actions.begin_closing(lived, "delete", "Geheimer Grund zu gehen")
    db.session.rollback()
    run_due()
    erase(lived)
    run_due()
    left = {word: tables - HELD for word, tables in found(WORDS).items() if tables - HELD}
    assert not left
    assert not in_files(folder, WORDS)
    assert db.session.scalar(sa.text("SELECT count(*) FROM people WHERE state = 'erased'")) == 1


def test_database_file_keeps_no_freed_page(lived: int, app: Flask) -> None:
    """people-21: deleted rows are overwritten in the file too, not only let go."""
    if db.session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL overwrites by its own vacuum")
    with committing():
        actions.begin_closing(lived, "delete", "Geheimer Grund zu gehen")
    db.session.rollback()
    erase(lived)
    run_due()
    db.session.remove()
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    body = Path(str(db.engine.url.database)).read_bytes()
    assert [word for word in WORDS if word.encode() in body] == []
