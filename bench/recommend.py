"""Quality and speed of suggestions beside peers, in one run on the same machine.

    python bench/recommend.py --data FOLDER
    python bench/recommend.py --speed 2000000

Folders below --data hold train.csv, test.csv, trust.csv, people.txt and about.json. Peers that
need a package (implicit) are left out where it is not installed. Every peer is tuned on a part
of train only: 30 % of the people lose 20 % of their positives.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from marketplace.recommend.offline import read_follows, read_ratings, run_offline
from marketplace.recommend.rules.arrays import Signals
from marketplace.recommend.rules.community import TasteModel

SEED = 42
Lists = dict[str, list[str]]


@dataclass
class Data:
    """One data set: train rows, held-back positives per person, and from where one is positive."""

    name: str
    train: list[tuple[str, str, float]]
    test: dict[str, set[str]]
    people: list[str]
    folder: Path
    threshold: float

    def matrix(self) -> tuple[sparse.csr_matrix, list[str], list[str]]:
        """Give all train signals as ones, with the people and items of rows and columns."""
        people = sorted({p for p, _, _ in self.train} | set(self.people))
        items = sorted({i for _, i, _ in self.train})
        rows = {p: n for n, p in enumerate(people)}
        columns = {i: n for n, i in enumerate(items)}
        where = ([rows[p] for p, _, _ in self.train], [columns[i] for _, i, _ in self.train])
        liked = [1.0 if v >= self.threshold else 0.6 for _, _, v in self.train]
        shape = (len(people), len(items))
        return sparse.csr_matrix((liked, where), shape), people, items


def read(folder: Path) -> Data:
    """Read a data set as published."""
    about = json.loads((folder / "about.json").read_text())
    test: dict[str, set[str]] = {}
    with (folder / "test.csv").open() as file:
        for row in csv.DictReader(file):
            test.setdefault(row["person"], set()).add(row["item"])
    people = (folder / "people.txt").read_text().split()
    train = read_ratings(folder / "train.csv")
    return Data(folder.name, train, test, people, folder, float(about["threshold"]))


def held_out(data: Data) -> Data:
    """Hold back a part of train to tune on."""
    draw = np.random.default_rng(SEED)
    liked: dict[str, list[str]] = {}
    for person, item, value in data.train:
        if value >= data.threshold:
            liked.setdefault(person, []).append(item)
    able = sorted(p for p, items in liked.items() if len(items) >= 2)
    test = {}
    for person in draw.choice(able, int(0.3 * len(able)), replace=False).tolist():
        count = min(max(1, round(0.2 * len(liked[person]))), len(liked[person]) - 1)
        test[person] = set(draw.choice(liked[person], count, replace=False).tolist())
    train = [r for r in data.train if r[1] not in test.get(r[0], ())]
    return Data(data.name, train, test, sorted(test), data.folder, data.threshold)


def quality(data: Data, lists: Lists) -> tuple[float, float, float]:
    """Give NDCG@10, Recall@20 and coverage@10."""
    gains, recalls = [], []
    for person in data.people:
        wanted, found = data.test.get(person, set()), lists.get(person, [])
        if wanted:
            ideal = sum(1 / math.log2(n + 2) for n in range(min(len(wanted), 10)))
            got = sum(1 / math.log2(n + 2) for n, i in enumerate(found[:10]) if i in wanted)
            gains.append(got / ideal)
            recalls.append(len(wanted & set(found[:20])) / len(wanted))
    liked = {i for _, i, v in data.train if v >= data.threshold}
    shown = {i for found in lists.values() for i in found[:10]} & liked
    return float(np.mean(gains)), float(np.mean(recalls)), len(shown) / len(liked)


def community(data: Data, trust: bool = True) -> Lists:
    """Run the offline command as it is."""
    with tempfile.TemporaryDirectory() as folder:
        ratings, people, out = (Path(folder) / n for n in ("r.csv", "p.txt", "o.csv"))
        with ratings.open("w", newline="") as file:
            csv.writer(file).writerows([("person", "item", "value"), *data.train])
        people.write_text("\n".join(data.people))
        follows = data.folder / "trust.csv" if trust else None
        told = run_offline(ratings, people, 20, out, follows)
        print("   ", json.dumps(told))
        lists: Lists = {}
        with out.open() as file:
            for row in csv.DictReader(file):
                lists.setdefault(row["person"], []).append(row["item"])
    return lists


def best_of(data: Data, scores: Callable[[sparse.csr_matrix, Sequence[int]], np.ndarray]) -> Lists:
    """Rank all items a person has not in train by a peer's scores."""
    matrix, people, items = data.matrix()
    rows = {p: n for n, p in enumerate(people)}
    wanted = [rows[p] for p in data.people]
    lists: Lists = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found = np.array(scores(matrix, part), dtype=float)
        for at, row in enumerate(part):
            found[at, matrix[row].indices] = -np.inf
        top = np.argsort(-found, axis=1, kind="stable")[:, :20]
        for at, row in enumerate(part):
            lists[people[row]] = [items[i] for i in top[at]]
    return lists


def popularity(data: Data) -> Lists:
    """Everybody gets what most people have."""
    return best_of(data, lambda m, rows: np.tile(np.asarray(m.sum(0)), (len(rows), 1)))


