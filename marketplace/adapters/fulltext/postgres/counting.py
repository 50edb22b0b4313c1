"""How many documents of a result have which value, and how its prices are spread."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from marketplace.adapters.fulltext.contract import Band, Count
from marketplace.adapters.fulltext.counting import cut, ranked
from marketplace.adapters.fulltext.postgres.asking import Request


def counts(connection: Connection, table: str, request: Request, where: str,
           facets: Sequence[str]) -> dict[str, tuple[Count, ...]]:
    """The values of all facets among the documents that match, most first."""
    found: dict[str, list[Count]] = {name: [] for name in facets}
    rows = connection.execute(text(
        f"WITH found AS MATERIALIZED (SELECT facets FROM {table} WHERE {where}) "
        "SELECT name, value, count(*) AS n FROM found, unnest(CAST(:names AS text[])) AS name, "
        "jsonb_array_elements_text(coalesce(facets -> name, '[]')) AS value "
        "GROUP BY name, value"), {**request.values, "names": list(facets)})
    for row in rows:
        found[row.name].append(Count(row.value, row.n))
    return {name: ranked(rows) for name, rows in found.items()}


def bands(connection: Connection, table: str, request: Request, where: str) -> tuple[Band, ...]:
    """The prices of what matches in bands of about equal counts."""
    rows = connection.execute(text(
        f"SELECT price_minor, count(*) FROM {table} WHERE {where} AND price_minor >= 0 "
        "GROUP BY price_minor"), request.values)
    return cut({row[0]: row[1] for row in rows})
