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
from scipy import sparse

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
from marketplace.recommend.rules.follows import Follows
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


def drawn(count: int) -> tuple[Signals, int, list[tuple[float, float]]]:
    """Draw signals of few products by many; give them, the products and seconds to lay out.

    Numbers as they come from the tables, in no order, each pair once; laid out three times.
    """
    draw = np.random.default_rng(SEED)
    people, products = max(count // 20, 100), 10_000 if count <= 5_000_000 else 100_000
    wide = draw.zipf(1.3, count * 2) - 1
    columns = wide[wide < products][:count]
    pairs = np.unique(draw.integers(0, people, len(columns)) * products + columns)
    draw.shuffle(pairs)
    rows, columns = ((pairs // products).astype(np.int32), (pairs % products).astype(np.int32))
    values, times = draw.choice(np.float32([1, 0.8, 0.6]), len(pairs)), list[tuple[float, float]]()
    del pairs, wide
    forget_peak()
    signals = None
    for _ in range(3):
        del signals
        started, busy = time.perf_counter(), time.process_time()
        signals = Signals(rows, columns, values)
        times.append((time.perf_counter() - started, time.process_time() - busy))
    return signals, products, times


def forget_peak() -> None:
    """Begin to watch the most memory of this process anew."""
    Path("/proc/self/clear_refs").write_text("5")


def peak() -> float:
    """Give the most memory held since, in megabytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def follows_of(people: int) -> Follows:
    """Draw five people whom each person follows."""
    draw, follows = np.random.default_rng(SEED), Follows()
    for person, others in enumerate(draw.integers(0, people, (people, 5)).tolist()):
        follows.replace(person, (one for one in others if one != person), ())
    return follows


def speed(count: int) -> None:
    """Print how long one person's list takes on drawn signals, as many as asked for."""
    signals, products, times = drawn(count)
    least, work = (value / signals.count() * 1e6 for value in np.min(times, axis=0))
    print(f"{signals.count()} signals, {len(signals.people)} people, {products} products")
    print(f"  laid out in {least:.2f} s per million, computing alone {work:.2f}: the best of 3")
    _beside_cosine(signals, float(np.min(times, axis=0)[0]))
    moment = signals.reading()
    arrays = (*moment.by_person.base, *moment.by_product.base)
    held = sum(one.nbytes for one in arrays)
    print(f"  arrays {held / 2**20:.0f} MB, {held / signals.count():.1f} bytes a signal; with "
          f"what they were laid out from the process held {peak():.0f} MB at most")  # fmt: skip
    for follows, said in ((None, "nobody follows"), (follows_of(len(signals.people)), "follows")):
        model = TasteModel(signals, follows)
        model.follows.ties()
        _lists(model, products, said)


def _beside_cosine(signals: Signals, seconds: float) -> None:
    """Print how long implicit's cosine takes to learn the same signals, where it is installed."""
    try:
        from implicit.nearest_neighbours import CosineRecommender
    except ImportError:
        print("  implicit is not installed")
        return
    rows = signals.reading().by_person.base
    shape = (len(signals.people), len(signals.products))
    matrix = sparse.csr_matrix((rows.values, rows.numbers, rows.starts), shape)
    started = time.perf_counter()
    CosineRecommender(K=20, num_threads=1).fit(matrix, show_progress=False)
    spent = time.perf_counter() - started
    print(f"  implicit's cosine learns them in {spent:.1f} s at K = 20: laying out takes "
          f"{seconds / spent:.2f} of that")  # fmt: skip


def _lists(model: TasteModel, products: int, said: str) -> None:
    """Print how long lists take right after a rating of the same person, as the site makes them."""
    draw, times, work = np.random.default_rng(SEED), [], []
    for person in draw.choice(len(model.signals.people), 300).tolist():
        model.signals.put(person, int(draw.integers(products)), 1.0)
        if model.signals.is_crowded():
            model.signals.lay_out_anew()
        started, busy = time.perf_counter(), time.process_time()
        model.suggest(person, 20)
        times.append(1000 * (time.perf_counter() - started))
        work.append(1000 * (time.process_time() - busy))
    least, middle, high = np.percentile(times, [0, 50, 95])
    print(f"  a list, {said}: best {least:.1f} ms, p50 {middle:.1f}, p95 {high:.1f}; "
          f"computing alone {np.median(work):.1f}, p95 {np.percentile(work, 95):.1f}")  # fmt: skip


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
