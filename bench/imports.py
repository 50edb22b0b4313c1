"""How long a file of goods takes to be checked and saved, and how much memory: 1,000 and 10,000.

    python -m bench.imports [--engine sqlite|postgresql] [--rows 1000 10000]

Each size runs in a process of its own on a market of its own, made from the tests' cast: the file
is read and checked, then saved by the jobs as the running site does. Prints seconds of each step,
the peak of memory above that before the file, and the second size as a multiple of the first.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from typing import Any

from bench.own_market import ENGINES, own_market

HEAD = ("sku;product;title;title_en;teaser;story;category;price;amount;unit;stock;gtin;not_for;"
        "place;f:kind;f:alcohol;f:origin;f:allergens;f:vintage")
STORY = "Auf Schiefer gewachsen, von Hand gelesen, im Stahl vergoren und spät gefüllt. " * 8


def main() -> int:
    """Measure each size in a process of its own and print what they took."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--engine", default="sqlite", choices=ENGINES)
    reader.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000])
    reader.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.one:
        print(json.dumps(measured(asked.engine, asked.one)))
        return 0
    found = []
    for rows in asked.rows:
        done = subprocess.run(
            [sys.executable, "-m", "bench.imports", "--engine", asked.engine, "--one", str(rows)],
            stdout=subprocess.PIPE, check=True, text=True)
        found.append(json.loads(done.stdout.splitlines()[-1]))
        print(json.dumps(found[-1]), flush=True)
    if len(found) > 1:
        ratio = {name: round(found[-1][name] / max(found[0][name], 0.1), 2)
                 for name in ("check_seconds", "save_seconds", "peak_mb")}
        print(json.dumps({"engine": asked.engine, "last_to_first": ratio}))
    return 0


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def table(rows: int) -> bytes:
    """A file of so many wines."""
    lines = [HEAD] + [
        f"B-{n};;Schieferwein Nummer {n};Slate wine number {n};Trocken und salzig;{STORY};"
        f"white-wine;{5 + n % 20},90;750;ml;{n % 60};;Nichts für Eilige.;Kaltbach;Weißwein;12;"
        f"Mosel;Sulfite;2022" for n in range(rows)]
    return "\r\n".join(lines).encode()


def measured(engine: str, rows: int) -> dict[str, Any]:
    """One file from its bytes to goods on the shelf."""
    from marketplace.foundation.database import db

    with own_market(engine):
        import_id, person_id = _handed_in(table(rows))
        before = _peak_mb()
        check = _checked(import_id)
        save = _saved(import_id, person_id)
        made = db.session.execute(db.text("SELECT count(*) FROM variants WHERE sku LIKE 'B-%'"))
        assert made.scalar() == rows
    return {"engine": engine, "rows": rows, "check_seconds": round(check, 1),
            "save_seconds": round(save, 1), "seconds": round(check + save, 1),
            "peak_mb": round(_peak_mb() - before, 1), "process_mb": round(_peak_mb(), 1)}


def _handed_in(body: bytes) -> tuple[int, int]:
    """Note the file as the page does; its number and who handed it in."""
    from marketplace.adapters.doors import doors
    from marketplace.catalog.actions import intake
    from marketplace.catalog.jobs.intake import look_into
    from marketplace.catalog.queries.intake import import_view
    from marketplace.foundation.database import committing, db

    file = doors().storage.put(body, "table")
    plan, _small = look_into(doors().storage.path(file), None)
    person_id = int(db.session.execute(db.text(
        "SELECT id FROM people WHERE handle = 'ana'")).scalar() or 0)
    producer_id = int(db.session.execute(db.text(
        "SELECT id FROM producers WHERE slug = 'weingut-kaltbach'")).scalar() or 0)
    db.session.rollback()
    with committing():
        number = intake.start(producer_id, person_id, "bench.csv", ("0", file, ""),
                              {**plan, "mode": "drafts", "lang": "de"})
    known = import_view(number)
    assert known is not None
    db.session.rollback()
    with committing():
        intake.choose_columns(known, {name: name for name in plan["header"]}, {})
    return number, person_id


def _checked(import_id: int) -> float:
    from marketplace.catalog.jobs.intake import read_now

    start = time.perf_counter()
    read_now(import_id)
    return time.perf_counter() - start


def _saved(import_id: int, person_id: int) -> float:
    """All batches, one job each, as the runner does."""
    from marketplace.catalog.actions import intake
    from marketplace.catalog.jobs.intake import go_on
    from marketplace.catalog.queries.intake import import_view
    from marketplace.foundation.database import committing, db
    from marketplace.foundation.jobs import run_due

    known = import_view(import_id)
    assert known is not None and known.counts.get("fault", 0) == 0, known
    db.session.rollback()
    start = time.perf_counter()
    with committing():
        intake.ask_saving(known)
        go_on(import_id, person_id, "save")
    run_due(kind="catalog.import_rows")
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
