"""How search on files grows with the market: the questions of search_speed at two sizes.

    python -m bench.search_size [--small 50000] [--large 500000] [--memory 128] [--rounds 3]

Asked are pairs of the same frequent words, which find ten times as much in ten times as many goods,
and, of the large market alone, pairs rarer by such a measure that they find as much as in the small
one. --memory is the setting ZURUF_SEARCH_MEMORY, in MB. Files are written by one process and read
by another. Times are medians of 200 questions that were all asked once before; the last lines
compare the best of --rounds.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from bench.search_speed import SEED, drawn, median, ours
from marketplace.adapters.doors import POSTINGS_A_MEGABYTE
from marketplace.adapters.fulltext.contract import Ranking
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from marketplace.search.rules import ranking

FREQUENT, AS_MANY = slice(5, 80), slice(10, 164)
ROUNDS = 200
Thing = TypeVar("Thing")


def pairs(words: Sequence[str], among: slice) -> list[list[str]]:
    """Questions of two words each."""
    draw = random.Random(SEED)
    return [draw.sample(words[among], 2) for _ in range(ROUNDS)]


def found(engine: WhooshIndex, asks: Sequence[Sequence[str]]) -> float:
    """How many goods a question finds on average."""
    every = Ranking(enough=0)
    queries = (ranking.query(" ".join(words), ranking.Whole(), ranking=every) for words in asks)
    return sum(engine.find(query, k=1).total for query in queries) / len(asks)


def write(count: int, folder: str) -> list[str]:
    """Write so many products into a folder; give the words they are drawn from."""
    rows, words = drawn(count)
    engine = WhooshIndex(Path(folder))
    begun = time.perf_counter()
    engine.rebuild(rows, {})
    print(f"{count} products, written in {time.perf_counter() - begun:.1f} s")
    engine.close()
    return words


def read(folder: str, words: Sequence[str], memory: int, among: Mapping[str, slice]
         ) -> dict[tuple[str, str], float]:
    """Print the times of a process that only reads, and give them."""
    times: dict[tuple[str, str], float] = {}
    engine = WhooshIndex(Path(folder), cached_postings=memory * POSTINGS_A_MEGABYTE)
    for name, chosen in among.items():
        asks = pairs(words, chosen)
        for one, ask in ours(engine).items():
            times[name, one] = median(asks, ask)
            print(f"  {name:12}{one:16}{times[name, one]:8.3f} ms")
        print(f"  {name:12}find {found(engine, asks):.0f} goods on average")
    print(f"  memory of the reading process at most "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    engine.close()
    return times


def alone(work: Callable[..., Thing], *given: object) -> Thing:
    """Do a piece of work in a process of its own, as a server and an indexer are two."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--small", type=int, default=50_000)
    ask.add_argument("--large", type=int, default=500_000)
    ask.add_argument("--memory", type=int, default=128)
    ask.add_argument("--rounds", type=int, default=3)
    asked = ask.parse_args()
    best: dict[int, dict[tuple[str, str], float]] = {asked.small: {}, asked.large: {}}
    with ExitStack() as stack:
        folders = {count: stack.enter_context(tempfile.TemporaryDirectory()) for count in best}
        words = {count: alone(write, count, folder) for count, folder in folders.items()}
        for number in range(asked.rounds):
            print(f"round {number + 1}")
            for count, folder in folders.items():
                among = {"same words": FREQUENT} | (
                    {"as many": AS_MANY} if count == asked.large else {})
                took = alone(read, folder, words[count], asked.memory, among)
                best[count] = {key: min(one, best[count].get(key, one))
                               for key, one in took.items()}
    for (name, one), took in best[asked.large].items():
        print(f"{name:12}{one:16}{took / best[asked.small]['same words', one]:6.2f}x")


if __name__ == "__main__":
    main()
