"""Data sets of people's ratings, and the peers that suggestions are measured beside."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy import sparse

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from marketplace.recommend.offline import read_follows, read_ratings
from marketplace.recommend.rules.signals import imported_signals

SEED = 42
Lists = dict[str, list[str]]


@dataclass
class Data:
    """One data set: train rows, held-back positives per person, and from where one is positive."""

    name: str
    train: list[tuple[str, str, float]]
    test: dict[str, set[str]]
    people: list[str]
    follows: Path | None
    threshold: float

    def matrix(self, graded: bool = False) -> tuple[sparse.csr_matrix, list[str], list[str]]:
        """Give all train signals with the people and items of rows and columns.

        Likes as 1 and the rest as .6, or graded .2 to 1 by the scale as the site does.
        """
        people = sorted({p for p, _, _ in self.train} | set(self.people))
        items = sorted({i for _, i, _ in self.train})
        rows = {p: n for n, p in enumerate(people)}
        columns = {i: n for n, i in enumerate(items)}
        where = ([rows[p] for p, _, _ in self.train], [columns[i] for _, i, _ in self.train])
        liked = [1.0 if v >= self.threshold else 0.6 for _, _, v in self.train]
        if graded:
            liked = imported_signals([v for _, _, v in self.train])
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
    follows = folder / "trust.csv"
    return Data(folder.name, train, test, people, follows if follows.exists() else None,
                float(about["threshold"]))  # fmt: skip


def liked_by(data: Data) -> dict[str, list[str]]:
    """Name each person's positives in train."""
    liked: dict[str, list[str]] = {}
    for person, item, value in data.train:
        if value >= data.threshold:
            liked.setdefault(person, []).append(item)
    return liked


def held_out(data: Data, seed: int = SEED) -> Data:
    """Hold back a part of train to tune on."""
    draw, liked, test = np.random.default_rng(seed), liked_by(data), {}
    able = sorted(p for p, items in liked.items() if len(items) >= 2)
    for person in draw.choice(able, int(0.3 * len(able)), replace=False).tolist():
        count = min(max(1, round(0.2 * len(liked[person]))), len(liked[person]) - 1)
        test[person] = set(draw.choice(liked[person], count, replace=False).tolist())
    train = [r for r in data.train if r[1] not in test.get(r[0], ())]
    return replace(data, train=train, test=test, people=sorted(test))


def newcomers(data: Data) -> Data:
    """Let a quarter of those who follow somebody keep at most two of their ratings."""
    draw, liked, rows = np.random.default_rng(SEED), liked_by(data), {}
    for row in data.train:
        rows.setdefault(row[0], []).append(row)
    follows = read_follows(data.follows)
    able = sorted(p for p, items in liked.items() if len(items) >= 4 and follows.count(p))
    kept, test = list[tuple[str, str, float]](), {}
    for person in sorted(draw.choice(able, len(able) // 4, replace=False).tolist()):
        mine = rows.pop(person)
        order = draw.permutation(len(mine)).tolist()
        split = int(draw.integers(0, 3))
        kept += [mine[n] for n in order[:split]]
        test[person] = {mine[n][1] for n in order[split:] if mine[n][2] >= data.threshold}
    kept += [row for mine in rows.values() for row in mine]
    return replace(data, train=kept, test=test, people=sorted(test))


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


def edges(data: Data) -> sparse.csr_matrix:
    """Say who follows whom, among the people of the train signals."""
    _, people, _ = data.matrix()
    follows, places = read_follows(data.follows), {p: n for n, p in enumerate(people)}
    where = [(places[p], places[o]) for p in people for o in follows.followed(p) if o in places]
    a, b = zip(*where, strict=True) if where else ((), ())
    return sparse.csr_matrix((np.ones(len(a)), (a, b)), (len(people), len(people)))


def trust_alone(data: Data) -> Lists:
    """What those like whom one follows."""
    followed = edges(data)
    return best_of(data, lambda m, rows: (followed[rows] @ m).toarray())


def ease(data: Data, damping: float, *, graded: bool = False, ties: float = 0.0) -> Lists:
    """EASE (Steck 2019) on all items, exactly, by its dual over people.

    With Z the signals beside the ties, K = (Z Z' + damping)^-1 and z_i the column of an item, its
    score for a row z is z Z' K z_i / (1 - z_i' K z_i). graded: signals .2 to 1 for 1 and .6; ties:
    weight of columns of whom one follows, oneself among them.
    """
    matrix = data.matrix(graded)[0]
    square = (matrix @ matrix.T).toarray()
    if ties:
        follows = edges(data) + sparse.identity(len(square), format="csr")
        square += ties * (follows @ follows.T).toarray()
    kernel = np.linalg.inv(square + damping * np.eye(len(square)))
    lever = np.asarray(matrix.multiply(kernel @ matrix).sum(0)).ravel()
    said = square @ kernel

    def scores(_: sparse.csr_matrix, rows: Sequence[int]) -> np.ndarray:
        return (matrix.T @ said[rows].T).T / (1 - lever)

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


def peers(trust: bool) -> Iterator[tuple[str, list[Callable[[Data], Lists]]]]:
    """Name the peers with the settings that are tried."""
    yield "popularity", [popularity]
    if trust:
        yield "trust alone", [trust_alone]
    dampings = (10.0, 20.0, 50.0, 100.0, 200.0, 500.0)
    yield "EASE", [lambda d, x=x: ease(d, x) for x in dampings]
    yield "EASE with weights", [lambda d, x=x: ease(d, x, graded=True) for x in dampings]
    if trust:
        tried = [(x, t) for x in dampings for t in (0.1, 0.3, 1.0, 3.0)]
        yield "EASE with trust", [lambda d, x=x, t=t: ease(d, x, graded=True, ties=t)
                                  for x, t in tried]  # fmt: skip
    for kind in ("cosine", "tfidf", "bm25"):
        tried_k = [lambda d, k=k, n=kind: from_implicit(d, n, K=k) for k in (20, 100, 400)]
        yield f"implicit {kind}", tried_k
    factors = ((16, 1.0, 1.0), (32, 5.0, 1.0), (64, 10.0, 1.0), (64, 10.0, 5.0), (16, 5.0, 5.0))
    yield (
        "implicit ALS",
        [lambda d, f=f, r=r, a=a: from_implicit(d, "als", factors=f, regularization=r, alpha=a)
         for f, r, a in factors],
    )  # fmt: skip
