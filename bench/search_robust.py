"""What search bears: signals that know nothing, slips of the finger, and how fast it helps typing.

    python -m bench.search_robust --data FOLDER [--seeds 10]

Folders below --data as for bench/search.py. Per data set: NDCG@10 without signals, and the mean
loss with signals that know nothing: the verdict's q10 of random answers (a share of yes by
Beta(8, 2), none to some hundred answers, as on the site), and, beyond what can happen, drawn evenly
from 0 to 1; the share of queries without an answer, and NDCG@10, when one word of each query, of
five letters or more, has one slip (a letter left out, doubled, wrong or swapped); and the time to
complete a beginning of 1 to 6 letters and to correct a mistyped word, in the engine.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.search import Runs, answered, judgements, quality
from marketplace.adapters.fulltext.contract import SIGNAL_SCALE, Document
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from marketplace.reviews.rules import score
from marketplace.search import offline
from marketplace.search.rules import analysis, completing, ranking, spelling

SHORTEST = 5
ASKED = 2_000
MOST_ANSWERS = 500
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slipped(word: str, draw: random.Random) -> str:
    """A word with one slip, never the same word."""
    while True:
        at = draw.randrange(len(word))
        made = draw.choice((
            word[:at] + word[at + 1:], word[:at] + word[at] + word[at:],
            word[:at] + draw.choice(LETTERS) + word[at + 1:],
            word[:at] + word[at:at + 2][::-1] + word[at + 2:]))
        if made != word:
            return made


def mistyped(query: str, draw: random.Random) -> str:
    """A query in which one of its longer words has a slip."""
    words = analysis.tokens(query)
    long = [n for n, word in enumerate(words) if len(word) >= SHORTEST and word.isalpha()]
    if long:
        at = draw.choice(long)
        words[at] = slipped(words[at], draw)
    return " ".join(words)


def evenly(draw: random.Random) -> float:
    """Any signal is as likely as any other."""
    return draw.random()


def of_answers(draw: random.Random) -> float:
    """The careful estimate of a product that has random answers."""
    share, answers = draw.betavariate(8, 2), int(draw.paretovariate(0.7)) - 1
    yes = sum(draw.random() < share for _ in range(min(answers, MOST_ANSWERS)))
    return score.posterior(score.Prior(0.8, 10.0), yes, min(answers, MOST_ANSWERS)).q10


def with_signals(folder: Path, seed: int, signal: Callable[[random.Random], float]) -> Runs:
    """Answers with a signal of each product that says nothing."""
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        signals = Path(place) / "signals.csv"
        signals.write_text("id,signal\n" + "".join(
            f"{row['id']},{signal(draw)}\n" for row in offline.rows(folder / "products.csv")))
        return answered(folder, quiet=True, signals_path=signals)


@contextmanager
def index_of(folder: Path) -> Iterator[tuple[Any, ranking.Whole]]:
    """The products of a folder, with what a beginning of them is completed to."""
    rows = offline.rows(folder / "products.csv")
    with tempfile.TemporaryDirectory() as place:
        engine = WhooshIndex(place)
        known = ranking.survey(offline.texts(row) for row in rows)
        engine.rebuild((_document(row, known) for row in rows), known.facts())
        yield engine, known
        engine.close()


def _document(row: dict[str, str], known: ranking.Whole) -> Document:
    texts = offline.texts(row)
    return Document(
        id=row["id"], words=ranking.folded(texts, known),
        title_words=analysis.title_words(texts.title),
        spellings=analysis.spellings(texts.title, texts.maker, texts.body),
        completions=completing.entries([*completing.head_words(texts.title), texts.maker]),
        figures={"available": 1, "signal": SIGNAL_SCALE // 2})


def slips(folder: Path, engine: Any, known: ranking.Whole, seeds: int) -> None:
    """Print how mistyped queries are answered."""
    grades, empty, asked, gains = judgements(folder / "judgements.csv"), 0, 0, []
    words, queries = spelling.Dictionary(engine.spellings()), offline.rows(folder / "queries.csv")
    for seed in range(seeds):
        draw, runs = random.Random(seed), Runs()
        for row in queries:
            query = offline.asked(mistyped(row["query"], draw), known, words)
            runs[row["query_id"]] = [hit.id for hit in engine.find(query, k=50).hits]
        asked, empty = asked + len(queries), empty + sum(not found for found in runs.values())
        gains.append(quality(grades, runs)[0])
    print(f"  one slip        NDCG@10 {statistics.mean(gains):.4f}"
          f"  without an answer {empty} of {asked} ({empty / asked:.2%})")


def times(name: str, asked: Sequence[str], ask: Callable[[str], object]) -> None:
    """Print the times of all questions, in thousandths of a second."""
    took = []
    for word in asked:
        begun = time.perf_counter()
        ask(word)
        took.append(1000 * (time.perf_counter() - begun))
    took.sort()
    print(f"  {name:15} p50 {took[len(took) // 2]:.4f} ms  p95 {took[len(took) * 95 // 100]:.4f} ms"
          f"  p99 {took[len(took) * 99 // 100]:.4f} ms")


def typing(engine: Any) -> None:
    """Print how fast beginnings are completed and slips corrected."""
    draw = random.Random(1)
    known = [word for word in sorted(engine.spellings()) if len(word) >= SHORTEST]
    begun = [word[: draw.randint(1, 6)] for word in draw.choices(known, k=ASKED)]
    engine.suggest(known[0])
    times("completion", begun, engine.suggest)
    words = spelling.Dictionary(engine.spellings())
    times("spelling", [slipped(word, draw) for word in draw.choices(known, k=ASKED)], words.correct)


def measure(folder: Path, seeds: int) -> None:
    """Print all of it for one data set."""
    if seeds:
        grades = judgements(folder / "judgements.csv")
        plain = quality(grades, answered(folder, quiet=True))[0]
        print(f"{folder.name}: NDCG@10 {plain:.4f}")
        for name, signal in (("random answers", of_answers), ("even signals", evenly)):
            losses = [1 - quality(grades, with_signals(folder, seed, signal))[0] / plain
                      for seed in range(seeds)]
            print(f"  {name:15} loss {statistics.mean(losses):.2%}, at worst {max(losses):.2%}")
    with index_of(folder) as (engine, known):
        if seeds:
            slips(folder, engine, known, seeds)
        typing(engine)


def main() -> None:
    """Read the options and measure."""
    read = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    read.add_argument("--data", type=Path, required=True, help="folder of data sets")
    read.add_argument("--seeds", type=int, default=10)
    read.add_argument("--typing", action="store_true", help="the times alone")
    asked = read.parse_args()
    for folder in sorted(asked.data.iterdir()):
        if (folder / "products.csv").exists():
            measure(folder, 0 if asked.typing else asked.seeds)


if __name__ == "__main__":
    main()
