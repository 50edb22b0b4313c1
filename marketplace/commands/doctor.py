"""`flask --app wsgi doctor`: is everything as it should be, and what to do where it is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Literal

import click
from flask import current_app
from sqlalchemy import func, select, text

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db

Level = Literal["ok", "look", "fault"]
STUCK = timedelta(hours=1)
STALE = timedelta(days=7)
SHOWN = 20
LEAST_FREE_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw: fine, worth a look, or a fault."""

    check: str
    level: Level
    words: str


Findings = Iterator[tuple[Level, str]]


def examine() -> Iterator[Finding]:
    """Run every check; each writes nothing. A check that stumbles is a fault itself."""
    for name, check in CHECKS.items():
        try:
            seen = [Finding(name, level, words) for level, words in check()]
        except Exception as fault:  # whatever is broken, the other checks still say theirs
            seen = [Finding(name, "fault", f"the check stumbled: {type(fault).__name__}: {fault}")]
        db.session.rollback()
        yield from seen


def settings() -> Findings:
    """Settings were read at the start; what suits only a trial is named."""
    known = current_app.config["ZURUF"]
    yield "ok", f"{known.env}, {db.engine.dialect.name}, mail by {known.mail}"
    if known.production and known.mail == "file":
        yield "look", "mail is written to files: nobody gets it (ZURUF_MAIL=smtp)"
    if known.production and not known.url.startswith("https://"):
        yield "look", "ZURUF_URL has no https://"


def migrations() -> Findings:
    """The database stands at the newest revision of the code."""
    from alembic.script import ScriptDirectory

    folder = Path(current_app.root_path).parent / "migrations"
    newest = ScriptDirectory(str(folder)).get_current_head()
    stands = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    if stands == newest:
        yield "ok", f"at {newest}"
    else:
        yield "fault", f"at {stands}, the code needs {newest}: run `flask --app wsgi db upgrade`"


def jobs() -> Findings:
    """Nothing is dead, late, or left behind by a killed worker.

    What a sweep began again and finished since is no fault any more.
    """
    from marketplace.foundation.jobs import Job

    now, later = clock.now(), db.aliased(Job)
    mended = (select(later.id).where(later.kind == Job.kind, later.key == Job.key,
                                     later.id > Job.id, later.state == "done").exists())
    faults = {
        "dead": (Job.state == "dead") & ~mended,
        "late by more than an hour": (Job.state == "waiting") & (Job.due_at < now - STUCK),
        "left by a worker more than an hour ago": (Job.state == "running")
        & (Job.lease_until < now - STUCK)}
    found = False
    for words, which in faults.items():
        for kind, n in db.session.execute(
            select(Job.kind, func.count()).where(which).group_by(Job.kind).order_by(Job.kind)
        ):
            found = True
            yield "fault", f"{kind}: {n} {words}"
    if not found:
        waiting = db.session.scalar(select(func.count()).where(Job.state == "waiting"))
        yield "ok", f"{waiting} waiting, none dead or late"


def papers() -> Findings:
    """Numbers of documents have no gap, and the newest PDFs are what was kept."""
    from marketplace.adapters.doors import doors
    from marketplace.orders.queries.keeping import changed_papers, gaps

    found = 0
    for issuer, year, count, last in gaps():
        found += 1
        yield "fault", f"{issuer} {year}: {count} documents, the last number is {last}"
    for number, file in islice(changed_papers(doors().storage.open, SHOWN * 25), SHOWN):
        found += 1
        yield "fault", f"{number}: the file {file} is missing or was changed"
    if not found:
        yield "ok", "series have no gap, PDFs are as they were made"


def stock() -> Findings:
    """What is reserved is held for an order."""
    from marketplace.orders.queries.keeping import wrong_stock

    found = wrong_stock(SHOWN)
    for sku, reserved, held in found:
        yield "fault", f"{sku}: {reserved} reserved, {held} held for orders"
    if not found:
        yield "ok", "every reserved piece is held for an order"


def money() -> Findings:
    """The books agree with the orders."""
    from marketplace.payments.queries.invariants import broken_books

    found = list(islice(broken_books(SHOWN), SHOWN))
    for words in found:
        yield "fault", words
    if not found:
        yield "ok", "the books agree with the orders"


def index() -> Findings:
    """The index holds as many documents as the database."""
    from marketplace.adapters.doors import doors
    from marketplace.adapters.fulltext.contract import IndexMissing
    from marketplace.search.models import SearchDocument

    here = db.session.scalar(select(func.count()).select_from(SearchDocument)) or 0
    try:
        there = doors().fulltext.health().documents
    except IndexMissing:
        yield "fault", "there is no index: run `flask --app wsgi search rebuild`"
        return
    if here == there:
        yield "ok", f"{there} documents"
    else:
        yield "fault", f"{there} documents, {here} in the database: run `search rebuild`"


