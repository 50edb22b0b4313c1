"""What the nightly comparison keeps, and what a person says to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.adapters.payment.contract import ProviderLine as Told
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import OperatorActed, announce
from marketplace.payments.models import ComparedDay, Difference, ProviderLine
from marketplace.payments.queries.reconciling import facts_known, lines_of, open_differences
from marketplace.payments.rules.reconciling import Differs, Fact, Line, differences, facts_of


def compare_lines(told: Sequence[Told]) -> int:
    """Keep some lines of the provider and note where our book differs; how many do.

    Changes provider_lines, differences.
    """
    lines = [Line(one.kind, one.reference, one.minor, one.fee_minor) for one in told]
    db.session.execute(_new(ProviderLine, ["kind", "reference"]), [
        {"kind": one.kind, "reference": one.reference, "minor": one.minor,
         "fee_minor": one.fee_minor, "at": one.at} for one in told])
    theirs = facts_of(lines)
    known = facts_known({line.reference for line in lines})
    ours = {fact: minor for fact, minor in known.items() if fact in theirs}
    return _note(differences(ours, theirs))


def compare_moves(ours: dict[Fact, int]) -> int:
    """Note which moves of ours the provider does not know; how many. Changes differences."""
    theirs = facts_of(lines_of(ours).values())
    return _note([Differs(*fact, minor, 0) for fact, minor in ours.items() if fact not in theirs])


def _note(found: Iterable[Differs]) -> int:
    count = 0
    for one in found:
        done = db.session.execute(_new(Difference, ["kind", "reference"]).values(
            kind=one.kind, reference=one.reference, ours_minor=one.ours_minor,
            theirs_minor=one.theirs_minor, state="open", found_at=clock.now(), by_name="", why=""))
        count += int(done.rowcount)  # type: ignore[attr-defined]
    return count


def _new(table: Any, key: list[str]) -> Any:
    """Rows that are not there yet."""
    dialect = db.session.get_bind().dialect.name
    return (sqlite if dialect == "sqlite" else postgresql).insert(table).on_conflict_do_nothing(
        index_elements=key)


def look_again() -> int:
    """Differences on which both agree by now are gone; how many. Changes differences."""
    gone, above = 0, 0
    while rows := open_differences(200, above):
        above = rows[-1].id
        facts = [(row.kind, row.reference) for row in rows]
        known = facts_known({reference for _kind, reference in facts})
        theirs = facts_of(lines_of(facts).values())
        for row in rows:
            fact = (row.kind, row.reference)
            if known.get(fact, 0) == theirs.get(fact, 0):
                row.state, row.ended_at = "gone", clock.now()
                gone += 1
    db.session.flush()
    return gone


def day_compared(on_day: date, lines: int, moves: int, found: int) -> None:
    """A day is done. Changes compared_days."""
    db.session.merge(ComparedDay(on_day=on_day, lines=lines, moves=moves, differences=found,
                                 done_at=clock.now()))
    db.session.flush()


def settle_difference(difference_id: int, person_id: int, name: str, why: str) -> None:
    """A named person says why it is so. Raises Invalid, Conflict.

    Changes differences; announces OperatorActed.
    """
    row = db.session.scalar(select(Difference).where(Difference.id == difference_id)
                            .with_for_update().execution_options(populate_existing=True))
    if row is None or row.state != "open":
        raise Conflict(_("This is settled already."))
    if len(why.strip()) < 10:
        raise Invalid({"why": _("Please say why, in a sentence.")})
    row.state, row.ended_at, row.by_name, row.why = (
        "settled", clock.now(), name[:80], why.strip()[:300])
    db.session.flush()
    announce(OperatorActed(person_id, "difference.settle", "difference", row.id,
                           why.strip()[:300]))
