"""Relevance of search beside peers, in one run on the same machine; speed: bench/search_speed.

    python bench/search.py --data FOLDER

Folders below --data hold products.csv, queries.csv and judgements.csv. tantivy is left out where
it is not installed. Peers get the same words: title 4, producer 2, the rest 1 where they can.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from marketplace.search import offline
from marketplace.search.rules import analysis

Runs = dict[str, list[str]]
Rows = Sequence[dict[str, str]]


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
    return answered(folder)


def by_tantivy(folder: Path, _: Rows, __: Rows) -> Runs:
    """Ours with its index in tantivy. Raises ImportError where that is not installed."""
    import tantivy  # noqa: F401

    from marketplace.adapters.fulltext.tantivy import TantivyIndex

    return answered(folder, opened=TantivyIndex)


def answered(folder: Path, *, quiet: bool = False, **how: Any) -> Runs:
    """What the offline command gives for the files of a folder; its figures are printed."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "run.csv"
        told = offline.run_offline(folder / "products.csv", folder / "queries.csv", 50, out, **how)
        if not quiet:
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
    "ours, tantivy": by_tantivy,
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
            print(f"  {name:14} not installed")
            continue
        print(f"  {name:14} NDCG@10 {ndcg:.4f}  Recall@50 {recall:.4f}  empty {empty}")


def main() -> None:
    """Read the options and measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, help="folder of data sets")
    chosen = options.parse_args()
    for folder in sorted(chosen.data.iterdir()) if chosen.data else []:
        if (folder / "products.csv").exists():
            measure(folder)


if __name__ == "__main__":
    main()
