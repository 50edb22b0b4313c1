"""Rows of a person go, are emptied, or lose what says who, by the declarations of each room."""

from __future__ import annotations

import random
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, Table, delete, select, update

from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.people.models import OldHandle, Person
from marketplace.people.queries.personal import declared, table_of, whose
from marketplace.people.rules.personal import Declared

FORMER = "former-"


def forget_by_declaration(person_id: int, choice: str) -> None:
    """Every table whose rows are declared as going, or as losing their words; children first.

    Changes all tables that say so. Rows of other kinds are left to the rooms' own actions.
    """
    order = {table.name: n for n, table in enumerate(db.metadata.sorted_tables)}
    for one in sorted(declared(), key=lambda one: -order[one.table]):
        if not one.owner:
            continue
        if one.forget == "delete":
            db.session.execute(delete(table_of(one)).where(whose(one, person_id, both=True)))
        elif one.forget == "empty" or (one.forget == "words" and choice == "delete"):
            _empty(one, person_id)
    db.session.expire_all()


def _empty(one: Declared, person_id: int) -> None:
    table = table_of(one)
    db.session.execute(update(table).where(whose(one, person_id)).values(
        {name: blank(table, name) for name in one.empty}))


def blank(table: Table, name: str) -> Any:
    """What stands in a column that says nothing."""
    column = table.c[name]
    if column.nullable:
        return None
    if isinstance(column.type, JSON):
        return []
    return False if column.type.python_type is bool else ""


def leave_stub(person_id: int) -> None:
    """What is left of a person: a number with a drawn picture, and no name. Changes people,
    old_handles, whose handles nobody else may take yet: only their hashes stay.
    """
    row = db.session.get_one(Person, person_id, populate_existing=True)
    for old in db.session.scalars(select(OldHandle).where(OldHandle.person_id == person_id)).all():
        db.session.execute(update(OldHandle).where(OldHandle.handle_folded == old.handle_folded)
                           .values(handle_folded=folded_hash(old.handle_folded))
                           .execution_options(synchronize_session=False))
    name = f"{FORMER}{secret_code(96).lower().replace('_', '0').replace('-', '1')[:16]}"
    row.handle = row.handle_folded = name
    row.display_name = row.about = row.region = row.languages = row.picture_file = None
    row.picture_seed = random.randrange(1, 10**9)  # noqa: S311 - a picture
    row.state, row.age_class, row.trust_level = "erased", "unknown", 0
    row.is_moderator = row.is_operator = row.page_indexed = row.suggestions_on = False
    row.not_now, row.time_zone = "", "Europe/Berlin"
    db.session.flush()


def folded_hash(handle: str) -> str:
    """How the former handle of somebody who was erased is kept from being taken."""
    return "#" + sha256(handle.encode()).hexdigest()[:28]
