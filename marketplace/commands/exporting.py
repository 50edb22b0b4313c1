"""Everybody's data as files: `flask export-all FOLDER`, before a market moves or closes."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import select

from marketplace.adapters.doors import doors
from marketplace.foundation.database import db
from marketplace.people.models import Person
from marketplace.people.queries.packing import packed

PRIVATE, MINE = 0o600, 0o700


@click.command("export-all")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--again", is_flag=True, help="Write members anew whose file is there already.")
def export_all(folder: Path, again: bool) -> None:
    """Write one ZIP for each member into FOLDER, of the form that `import members` takes.

    Members whose file is there are passed over, so that what was broken off goes on.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=MINE)
    people = db.session.execute(
        select(Person.id, Person.handle).where(Person.state.in_(("active", "suspended")))
        .order_by(Person.id)).all()
    made = faulty = 0
    with click.progressbar(people, label="Members") as rows:
        for person_id, handle in rows:
            path = folder / f"{handle}.zip"
            if path.exists() and not again:
                continue
            body, faults = packed(person_id, doors().storage)
            db.session.rollback()
            _write(path, body)
            made, faulty = made + 1, faulty + bool(faults)
    click.echo(f"{made} of {len(people)} members written to {folder}, {faulty} with faults.txt")


def _write(path: Path, body: bytes) -> None:
    """Whole or not at all, and only for who runs this."""
    draft = path.with_suffix(".part")
    draft.touch(PRIVATE)
    draft.write_bytes(body)
    draft.replace(path)
