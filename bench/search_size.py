"""How search on files grows with the market: the questions of search_speed at two sizes.

    python -m bench.search_size [--small 50000] [--large 500000] [--memory 128]

Asked are pairs of the same frequent words, which find ten times as much in ten times as many goods,
and, of the large market alone, pairs rarer by such a measure that they find as much as in the small
one. --memory is the setting ZURUF_SEARCH_MEMORY, in MB. Times are medians of a second round.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.search_speed import SEED, drawn, median, ours
from marketplace.adapters.doors import POSTINGS_A_MEGABYTE
from marketplace.adapters.fulltext.contract import Ranking
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from marketplace.search.rules import ranking

FREQUENT, AS_MANY = slice(5, 80), slice(10, 164)
ROUNDS = 200


def pairs(words: Sequence[str], among: slice) -> list[list[str]]:
    """Questions of two words each."""
    draw = random.Random(SEED)
    return [draw.sample(words[among], 2) for _ in range(ROUNDS)]


def found(engine: WhooshIndex, asks: Sequence[Sequence[str]]) -> float:
    """How many goods a question finds on average."""
    every = Ranking(enough=0)
    queries = (ranking.query(" ".join(words), ranking.Whole(), ranking=every) for words in asks)
    return sum(engine.find(query, k=1).total for query in queries) / len(asks)


def measure(count: int, memory: int, among: Mapping[str, slice]) -> dict[tuple[str, str], float]:
    """Print the times at one size, and give them."""
    rows, words = drawn(count)
    times: dict[tuple[str, str], float] = {}
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshIndex(Path(folder), cached_postings=memory * POSTINGS_A_MEGABYTE)
        begun = time.perf_counter()
        engine.rebuild(rows, {})
        print(f"{count} products, written in {time.perf_counter() - begun:.1f} s")
        del rows
        for name, chosen in among.items():
            asks = pairs(words, chosen)
            for one, ask in ours(engine).items():
                times[name, one] = median(asks, ask)
                print(f"  {name:12}{one:16}{times[name, one]:8.3f} ms")
            print(f"  {name:12}find {found(engine, asks):.0f} goods on average")
        engine.close()
    return times


def main() -> None:
    """Measure and print."""
    read = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    read.add_argument("--small", type=int, default=50_000)
    read.add_argument("--large", type=int, default=500_000)
    read.add_argument("--memory", type=int, default=128)
    asked = read.parse_args()
    small = measure(asked.small, asked.memory, {"same words": FREQUENT})
    large = measure(asked.large, asked.memory, {"same words": FREQUENT, "as many": AS_MANY})
    for (name, one), took in large.items():
        print(f"{name:12}{one:16}{took / small['same words', one]:6.2f}x")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, "
          "the drawn products in it")


if __name__ == "__main__":
    main()
