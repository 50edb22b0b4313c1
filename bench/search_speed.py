"""Speed of search beside peers on the same drawn products, in one run on the same machine.

    python -m bench.search_speed [--products 50000] [--rounds 200] [--postgresql]

Each peer gets the same documents and asks for the first 24 with all words, with any word, with all
words and the counts of three facets, and a shelf with counts. `files` is ours on disk, `library`
the library's own search on the same files, `tables` ours in PostgreSQL, `ours, tantivy` ours in
tantivy; `postgresql` (ts_rank) and `tables` need a server, which --postgresql starts. tantivy is
left out where it is not installed. Times are medians of a second round; the last column is ours on
disk as a multiple of the peer.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.search_peers import (
    FACETS,
    FIRST,
    SHELF,
    Ask,
    fts5,
    library,
    postgresql,
    tantivy,
)
from marketplace.adapters.fulltext.contract import Document, Filters, OneOf, Ranking
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from marketplace.search.rules import ranking

SEED, WARM_SECONDS = 42, 2
ASKED = ("all words", "any word", "words + facets", "shelf + facets")


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


def median(asks: Sequence[Sequence[str]], ask: Ask) -> float:
    """The median of all questions, in thousandths of a second. All were asked once before, as far
    as that takes two seconds, so that nobody reads a word for the first time.
    """
    until = time.perf_counter() + WARM_SECONDS
    for words in asks:
        if time.perf_counter() < until:
            ask(words)
    took = []
    for words in asks:
        begun = time.perf_counter()
        ask(words)
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
                                 "tantivy": lambda: tantivy(rows),
                                 "ours, tantivy": lambda: _grown(rows, folder / "grown")}
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
                print(f"{one:16}{name:14}{found[one]:9.2f} ms"
                      f"{times['files'][one] / found[one]:8.2f}x")
    return 0


def _server(stack: ExitStack, folder: Path) -> str:
    """A PostgreSQL server of its own, for as long as this runs."""
    from tests.databases import open_database

    home = folder / "server"
    home.mkdir(mode=0o700)
    return stack.enter_context(open_database("postgresql", home)).url


@contextmanager
def _grown(rows: Sequence[Document], folder: Path) -> Iterator[Mapping[str, Ask]]:
    """Ours in tantivy. Raises ImportError where that is not installed."""
    from marketplace.adapters.fulltext.tantivy import TantivyIndex

    engine = TantivyIndex(folder)
    begun = time.perf_counter()
    engine.rebuild(rows, {})
    print(f"written by tantivy in {time.perf_counter() - begun:.1f} s")
    yield ours(engine)
    engine.close()


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
