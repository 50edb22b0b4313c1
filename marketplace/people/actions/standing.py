"""What opens rights of speech, kept as people act; no answer is weighed by it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import TooMany
from marketplace.foundation.events import announce
from marketplace.people.events import LevelChanged
from marketplace.people.models import Follow, Helper, Person, Standing
from marketplace.people.queries.standing import standings
from marketplace.people.rules import levels as rules


def _insert(table: Any, **values: Any) -> Any:
    dialect = sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql
    return db.session.execute(dialect.insert(table).values(**values).on_conflict_do_nothing())


def _row(person_id: int) -> Standing:
    _insert(Standing, person_id=person_id, threads_read=0, helpers=0, acts_total=0, acts_days="0",
            acts_until=clock.today(), orders_delivered=0, answers=0, ideas=0)
    return db.session.execute(select(Standing).where(Standing.person_id == person_id)
                              .with_for_update().execution_options(populate_existing=True)
                              ).scalar_one()


def note_act(person_id: int | None, **more: int) -> None:
    """Somebody posted, answered, voted, rated or ordered today; counts in `more` grow.

    Changes standing, people; may announce LevelChanged.
    """
    if person_id is None:
        return
    row, today = _row(person_id), clock.today()
    before = int(row.acts_days or "0", 16) & 1 if row.acts_until == today else 0
    row.acts_days, row.acts_until = rules.noted_days(row.acts_days, row.acts_until, today), today
    row.acts_total += 0 if before else 1
    for name, count in more.items():
        setattr(row, name, getattr(row, name) + count)
    db.session.flush()
    raise_level(person_id)


def note_read(person_id: int) -> None:
    """Somebody read a thread to its end. Changes standing."""
    _row(person_id).threads_read += 1
    db.session.flush()
    raise_level(person_id)


def note_helped(person_id: int | None, helper_id: int) -> None:
    """One person found another's words helpful; each counts once. Changes helpers, standing."""
    if person_id is None or person_id == helper_id:
        return
    if _insert(Helper, person_id=person_id, helper_id=helper_id, at=clock.now()).rowcount:
        _row(person_id).helpers += 1
        db.session.flush()
        raise_level(person_id)


def note_upheld(person_id: int, sham: bool) -> None:
    """A measure against somebody was upheld; a sham review or harassment sets them to 0.

    Changes standing, people; may announce LevelChanged.
    """
    row = _row(person_id)
    row.upheld_at = clock.now()
    if sham:
        row.sham_at = row.upheld_at
    db.session.flush()
    raise_level(person_id)


def note_undone(person_id: int, taken_at: datetime) -> None:
    """A measure taken then was undone by an appeal: it is remembered no more.

    Changes standing, people; may announce LevelChanged.
    """
    row, until = _row(person_id), taken_at + timedelta(minutes=1)
    if row.upheld_at is not None and taken_at <= row.upheld_at <= until:
        row.upheld_at = None
    if row.sham_at is not None and taken_at <= row.sham_at <= until:
        row.sham_at = None
    db.session.flush()
    raise_level(person_id)


def raise_level(person_id: int) -> None:
    """The level of one person anew. Changes people, standing; may announce LevelChanged."""
    found = standings(person_id - 1, clock.today(), 1)
    if found and found[0][0] == person_id:
        _keep(person_id, found[0][1], clock.now())


def raise_levels(after: int, today: date) -> int:
    """The levels of the next thousand people; the number of the last, 0 at the end."""
    found = standings(after, today)
    for person_id, one in found:
        _keep(person_id, one, clock.now())
    return found[-1][0] if found else 0


def _keep(person_id: int, one: rules.Stands, now: datetime) -> None:
    level = rules.level_of(one, now)
    below = None if level < 3 or rules.meets_3(one, now) else one.below_since or now.date()
    if below != one.below_since:
        db.session.execute(update(Standing).where(Standing.person_id == person_id)
                           .values(below_since=below))
    if level != one.level:
        db.session.execute(update(Person).where(Person.id == person_id)
                           .values(trust_level=level, trust_since=now.date()))
        announce(LevelChanged(person_id, level))


def demand_room_to_follow(follower_id: int, level: int) -> None:
    """Refuse more follows a day than a level has. Raises TooMany, naming the level that opens
    more. Loads: 1 statement.
    """
    today = db.session.scalar(select(func.count()).where(
        Follow.follower_id == follower_id, Follow.at > clock.now() - rules.HOURS_OF_NEWCOMERS))
    if (today or 0) >= rules.FOLLOWS_A_DAY[level]:
        raise TooMany(_("%(count)s new people a day are enough.", count=today)
                      + " " + opens_at(rules.FOLLOWS_A_DAY, level), 3600)


def opens_at(limits: tuple[int, ...], level: int) -> str:
    """Which level is allowed more, and how it is reached; "" at the widest."""
    opening = rules.opening_level(limits, level)
    how = {
        1: _("one delivered order, or a day of membership and five threads read"),
        2: _("acts on 15 days and three people who found your words helpful"),
        3: _("acts on 20 of 100 days and ten people who found your words helpful"),
    }
    if opening is None:
        return ""
    return _("Level %(level)s is allowed more: %(how)s.", level=opening, how=how[opening])
