"""Everybody's data as files, until the market closes."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import time_machine
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.database import db
from tests.bundles.test_sets import HAT, WINE, published
from tests.cast import Cast


def bundles_in(folder: Path) -> set[str]:
    """Addresses of all bundles in all files."""
    found = set[str]()
    for path in folder.glob("*.zip"):
        with ZipFile(path) as whole:
            if "bundles.json" in whole.namelist():
                found |= {row["slug"] for row in json.loads(whole.read("bundles.json"))["bundles"]}
    return found


def test_all_members_are_written_until_the_last_day(app: Flask, cast: Cast, tmp_path: Path) -> None:
    """bundles-27: each member one file, readable by who runs it alone; in them all bundles, drafts
    too; what is there is passed over; on the 59th day of a closing market as before.
    """
    published(cast, cast.browser("cleo"), WINE, HAT)
    published(cast, cast.browser("eva"), HAT, WINE)
    cast.post(cast.browser("dan"), "/bundles/new", title="Noch ein Entwurf", template="collage")
    db.session.rollback()
    all_of_them = set(db.session.scalars(db.text("SELECT slug FROM bundles")))
    people = db.session.scalar(db.text(
        "SELECT count(*) FROM people WHERE state IN ('active', 'suspended')"))
    db.session.rollback()
    run = app.test_cli_runner()
    closing = str(clock.today() + timedelta(days=60))
    assert run.invoke(args=["notify", "closing", "--on", closing]).exit_code == 0
    for days, made in ((0, people), (0, 0), (59, people)):
        folder = tmp_path / str(days)
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            told = run.invoke(args=["export-all", str(folder)])
        assert told.exit_code == 0, told.output
        assert f"{made} of {people} members written" in told.output
        assert len(list(folder.glob("*.zip"))) == people and not list(folder.glob("*.part"))
        assert {path.stat().st_mode & 0o777 for path in folder.glob("*.zip")} == {0o600}
        assert len(all_of_them) == 3 and bundles_in(folder) == all_of_them
