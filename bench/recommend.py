"""Quality and speed of suggestions beside peers, in one run on the same machine.

    python bench/recommend.py --data FOLDER [--loss]
    python bench/recommend.py --speed 100000

Folders below --data hold train.csv, test.csv, trust.csv (may be absent), people.txt and
about.json. Peers that need a package (implicit) are left out where it is not installed. Every peer
is tuned on a part of train only: 30 % of the people lose 20 % of their positives. The community
score has one setting for all data; --loss tells what tuning it per set would bring.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.recommend_peers import (
    SEED,
    Data,
    Lists,
    held_out,
    newcomers,
    peers,
    popularity,
    quality,
    read,
)
from marketplace.recommend.offline import read_follows, run_offline
from marketplace.recommend.rules.arrays import Signals
from marketplace.recommend.rules.community import STANDARD, Settings, TasteModel
from marketplace.recommend.rules.signals import imported_signals

TUNED = (
    {"damping": 15.0}, {"damping": 60.0}, {"spread": 0.15}, {"spread": 0.35}, {"ties": 0.1},
    {"ties": 1.0}, {"overlap": 0.15}, {"overlap": 0.35}, {"trust_ratings": 4.0},
)  # fmt: skip


def community(data: Data, settings: Settings = STANDARD, told: bool = False) -> Lists:
    """Run the offline command as it is."""
    with tempfile.TemporaryDirectory() as folder:
        ratings, people, out = (Path(folder) / n for n in ("r.csv", "p.txt", "o.csv"))
        with ratings.open("w", newline="") as file:
            csv.writer(file).writerows([("person", "item", "value"), *data.train])
        people.write_text("\n".join(data.people))
        figures = run_offline(ratings, people, 20, out, data.follows, settings=settings)
        if told:
            print("   ", json.dumps(figures))
        lists: Lists = {}
        with out.open() as file:
            for row in csv.DictReader(file):
                lists.setdefault(row["person"], []).append(row["item"])
    return lists


def measure(folder: Path, loss: bool) -> None:
    """Print one line per peer, the community score first, and what else is promised of it."""
    data = read(folder)
    print(f"{data.name}: {len(data.train)} ratings, {len(data.people)} people")
    _line("community", data, lambda d: community(d, told=True))
    tuning = held_out(data)
    for name, tried in peers(data.follows is not None):
        try:
            scored = [quality(tuning, t(tuning))[0] for t in tried] if len(tried) > 1 else [0.0]
            _line(name, data, tried[int(np.argmax(scored))])
        except ImportError:
            print(f"  {name:18} not installed")
    _explained(data)
    if data.follows:
        fresh = newcomers(data)
        ours, usual = (quality(fresh, f(fresh))[0] for f in (community, popularity))
        print(f"  {len(fresh.people)} new people: NDCG@10 {ours:.4f}, popularity {usual:.4f}, "
              f"{ours / usual:.2f} times")  # fmt: skip
    if loss:
        _loss(data)


def _line(name: str, data: Data, made: object) -> None:
    started = time.perf_counter()
    found = quality(data, made(data))  # type: ignore[operator]
    said = "  ".join(f"{v:.4f}" for v in found)
    spent = time.perf_counter() - started
    print(f"  {name:18} NDCG@10, Recall@20, coverage@10: {said}  ({spent:.1f} s)", flush=True)


def _explained(data: Data) -> None:
    """Print how far summands are from scores at most, and who is named where taste speaks."""
    names, items, values = zip(*data.train, strict=True)
    model = TasteModel(Signals(names, items, imported_signals(values)), read_follows(data.follows))
    furthest, spoken, named = 0.0, 0, 0
    for person in data.people[:200]:
        for one in model.suggest(person, 20):
            summands = [s.value for s in (*one.peers, *one.trusted)]
            furthest = max(furthest, abs(sum(summands) + one.everybody - one.score))
            if one.taste_share >= 0.3:
                spoken += 1
                named += any(s.value > 0 for s in one.peers)
    print(f"  summands miss the score by {furthest:.1e} at most; taste share >= .3: {spoken}, "
          f"{named} of them name a peer")  # fmt: skip


def _loss(data: Data) -> None:
    """Print what the best of some settings for this set would bring, chosen on train only."""
    parts = [held_out(data, SEED + n) for n in range(3)]
    tried = [STANDARD, *(replace(STANDARD, **change) for change in TUNED)]
    scored = [np.mean([quality(p, community(p, s))[0] for p in parts]) for s in tried]
    best = tried[int(np.argmax(scored))]
    fixed, tuned = (quality(data, community(data, s))[0] for s in (STANDARD, best))
    print(f"  one setting {fixed:.4f}, tuned to this set {tuned:.4f}: {fixed / tuned - 1:+.1%}")


def drawn(count: int) -> tuple[Signals, int, float]:
    """Draw signals with few products of many; give them, the products and seconds to lay out."""
    draw = np.random.default_rng(SEED)
    people, products = max(count // 20, 100), 10_000 if count <= 5_000_000 else 100_000
    wide = draw.zipf(1.3, count * 2) - 1
    columns = wide[wide < products][:count]
    rows = draw.integers(0, people, len(columns))
    given = rows.tolist(), columns.tolist(), np.ones(len(rows), np.float32)
    started = time.perf_counter()
    return Signals(*given), products, time.perf_counter() - started  # type: ignore[arg-type]


def speed(count: int) -> None:
    """Print how long one person's list takes on drawn signals, as many as asked for."""
    signals, products, laid = drawn(count)
    moment = signals.reading()
    arrays = (*moment.by_person.base, *moment.by_product.base)
    held = sum(one.nbytes for one in arrays) / 2**20
    model, draw, times, work = TasteModel(signals), np.random.default_rng(SEED), [], []
    people = len(signals.people)
    for person in draw.choice(people, 300).tolist():
        model.signals.put(person, int(draw.integers(products)), 1.0)
        started, busy = time.perf_counter(), time.process_time()
        model.suggest(person, 20)
        times.append(1000 * (time.perf_counter() - started))
        work.append(1000 * (time.process_time() - busy))
    (p50, p95), (w50, w95) = (np.percentile(x, [50, 95]) for x in (times, work))
    print(f"{signals.count()} signals, {people} people, {products} products: laid out in "
          f"{laid:.1f} s, {held:.1f} MB of arrays")  # fmt: skip
    print(f"a list: p50 {p50:.1f} ms, p95 {p95:.1f} ms; computing alone {w50:.1f} and {w95:.1f}")


def main() -> None:
    """Read the options and measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, help="folder of data sets")
    options.add_argument("--loss", action="store_true", help="also tune to each set")
    options.add_argument("--speed", type=int, help="number of drawn signals")
    chosen = options.parse_args()
    warnings.simplefilter("ignore")
    for folder in sorted(chosen.data.iterdir()) if chosen.data else []:
        if (folder / "train.csv").exists():
            measure(folder, chosen.loss)
    if chosen.speed:
        speed(chosen.speed)


if __name__ == "__main__":
    main()
