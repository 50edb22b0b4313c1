"""What people search for: by at least so many people, never who."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.journal.rules import least_people, quarter
from marketplace.search.models import Search, SearchPerson, SearchWatch
from marketplace.search.rules.analysis import is_function_word, stem

SHOWN_FROM = 5
DAYS = 30
MOST_COMPLETED = 1_000


@dataclass(frozen=True, slots=True)
class Sought:
    """Words with how often and by how many people they were searched, and what came of it.

    marks: (pseudonym, days since) of who found nothing.
    """

    words: str
    n: int
    people: int
    empty: int
    hits: int
    clicks: int
    baskets: int
    marks: Sequence[tuple[str, float]] = ()


def sought(days: int = DAYS) -> list[Sought]:
    """Words that at least five people searched, most people first. Loads: 2 statements."""
    since = clock.today() - timedelta(days=days)
    people = {words: n for words, n in _people(since).items()
              if n >= SHOWN_FROM}
    rows: Any = db.session.execute(
        select(Search.words, func.sum(Search.n), func.sum(Search.empty), func.max(Search.hits),
               func.sum(Search.clicks), func.sum(Search.baskets))
        .where(Search.day > since, Search.words.in_(list(people)))
        .group_by(Search.words)) if people else []
    found = [Sought(row[0], int(row[1]), people[row[0]], int(row[2]), int(row[3]), int(row[4]),
                    int(row[5])) for row in rows]
    return sorted(found, key=lambda one: (-one.people, -one.n, one.words))


def successful(days: int = DAYS) -> dict[str, int]:
    """Words that at least five people searched, that find something and led to a look or a basket,
    with the number of people; the first thousand. Loads: 2 statements.
    """
    found = [one for one in sought(days) if one.hits and (one.clicks or one.baskets)]
    return {one.words: one.people for one in found[:MOST_COMPLETED]}


def missed(days: int = DAYS) -> list[Sought]:
    """What at least five different people searched and did not find, alike words together, most
    people first. One person counts once, however often they ask. Loads: 1 statement.
    """
    since = clock.today() - timedelta(days=days)
    asked: dict[str, list[SearchPerson]] = defaultdict(list)
    for row in db.session.scalars(select(SearchPerson).where(
            SearchPerson.day > since, SearchPerson.empty).order_by(SearchPerson.day)):
        asked[theme(row.words)].append(row)
    found = []
    for rows in asked.values():
        people = _least(rows)
        if people >= SHOWN_FROM:
            said = Counter(row.words for row in rows).most_common(1)[0][0]
            marks = [(row.mark.hex(), float((clock.today() - row.day).days)) for row in rows]
            found.append(Sought(said, len(rows), people, len(rows), 0, 0, 0, marks))
    return sorted(found, key=lambda one: (-one.people, -one.n, one.words))


def theme(words: str) -> str:
    """What alike words have in common: their stems, in the order of the alphabet."""
    stems = {stem(word) for word in words.split() if not is_function_word(word)}
    return " ".join(sorted(stems)) or words


def _people(since: date) -> Mapping[str, int]:
    asked: dict[str, list[SearchPerson]] = defaultdict(list)
    for row in db.session.scalars(select(SearchPerson).where(SearchPerson.day > since)):
        asked[row.words].append(row)
    return {words: _least(rows) for words, rows in asked.items()}


def _least(rows: Sequence[SearchPerson]) -> int:
    """Different people that are certain, by the rule of the journal."""
    members: dict[str, set[bytes]] = defaultdict(set)
    visitors: dict[date, set[bytes]] = defaultdict(set)
    for row in rows:
        if row.member:
            members[quarter(row.day.year, row.day.month)].add(row.mark)
        else:
            visitors[row.day].add(row.mark)
    return least_people([len(one) for one in members.values()],
                        [len(one) for one in visitors.values()])


def waited_for(person_id: int) -> Sequence[SearchWatch]:
    """What somebody waits for, or was told of, newest first. Loads: 1 statement."""
    return db.session.scalars(
        select(SearchWatch).where(SearchWatch.person_id == person_id)
        .order_by(SearchWatch.at.desc(), SearchWatch.id.desc()).limit(50)).all()
