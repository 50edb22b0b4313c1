"""Speed of search beside peers on the same drawn products, in one run on the same machine.

    python -m bench.search_speed [--products 50000] [--rounds 200] [--postgresql]

Each peer gets the same documents and asks for the first 24 with all words, with any word, with all
words and the counts of three facets, and a shelf with counts. `files` is ours on disk, `library`
the library's own search on the same files, `tables` ours in PostgreSQL; `postgresql` (ts_rank) and
both need a server, which --postgresql starts. tantivy is left out where it is not installed. Times
are medians; the last column is ours on disk as a multiple of the peer.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from marketplace.adapters.fulltext.contract import Document, Filters, OneOf, Ranking
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from marketplace.search.rules import ranking

SEED, FIRST = 42, 24
ASKED = ("all words", "any word", "words + facets", "shelf + facets")
FACETS = ("category", "producer", "attribute")
SHELF = "c3"
Ask = Callable[[Sequence[str]], object]


def drawn(count: int) -> tuple[list[Document], list[str]]:
    """Products with words by Zipf, categories, producers, particulars and prices."""
    draw = random.Random(SEED)
    words = [f"wort{chr(97 + i % 26)}{i}" for i in range(20_000)]
    rows = []
    for number in range(count):
        chosen = [words[min(int(draw.paretovariate(0.6)), 19_999)] for _ in range(30)]
        category = f"c{draw.randrange(24)}"
        rows.append(Document(
            id=f"product:{number}", words={w: 1 + draw.random() * 4 for w in chosen},
            title_words=frozenset(chosen[:5]), title=" ".join(chosen[:5]),
            facets={"kind": ["product"],
                    "category": [category, f"{category}/{draw.randrange(11)}"],
                    "producer": [f"p{draw.randrange(800)}"],
                    "attribute": [f"a{draw.randrange(6)}={draw.randrange(8)}" for _ in range(3)]},
            figures={"price_minor": draw.randrange(100, 9_000), "available": 1}))
    return rows, words


def ours(engine: Any) -> Mapping[str, Ask]:
    """What is asked of an engine behind our contract."""
    every, some = Ranking(enough=0), Ranking(enough=10**9)

    def query(words: Sequence[str], how: Ranking) -> Any:
        return replace(ranking.query(" ".join(words), ranking.Whole()), ranking=how)

    shelf = Filters(one_of=(OneOf("category", frozenset({SHELF})),))
    return {
        "all words": lambda words: engine.find(query(words, every), k=FIRST),
        "any word": lambda words: engine.find(query(words, some), k=FIRST),
        "words + facets": lambda words: engine.find(query(words, every), k=FIRST, facets=FACETS),
        "shelf + facets": lambda _words: engine.find(filters=shelf, sort="newest", k=FIRST,
                                                     facets=FACETS)}


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

    yield {"all words": lambda words: best(words, " AND "),
           "any word": lambda words: best(words, " OR "), "words + facets": counts,
           "shelf + facets": shelf}
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
    """tantivy; it counts no facets of several values through its Python door, so words alone.
    Raises ImportError where it is not installed.
    """
    import tantivy as engine

    build = engine.SchemaBuilder().add_text_field("body", tokenizer_name="whitespace")
    made = engine.Index(build.add_text_field("category", tokenizer_name="raw").build())
    writer = made.writer()
    for row in rows:
        writer.add_document(engine.Document(body=" ".join(row.words),
                                            category=row.facets["category"]))
    writer.commit()
    made.reload()
    searcher = made.searcher()

    def best(words: Sequence[str], between: str) -> object:
        return searcher.search(made.parse_query(between.join(words), ["body"]), FIRST)

    yield {"all words": lambda words: best(words, " AND "),
           "any word": lambda words: best(words, " OR ")}


def median(asks: Sequence[Sequence[str]], ask: Ask) -> float:
    """The median of all questions, in thousandths of a second, after a few to warm up."""
    took = []
    for n, words in enumerate((*asks[:10], *asks)):
        begun = time.perf_counter()
        ask(words)
        if n >= 10:
            took.append(1000 * (time.perf_counter() - begun))
    return sorted(took)[len(took) // 2]


def main() -> int:
    """Measure and print."""
    read = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    read.add_argument("--products", type=int, default=50_000)
    read.add_argument("--rounds", type=int, default=200)
    read.add_argument("--postgresql", action="store_true")
    asked = read.parse_args()
    rows, words = drawn(asked.products)
    draw = random.Random(SEED)
    asks = [[one, other] for one, other in (draw.sample(words[5:80], 2)
                                            for _ in range(asked.rounds))]
    times: dict[str, dict[str, float]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        files = WhooshIndex(folder)
        begun = time.perf_counter()
        files.rebuild(rows, {})
        print(f"{asked.products} products, written in {time.perf_counter() - begun:.1f} s")
        peers: dict[str, Any] = {"library": lambda: library(folder), "fts5": lambda: fts5(rows),
                                 "tantivy": lambda: tantivy(rows)}
        if asked.postgresql:
            url = _server(stack, folder)
            peers["postgresql"] = lambda: postgresql(rows, url)
            peers["tables"] = lambda: _tables(rows, url)
        times["files"] = {name: median(asks, ask) for name, ask in ours(files).items()}
        for name, made in peers.items():
            try:
                with made() as peer:
                    times[name] = {one: median(asks, ask) for one, ask in peer.items()}
            except ImportError:
                print(f"{name} is not installed")
    for one in ASKED:
        for name, found in times.items():
            if one in found:
                print(f"{one:16}{name:12}{found[one]:9.2f} ms"
                      f"{times['files'][one] / found[one]:8.2f}x")
    return 0


def _server(stack: ExitStack, folder: Path) -> str:
    """A PostgreSQL server of its own, for as long as this runs."""
    from tests.databases import open_database

    home = folder / "server"
    home.mkdir(mode=0o700)
    return stack.enter_context(open_database("postgresql", home)).url


@contextmanager
def _tables(rows: Sequence[Document], url: str) -> Iterator[Mapping[str, Ask]]:
    """Ours in PostgreSQL."""
    from marketplace.adapters.fulltext.postgres import PostgresIndex

    engine = PostgresIndex(url)
    engine.rebuild(rows, {})
    yield ours(engine)
    engine.close()


if __name__ == "__main__":
    raise SystemExit(main())
