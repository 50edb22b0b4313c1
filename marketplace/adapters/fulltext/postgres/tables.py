"""Where documents stand: a table for each index, in a schema apart from the market's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, text

from marketplace.adapters.fulltext.contract import FACETS, FIGURES, Document

SCHEMA = "zuruf_fulltext"
BATCH = 500
PREPARE = (
    f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.state (one boolean PRIMARY KEY DEFAULT true CHECK (one), "
    "number integer NOT NULL, former integer, generation bigint NOT NULL, facts jsonb NOT NULL)",
)
COLUMNS = ("id", "words", "lexemes", "title_words", "spellings", "completions", "title", "facets",
           *FIGURES)


def name_of(number: int) -> str:
    """The table of an index."""
    return f"{SCHEMA}.documents_{int(number)}"


def make(connection: Connection, number: int) -> None:
    """An empty table; indexes come after it is filled."""
    figures = ", ".join(f"{name} bigint NOT NULL" for name in FIGURES)
    connection.execute(text(f"DROP TABLE IF EXISTS {name_of(number)}"))
    connection.execute(text(
        f"CREATE TABLE {name_of(number)} (place bigserial PRIMARY KEY, id text NOT NULL UNIQUE, "
        "words jsonb NOT NULL, lexemes tsvector NOT NULL, title_words text[] NOT NULL, "
        "spellings text[] NOT NULL, completions text[] NOT NULL, "
        f'title text COLLATE "C" NOT NULL, facets jsonb NOT NULL, {figures})'))


def index(connection: Connection, number: int) -> None:
    """Words are found by a GIN index that takes changes at once."""
    connection.execute(text(f"CREATE INDEX ON {name_of(number)} USING gin (lexemes) "
                            "WITH (fastupdate = off)"))
    connection.execute(text(f"ANALYZE {name_of(number)}"))


def fill(connection: Connection, number: int, stream: Iterable[Document]) -> int:
    """Write documents; of several with one id the last counts. Gives their number."""
    values = ", ".join(
        f"array_to_tsvector(CAST(:{name} AS text[]))" if name == "lexemes"
        else f"CAST(:{name} AS jsonb)" if name in ("words", "facets")
        else f"CAST(:{name} AS text[])" if name in ("title_words", "spellings", "completions")
        else f":{name}" for name in COLUMNS)
    changes = ", ".join(f"{name} = excluded.{name}" for name in ("place", *COLUMNS))
    sequence = f"pg_get_serial_sequence('{name_of(number)}', 'place')"
    statement = text(
        f"INSERT INTO {name_of(number)} (place, {', '.join(COLUMNS)}) "
        f"VALUES (nextval({sequence}), {values}) ON CONFLICT (id) DO UPDATE SET {changes}")
    count = 0
    for batch in _batches(stream):
        rows = {document.id: _row(document) for document in batch}
        connection.execute(statement, list(rows.values()))
        count += len(rows)
    return count


def _batches(stream: Iterable[Document]) -> Iterator[Sequence[Document]]:
    rest = iter(stream)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _row(document: Document) -> dict[str, Any]:
    """A document as a row. Raises KeyError for an unknown facet or figure."""
    unknown = (set(document.facets) - set(FACETS)) | (set(document.figures) - set(FIGURES))
    if unknown:
        raise KeyError(f"the index has no place for {sorted(unknown)}")
    words = {stored(word): weight for word, weight in document.words.items()}
    return {
        "id": document.id, "words": json.dumps(words), "lexemes": list(words),
        "title_words": [stored(one) for one in document.title_words],
        "spellings": [stored(one) for one in document.spellings],
        "completions": [stored(one) for one in document.completions],
        "title": document.title.replace("\x00", ""),
        "facets": json.dumps({name: list(values) for name, values in document.facets.items()}),
        **{name: document.figures.get(name, -1) for name in FIGURES}}


def stored(word: str) -> str:
    """A word as PostgreSQL takes it: no zero signs, and no longer than a lexeme may be."""
    return word.replace("\x00", "")[:500] or "-"
