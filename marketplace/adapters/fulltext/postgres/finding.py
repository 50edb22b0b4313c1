"""One request from one connection: who matches, in which order, with which counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

from marketplace.adapters.fulltext.contract import Count, Filters, Found, Hit, Query, Sort
from marketplace.adapters.fulltext.counting import own_entries, widened
from marketplace.adapters.fulltext.postgres import asking, counting
from marketplace.adapters.fulltext.postgres.asking import (
    FIRST,
    ORDERS,
    Frequencies,
    Known,
    Request,
)


def find(connection: Connection, table: str, counts: Known, words: Query | None, filters: Filters,
         sort: Sort, k: int, facets: Sequence[str], offset: int) -> Found:
    """Answer one request; see the contract. counts: kept between requests of a generation."""
    if words is None or not words.wanted:
        matching = Matching(words, None, True)
        total, rows = _browsed(connection, table, matching, filters, sort, k, offset)
        hits, dropped = tuple(Hit(row.id, 0.0) for row in rows), tuple[str, ...]()
    else:
        total, hits, dropped, matching = _ranked(
            connection, table, counts, words, filters, sort, k, offset)
    counted = _counted(connection, table, matching, filters, facets)
    request = Request()
    spread = counting.bands(connection, table, request, matching.where(request, filters)) \
        if "price" in facets else ()
    return Found(total, hits, counted, spread, dropped)


class Matching:
    """Which documents a request finds, as a condition for counting."""

    def __init__(self, words: Query | None, known: Frequencies | None, every: bool) -> None:
        self.words, self.known, self.every = words, known, every

    def where(self, request: Request, filters: Filters, leave_out: Any = None) -> str:
        """The condition, with its values put into the request."""
        said = [request.narrowed(filters, leave_out)]
        if self.words is not None:
            if self.words.wanted:
                said.append("(" + f" {'AND' if self.every else 'OR'} ".join(
                    request.lexemes(wanted.forms) for wanted in self.words.wanted) + ")")
            said += [f"NOT {request.lexemes([form])}" for form in self.words.unwanted]
        return " AND ".join(said)


def _browsed(connection: Connection, table: str, matching: Matching, filters: Filters,
             sort: Sort, k: int, offset: int) -> tuple[int, Sequence[Any]]:
    request = Request()
    where = matching.where(request, filters)
    total = connection.scalar(text(
        f"SELECT count(*) FROM {table} WHERE {where}"), request.values) or 0
    rows = connection.execute(text(
        f"SELECT id FROM {table} WHERE {where} ORDER BY {FIRST}, {ORDERS[sort]}, place "
        f"LIMIT {request.keep(k)} OFFSET {request.keep(offset)}"), request.values).all()
    return int(total), rows


def _ranked(connection: Connection, table: str, counts: Known, words: Query, filters: Filters,
            sort: Sort, k: int, offset: int
            ) -> tuple[int, tuple[Hit, ...], tuple[str, ...], Matching]:
    """With every wanted word; where that are few, with some, weighed by the share they cover."""
    known = Frequencies(connection, table, words, counts)
    matching = Matching(words, known, True)
    total, rows = _scored(connection, table, matching, filters, sort, k, offset)
    if total >= words.ranking.enough or len(words.wanted) < 2:
        return total, _hits(rows), (), matching
    some = Matching(words, known, False)
    total, rows = _scored(connection, table, some, filters, sort, k, offset)
    held = rows[0].held if rows else [False] * len(words.wanted)
    return total, _hits(rows), asking.missing(held, words), some


def _scored(connection: Connection, table: str, matching: Matching, filters: Filters, sort: Sort,
            k: int, offset: int) -> tuple[int, Sequence[Any]]:
    """A page, and how many there are; held: which wanted words the best document has."""
    assert matching.words is not None and matching.known is not None
    request = Request()
    narrowed = request.narrowed(filters)
    found = asking.scored(request, table, matching.words, matching.known, narrowed, matching.every)
    order = f"{FIRST}, score DESC" if sort == "relevance" else f"{FIRST}, {ORDERS[sort]}"
    held = ", ".join(f"s{n} > 0" for n in range(len(matching.words.wanted)))
    rows = connection.execute(text(
        f"WITH found AS MATERIALIZED ({found}) SELECT id, score, "
        "(SELECT count(*) FROM found) AS everything, "
        f"(SELECT ARRAY[{held}] FROM found ORDER BY base DESC, place LIMIT 1) AS held "
        f"FROM found ORDER BY {order}, place "
        f"LIMIT {request.keep(k)} OFFSET {request.keep(offset)}"), request.values).all()
    if rows:
        return int(rows[0].everything), rows
    request = Request()
    total = connection.scalar(text(
        f"SELECT count(*) FROM {table} WHERE "
        f"{matching.where(request, filters)}"), request.values)
    return int(total or 0), rows


def _hits(rows: Sequence[Any]) -> tuple[Hit, ...]:
    return tuple(Hit(row.id, float(row.score)) for row in rows)


def _counted(connection: Connection, table: str, matching: Matching, filters: Filters,
             facets: Sequence[str]) -> dict[str, tuple[Count, ...]]:
    """Counts of each facet; each chosen filter of a facet is left out for its own values."""
    names = [name for name in facets if name != "price"]
    if not names:
        return {}
    request = Request()
    found = counting.counts(connection, table, request, matching.where(request, filters), names)
    for name in names:
        for entry in own_entries(filters, name):
            request = Request()
            wide = counting.counts(connection, table, request,
                                   matching.where(request, filters, entry), [name])
            found[name] = widened(found[name], wide[name], entry)
    return found
