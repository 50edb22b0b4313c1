"""Relevance and speed of search beside peers, in one run on the same machine.

    python bench/search.py --data FOLDER
    python bench/search.py --speed 50000

Folders below --data hold products.csv, queries.csv and judgements.csv. tantivy is left out where
it is not installed. Peers get the same words: title 4, producer 2, the rest 1 where they can.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from marketplace.adapters.fulltext.contract import Document, Filters, OneOf
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from marketplace.search import offline
from marketplace.search.rules import analysis, ranking

Runs = dict[str, list[str]]
Rows = Sequence[dict[str, str]]
SEED = 42


def judgements(path: Path) -> dict[str, dict[str, int]]:
    """Read the grades per query."""
    found: dict[str, dict[str, int]] = {}
    for row in offline.rows(path):
        found.setdefault(row["query_id"], {})[row["id"]] = int(row["grade"])
    return found


def quality(grades: dict[str, dict[str, int]], runs: Runs) -> tuple[float, float, int]:
    """Give NDCG@10, Recall@50 and the number of empty answers."""
    gains, recalls = [], []
    for query, judged in grades.items():
        ideal = sorted((2**g - 1 for g in judged.values()), reverse=True)[:10]
        if not sum(ideal):
            continue
        found = runs.get(query, [])
        got = [2 ** judged.get(d, 0) - 1 for d in found[:10]]
        gains.append(_discounted(got) / _discounted(ideal))
        good = {d for d, g in judged.items() if g > 0}
        recalls.append(len(good & set(found[:50])) / len(good))
    empty = sum(not runs.get(q) for q in grades)
    return sum(gains) / len(gains), sum(recalls) / len(recalls), empty


def _discounted(gains: Sequence[float]) -> float:
    return sum(g / math.log2(n + 2) for n, g in enumerate(gains))


def zuruf(folder: Path, _: Rows, __: Rows) -> Runs:
    """Run the offline command as it is."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "run.csv"
        told = offline.run_offline(folder / "products.csv", folder / "queries.csv", 50, out)
        print("   ", json.dumps(told))
        runs: Runs = {}
        with out.open() as file:
            for row in csv.DictReader(file):
                runs.setdefault(row["query_id"], []).append(row["id"])
    return runs


