"""Own photos and credits in a ZIP: back in an empty market, and what a bad ZIP leaves of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from flask.testing import FlaskClient
from PIL import Image

from marketplace.adapters.doors import doors
from marketplace.bundles.models import Bundle, BundleItem
from marketplace.bundles.rules.credits import CreditFault, credits_opened, credits_packed
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from tests.bundles.test_photos import GOOD, hand_in, photos, stored
from tests.bundles.test_photos_laid import ROW, brown
from tests.bundles.test_views_bundles import HAT, WINE, published
from tests.bundles.test_views_collages import LAYOUT, lay
from tests.cast import Cast

ALT, EVA = GOOD["alt"], "Eva"


@pytest.fixture
def cleo(cast: Cast) -> FlaskClient:
    """The author."""
    return cast.browser("cleo")


def laid_variant(cast: Cast, cleo: FlaskClient) -> str:
    """Cleo's free board made of eva's bundle, with a photo of hers on the wine and one beside."""
    origin = published(cast, cast.browser("eva"), WINE, HAT)
    page = str(cast.post(cleo, f"{origin}/remix").location.removesuffix("/edit"))
    assert cast.post(cleo, f"{page}/edit", step="lay-freely").status_code == 303
    assert lay(cast, cleo, page, LAYOUT, 2).status_code == 200
    assert hand_in(cast, cleo, page, people="yes", consent="1").status_code == 303
    other = BytesIO()
    Image.new("RGB", (700, 500), "#3060B0").save(other, "PNG")
    other.seek(0)
    assert cast.post(cleo, f"{page}/photos", photo=(other, "b.png"), **{
        **GOOD, "alt": "Noch eines", "licence": "CC0-1.0"}).status_code == 303
    key = own_photos(page)[0]["files"][-1][2][:12]
    assert cast.post(cleo, f"{page}/edit", **ROW, picture=f"photo-{key}").status_code == 303
    run_due()
    return page


def own_photos(page: str) -> list[dict[str, Any]]:
    """What is kept of the photos of a bundle."""
    db.session.rollback()
    found = db.session.scalar(db.select(Bundle.photos).where(
        Bundle.slug == page.rsplit("/", 1)[1])) or []
    db.session.rollback()
    return list(found)


def exported(cleo: FlaskClient) -> dict[str, bytes]:
    """The files of one's export by name, without the folder of the only bundle."""
    with ZipFile(BytesIO(cleo.get("/account/bundles/export.zip").data)) as packed:
        return {name.rsplit("/", 1)[-1] if "/" in name else f"/{name}": packed.read(name)
                for name in packed.namelist()}


