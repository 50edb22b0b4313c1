"""Phase "cases": reports of members and what moderators decided, with the chained log."""

from __future__ import annotations

from typing import Final

from marketplace.demo.content.kinds import Case
from marketplace.demo.load.book import Book, Row
from marketplace.moderation.models import Decision, Matter, ModerationLogEntry, Report
from marketplace.moderation.rules import ZEROS, chained

REASONS: Final = {
    "insult": "insult",
    "false_fact": "false_fact",
    "advertising": "spam_or_undeclared_ad",
}
WORDS: Final = {"post": "post", "review": "rating"}


def load_cases(book: Book) -> None:
    """Write matters with reports, decisions and the chained log. Changes four tables."""
    rows: dict[type, list[Row]] = {Matter: [], Report: [], Decision: [], ModerationLogEntry: []}
    decided: list[tuple[Row, str]] = []
    for case in book.content.cases:
        matter = _matter(book, case)
        rows[Matter].append(matter)
        rows[Report].append(_report(book, case, matter))
        if case.decision:
            decision = _decision(book, case, matter)
            rows[Decision].append(decision)
            decided.append((decision, matter["object_kind"]))
    decided.sort(key=lambda pair: pair[0]["at"])
    previous = ZEROS
    for place, (decision, kind) in enumerate(decided, start=1):
        entry = _log_entry(place, decision, kind, previous)
        rows[ModerationLogEntry].append(entry)
        previous = entry["hash"]
    for table, own in rows.items():
        book.insert(table, own)


def _object(book: Book, case: Case) -> int:
    """The number of what is reported."""
    about = case.about
    if about.kind == "post":
        return book.posts[(about.group, about.topic, about.by)]
    return next(
        number
        for (product, by, _), number in book.ratings.items()
        if (product, by) == (about.product, about.by)
    )


def _matter(book: Book, case: Case) -> Row:
    return {
        "id": book.next_id(Matter),
        "number": book.code(7),
        "object_kind": WORDS[case.about.kind],
        "object_id": _object(book, case),
        "opened_at": book.days_ago(case.days_ago),
        "urgent": False,
        "state": "open" if case.decision is None else "closed" if case.appeal else "decided",
    }


def _report(book: Book, case: Case, matter: Row) -> Row:
    place = (
        f"/products/{case.about.product}" if case.about.product else f"/groups/{case.about.group}"
    )
    return {
        "id": book.next_id(Report),
        "number": book.code(7),
        "matter_id": matter["id"],
        "kind": "quick",
        "url": place,
        "reason": REASONS[case.reason],
        "why": case.words,
        "person_id": book.people[case.by],
        "good_faith": True,
        "status_key": book.secret(),
        "received_at": matter["opened_at"],
    }


def _decision(book: Book, case: Case, matter: Row) -> Row:
    """Kept means: no measure."""
    assert case.decision is not None
    return {
        "id": book.next_id(Decision),
        "matter_id": matter["id"],
        "reason": REASONS[case.reason],
        "measure": "none",
        "facts": case.decision.words,
        "decided_by": book.people[case.decision.by],
        "at": book.ago(case.days_ago * 1440 - case.decision.hours * 60),
    }


def _log_entry(place: int, decision: Row, kind: str, previous: str) -> Row:
    """A line of the public log, chained like those the room writes."""
    day = decision["at"].date()
    entry = {
        "by": f"mod-{decision['decided_by']:04x}",
        "day": day.isoformat(),
        "kind": "decision",
        "level": "none",
        "measure": decision["measure"],
        "n": place,
        "object": kind,
        "reason": decision["reason"],
    }
    return {
        "n": place,
        "day": day,
        "entry": entry,
        "previous_hash": previous,
        "hash": chained(previous, entry),
    }
