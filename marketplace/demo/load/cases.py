"""Phase "cases": reports of members, what moderators decided, appeals, with the chained log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from marketplace.demo.content.kinds import Case
from marketplace.demo.load.book import Book, Row
from marketplace.moderation.models import Appeal, Decision, Matter, ModerationLogEntry, Report
from marketplace.moderation.rules import APPEAL_DAYS, ZEROS, chained, log_entry

REASONS: Final = {
    "insult": "insult",
    "false_fact": "false_fact",
    "advertising": "spam_or_undeclared_ad",
}
WORDS: Final = {"post": "post", "review": "rating"}


def load_cases(book: Book) -> None:
    """Write matters with reports, decisions, appeals and the chained log. Changes five tables."""
    rows: dict[type, list[Row]] = {
        Matter: [], Report: [], Decision: [], Appeal: [], ModerationLogEntry: []}
    lines: list[Line] = []
    for case in book.content.cases:
        matter = _matter(book, case)
        rows[Matter].append(matter)
        rows[Report].append(_report(book, case, matter))
        if case.decision:
            decision = _decision(book, case, matter)
            rows[Decision].append(decision)
            lines.append(Line(decision["at"], decision["decided_by"], matter, decision, False))
            if case.appeal and case.appeal.decision:
                appeal = _appeal(book, case, rows[Report][-1], decision)
                rows[Appeal].append(appeal)
                lines.append(Line(appeal["decided_at"], appeal["decided_by"], matter, decision,
                                  True))
    rows[ModerationLogEntry] = _log(lines)
    for table, own in rows.items():
        book.insert(table, own)


@dataclass(frozen=True)
class Line:
    """What becomes a line of the log: when, by whom, about which matter and decision."""

    at: datetime
    by: int
    matter: Row
    decision: Row
    appeal: bool


def _log(lines: list[Line]) -> list[Row]:
    """The public log, chained like the room does it; each decision learns its line."""
    written: list[Row] = []
    previous = ZEROS
    for place, line in enumerate(sorted(lines, key=lambda one: one.at), start=1):
        if not line.appeal:
            line.decision["log_n"] = place
        kind = line.matter["object_kind"]
        entry = log_entry(
            place, line.at.date(), f"mod-{line.by:04x}", "appeal" if line.appeal else "decision",
            {"level": "none", "measure": line.decision["measure"],
             "object": "rating_words" if kind == "rating" else kind,
             "reason": line.decision["reason"]},
            line.decision["log_n"] if line.appeal else None)
        own = chained(previous, entry)
        written.append({"n": place, "day": line.at.date(), "entry": entry,
                        "previous_hash": previous, "hash": own})
        previous = own
    return written


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
        "state": "open" if case.decision is None else "decided",
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


def _appeal(book: Book, case: Case, report: Row, decision: Row) -> Row:
    """An appeal of who reported it, or of the house whose goods it is about, and its result."""
    assert case.decision is not None
    assert case.appeal is not None
    assert case.appeal.decision is not None
    own, second = case.appeal, case.appeal.decision
    begun = case.days_ago * 1440 - case.decision.hours * 60
    at = book.ago(begun - own.hours * 60)
    slug = book.producer_of(case.about.product) if case.about.product else ""
    house = next((one for one in book.content.producers if one.slug == slug), None)
    affected = house is not None and own.by in {one.handle for one in house.staff}
    return {
        "id": book.next_id(Appeal),
        "number": book.code(7),
        "decision_id": decision["id"],
        "side": "affected" if affected else "reporter",
        "party_id": book.producers[slug] if affected else report["id"],
        "person_id": book.people[own.by],
        "words": own.words,
        "at": at,
        "due_at": at + timedelta(days=APPEAL_DAYS),
        "first_by": decision["decided_by"],
        "decided_by": book.people[second.by],
        "decided_at": book.ago(begun - (own.hours + second.hours) * 60),
        "result": second.result,
        "why": second.words,
    }