def trust_alone(data: Data) -> Lists:
    """What those like whom one follows."""
    _, people, _ = data.matrix()
    follows, places = read_follows(data.folder / "trust.csv"), {p: n for n, p in enumerate(people)}
    where = [
        (places[p], places[v.person])
        for p in people
        for v in follows.voters(p)
        if v.person in places and v.weight >= 1
    ]
    a, b = zip(*where, strict=True) if where else ((), ())
    edges = sparse.csr_matrix((np.ones(len(a)), (a, b)), (len(people), len(people)))
    return best_of(data, lambda m, rows: (edges[rows] @ m).toarray())


def ease(data: Data, damping: float, items: int = 6000) -> Lists:
    """EASE (Steck 2019) on the most frequent items."""
    matrix, _, _ = data.matrix()
    kept = np.argsort(-np.asarray(matrix.sum(0)).ravel(), kind="stable")[:items]
    part = matrix[:, kept]
    inverse = (part.T @ part).toarray()
    inverse[np.diag_indices_from(inverse)] += damping
    inverse = np.linalg.inv(inverse)
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)

    def scores(m: sparse.csr_matrix, rows: Sequence[int]) -> np.ndarray:
        made = np.full((len(rows), m.shape[1]), -1e9)
        made[:, kept] = m[rows][:, kept] @ weights
        return made

    return best_of(data, scores)


def from_implicit(data: Data, kind: str, **settings: float) -> Lists:
    """One of the library's models; raises ImportError where it is not installed."""
    from implicit.als import AlternatingLeastSquares
    from implicit.nearest_neighbours import BM25Recommender, CosineRecommender, TFIDFRecommender

    made = {
        "als": AlternatingLeastSquares,
        "bm25": BM25Recommender,
        "cosine": CosineRecommender,
        "tfidf": TFIDFRecommender,
    }[kind](**settings, **({"random_state": SEED} if kind == "als" else {}))
    matrix, people, items = data.matrix()
    made.fit(matrix, show_progress=False)
    rows = {p: n for n, p in enumerate(people)}
    wanted = np.array([rows[p] for p in data.people])
    ids, _ = made.recommend(wanted, matrix[wanted], N=20, filter_already_liked_items=True)
    return {p: [items[i] for i in row if i >= 0] for p, row in zip(data.people, ids, strict=True)}


def peers() -> Iterator[tuple[str, list[Callable[[Data], Lists]]]]:
    """Name the peers with the settings that are tried."""
    yield "popularity", [popularity]
    yield "trust alone", [trust_alone]
    yield "EASE", [lambda d, x=x: ease(d, x) for x in (50.0, 200.0, 500.0)]
    for kind in ("cosine", "tfidf", "bm25"):
        tried = [lambda d, k=k, n=kind: from_implicit(d, n, K=k) for k in (20, 100, 400)]
        yield f"implicit {kind}", tried
    yield (
        "implicit ALS",
        [
            lambda d, f=f, r=r, a=a: from_implicit(d, "als", factors=f, regularization=r, alpha=a)
            for f, r, a in ((16, 1.0, 1.0), (32, 5.0, 1.0), (64, 10.0, 1.0), (64, 10.0, 5.0))
        ],
    )


def measure(folder: Path) -> None:
    """Print one line per peer, the community score first."""
    data = read(folder)
    print(f"{data.name}: {len(data.train)} ratings, {len(data.people)} people")
    tuning = held_out(data)
    for name, tried in [("community", [community]), *peers()]:
        try:
            scored = [quality(tuning, t(tuning))[0] for t in tried] if len(tried) > 1 else [0.0]
            started = time.perf_counter()
            found = quality(data, tried[int(np.argmax(scored))](data))
        except ImportError:
            print(f"  {name:16} not installed")
            continue
        spent = time.perf_counter() - started
        said = "  ".join(f"{v:.4f}" for v in found)
        print(f"  {name:16} NDCG@10, Recall@20, coverage@10: {said}  ({spent:.1f} s)")


def speed(count: int) -> None:
    """Print how long one person's list takes on drawn signals, as many as asked for."""
    draw = np.random.default_rng(SEED)
    people, products = max(count // 20, 100), 10_000 if count <= 5_000_000 else 100_000
    wide = draw.zipf(1.3, count * 2) - 1
    columns = wide[wide < products][:count]
    rows = draw.integers(0, people, len(columns))
    started = time.perf_counter()
    model = TasteModel(Signals(rows.tolist(), columns.tolist(), np.ones(len(rows)).tolist()))
    laid = time.perf_counter() - started
    times = []
    for person in draw.choice(people, 300).tolist():
        model.signals.put(person, int(draw.integers(products)), 1.0)
        started = time.perf_counter()
        model.suggest(person, 20)
        times.append(1000 * (time.perf_counter() - started))
    p50, p95 = np.percentile(times, [50, 95])
    said = f"{model.signals.count()} signals, {people} people, {products} products"
    print(f"{said}: laid out in {laid:.1f} s, a list p50 {p50:.1f} ms, p95 {p95:.1f} ms")


def main() -> None:
    """Read the options and measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, help="folder of data sets")
    options.add_argument("--speed", type=int, help="number of drawn signals")
    chosen = options.parse_args()
    warnings.simplefilter("ignore")
    for folder in sorted(chosen.data.iterdir()) if chosen.data else []:
        if (folder / "train.csv").exists():
            measure(folder)
    if chosen.speed:
        speed(chosen.speed)


if __name__ == "__main__":
    main()