def zipped(files: dict[str, bytes]) -> BytesIO:
    """Files as a ZIP of one bundle."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packing:
        for name, body in files.items():
            packing.writestr(name if name.startswith("/") else f"mein/{name}", body)
    out.seek(0)
    return out


def emptied() -> None:
    """A market that has the goods and nothing else of it: no bundle, no file of a photo."""
    names = [name for row in db.session.scalars(db.select(Bundle.photos).where(
        Bundle.photos.is_not(None))) for one in row or () for _k, _w, name in one["files"]]
    db.session.rollback()
    for name in names:
        doors().storage.delete(name)
    with committing():
        for table in ("bundle_changes", "bundle_items", "bundles"):
            db.session.execute(db.text(f"DELETE FROM {table}"))


def brought(cast: Cast, cleo: FlaskClient, body: BytesIO) -> str:
    """Bring a file in; the page of the only bundle in it."""
    done = cast.post(cleo, "/account/bundles/import", file=(body, "zuruf-bundles.zip"))
    assert done.status_code == 303, done.get_data(as_text=True)
    return str(done.location.removesuffix("/edit"))


def test_photos_come_back_in_an_empty_market(cast: Cast, cleo: FlaskClient) -> None:
    """bundles-26: export, import where nothing of it is left, export again: the same composition,
    the same words, credits and chain byte by byte, the photos of the same size at the same places;
    the photo lies on the board where the wine lay (72, 108 to 408, 1020 of 1200).
    """
    laid_variant(cast, cleo)
    first = exported(cleo)
    said = json.loads(first["credits.json"])
    assert [one["alt"] for one in said["photos"]] == [ALT, "Noch eines"]
    assert [(one["title"], one["author"]) for one in said["origins"]] == [
        ("Abend am Deich", EVA)]
    emptied()
    page = brought(cast, cleo, zipped(first))
    assert brown((240, 560))
    again = exported(cleo)
    for name in ("bundle.json", "credits.json"):
        assert again[name] == first[name]
    assert again.keys() == first.keys()
    for name, tint in (("photo-1.webp", (176, 112, 60)), ("photo-2.webp", (48, 96, 176))):
        old, new = (Image.open(BytesIO(one[name])).convert("RGB") for one in (first, again))
        assert old.size == new.size
        assert all(abs(a - b) < 12 for a, b in zip(
            new.getpixel((9, 9)), tint, strict=True))  # type: ignore[arg-type]
    kept = own_photos(page)[0]
    assert (kept["credit"], kept["licence"], kept["people"], kept["consent"], kept["no_minors"]) \
        == (GOOD["credit"], GOOD["licence"], "yes", True, True)
    shown = cleo.get(page).get_data(as_text=True)
    origin = said["origins"][0]["url"]
    assert f'href="{origin}" rel="ugc nofollow"' in shown and EVA in shown


def test_variant_of_a_brought_one_keeps_its_chain(cast: Cast, cleo: FlaskClient) -> None:
    """bundles-26, bundles-7: published where it was brought to, its variants name both steps."""
    laid_variant(cast, cleo)
    first = exported(cleo)
    emptied()
    page = brought(cast, cleo, zipped(first))
    cast.post(cleo, f"{page}/edit", step="publish", title="Mitgebracht", visibility="public")
    dan = cast.browser("dan")
    made = cast.post(dan, f"{page}/remix").location.removesuffix("/edit")
    steps = dan.get(made).get_data(as_text=True)
    origin = json.loads(first["credits.json"])["origins"][0]["url"]
    assert "Mitgebracht" in steps and origin in steps


def changed(**words: Any) -> Callable[[dict[str, bytes]], None]:
    """Other words about the first photo."""
    def change(files: dict[str, bytes]) -> None:
        said = json.loads(files["credits.json"])
        said["photos"][0] |= words
        files["credits.json"] = json.dumps(said).encode()
    return change


def instead(name: str, body: bytes | None) -> Callable[[dict[str, bytes]], None]:
    """Another file of that name, or none."""
    def change(files: dict[str, bytes]) -> None:
        files.pop(name)
        if body is not None:
            files[name] = body
    return change


def huge() -> bytes:
    """A picture of 25 megapixels in a few kilobytes."""
    out = BytesIO()
    Image.new("1", (5000, 5000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(("change", "words"), [
    (instead("photo-1.webp", None), "Seine Datei ist nicht im ZIP."),
    (instead("photo-1.webp", b"<script>"), "Dieses Bild lässt sich nicht lesen."),
    (instead("photo-1.webp", b"\0" * 30_000_000), "Das Bild ist zu groß"),
    (instead("photo-1.webp", huge()), "Das Bild ist zu groß"),
    (changed(file="../../etc/passwd"), "Der Name seiner Datei geht nicht."),
    (changed(file="/etc/photo.webp"), "Der Name seiner Datei geht nicht."),
    (changed(consent=False), "Ohne Einverständnis aller darauf"),
    (changed(no_minors=False), "Fotos mit Kindern"),
    (changed(licence="mine"), "Bitte wähle eine Lizenz."),
])
def test_photo_that_cannot_be_taken_leaves_its_words(
    cast: Cast, cleo: FlaskClient, change: Callable[[dict[str, bytes]], None], words: str
) -> None:
    """bundles-26: bomb, foreign path, missing or broken file, no consent: one sentence names it,
    the other photo and everything else is there, its words stay in editor and file until they are
    taken out.
    """
    laid_variant(cast, cleo)
    files = exported(cleo)
    parts, said = files["bundle.json"], len(stored())
    change(files)
    emptied()
    page = brought(cast, cleo, zipped(files))
    shown = cleo.get(f"{page}/edit").get_data(as_text=True)
    assert words in shown and "Deine Datei sprach auch von diesen" in shown
    assert [one["alt"] for one in own_photos(page)] == ["Noch eines"] and len(stored()) <= said
    again = exported(cleo)
    assert again["bundle.json"] == parts
    assert [one["alt"] for one in json.loads(again["credits.json"])["photos"]] == [
        "Noch eines", ALT]
    assert cast.post(cleo, f"{page}/photos", out="w1").status_code == 303
    assert cast.post(cleo, f"{page}/photos", out="w1").status_code == 404
    assert ALT not in cleo.get(f"{page}/edit").get_data(as_text=True)


@pytest.mark.parametrize("body", [None, b"no json", b"[" * 9000, b"{}", b"x" * 70_000])
def test_unreadable_credits_do_not_stop_a_bundle(
    cast: Cast, cleo: FlaskClient, body: bytes | None
) -> None:
    """bundles-26: without words about them no photo is taken; the bundle is, and it is said."""
    laid_variant(cast, cleo)
    files = exported(cleo)
    instead("credits.json", body)(files)
    emptied()
    page = brought(cast, cleo, zipped(files))
    assert "Bitte füge solche Fotos im Editor hinzu." in cleo.get(
        f"{page}/edit").get_data(as_text=True)
    assert own_photos(page) == []
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(BundleItem.id))) == 2


def test_nobody_else_takes_words_out(cast: Cast, cleo: FlaskClient) -> None:
    """Words of a photo that did not come are their author's."""
    laid_variant(cast, cleo)
    files = exported(cleo)
    instead("photo-1.webp", None)(files)
    emptied()
    page = brought(cast, cleo, zipped(files))
    assert cast.post(cast.browser("dan"), f"{page}/photos", out="w1").status_code == 404
    assert ALT in exported(cleo)["credits.json"].decode() and len(photos()) == 1