def fts5(_: Path, products: Rows, queries: Rows) -> Runs:
    """SQLite's full text with weights 4, 2, 1 and its own folding."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE p USING fts5(id UNINDEXED, title, maker, body, "
                 "tokenize='porter unicode61 remove_diacritics 2')")  # fmt: skip
    for row in products:
        texts = offline.texts(row)
        base.execute("INSERT INTO p VALUES (?,?,?,?)",
                     (row["id"], texts.title, texts.maker, texts.body))  # fmt: skip
    runs = {}
    for row in queries:
        words = " OR ".join(f'"{w}"' for w in analysis.tokens(row["query"]))
        sql = "SELECT id FROM p WHERE p MATCH ? ORDER BY bm25(p, 0, 4, 2, 1) LIMIT 50"
        runs[row["query_id"]] = [r[0] for r in base.execute(sql, (words,))] if words else []
    base.close()
    return runs


def library(_: Path, products: Rows, queries: Rows) -> Runs:
    """Whoosh by its own search, scores of three fields added, weights 4, 2, 1."""
    from whoosh import fields, index
    from whoosh.analysis import StemmingAnalyzer
    from whoosh.qparser import MultifieldParser, OrGroup

    text = fields.TEXT(analyzer=StemmingAnalyzer())
    schema = fields.Schema(id=fields.ID(stored=True), title=text, maker=text, body=text)
    runs: Runs = {}
    with tempfile.TemporaryDirectory() as place:
        made = index.create_in(place, schema)
        writer = made.writer(limitmb=512)
        for row in products:
            texts = offline.texts(row)
            writer.add_document(id=row["id"], title=texts.title, maker=texts.maker, body=texts.body)
        writer.commit()
        weights = {"title": 4.0, "maker": 2.0, "body": 1.0}
        parser = MultifieldParser(list(weights), schema, weights, group=OrGroup)
        with made.searcher() as searcher:
            for row in queries:
                asked = parser.parse(" ".join(analysis.tokens(row["query"])))
                runs[row["query_id"]] = [h["id"] for h in searcher.search(asked, limit=50)]
    return runs


def tantivy(_: Path, products: Rows, queries: Rows) -> Runs:
    """tantivy with English stems, weights 4, 2, 1; raises ImportError where not installed."""
    import tantivy as engine

    build = engine.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    for name in ("title", "maker", "body"):
        build = build.add_text_field(name, tokenizer_name="en_stem")
    made = engine.Index(build.build())
    writer = made.writer()
    for row in products:
        texts = offline.texts(row)
        writer.add_document(engine.Document(
            id=row["id"], title=texts.title, maker=texts.maker, body=texts.body))  # fmt: skip
    writer.commit()
    made.reload()
    searcher, runs = made.searcher(), {}
    for row in queries:
        asked = made.parse_query(" ".join(analysis.tokens(row["query"])),
                                 ["title", "maker", "body"],
                                 field_boosts={"title": 4.0, "maker": 2.0})  # fmt: skip
        hits = searcher.search(asked, 50).hits
        runs[row["query_id"]] = [searcher.doc(at)["id"][0] for _, at in hits]
    return runs


PEERS: dict[str, Callable[[Path, Rows, Rows], Runs]] = {
    "zuruf": zuruf,
    "library": library,
    "sqlite fts5": fts5,
    "tantivy": tantivy,
}


def measure(folder: Path) -> None:
    """Print one line per peer."""
    products, queries = offline.rows(folder / "products.csv"), offline.rows(folder / "queries.csv")
    grades = judgements(folder / "judgements.csv")
    print(f"{folder.name}: {len(products)} products, {len(queries)} queries")
    for name, run in PEERS.items():
        try:
            ndcg, recall, empty = quality(grades, run(folder, products, queries))
        except ImportError:
            print(f"  {name:12} not installed")
            continue
        print(f"  {name:12} NDCG@10 {ndcg:.4f}  Recall@50 {recall:.4f}  empty {empty}")


def drawn(count: int) -> tuple[list[Document], list[str]]:
    """Draw products with words by Zipf, categories, producers and prices."""
    draw = random.Random(SEED)
    words = [f"wort{chr(97 + i % 26)}{i}" for i in range(20_000)]
    rows = []
    for number in range(count):
        chosen = [words[min(int(draw.paretovariate(0.6)), 19_999)] for _ in range(30)]
        category = f"c{draw.randrange(24)}"
        rows.append(
            Document(
                id=f"product:{number}",
                words={w: 1 + draw.random() * 4 for w in chosen},
                title_words=frozenset(chosen[:5]),
                title=" ".join(chosen[:5]),
                facets={
                    "kind": ["product"],
                    "category": [category, f"{category}/{draw.randrange(11)}"],
                    "producer": [f"p{draw.randrange(800)}"],
                    "attribute": [f"a{draw.randrange(6)}={draw.randrange(8)}" for _ in range(3)],
                },
                figures={"price_minor": draw.randrange(100, 9_000), "available": 1},
            )
        )
    return rows, words


def speed(count: int) -> None:
    """Print the median times of words, words with facets, filters and browsing."""
    rows, words = drawn(count)
    draw = random.Random(SEED)
    with tempfile.TemporaryDirectory() as place:
        engine, started = WhooshIndex(place), time.perf_counter()
        engine.rebuild(rows, {})
        print(f"{count} products written in {time.perf_counter() - started:.1f} s")
        engine.find(facets=("category", "producer", "attribute", "price"))
        queries = [" ".join(draw.choices(words[:400], k=2)) for _ in range(200)]
        asked = [ranking.query(q, ranking.Whole()) for q in queries]
        facets = ("category", "producer", "attribute", "price")
        red = Filters(one_of=(OneOf("category", frozenset({"c3"})),))
        for name, call in {
            "words": lambda q: engine.find(q),
            "words + facets": lambda q: engine.find(q, facets=facets),
            "words + facets + filter": lambda q: engine.find(q, red, facets=facets),
            "browse + facets": lambda q: engine.find(facets=facets),
            "browse + facets + filter": lambda q: engine.find(filters=red, facets=facets),
        }.items():
            times = []
            for query in asked:
                started = time.perf_counter()
                call(query)
                times.append(1000 * (time.perf_counter() - started))
            times.sort()
            print(f"  {name:26} p50 {times[100]:.2f} ms, p95 {times[190]:.2f} ms")


def main() -> None:
    """Read the options and measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, help="folder of data sets")
    options.add_argument("--speed", type=int, help="number of drawn products")
    chosen = options.parse_args()
    for folder in sorted(chosen.data.iterdir()) if chosen.data else []:
        if (folder / "products.csv").exists():
            measure(folder)
    if chosen.speed:
        speed(chosen.speed)


if __name__ == "__main__":
    main()
