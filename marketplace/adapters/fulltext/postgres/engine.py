"""The engine itself: writes in one transaction each, reads what is committed."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import ProgrammingError

from marketplace.adapters.fulltext.completion import Completions
from marketplace.adapters.fulltext.contract import (
    Document,
    Filters,
    Found,
    Health,
    IndexBusy,
    IndexMissing,
    Query,
    Sort,
)
from marketplace.adapters.fulltext.postgres import finding, tables
from marketplace.adapters.fulltext.postgres.asking import Known

NO_FILTERS = Filters()
WRITER = 0x5A5552
"""The advisory lock of the one writer."""
POOLED = 8
COUNTS_KEPT = 50_000


class PostgresIndex:
    """Full text in a database; share one per process, any number of threads may use it.

    wait_seconds is how long a write waits for another one before it raises IndexBusy.
    """

    def __init__(self, url: str, *, wait_seconds: float = 30.0) -> None:
        self._engine = create_engine(url, pool_size=2, max_overflow=POOLED - 2,
                                     pool_pre_ping=True)
        self._wait = wait_seconds
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[tuple[int, int], Any]] = {}
        self._counted: tuple[tuple[int, int], Known] = (0, 0), {}

    # writing

    def replace(self, documents: Iterable[Document]) -> int:
        """Write documents in one commit, each instead of its former version; give their number.

        Of several with one id the last counts. Raises IndexBusy, IndexMissing.
        """
        wanted = {document.id: document for document in documents}
        with self._writing() as connection:
            number = self._number(connection)
            tables.fill(connection, number, wanted.values())
            self._moved(connection)
        return len(wanted)

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out in one commit; unknown ids are no fault. Raises as `replace`."""
        with self._writing() as connection:
            number = self._number(connection)
            connection.execute(text(
                f"DELETE FROM {tables.name_of(number)} "
                "WHERE id = ANY(CAST(:ids AS text[]))"), {"ids": list(ids)})
            self._moved(connection)

    def rebuild(self, stream: Iterable[Document], facts: Mapping[str, object],
                keep_former: bool = True) -> int:
        """Write a new index beside the old one and switch to it at the end; give its size.

        Searches go on in the old one meanwhile. Raises IndexBusy.
        """
        with self._writing() as connection:
            for statement in tables.PREPARE:
                connection.execute(text(statement))
            row = connection.execute(text(
                f"SELECT number, former FROM {tables.SCHEMA}.state")).first()
            number = row.number + 1 if row else 1
            tables.make(connection, number)
            count = tables.fill(connection, number, stream)
            tables.index(connection, number)
            former = row.number if row and keep_former else None
            connection.execute(text(
                f"INSERT INTO {tables.SCHEMA}.state (number, former, generation, facts) "
                "VALUES (:number, :former, 1, CAST(:facts AS jsonb)) ON CONFLICT (one) DO UPDATE "
                "SET number = :number, former = :former, facts = CAST(:facts AS jsonb), "
                "generation = state.generation + 1"),
                {"number": number, "former": former, "facts": json.dumps(dict(facts))})
            for old in {row.number, row.former} - {None, former} if row else ():
                connection.execute(text(f"DROP TABLE IF EXISTS {tables.name_of(old)}"))
        return count

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction of the one writer; a killed one lets go. Raises IndexBusy, IndexMissing.
        """
        until = time.monotonic() + self._wait
        with self._reading(self._engine.begin()) as connection:
            while not connection.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"),
                                        {"lock": WRITER}):
                if time.monotonic() > until:
                    raise IndexBusy(f"another process has been writing for {self._wait} s")
                time.sleep(0.05)
            yield connection

    @staticmethod
    @contextmanager
    def _reading(opened: Any) -> Iterator[Connection]:
        """A connection; where there are no tables there is no index. Raises IndexMissing."""
        try:
            with opened as connection:
                yield connection
        except ProgrammingError as fault:
            if getattr(fault.orig, "sqlstate", "") in ("42P01", "3F000"):
                raise IndexMissing("no index: rebuild first") from fault
            raise

    def _moved(self, connection: Connection) -> None:
        connection.execute(text(
            f"UPDATE {tables.SCHEMA}.state SET generation = generation + 1"))

    def _state(self, connection: Connection) -> Any:
        row = connection.execute(text(
            f"SELECT number, generation, facts FROM {tables.SCHEMA}.state")).first()
        if row is None:
            raise IndexMissing("no index: rebuild first")
        return row

    def _number(self, connection: Connection) -> int:
        return int(self._state(connection).number)

    # reading

    def find(
        self,
        words: Query | None = None,
        filters: Filters = NO_FILTERS,
        sort: Sort = "relevance",
        k: int = 24,
        facets: Sequence[str] = (),
        offset: int = 0,
    ) -> Found:
        """Give k hits from the offset on, in a total order, and facet counts.

        Facet "price" gives bands. Raises IndexMissing.
        """
        with self._reading(self._engine.connect()) as connection:
            state = self._state(connection)
            counts = self._counts((int(state.number), int(state.generation)))
            return finding.find(connection, tables.name_of(state.number), counts, words, filters,
                                sort, k, facets, offset)

    def _counts(self, mark: tuple[int, int]) -> Known:
        """In how many documents words stand, as far as it was counted in this generation."""
        with self._lock:
            if self._counted[0] != mark or len(self._counted[1]) > COUNTS_KEPT:
                self._counted = mark, {}
            return self._counted[1]

    def suggest(self, prefix: str, k: int = 8) -> list[str]:
        """Complete a folded beginning, most frequent first. Raises IndexMissing."""
        found: Completions = self._once("completions", Completions)
        return found.of(prefix, k)

    def spellings(self) -> Mapping[str, int]:
        """Give all words that corrections may name, with the number of documents."""
        found: Mapping[str, int] = self._once("spellings", dict)
        return found

    def _once(self, column: str, made: Any) -> Any:
        """What is made of all values of a column, kept as long as nothing is written."""
        with self._reading(self._engine.connect()) as connection:
            state = self._state(connection)
            mark = (int(state.number), int(state.generation))
            with self._lock:
                kept = self._kept.get(column)
            if kept is None or kept[0] != mark:
                rows = connection.execute(text(
                    f"SELECT one, count(*) FROM {tables.name_of(mark[0])}, "
                    f"unnest({column}) AS one GROUP BY one"))
                kept = (mark, made({row[0]: int(row[1]) for row in rows}))
                with self._lock:
                    self._kept[column] = kept
        return kept[1]

    def facts(self) -> Mapping[str, object]:
        """Give what was handed to the last rebuild. Raises IndexMissing."""
        with self._reading(self._engine.connect()) as connection:
            found: Mapping[str, object] = self._state(connection).facts
        return found

    def health(self) -> Health:
        """Say how the index is. Raises IndexMissing."""
        with self._reading(self._engine.connect()) as connection:
            state = self._state(connection)
            table = tables.name_of(state.number)
            row = connection.execute(text(
                f"SELECT count(*) AS n, pg_total_relation_size(CAST(:name AS regclass)) AS size "
                f"FROM {table}"), {"name": table}).one()
        return Health(engine="postgresql", documents=row.n, deleted=0, segments=1,
                      size_bytes=row.size, generation=state.generation, cached_postings=0,
                      fast=True)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()
