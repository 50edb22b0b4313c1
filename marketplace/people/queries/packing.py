"""A person's own data as a ZIP: JSON by room, their pictures, and a page to read it without us."""

from __future__ import annotations

import json
import logging
from html import escape
from io import BytesIO
from typing import Any, Protocol
from zipfile import ZIP_DEFLATED, ZipFile

from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.people.models import Person
from marketplace.people.queries.personal import files_in, personal, rooms_with_people

log = logging.getLogger(__name__)
FORMAT = "zuruf-member-1"


class Opens(Protocol):
    """What keeps files."""

    def open(self, name: str) -> bytes:
        """The bytes of a name. Raises FileNotFoundError."""


def packed(person_id: int, storage: Opens) -> tuple[bytes, list[str]]:
    """The ZIP and which rooms could not be read. Loads: 1 statement per table of a person."""
    handle = db.session.get_one(Person, person_id).handle
    buffer, faults, told = BytesIO(), list[str](), dict[str, Any]()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as whole:
        for room in rooms_with_people():
            try:
                told[room] = personal(room, person_id)
            except SQLAlchemyError as fault:
                db.session.rollback()
                log.warning("take-out of %s without %s: %s", person_id, room, fault)
                faults.append(f"{room} could not be read")
        for room, tables in told.items():
            if tables:
                whole.writestr(f"{room}.json", json.dumps(tables, ensure_ascii=False, indent=1))
        whole.writestr("about.json", json.dumps(
            {"format": FORMAT, "handle": handle, "made_at": clock.now().isoformat(),
             "names": names_of(told)}, ensure_ascii=False, indent=1))
        for name in (name for tables in told.values() for name in files_in(tables)):
            try:
                whole.writestr(f"files/{name}", storage.open(name))
            except FileNotFoundError:
                faults.append(f"{name} is not there any more")
        if faults:
            whole.writestr("faults.txt", "\n".join(faults) + "\n")
        whole.writestr("index.html", page_of(handle, told))
    return buffer.getvalue(), faults


def names_of(told: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Numbers of people, subjects, goods and groups in the rows, by the names they have outside."""
    found: dict[str, dict[str, str]] = {}
    for kind, (table, name, columns) in NAMED.items():
        ids = {row[column] for tables in told.values() for rows in tables.values() for row in rows
               for column in columns & row.keys() if isinstance(row[column], int)}
        source = db.metadata.tables[table]
        rows = db.session.execute(db.select(source.c.id, source.c[name]).where(
            source.c.id.in_(ids))) if ids else ()
        found[kind] = {str(number): str(known) for number, known in rows}
    return found


NAMED = {
    "people": ("people", "handle", {"person_id", "followed_id", "trusted_id", "other_id",
                                    "author_id"}),
    "subjects": ("subjects", "slug", {"subject_id"}),
    "products": ("products", "slug", {"product_id", "thing_id"}),
    "groups": ("groups", "slug", {"group_id"}),
    "bundles": ("bundles", "slug", {"bundle_id", "parent_id", "root_id"}),
    "boards": ("board_templates", "slug", {"template_id"}),
}
"""Numbers that mean something only here, and the column that names them everywhere."""


def page_of(handle: str, told: dict[str, Any]) -> str:
    """All rows as one plain page that needs nothing from elsewhere."""
    lead = _("Everything kept about you here.")
    parts = [f"<!doctype html><meta charset=utf-8><title>@{escape(handle)}</title>"
             "<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
             "table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.2rem .5rem;"
             "text-align:left;vertical-align:top}</style>",
             f"<h1>@{escape(handle)}</h1><p>{escape(lead)}</p>"]
    for room, tables in told.items():
        for table, rows in tables.items():
            parts.append(f"<h2>{escape(room)}: {escape(table)}</h2>{_table(rows)}")
    return "\n".join(parts)


def _table(rows: list[dict[str, Any]]) -> str:
    heads = "".join(f"<th>{escape(name)}</th>" for name in rows[0])
    lines = "".join("<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row.values()) + "</tr>"
                    for row in rows)
    return f"<table><tr>{heads}</tr>{lines}</table>"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return escape(text)
