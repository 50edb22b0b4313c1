"""Service hours, the order of voices, the lock: vectors of spec producers 3.4 and 3.6."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from marketplace.producers.rules import (
    PLATFORM_HOURS,
    RIGHTS,
    ROLES,
    due,
    elapsed,
    may,
    open_windows,
    publishing_lock,
    roles_for,
    studio_rank,
)

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = tuple((day, 9 * 60, 17 * 60) for day in range(5))
NIGHT = ((6, 0, 6 * 60),)
CHRISTMAS = (date(2026, 12, 24), date(2026, 12, 25))


def at(text: str) -> datetime:
    """A local moment of Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(("asked", "hours", "promise", "closed", "expected"), [
    ("2026-11-20 16:00", OFFICE, 8, (), "2026-11-23 16:00"),
    ("2026-11-21 12:00", OFFICE, 8, (), "2026-11-23 17:00"),
    ("2026-12-23 15:00", OFFICE, 8, CHRISTMAS, "2026-12-28 15:00"),
    ("2026-10-24 23:30", PLATFORM_HOURS, 2, (), "2026-10-25 12:00"),
])
def test_due_when_open_time_equals_the_promise(
    asked: str, hours: tuple[tuple[int, int, int], ...], promise: int, closed: tuple[date, ...],
    expected: str,
) -> None:
    """producers-4: Fri 16-17 and Mon 9-16 are eight hours; Saturday starts on Monday ..."""
    assert due(at(asked), promise, hours, closed=closed) == at(expected)


@pytest.mark.parametrize(("asked", "answered", "hours", "minutes"), [
    ("2026-11-20 16:30", "2026-11-23 09:45", OFFICE, 75),
    ("2026-11-21 23:00", "2026-11-22 10:20", PLATFORM_HOURS, 20),
    ("2026-10-25 00:00", "2026-10-25 06:00", NIGHT, 7 * 60),
    ("2026-03-29 00:00", "2026-03-29 06:00", NIGHT, 5 * 60),
    ("2026-11-20 16:30", "2026-11-20 16:30", OFFICE, 0),
])
def test_elapsed_counts_open_time_only(
    asked: str, answered: str, hours: tuple[tuple[int, int, int], ...], minutes: int
) -> None:
    """producers-4: also over both clock changes: 0 to 6 are seven hours in autumn, five in spring.
    """
    assert elapsed(at(asked), at(answered), hours) == timedelta(minutes=minutes)


def test_hours_of_another_zone_are_its_own() -> None:
    """Lisbon opens an hour after Berlin: 9 there is 10 here."""
    spans = open_windows(date(2026, 11, 20), OFFICE, ZoneInfo("Europe/Lisbon"))
    assert spans == [(at("2026-11-20 10:00"), at("2026-11-20 18:00"))]
    assert not open_windows(date(2026, 12, 24), OFFICE, BERLIN, frozenset(CHRISTMAS))


def test_never_open_is_said() -> None:
    """No hours at all end in an error, not in an endless search."""
    with pytest.raises(ValueError, match="never open"):
        due(at("2026-11-20 16:00"), 8, ())


VOICES = {  # name: (kind, seen, overdue, critical, hour)
    "safety": ("legal", False, False, True, 10), "unseen": ("case", False, False, True, 9),
    "overdue": ("question", False, True, False, 6), "seen": ("case", True, False, True, 5),
    "question": ("question", False, False, False, 7), "praise": ("praise", True, False, False, 8),
}


def test_studio_order() -> None:
    """producers-2: safety, unseen criticism, overdue, seen criticism, question, praise; from any
    order of coming.
    """
    for come in list(permutations(VOICES))[::37]:
        said = sorted(come, key=lambda name: (studio_rank(*VOICES[name][:4]), VOICES[name][4]))
        assert said == ["safety", "unseen", "overdue", "seen", "question", "praise"]


def test_a_late_question_locks_news_offers_and_dates() -> None:
    """producers-3: the items are named; correction, recall, story and change pass; then it opens.
    """
    now, late = datetime(2026, 11, 20, 12, tzinfo=UTC), [("thread", 7)]
    for kind in ("news", "offer", "date"):
        lock = publishing_lock(kind, late, None, now)
        assert (lock.why, lock.refs) == ("overdue", (("thread", 7),))
        assert publishing_lock(kind, [], None, now).why == ""
    for kind in ("story", "correction", "recall", "change"):
        assert publishing_lock(kind, late, now, now).why == ""
    with pytest.raises(ValueError, match="advertisement"):
        publishing_lock("advertisement", [], None, now)


def test_one_offer_in_seven_days() -> None:
    """Spec 3.6: the next offer seven days after the last, to the second; news are not held up."""
    last = datetime(2026, 11, 20, 12, tzinfo=UTC)
    again = last + timedelta(days=7)
    assert publishing_lock("offer", [], last, again - timedelta(seconds=1)).until == again
    assert publishing_lock("offer", [], last, again).why == ""
    assert publishing_lock("news", [], last, last).why == ""


def test_rights_of_roles() -> None:
    """producers-7: the table of spec 3.3, row by row."""
    table = {"trader": "owner", "bank": "owner", "staff": "owner", "closing": "owner",
             "texts": "owner editor", "products": "owner editor",
             "answer": "owner editor service", "orders": "owner service shipping",
             "read_orders": "owner editor service shipping",
             "figures": "owner editor service shipping", "see": "owner editor service shipping"}
    assert set(table) == set(RIGHTS)
    for right, roles in table.items():
        assert roles_for(right) == tuple(roles.split())
        assert {role for role in ROLES if may(role, right)} == set(roles.split())
