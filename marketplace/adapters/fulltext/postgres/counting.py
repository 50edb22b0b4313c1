"""How many documents of a result have which value, and how its prices are spread."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from marketplace.adapters.fulltext.contract import PRICE_BANDS, Band, Count, Filters, OneOf
from marketplace.adapters.fulltext.postgres.asking import Request

VALUES_SHOWN = 200


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


def ranked(rows: Sequence[Count]) -> tuple[Count, ...]:
    """Most first, then by the alphabet; the first two hundred."""
    return tuple(sorted(rows, key=lambda one: (-one.count, one.value))[:VALUES_SHOWN])


def widened(narrow: Sequence[Count], wide: Sequence[Count], entry: OneOf) -> tuple[Count, ...]:
    """Counts of a facet in which this entry is chosen: its own values without that choice."""
    subject = ""
    if entry.facet == "attribute":
        name, sign, _value = next(iter(entry.values), "").partition("=")
        subject = name + sign if sign else ""
    return ranked([*(one for one in wide if one.value.startswith(subject)),
                   *(one for one in narrow if not one.value.startswith(subject))])


def own_entries(filters: Filters, facet: str) -> list[OneOf]:
    """The entries whose facet is this one; who may see a thing is never left out."""
    return [one for one in filters.one_of if one.facet == facet and facet != "visibility"]


def bands(connection: Connection, table: str, request: Request, where: str) -> tuple[Band, ...]:
    """The prices of what matches in bands of about equal counts."""
    prices = connection.scalar(text(
        f"SELECT array_agg(price_minor ORDER BY price_minor) FROM {table} "
        f"WHERE {where} AND price_minor >= 0"), request.values)
    if not prices:
        return ()
    last = len(prices) - 1
    edges = sorted({prices[round(last * n / PRICE_BANDS)] for n in range(PRICE_BANDS + 1)})
    if len(edges) == 1:
        return (Band(edges[0], edges[0], len(prices)),)
    ends = [*(one - 1 for one in edges[1:-1]), edges[-1]]
    return tuple(Band(low, high, sum(low <= one <= high for one in prices))
                 for low, high in zip(edges, ends, strict=False))
