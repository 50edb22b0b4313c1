"""The rules of `notify` on plain values: pace, quiet hours, digest, annoying classes, order."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from marketplace.notify.rules import CLASSES, is_on
from marketplace.notify.rules.digest import chosen, counts
from marketplace.notify.rules.health import Health, annoys, share
from marketplace.notify.rules.leaving import first_fault
from marketplace.notify.rules.pace import Pace, Past, after_quiet, digest_due, fits

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(("asked", "printed"), [
    ((8, 6), (8, 2)), ((4, 3), (4, 1)), ((3, 3), (3, 0)), ((20, 9), (10, 2))])
def test_digest_vectors(asked: tuple[int, int], printed: tuple[int, int]) -> None:
    """notify-12: the vectors of 3.4; fewer than three entries are no digest."""
    assert counts(*asked) == printed
    assert chosen(list("ab"), []) == ([], [])


@pytest.mark.parametrize(("health", "low", "why"), [
    (Health(200, 12, 0), .0347, "stops"), (Health(200, 8, 0), .0204, "stops"),
    (Health(200, 7, 0), .0171, None), (Health(199, 199, 0), None, None)])
def test_stops_that_switch_a_class_off(health: Health, low: float | None, why: str | None) -> None:
    """notify-11: the vectors of 3.6 for stops; below 200 letters nothing rests."""
    assert annoys(health) == why
    if low is not None:
        assert round(share(health.stopped, health.sent)[1], 4) == low


@pytest.mark.parametrize(("k", "n", "low", "why"), [
    (2, 200, .0027, "complaints"), (4, 1000, .0016, "complaints"), (1, 200, .0009, None),
    (2, 1000, .0005, None)])
def test_complaints_that_switch_a_class_off(k: int, n: int, low: float, why: str | None) -> None:
    """notify-11: the vectors of 3.6 for complaints."""
    assert annoys(Health(n, 0, k)) == why
    assert round(share(k, n)[1], 4) == low


def test_pace_vector_of_a_week() -> None:
    """notify-3: 6 news and 4 advertising letters of 4 producers in seven days, one after the
    other in turns: 3 leave, 1 of them advertising.
    """
    past: list[Past] = []
    for n, group in enumerate(("news", "advertising") * 4 + ("news", "news")):
        now = NOON + timedelta(hours=16 * n)
        producer = n if group == "advertising" else None
        if fits(group, producer, past, now, 3):
            past.append(Past(group, producer, now))
    assert [one.group for one in past] == ["news", "advertising", "news"]


def test_simulated_letters_never_pass_the_limits() -> None:
    """notify-3: 10,000 events; in no window of seven days more than chosen, one advertising, in
    none of thirty days two of a producer, in none of a day more than ten answers.
    """
    dice, past, now = random.Random(7), [], NOON
    for _n in range(10_000):
        now += timedelta(minutes=dice.randrange(1, 240))
        group = dice.choice(("answers", "thanks", "news", "advertising", "must"))
        producer = dice.randrange(3) if group == "advertising" else None
        lately = [one for one in past if one.at > now - timedelta(days=31)]
        if fits(group, producer, lately, now, 3) and group != "must":
            past.append(Past(group, producer, now))
    assert {one.group for one in past} == {"answers", "thanks", "news", "advertising"}
    for one in past:
        def within(days: int, *groups: str, until: datetime = one.at) -> list[Past]:
            return [other for other in past if other.group in groups
                    and until - timedelta(days=days) < other.at <= until]
        assert len(within(7, "thanks", "news", "advertising")) <= 3
        assert len(within(7, "advertising")) <= 1
        assert len(within(1, "answers")) <= 10
        of_producers = [other.producer_id for other in within(30, "advertising")]
        assert len(of_producers) == len(set(of_producers))


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata",
                                  "Pacific/Auckland"])
def test_nothing_leaves_in_quiet_hours_also_when_clocks_change(zone: str) -> None:
    """notify-3: every hour of a year; what leaves is outside 21 to 8 of the person's clock, and a
    letter of the night leaves at eight sharp.
    """
    place = ZoneInfo(zone)
    for n in range(24 * 365):
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n)
        leaves = after_quiet(now, 21, 8, zone).astimezone(place)
        assert 8 <= leaves.hour < 21
        if leaves != now:
            assert (leaves.hour, leaves.minute) == (8, 0)
            assert timedelta(0) < leaves - now <= timedelta(hours=12)
    assert after_quiet(now, 5, 5, zone) == now


def test_digest_is_due_once_in_the_morning_of_the_chosen_day() -> None:
    """Spec 3.4: weekly on Monday at eight of the own clock; daily each day; off never."""
    local = datetime(2026, 11, 30, 8, 20, tzinfo=ZoneInfo("Europe/Berlin"))
    weekly = Pace(digest="weekly", digest_day=0)
    assert digest_due(weekly, local, None)
    assert not digest_due(weekly, local, local - timedelta(minutes=15))
    assert not digest_due(weekly, local + timedelta(hours=1), None)
    assert not digest_due(weekly, local + timedelta(days=1), None)
    assert digest_due(Pace(digest="daily"), local + timedelta(days=1), local)
    assert not digest_due(Pace(), local, None)


def test_first_check_in_order_gives_the_reason() -> None:
    """Spec 3.2: person alive, own act, visible, snooze, class on, stop list, pace, address; what
    is required looks at the first three and an empty address only.
    """
    def bad() -> bool:
        return True

    faults = dict.fromkeys(("no address", "pace", "stopped", "off", "not visible"), bad)
    assert first_fault(False, faults) == "not visible"
    del faults["not visible"]
    assert [first_fault(must, faults) for must in (False, True)] == ["off", "no address"]
    assert first_fault(True, dict.fromkeys(("pace", "stopped", "off", "address not confirmed"),
                                           bad)) is None


def test_nobody_asked_for_anything_yet() -> None:
    """notify-1: without a choice no news, thanks and advertising come by mail, nor answers."""
    mails = {name for name, one in CLASSES.items() if one.group != "must" and is_on(
        name, "mail", {})}
    assert mails == {"watch", "stock"}, "asked for one by one, or by selling"