def scores() -> Findings:
    """Kept counts are what the answers say now."""
    from marketplace.reviews.actions.differing import place
    from marketplace.reviews.actions.rebuilding import differences_now

    found = list(islice(differences_now(), SHOWN + 1))
    for one in found[:SHOWN]:
        yield "fault", f"{place(one)}: {one.name} kept {one.kept}, counted {one.true}"
    if len(found) > SHOWN:
        yield "fault", "and more"
    if not found:
        yield "ok", "kept counts equal the answers"


def bundles() -> Findings:
    """Voices and savings of bundles are what their rows say."""
    from marketplace.bundles.queries.recounts import wrong_counts

    found = wrong_counts(SHOWN)
    for one in found:
        yield "fault", f"{one.slug}: {one.name} kept {one.kept}, counted {one.counted}"
    if not found:
        yield "ok", "kept counts equal voices and savings"


def nights() -> Findings:
    """What the nightly counts of the last ninety days found wrong and corrected."""
    from marketplace.reviews.actions.differing import place
    from marketplace.reviews.queries.differences import noted_differences

    total, rows = noted_differences(SHOWN)
    for row in rows:
        yield "look", (f"{row.found_at:%Y-%m-%d} {place(row)}: {row.name} kept {row.kept:g}, "
                       f"counted {row.counted:g}")
    if total > len(rows):
        yield "look", f"and {total - len(rows)} older ones"
    if not total:
        yield "ok", "no difference was found and corrected"


def facts() -> Findings:
    """Figures of producers are of this week and equal their source."""
    from marketplace.producers.queries import facts_of
    from marketplace.reviews.queries import producer_verdicts
    from marketplace.reviews.queries.recounts import producer_ids

    ids, faults = producer_ids(), 0
    for start in range(0, len(ids), 500):
        some = ids[start:start + 500]
        kept = facts_of(some)
        for producer_id, said in producer_verdicts(some).items():
            fact = kept.get((producer_id, "verdict_k"))
            if said.n and (fact is None or fact.computed_at is None
                           or fact.computed_at < clock.now() - STALE):
                faults += 1
                yield "look", f"producer {producer_id}: the verdict was not handed over this week"
    if not faults:
        yield "ok", "verdicts of producers are of this week"


def logs() -> Findings:
    """The chained logs are whole."""
    from marketplace.moderation.queries import broken_at

    for name, at in broken_at().items():
        if at is None:
            yield "ok", f"{name} is whole"
        else:
            yield "fault", f"{name} is broken at entry {at}"


def disk() -> Findings:
    """There is room for a while."""
    free = shutil.disk_usage(current_app.config["ZURUF"].instance).free
    level: Level = "ok" if free >= LEAST_FREE_BYTES else "fault"
    yield level, f"{free // 1024 // 1024} MB free"


def leaving() -> Findings:
    """Whoever was to be erased three days ago and is not."""
    from marketplace.people.models import Closing

    late = db.session.scalar(select(func.count()).select_from(Closing).where(
        Closing.erase_at < clock.now() - timedelta(days=3)))
    if late:
        yield "fault", f"{late} people should have been erased three days ago: see dead jobs"


CHECKS: dict[str, Callable[[], Findings]] = {
    "settings": settings, "migrations": migrations, "jobs": jobs, "index": index,
    "scores": scores, "bundles": bundles, "nights": nights, "facts": facts, "papers": papers,
    "stock": stock, "leaving": leaving, "money": money, "logs": logs, "disk": disk}


@click.command("doctor")
@click.option("--repair", is_flag=True,
              help="Make anew what is derived: scores, counts of bundles, facts, index.")
def doctor(repair: bool) -> None:
    """Check settings, jobs, scores, papers, stock, money, logs, disk; exit code 1 on a fault."""
    if repair:
        _repair()
    found = list(examine())
    for one in found:
        click.echo(f"{one.level:5} {one.check:10} {one.words}")
    if any(one.level == "fault" for one in found):
        raise SystemExit(1)


def _repair() -> None:
    """Count scores anew, hand facts over, make the index anew."""
    from marketplace.bundles.actions.judging import count_bundles_anew
    from marketplace.foundation.jobs import kinds
    from marketplace.handlers.standing import rebuild as rebuild_standing
    from marketplace.search.jobs import rebuild

    kinds()["reviews.nightly"].run()
    db.session.rollback()
    with committing():
        stood = rebuild_standing()
        count_bundles_anew()
    click.echo(f"{stood} people's standing counted anew")
    click.echo(f"scores counted anew; {rebuild()} documents indexed anew")
