"""Quality from outside: index a file of products, answer a file of queries, write the ranks."""

from __future__ import annotations

import csv
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from marketplace.adapters.fulltext.contract import SIGNAL_SCALE, Document, FullText, Query
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from marketplace.search.rules import analysis, ranking, spelling

LONGEST_CELL = 2**30


def run_offline(
    products_path: str | Path,
    queries_path: str | Path,
    k: int,
    out_path: str | Path,
    signals_path: str | Path | None = None,
    opened: Callable[[str], Any] = WhooshIndex,
) -> dict[str, Any]:
    """Answer all queries as the site does and write `query_id,rank,id,score`; give the figures.

    products: id,title,producer,description,category,attributes(JSON); queries: query_id,query;
    signals: id,signal in 0..1; opened: an engine in an empty folder. Figures: documents, seconds to
    index, index bytes, p50 and p95 milliseconds. Raises KeyError for a missing column, OSError for
    a missing file.
    """
    products, signals = rows(products_path), signals_of(signals_path)
    queries = rows(queries_path)
    with tempfile.TemporaryDirectory(prefix="zuruf-search-") as folder:
        started = time.perf_counter()
        engine = opened(folder)
        known = build(engine, products, signals)
        engine.health()
        seconds = time.perf_counter() - started
        times = _answer(engine, known, queries, k, out_path)
        size = engine.health().size_bytes
        engine.close()
    return {
        "documents": len(products),
        "seconds_to_index": round(seconds, 3),
        "index_bytes": size,
        "p50_ms": _percentile(times, 0.50),
        "p95_ms": _percentile(times, 0.95),
    }


def rows(path: str | Path) -> list[dict[str, str]]:
    """Read a comma-separated file with a head line."""
    csv.field_size_limit(min(LONGEST_CELL, sys.maxsize))
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def signals_of(path: str | Path | None) -> dict[str, float]:
    """Read the community's signal 0..1 per id; empty without a file."""
    return {r["id"]: float(r["signal"]) for r in rows(path)} if path else {}


def texts(product: Mapping[str, str]) -> ranking.Texts:
    """Give what of a product row is searched."""
    attributes = json.loads(product.get("attributes") or "{}")
    told = [product.get("description") or "", product.get("category") or ""]
    told += [f"{name} {_flat(value)}" for name, value in attributes.items()]
    return ranking.Texts(product["title"] or "", product.get("producer") or "", " ".join(told))


def _flat(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def build(
    engine: FullText, products: Sequence[Mapping[str, str]], signals: Mapping[str, float]
) -> ranking.Whole:
    """Index all products, each id once, and give what queries must know of the whole."""
    unique = {product["id"]: product for product in products}
    known = ranking.survey(texts(p) for p in unique.values())
    engine.rebuild(_documents(unique, known, signals), known.facts())
    return known


def _documents(
    products: Mapping[str, Mapping[str, str]], known: ranking.Whole, signals: Mapping[str, float]
) -> Iterator[Document]:
    for one, product in products.items():
        parts = texts(product)
        signal = min(max(signals.get(one, 0.0), 0.0), 1.0)
        yield Document(
            id=one,
            words=ranking.folded(parts, known),
            title_words=analysis.title_words(parts.title),
            spellings=analysis.spellings(parts.title, parts.maker, parts.body),
            title=" ".join(analysis.tokens(parts.title)),
            facets={"kind": ["product"]},
            figures={"signal": round(signal * SIGNAL_SCALE), "available": 1},
        )


def _answer(
    engine: FullText,
    known: ranking.Whole,
    queries: Sequence[Mapping[str, str]],
    k: int,
    out_path: str | Path,
) -> list[float]:
    words = spelling.Dictionary(engine.spellings())
    times = []
    with Path(out_path).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["query_id", "rank", "id", "score"])
        for row in queries:
            started = time.perf_counter()
            found = engine.find(asked(row["query"], known, words), k=k)
            times.append((time.perf_counter() - started) * 1000)
            for rank, hit in enumerate(found.hits, 1):
                out.writerow([row["query_id"], rank, hit.id, f"{hit.score:.6f}"])
    return times


def asked(typed: str, known: ranking.Whole, words: spelling.Dictionary) -> Query:
    """Turn typed words into a query, mistyped ones corrected as on the site."""
    found = spelling.corrections(typed[: analysis.LONGEST_QUERY], words)
    return ranking.query(typed, known, meant={c.typed: c.meant for c in found})


def _percentile(times: Sequence[float], share: float) -> float:
    ordered = sorted(times) or [0.0]
    return round(ordered[min(int(share * len(ordered)), len(ordered) - 1)], 3)
