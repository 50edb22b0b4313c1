"""Rights, quorum, elections, ranking, visibility and dates, on plain values."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from marketplace.groups.rules import ACTIONS, KINDS, PARTS, may
from marketplace.groups.rules.dates import at_place, faults_of, is_zone
from marketplace.groups.rules.opening import sees
from marketplace.groups.rules.ranking import strength
from marketplace.groups.rules.succession import (
    end_of,
    may_stand,
    rested_since,
    silent_since,
    told_until,
)
from marketplace.groups.rules.votes import Count, elected, passes, phase, quorum

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
RIGHTS = {
    # action: parts in an open, a closed, a secret group (v g m M F)
    "know": ("vgmMF", "vgmMF", "mMF"), "see_members": ("gmMF", "mMF", "mMF"),
    "read": ("vgmMF", "mMF", "mMF"), "enter": ("g", "", ""), "ask": ("", "g", ""),
    "write": ("mMF", "mMF", "mMF"), "propose": ("mMF", "mMF", "mMF"),
    "ballot": ("mMF", "mMF", "mMF"), "invite": ("MF", "MF", "MF"), "care": ("MF", "MF", "MF"),
    "exclude": ("MF", "MF", "MF"), "edit": ("MF", "MF", "MF"), "export": ("MF", "MF", "MF"),
    "name_moderators": ("F", "F", "F"), "hand_over": ("F", "F", "F"),
    "leave": ("mMF", "mMF", "mMF"),
}
SHORT = dict(zip("vgmMF", PARTS, strict=True))


def test_who_may_do_what() -> None:
    """groups-1: the table of 3.2, cell by cell: 16 actions, 3 kinds, 5 parts."""
    assert set(RIGHTS) == set(ACTIONS)
    for action, row in RIGHTS.items():
        for kind, parts in zip(KINDS, row, strict=True):
            allowed = {SHORT[letter] for letter in parts}
            assert {part for part in PARTS if may(action, kind, part)} == allowed, (action, kind)


def test_members_invite_where_the_group_wants_it() -> None:
    """groups-1: invite_by = members lets every member invite, nobody outside."""
    assert may("invite", "secret", "member", invite_by="members")
    assert not may("invite", "open", "guest", invite_by="members")


def test_founder_names_nobody_after_an_election() -> None:
    """groups-5: until the first election, then by vote."""
    assert may("name_moderators", "open", "founder")
    assert not may("name_moderators", "open", "founder", elected=True)


@pytest.mark.parametrize(("active", "needed"), [(4, 3), (12, 3), (40, 8), (200, 40)])
def test_quorum(active: int, needed: int) -> None:
    """groups-10: vectors of 3.6."""
    assert quorum(active) == needed


@pytest.mark.parametrize(("kind", "yes", "no", "active", "passed"), [
    ("rule", 5, 3, 40, True), ("rule", 5, 2, 40, False), ("rule", 4, 4, 40, False),
    ("kind", 6, 3, 12, True), ("kind", 5, 3, 12, False), ("dissolve", 8, 4, 12, True),
    ("other", 2, 1, 4, True), ("other", 2, 0, 4, False),
])
def test_majority(kind: str, yes: int, no: int, active: int, passed: bool) -> None:
    """groups-10: simple majority, two thirds, and too few ballots (vectors of 3.6)."""
    assert passes(kind, Count(yes, no), quorum(active)) is passed


def test_phases() -> None:
    """groups-11: fourteen days of talk, seven of vote."""
    begin = NOW
    vote, end = begin + timedelta(days=14), begin + timedelta(days=21)
    seen = [phase(begin, vote, end, begin + timedelta(days=d)) for d in (0, 13, 14, 20, 21)]
    assert seen == ["talk", "talk", "vote", "vote", "over"]


def test_most_votes_win_then_membership_then_a_hash() -> None:
    """groups-6: two seats; equal votes: longer membership, then the hash; nobody without a vote."""
    old, young = NOW - timedelta(days=400), NOW - timedelta(days=40)
    assert elected(7, {1: 2, 2: 5, 3: 2}, {1: young, 2: young, 3: old}) == [2, 3]
    assert elected(7, {1: 0, 2: 1}, {1: old, 2: old}) == [2]
    first = elected(7, {1: 1, 2: 1}, {1: old, 2: old}, 1)
    lower = min((1, 2), key=lambda i: hashlib.sha256(f"7:{i}".encode()).hexdigest())
    assert first == [lower]


def test_when_a_group_is_orphaned() -> None:
    """groups-6: sixty days without an act; standing takes level 1 and thirty days."""
    assert silent_since(NOW) == NOW - timedelta(days=60)
    assert may_stand(1, NOW - timedelta(days=30), NOW)
    assert not may_stand(0, NOW - timedelta(days=30), NOW)
    assert not may_stand(1, NOW - timedelta(days=29), NOW)
    assert (NOW - rested_since(NOW)).days == 365
    assert (end_of(NOW) - NOW).days == 60 and told_until(end_of(NOW)) == NOW


@pytest.mark.parametrize(("written", "now", "viewer", "there", "consent", "seen"), [
    ("closed", "open", "visitor", False, False, False),
    ("closed", "open", "visitor", False, True, True),
    ("closed", "open", "member", True, False, True),
    ("closed", "open", "member", False, False, True),
    ("secret", "closed", "member", False, False, False),
    ("secret", "closed", "member", False, True, True),
    ("secret", "closed", "member", True, False, True),
    ("secret", "open", "visitor", False, True, True),
    ("open", "closed", "visitor", False, True, False),
    ("open", "closed", "member", False, False, True),
])
def test_older_words(written: str, now: str, viewer: str, there: bool, consent: bool, seen: bool
                     ) -> None:
    """groups-7: the table of 3.8."""
    assert sees(written, now, viewer, was_there=there, consent=consent) is seen


@pytest.mark.parametrize(("k", "n", "p", "q"), [
    (18, 20, .80, .7840), (5, 5, .80, .7493), (9, 10, .80, .7435), (8, 10, .80, .6814),
    (30, 40, .80, .6809), (3, 5, .80, .5830), (12, 20, .80, .5548), (5, 5, .90, .8483),
    (18, 20, .60, .7035),
])
def test_ranking(k: int, n: int, p: float, q: float) -> None:
    """groups-13: vectors of 3.9."""
    assert strength(k, n, p) == pytest.approx(q, abs=5e-5)


def test_a_night_lasts_ten_hours_when_clocks_go_back() -> None:
    """groups-18: Sat 2026-10-24 19:00 to Sun 04:00 in Berlin lasts 10 h (3.11)."""
    begin, end = (at_place(words, "Europe/Berlin")
                  for words in ("2026-10-24T19:00", "2026-10-25T04:00"))
    assert begin is not None and end is not None
    assert end.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=10)


@pytest.mark.parametrize(("typed", "zone"), [
    ("", "Europe/Berlin"), ("gestern", "Europe/Berlin"), ("2026-10-24T19:00", "Mars/Olympus"),
    ("2026-10-24T19:00", "../../etc/passwd"), ("2026-10-24T19:00+02:00", "Europe/Berlin"),
])
def test_times_that_are_none(typed: str, zone: str) -> None:
    """3.11: nonsense is no time."""
    assert at_place(typed, zone) is None


def test_faults_of_a_date() -> None:
    """3.11: each fault by its name."""
    hour = timedelta(hours=1)
    assert faults_of("tasting", "Kellerprobe", NOW + hour, NOW + 2 * hour, "Europe/Berlin", 20,
                     NOW) == []
    assert faults_of("party", "Nu", NOW, NOW, "Nowhere", 0, NOW) == [
        "kind", "title", "starts_at", "ends_at", "time_zone", "seats"]
    assert not is_zone("")
