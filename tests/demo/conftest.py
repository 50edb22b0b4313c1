"""One loaded demo for all tests of this folder that only look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from marketplace import create_app
from marketplace.demo.load import Book, load_demo
from marketplace.foundation.database import db
from marketplace.foundation.settings import load

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
MOMENT = datetime(2026, 9, 21, 9, 30, tzinfo=UTC)


def marketplace(folder: Path) -> Flask:
    """An empty marketplace in a folder."""
    return create_app(load({"ZURUF_ENV": "test", "ZURUF_INSTANCE": str(folder),
                            "ZURUF_URL": "http://localhost", "ZURUF_LOG_LEVEL": "error",
                            "ZURUF_SUGGESTION_MS": "60000"}, folder))


def load_into(folder: Path) -> tuple[Flask, Book]:
    """A marketplace with the demo in it."""
    app = marketplace(folder)
    with app.app_context():
        upgrade(str(MIGRATIONS))
        return app, load_demo(MOMENT)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Flask, Book]:
    """The demo, loaded once: its folder, the app, what was read."""
    folder = tmp_path_factory.mktemp("demo") / "market"
    return folder, *load_into(folder)


@pytest.fixture(scope="module")
def loaded(demo: tuple[Path, Flask, Book]) -> Iterator[tuple[Flask, Book]]:
    """The loaded demo, in its context; to look at only."""
    _folder, app, book = demo
    with app.app_context():
        yield app, book
        db.session.remove()
        db.engine.dispose()
