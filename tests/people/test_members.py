"""people-20: what a member takes along comes in elsewhere, and goes out again equal."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from click import ClickException
from flask import Flask

from marketplace.adapters.doors import doors
from marketplace.commands.members import OWN, PROFILE, take_in
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.people import actions
from marketplace.people.jobs import LOG, erase
from marketplace.people.queries.packing import packed
from tests.cast import Cast
from tests.reviews.hands import answered
from tests.web.places import everything


def told(cast: Cast) -> None:
    """Eva follows, trusts, blocks, wishes, agrees, lives somewhere and belongs to a group."""
    eva = cast.browser("eva")
    for path, data in (
        ("/account/profile", {"display_name": "Eva Nachtigall", "about": "Nebel.", "lang": "en",
                              "region": "Juist", "level-about": "followed"}),
        ("/members/cleo/follow", {}), ("/members/cleo/trust", {"subject": "wine"}),
        ("/members/dan/block", {}), ("/members/gina/mute", {}),
        ("/account/wishes", {"kind": "size", "words": "M", "subject": "fashion"}),
        ("/account/wishes/health", {"act": "agree"}),
        ("/account/wishes/health", {"kind": "diet", "health": "vegetarisch"}),
        ("/account/addresses", {"name": "Eva", "lines": "Weg 2", "postcode": "26571",
                                "city": "Juist", "country": "DE"}),
        ("/groups/weisswein-zu-gemuese/join", {}),
        ("/threads/new?about=/producers/nordgarn", {
            "kind": "question", "openness": "public", "step": "send", "title": "Wie waschen?",
            "words": "Bei vierzig Grad, oder von Hand?"})):
        assert cast.post(eva, path, **data).status_code == 303, path


def taken(person_id: int) -> bytes:
    """The file of a person."""
    body, faults = packed(person_id, doors().storage)
    db.session.rollback()
    assert faults == []
    return body


def by_name(body: bytes) -> dict[str, Any]:
    """What is the person's own in a file, with numbers replaced by names."""
    with ZipFile(BytesIO(body)) as whole:
        rows = json.loads(whole.read("people.json"))
        names = json.loads(whole.read("about.json"))["names"]
    profile = {name: rows["people"][0][name] for name in PROFILE}
    found: dict[str, Any] = {"profile": profile, "email": rows["accounts"][0]["email"]}
    for table in OWN:
        found[table] = sorted(json.dumps({
            key: names["people"].get(str(value)) if key in ("followed_id", "trusted_id", "other_id")
            else names["subjects"].get(str(value)) if key == "subject_id" else value
            for key, value in row.items()
            if key not in ("id", "person_id", "follower_id", "truster_id", "owner_id",
                           "consent_id")}, sort_keys=True) for row in rows.get(table, []))
    return found


def test_there_and_back_again(cast: Cast, app: Flask, tmp_path: Path) -> None:
    """people-20: taken out, erased, taken in and taken out again: the same, all links resolve."""
    everything(app, cast)
    told(cast)
    answered(cast, "eva", slug="fischerpullover", words="Kratzt am Anfang, dann nicht mehr.")
    run_due()
    eva = cast.id("eva")
    before = taken(eva)
    with ZipFile(BytesIO(before)) as whole:
        held = {name.split(".")[0] for name in whole.namelist() if name.endswith(".json")}
        page = whole.read("index.html").decode()
    assert {"people", "groups", "bundles", "recommend", "dialogue", "reviews"} <= held
    for words in ("Eva Nachtigall", "vegetarisch", "Bei vierzig Grad", "Kratzt am Anfang"):
        assert words in page, words
    erase(eva)
    with committing():
        db.session.execute(sa.text("DELETE FROM old_handles"))
    file = tmp_path / "eva.zip"
    file.write_bytes(before)
    counts = take_in(file)
    assert counts["follows"] == counts["trusts"] == counts["blocks"] == 1
    assert counts["groups"] == counts["bundles"] == counts["ratings"] == 1
    again = taken(cast.id("eva"))
    assert by_name(again) == by_name(before)
    client = app.test_client()
    assert client.get("/members/eva").status_code == 200
    with pytest.raises(ClickException, match="is here already"):
        take_in(file)
    (Path(app.config["ZURUF"].instance) / LOG).unlink()


def test_a_file_that_is_none_is_refused_in_words(app: Flask, tmp_path: Path) -> None:
    """6: neither a broken file nor one of another form changes anything."""
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"nothing")
    with pytest.raises(ClickException, match="no file of a member"):
        take_in(bad)
    with ZipFile(bad, "w") as whole:
        whole.writestr("about.json", json.dumps({"format": "other"}))
    with pytest.raises(ClickException, match="not of the form"):
        take_in(bad)


def test_picture_comes_along(cast: Cast) -> None:
    """people-20: the person's picture lies in the file."""
    name = doors().storage.put(b"a picture", "webp")
    with committing():
        actions.change_profile(cast.id("eva"), "", "", "", name)
    with ZipFile(BytesIO(taken(cast.id("eva")))) as whole:
        assert whole.read(f"files/{name}") == b"a picture"