def test_leaving_takes_the_words_along(cast: Cast, cleo: FlaskClient) -> None:
    """bundles-31: what a file said of photos of who leaves is not kept, whoever saw the bundle."""
    from marketplace.handlers.leaving import _bundles

    laid_variant(cast, cleo)
    files = exported(cleo)
    instead("photo-1.webp", None)(files)
    emptied()
    page = brought(cast, cleo, zipped(files))
    cast.post(cleo, f"{page}/edit", step="publish", title="Mitgebracht", visibility="public")
    db.session.rollback()
    with committing():
        _bundles(cast.id("cleo"), "", "keep")
    kept = db.session.execute(db.select(Bundle.not_here, Bundle.photos).where(
        Bundle.slug == page.rsplit("/", 1)[1])).one()
    assert tuple(kept) == (None, None)


def test_credits_file_is_read_as_it_was_written() -> None:
    """Equal bytes after reading; of an address that is none the step stays, a wrong entry is
    counted, the same key counts once.
    """
    step = {"title": "Abend", "author": "Eva", "url": "https://example.org/bundles/x"}
    photo = {"alt": "Tisch", "credit": "Eva", "licence": "CC0-1.0", "people": "no",
             "consent": False, "no_minors": True, "key": "photo-0123456789ab"}
    body = credits_packed([step], [photo])
    read = credits_opened(body)
    assert credits_packed(read.origins, read.photos) == body and read.wrong == 0
    said = json.loads(body)
    said["origins"] += [{**step, "url": "javascript:alert(1)"}, {"title": 1}, "x"]
    said["photos"] += [said["photos"][0], {**photo, "key": "x", "file": "a.webp"}]
    read = credits_opened(json.dumps(said).encode())
    assert [one["url"] for one in read.origins] == [step["url"], ""]
    assert (len(read.photos), read.wrong) == (1, 4)
    with pytest.raises(CreditFault):
        credits_opened(b'{"format":"zuruf-credits","version":2}')
