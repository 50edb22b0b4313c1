"""Files of goods: read, checked, saved and taken back, in batches that end whole.

Small files are done at once by the page that asks; larger ones by jobs, one batch a job, so that
a killed process loses nothing and others get their turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import NotAPicture, check, tint_of
from marketplace.adapters.tables import Bundle, TableFault, opened
from marketplace.catalog.actions import intake
from marketplace.catalog.actions.intake.reading import checked, progress
from marketplace.catalog.actions.intake.saving import Pictures, Taken, wanted_pictures
from marketplace.catalog.queries.intake import ImportView, import_view
from marketplace.catalog.queries.intake.imports import TOGETHER
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import enqueue, job

AT_ONCE = 2_000
"""So many rows are read, saved or taken back while the page is waiting."""
SAMPLES = 3


def paths_of(known: ImportView) -> tuple[Path, Path | None]:
    """Where a file and the pictures beside it lie."""
    storage = doors().storage
    return (storage.path(known.file),
            storage.path(known.pictures_file) if known.pictures_file else None)


def look_into(path: Path, beside: Path | None) -> tuple[dict[str, Any], bool]:
    """Header, first rows and pictures of a file, and whether it is small. Raises TableFault."""
    with opened(path, beside) as bundle:
        samples = [[cell[:60] for cell in cells]
                   for _number, cells in islice(bundle.table.rows, SAMPLES)]
        if not samples:
            raise TableFault("no_rows")
        rest = sum(1 for _row in islice(bundle.table.rows, AT_ONCE))
        small = SAMPLES + rest <= AT_ONCE
        return {"header": list(bundle.table.header), "samples": samples,
                "pictures": _judged(bundle)}, small


def _judged(bundle: Bundle) -> dict[str, str]:
    """Each picture beside the table with its fault in a word, "" for a good one."""
    found = {}
    for name in bundle.pictures:
        body = bundle.picture(name)
        try:
            if body is None:
                raise NotAPicture("broken")
            check(body)
            found[name] = ""
        except NotAPicture as fault:
            found[name] = str(fault)
    return found


def _batches(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[list[Any]]:
    left = iter(rows)
    while batch := list(islice(left, TOGETHER)):
        yield batch


def read_now(import_id: int) -> None:
    """Stage every row of a file and check it; a file that breaks on the way is said to be broken.

    Begins anew each time, so it is safe to repeat.
    """
    known = _known(import_id, "reading")
    if known is None:
        return
    with committing():
        intake.start_over(import_id)
    try:
        with opened(*paths_of(known)) as bundle:
            for batch in _batches(bundle.table.rows):
                with committing():
                    intake.keep_rows(import_id, bundle.table.header, known.plan["columns"], batch)
                db.session.expunge_all()
    except TableFault as fault:
        with committing():
            intake.broken(import_id, fault.code, fault.args_)
        return
    check_now(import_id)


def check_now(import_id: int) -> None:
    """Check all rows that wait, batch by batch."""
    known = import_view(import_id)
    if known is None:
        return
    done = 0
    while True:
        with committing():
            count = intake.check_batch(known)
            done += count
            if count:
                progress(import_id, done)
            else:
                checked(import_id)
        db.session.expunge_all()
        if not count:
            return


def _known(import_id: int, state: str) -> ImportView | None:
    known = import_view(import_id)
    db.session.rollback()
    return known if known is not None and known.state == state else None


@job("catalog.read_import")
def read_import(import_id: int) -> None:
    """Read and check a large file."""
    read_now(import_id)


def _fetched(known: ImportView) -> Pictures:
    """The pictures of the next batch, put into the storage before anything is written."""
    names = wanted_pictures(known)
    db.session.rollback()
    if not names:
        return {}
    found = {}
    with opened(*paths_of(known)) as bundle:
        for name in names:
            body = bundle.picture(name)
            if body is None or known.plan["pictures"].get(name):
                continue
            seen = check(body)
            found[name] = Taken(doors().storage.put(body, "orig"), (seen.width, seen.height),
                                tint_of(seen))
    return found


def save_now(known: ImportView, person_id: int) -> None:
    """Save all good rows of a small file in one change."""
    pictures: dict[str, Taken] = {}
    names = set(known.plan.get("pictures", {}))
    if names:
        pictures = dict(_all_pictures(known))
    with committing():
        intake.ask_saving(known)
        while intake.save_batch(known, person_id, pictures):
            pass
        intake.finish_saving(known.id)


def _all_pictures(known: ImportView) -> Iterator[tuple[str, Taken]]:
    with opened(*paths_of(known)) as bundle:
        for name, fault in known.plan["pictures"].items():
            body = None if fault else bundle.picture(name)
            if body is not None:
                seen = check(body)
                yield name, Taken(doors().storage.put(body, "orig"), (seen.width, seen.height),
                                  tint_of(seen))


@job("catalog.import_rows")
def import_rows(import_id: int, person_id: int, act: str = "save") -> None:
    """Save, or take back, the next batch of a large file, and ask for the one after it."""
    known = _known(import_id, "saving" if act == "save" else "undoing")
    if known is None:
        return
    pictures = _fetched(known) if act == "save" else {}
    with committing():
        if act == "save":
            count = intake.save_batch(known, person_id, pictures)
        else:
            count = intake.undo_batch_of(known, person_id)
        if count:
            go_on(import_id, person_id, act)
        elif act == "save":
            intake.finish_saving(import_id)
        else:
            intake.finish_undo(import_id)
    db.session.expunge_all()


def go_on(import_id: int, person_id: int, act: str) -> None:
    """Ask for the next batch."""
    enqueue("catalog.import_rows", f"import {import_id}", priority=-1, import_id=import_id,
            person_id=person_id, act=act)


def undo_now(known: ImportView, person_id: int) -> None:
    """Take a small file back in one change."""
    with committing():
        intake.ask_undo(known)
        while intake.undo_batch_of(known, person_id):
            pass
        intake.finish_undo(known.id)


@job("catalog.imports", every_seconds=24 * 3600)
def forget_imports() -> None:
    """Forget rows and files of imports after seven days."""
    with committing():
        names = intake.forget_old()
    for name in names:
        if name.endswith(".table"):
            doors().storage.delete(name)
