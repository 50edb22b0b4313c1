"""A small market of its own for a measurement, made from the tests' cast; gone afterwards."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

HOME = Path(__file__).resolve().parent.parent
ENGINES = ("sqlite", "postgresql")
SECRET = "this measurement only, nothing here is secret"


def outside(app: Flask, **settings: str) -> dict[str, str]:
    """The settings by which another process serves the same market."""
    known = app.config["ZURUF"]
    return {"ZURUF_ENV": "test", "ZURUF_INSTANCE": str(known.instance), "ZURUF_DEMO": "on",
            "ZURUF_DATABASE_URL": known.database_url, "ZURUF_SECRET_KEY": SECRET, **settings}


@contextmanager
def own_market(engine: str, **settings: str) -> Iterator[Flask]:
    """An app in its context, on a fresh database of this engine; `settings` as ZURUF_... says."""
    from flask_migrate import upgrade

    from marketplace import create_app
    from marketplace.foundation.database import db
    from marketplace.foundation.settings import load
    from tests.cast import build
    from tests.databases import open_database

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with (tempfile.TemporaryDirectory(prefix="zuruf-bench-") as name,
          open_database(engine, Path(name)) as database):
        app = create_app(load({
            "ZURUF_ENV": "test", "ZURUF_INSTANCE": name, "ZURUF_DATABASE_URL": database.url,
            "ZURUF_SECRET_KEY": SECRET,
            "ZURUF_LOG_LEVEL": "error", "ZURUF_DEMO": "on", **settings}, HOME))
        with app.app_context():
            upgrade(str(HOME / "migrations"))
            build(app)
            yield app
            db.session.rollback()
            db.engine.dispose()
