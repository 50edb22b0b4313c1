"""Runs the migrations on the database of the current app, one transaction for all of them."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import create_engine

from marketplace.foundation.database import UtcDateTime, db


def render_item(kind: str, item: object, autogen_context: object) -> str | bool:
    """How our own column types are written into a revision."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen_context.imports.add("from marketplace.foundation.database import UtcDateTime")
        return "UtcDateTime()"
    return False


def run() -> None:
    """Bring the database to the asked revision."""
    engine = create_engine(current_app.config["SQLALCHEMY_DATABASE_URI"])
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=db.metadata, render_as_batch=True,
            render_item=render_item, compare_type=True, transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
