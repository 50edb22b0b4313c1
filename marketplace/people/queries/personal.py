"""What is kept of a person, by the declarations beside each room's tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Table, false, or_, select

from marketplace.foundation.database import db
from marketplace.people.rules.personal import Declared, read_declared

HOUSE = Path(__file__).resolve().parents[2]
NOT_GIVEN = frozenset(("password_hash", "hash", "id_hash", "public_key", "credential_id", "secret",
                       "guest_secret_hash", "email_folded", "handle_folded", "network"))
"""Secrets and folded copies: of no use to anybody but a thief."""
FILES = frozenset(("file", "picture_file", "note_picture", "proof_file", "paper_file", "pdf_file"))
FILE_LISTS = frozenset(("photos",))


@cache
def declared() -> Sequence[Declared]:
    """All declarations, room by room."""
    return [one for path in sorted(HOUSE.glob("*/personal.toml"))
            for one in read_declared(path.parent.name, path.read_text("utf-8"))]


@cache
def _by_table() -> Mapping[str, Declared]:
    return {one.table: one for one in declared()}


def table_of(one: Declared) -> Table:
    """The table of a declaration."""
    return db.metadata.tables[one.table]


def whose(one: Declared, person_id: int, both: bool = False) -> ColumnElement[bool]:
    """Rows of this person; with `both` also those in which they are the other."""
    table = table_of(one)
    if not one.owner:
        return false()
    column, _sign, parent = one.owner.partition(">")
    if parent:
        above = _by_table()[parent]
        mine: ColumnElement[bool] = table.c[column].in_(
            select(table_of(above).c.id).where(whose(above, person_id)))
    else:
        mine = table.c[column] == person_id
    return or_(mine, table.c[one.also] == person_id) if both and one.also else mine


def personal(room: str, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Everything a room keeps of a person, table by table. Loads: 1 statement per table."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in declared():
        if one.room == room and one.owner and "secret" not in one.facts:
            table = table_of(one)
            columns = [table.c[name] for name in one.columns() if name not in NOT_GIVEN]
            rows = db.session.execute(select(*columns).where(whose(one, person_id))
                                      .order_by(*table.primary_key.columns).limit(50_000))
            found[one.table] = [{name: as_json(value) for name, value in row._mapping.items()}
                                for row in rows]
    return {name: rows for name, rows in found.items() if rows}


def as_json(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def files_in(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """Names of the files that rows speak of."""
    names: list[str] = []
    for row in (row for table in rows.values() for row in table):
        names += [str(row[key]) for key in FILES & row.keys() if row[key]]
        names += [str(name) for key in FILE_LISTS & row.keys() for name in row[key] or ()]
    return list(dict.fromkeys(names))


def rooms_with_people() -> list[str]:
    """Rooms that keep something of a person."""
    return list(dict.fromkeys(one.room for one in declared() if one.owner))
