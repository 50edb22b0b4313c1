"""What every test stands on: one app per process, a fresh copy of a prepared market per test."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.browsers import Browser
from tests.cast import Cast, build
from tests.databases import MARKET, Database, open_database, sent_statements

ENGINE = os.environ.get("ZURUF_TEST_DATABASE", "sqlite")
HERE = Path(__file__).resolve().parent.parent
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A folder of this process, gone afterwards."""
    path = Path(tempfile.mkdtemp(prefix="zuruf-test-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def database(folder: Path) -> Iterator[Database]:
    """A database server or file to copy from."""
    with open_database(ENGINE, folder) as found:
        yield found


@pytest.fixture(scope="session")
def market(folder: Path, database: Database) -> Iterator[Flask]:
    """The app of this process, with the prepared market as the template to copy."""
    from flask_migrate import upgrade

    from marketplace import create_app
    from marketplace.foundation.database import db
    from marketplace.foundation.settings import load

    settings = load({
        "ZURUF_ENV": "test", "ZURUF_INSTANCE": str(folder), "ZURUF_DEMO": "on",
        "ZURUF_SECRET_KEY": "tests only, nothing is secret here at all",
        "ZURUF_DATABASE_URL": database.url, "ZURUF_PAYMENT": "bank_transfer,test_card",
        "ZURUF_RATE_LIMITS": "off", "ZURUF_PAGE_CACHE_SECONDS": "0", "ZURUF_URL":
        "http://localhost", "ZURUF_LOG_LEVEL": "error",
        "ZURUF_SUGGESTION_MS": "60000"}, HERE)
    app = create_app(settings)
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.test_client_class = Browser
    with app.app_context():
        upgrade(str(HERE / "migrations"))
        build(app)
    database.keep(app, MARKET)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(market: Flask, database: Database, folder: Path) -> Iterator[Flask]:
    """The app on a fresh copy of the prepared market, without an index; a GET that writes fails."""
    from marketplace.adapters.doors import open_fulltext
    from marketplace.foundation.database import db
    from marketplace.journal.actions import forget_counts
    from marketplace.search.actions import forget_searched
    from marketplace.web.page_cache import drop

    database.fresh(market)
    forget_counts()
    forget_searched()
    if (folder / "index").exists():
        shutil.rmtree(folder / "index")
        market.extensions["doors"].fulltext = open_fulltext(market.config["ZURUF"])
    for name in ("taste", "kept", "spellings"):
        market.extensions.pop(name, None)
    shutil.rmtree(folder / "outbox", ignore_errors=True)
    with market.app_context():
        drop()
        guard = _no_write_on_get(db.engine)
        yield market
        db.session.rollback()
        db.session.remove()
        event.remove(db.engine, "before_cursor_execute", guard)


def _no_write_on_get(engine: object) -> object:
    """Fail on any writing statement while a GET is answered."""
    from flask import has_request_context, request

    def guard(conn, cursor, statement, parameters, context, executemany):  # type: ignore[no-untyped-def]
        if has_request_context() and request.method == "GET":
            word = statement.lstrip().split(" ", 1)[0].upper()
            assert word not in WRITES, f"GET {request.path} writes: {statement[:120]}"

    event.listen(engine, "before_cursor_execute", guard)
    return guard


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The same few people in all tests, by handle."""
    return Cast(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser."""
    return app.test_client()


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement sent to the database from here on."""
    with sent_statements() as sent:
        yield sent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On the second engine only what touches a database runs again, and what is of that one."""
    pure = pytest.mark.skip(reason="pure: ran with SQLite already")
    other = pytest.mark.skip(reason="of PostgreSQL alone")
    for item in items:
        of_one = item.get_closest_marker("postgresql") is not None
        if ENGINE == "sqlite":
            if of_one:
                item.add_marker(other)
        elif not of_one and not {"app", "market", "database"} & set(
                getattr(item, "fixturenames", ())):
            item.add_marker(pure)
