"""foundation-11: an empty database brought up to date equals the models."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from marketplace.foundation.database import db
from tests.shape.house import told

pytestmark = [pytest.mark.filterwarnings("ignore:autogenerate skipping:UserWarning"),
              pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")]
"""Indexes on expressions cannot be read back; `missing_indexes` looks for them by name."""


def differences(engine: sa.Engine, metadata: sa.MetaData) -> list[str]:
    """What a migration would still have to do."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={
            "compare_type": True, "compare_server_default": True,
            "autogenerate_plugins": ["alembic.autogenerate.*",
                                     "alembic.ext.checkconstraint_byname"]})
        found: list[Any] = compare_metadata(context, metadata)
    return [str(one) for one in found]


def missing_indexes(engine: sa.Engine, metadata: sa.MetaData) -> list[str]:
    """Names of declared indexes that the database does not have, also those on expressions."""
    query = {"sqlite": "SELECT name FROM sqlite_master WHERE type = 'index'",
             "postgresql": "SELECT indexname FROM pg_indexes"}[engine.dialect.name]
    with engine.connect() as connection:
        there = set(connection.scalars(sa.text(query)))
    return sorted(str(index.name) for table in metadata.tables.values()
                  for index in table.indexes if index.name not in there)


def test_migrations_equal_models(app: Flask) -> None:
    """foundation-11: empty -> head equals the models, on the engine of the run."""
    found = differences(db.engine, db.metadata) + missing_indexes(db.engine, db.metadata)
    assert not found, told(found)


def test_only_one_head(app: Flask) -> None:
    """One line of revisions, without branches."""
    from alembic.script import ScriptDirectory

    assert len(ScriptDirectory("migrations").get_heads()) == 1


def test_migration_check_can_fail(app: Flask) -> None:
    """Planted: a table, a column, an index and a constraint that no migration makes."""
    planted = sa.MetaData(naming_convention=db.metadata.naming_convention)
    for table in db.metadata.tables.values():
        table.to_metadata(planted)
    sa.Table("forgotten", planted, sa.Column("id", sa.Integer, primary_key=True))
    people = planted.tables["people"]
    people.append_column(sa.Column("shoe_size", sa.Integer))
    sa.Index("ix_people_shoe_size", people.c.shoe_size)
    people.append_constraint(sa.CheckConstraint("shoe_size < 99", name="feet"))
    found = differences(db.engine, planted)
    words = ("forgotten", "Column('shoe_size'", "ix_people_shoe_size", "ck_people_feet")
    assert all(any(word in one for one in found) for word in words), told(found)
    assert missing_indexes(db.engine, planted) == ["ix_people_shoe_size"]
