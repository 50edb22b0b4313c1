"""The peers of search: each with the same documents, behind the four questions of search_speed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from marketplace.adapters.fulltext.contract import Document

FIRST = 24
FACETS = ("category", "producer", "attribute")
SHELF = "c3"
Ask = Callable[[Sequence[str]], object]


@contextmanager
def library(folder: Path) -> Iterator[Mapping[str, Ask]]:
    """The library's own search and grouping on the files that ours wrote."""
    from whoosh import index
    from whoosh.query import And, Or, Term

    opened = index.open_dir(str(next(folder.glob("index-*"))))
    groups = [f"f_{name}" for name in FACETS]
    with opened.searcher() as searcher:
        yield {
            "all words": lambda words: searcher.search(
                And([Term("words", word) for word in words]), limit=FIRST),
            "any word": lambda words: searcher.search(
                Or([Term("words", word) for word in words]), limit=FIRST),
            "words + facets": lambda words: _grouped(searcher.search(
                And([Term("words", word) for word in words]), limit=FIRST, groupedby=groups),
                groups),
            "shelf + facets": lambda _words: _grouped(_shelf(searcher, groups), groups)}


def _shelf(searcher: Any, groups: Sequence[str]) -> Any:
    """A shelf as the library can: everything, grouped; it has no filter on a
    column of several values, so it is spared that.
    """
    from whoosh.query import Every

    return searcher.search(Every(), limit=FIRST, groupedby=list(groups))


def _grouped(found: Any, groups: Sequence[str]) -> list[int]:
    return [len(found.groups(name)) for name in groups]


@contextmanager
def fts5(rows: Sequence[Document]) -> Iterator[Mapping[str, Ask]]:
    """SQLite's full text; facet values in a table beside it, counted by one query each."""
    base = sqlite3.connect(":memory:")
    base.executescript("CREATE VIRTUAL TABLE p USING fts5(body, tokenize='unicode61');"
                       "CREATE TABLE v (id INTEGER, name TEXT, value TEXT)")
    for n, row in enumerate(rows):
        base.execute("INSERT INTO p (rowid, body) VALUES (?, ?)", (n, " ".join(row.words)))
        base.executemany("INSERT INTO v VALUES (?, ?, ?)", [
            (n, name, value) for name in FACETS for value in row.facets[name]])
    base.executescript("CREATE INDEX vi ON v (name, id, value); CREATE INDEX vv ON v (name, value);"
                       "ANALYZE")

    def best(words: Sequence[str], between: str) -> list[Any]:
        asked = between.join(f'"{word}"' for word in words)
        return base.execute("SELECT rowid FROM p WHERE p MATCH ? ORDER BY bm25(p) LIMIT 24",
                            (asked,)).fetchall()

    def counts(words: Sequence[str]) -> None:
        asked = " AND ".join(f'"{word}"' for word in words)
        best(words, " AND ")
        for name in FACETS:
            base.execute("SELECT value, count(*) FROM p JOIN v ON v.id = p.rowid AND v.name = ? "
                         "WHERE p MATCH ? GROUP BY value", (name, asked)).fetchall()

    def shelf(_words: Sequence[str]) -> None:
        inside = "(SELECT id FROM v WHERE name = 'category' AND value = ?)"
        base.execute(f"SELECT rowid FROM p WHERE rowid IN {inside} LIMIT 24", (SHELF,)).fetchall()
        for name in FACETS:
            base.execute(f"SELECT value, count(*) FROM v WHERE name = ? AND id IN {inside} "
                         "GROUP BY value", (name, SHELF)).fetchall()

    yield {"all words": lambda words: best(words, " AND "), "shelf + facets": shelf,
           "any word": lambda words: best(words, " OR "), "words + facets": counts}
    base.close()


@contextmanager
def postgresql(rows: Sequence[Document], url: str) -> Iterator[Mapping[str, Ask]]:
    """PostgreSQL's own full text, ordered by ts_rank; facet values in a table beside it."""
    import psycopg

    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as base:
        base.execute("CREATE TABLE p (id integer PRIMARY KEY, body tsvector)")
        base.execute("CREATE TABLE v (id integer, name text, value text)")
        with base.cursor() as cursor:
            with cursor.copy("COPY p FROM STDIN") as copy:
                for n, row in enumerate(rows):
                    copy.write_row((n, " ".join(f"'{word}'" for word in row.words)))
            with cursor.copy("COPY v FROM STDIN") as copy:
                for n, row in enumerate(rows):
                    for name in FACETS:
                        for value in row.facets[name]:
                            copy.write_row((n, name, value))
        for statement in ("CREATE INDEX ON p USING gin (body) WITH (fastupdate = off)",
                          "CREATE INDEX ON v (name, id)", "CREATE INDEX ON v (name, value)",
                          "VACUUM ANALYZE p", "VACUUM ANALYZE v"):
            base.execute(statement)

        def best(words: Sequence[str], between: str) -> object:
            asked = between.join(words)
            return base.execute(
                "SELECT id FROM p WHERE body @@ %s::tsquery ORDER BY ts_rank(body, %s::tsquery) "
                "DESC LIMIT 24", (asked, asked)).fetchall()

        def counts(words: Sequence[str]) -> None:
            best(words, " & ")
            base.execute("SELECT v.name, v.value, count(*) FROM p JOIN v ON v.id = p.id "
                         "WHERE body @@ %s::tsquery GROUP BY v.name, v.value",
                         (" & ".join(words),)).fetchall()

        def shelf(_words: Sequence[str]) -> None:
            inside = "(SELECT id FROM v WHERE name = 'category' AND value = %s)"
            base.execute(f"SELECT id FROM p WHERE id IN {inside} LIMIT 24", (SHELF,)).fetchall()
            base.execute(f"SELECT name, value, count(*) FROM v WHERE id IN {inside} "
                         "GROUP BY name, value", (SHELF,)).fetchall()

        yield {"all words": lambda words: best(words, " & "),
               "any word": lambda words: best(words, " | "), "words + facets": counts,
               "shelf + facets": shelf}
        base.execute("DROP TABLE p, v")


@contextmanager
def tantivy(rows: Sequence[Document]) -> Iterator[Mapping[str, Ask]]:
    """tantivy; ids come from a fast field, facet values are counted by its aggregations.
    Raises ImportError where it is not installed.
    """
    import tantivy as engine

    build = engine.SchemaBuilder().add_integer_field("number", fast=True)
    build = build.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    for name in FACETS:
        build = build.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
    made = engine.Index(build.build())
    writer = made.writer()
    for n, row in enumerate(rows):
        document = engine.Document(body=" ".join(row.words), number=n)
        for name in FACETS:
            document.extend({name: list(row.facets[name])}, None)
        writer.add_document(document)
    writer.commit()
    made.reload()
    searcher = made.searcher()
    asked = {name: {"terms": {"field": name, "size": 200}} for name in FACETS}
    inside = engine.Query.term_query(made.schema, "category", SHELF)

    def best(query: Any) -> object:
        hits = searcher.search(query, FIRST).hits
        return searcher.fast_field_values("number", [place for _, place in hits])

    def parsed(words: Sequence[str], between: str) -> Any:
        return made.parse_query(between.join(words), ["body"])

    def counted(query: Any) -> object:
        return best(query), searcher.aggregate(query, asked)

    yield {"all words": lambda words: best(parsed(words, " AND ")),
           "any word": lambda words: best(parsed(words, " OR ")),
           "words + facets": lambda words: counted(parsed(words, " AND ")),
           "shelf + facets": lambda _words: counted(inside)}
