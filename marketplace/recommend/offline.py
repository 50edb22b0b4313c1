"""Quality from outside: read ratings and trust, write each person's list, tell the time it took."""

from __future__ import annotations

import csv
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from marketplace.recommend.rules.arrays import Numbered, Signals
from marketplace.recommend.rules.community import STANDARD, Settings, Suggestion, TasteModel
from marketplace.recommend.rules.follows import Follows
from marketplace.recommend.rules.signals import imported_signals

NAMED = 3


def run_offline(
    ratings_path: str | Path,
    people_path: str | Path,
    k: int,
    out_path: str | Path,
    trust_path: str | Path | None = None,
    explain: bool = False,
    settings: Settings = STANDARD,
) -> dict[str, Any]:
    """Write `person,rank,item,score[,reason]` for all people as the site would; give the figures.

    ratings: person,item,value[,at], the newest of a pair counts; trust: person,trusts; people:
    one a line. Figures: rows, seconds to learn, peak memory in megabytes, milliseconds per person.
    The same input gives the same bytes. Raises KeyError for a missing column, OSError for a file.
    """
    given = _numbered(read_ratings(ratings_path))
    follows = read_follows(trust_path)
    started = time.perf_counter()
    people_of, items_of, values = given
    signals = Signals(people_of, items_of, imported_signals(values))
    model = TasteModel(signals, follows, settings=settings)
    learned = time.perf_counter() - started
    people = Path(people_path).read_text(encoding="utf-8").split()
    with Path(out_path).open("w", encoding="utf-8", newline="") as file:
        started = time.perf_counter()
        _write(file, model, people, k, explain=explain)
        spent = time.perf_counter() - started
    return {
        "rows": len(values),
        "seconds_to_learn": round(learned, 3),
        "peak_memory_mb": peak_memory_mb(),
        "ms_per_person": round(1000 * spent / max(len(people), 1), 3),
    }


def read_ratings(path: str | Path) -> list[tuple[str, str, float]]:
    """Read person, item and value; where `at` is given the newest row of a pair comes last."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        head = {name: at for at, name in enumerate(next(reader))}
        person, item, value = head["person"], head["item"], head["value"]
        rows = list(reader)
    if "at" in head:
        rows.sort(key=lambda row: row[head["at"]])
    return [(row[person], row[item], float(row[value])) for row in rows]


def _numbered(rows: Sequence[tuple[str, str, float]]) -> tuple[Numbered, Numbered, list[float]]:
    """Names and places as the site has them by their keys."""
    people, items, values = zip(*rows, strict=True) if rows else ((), (), ())
    return Numbered.of(people), Numbered.of(items), list(values)


def read_follows(path: str | Path | None) -> Follows:
    """Read who trusts whom; nobody without a file."""
    follows = Follows()
    if path:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                follows.follow(row["person"], row["trusts"])
    return follows


def _write(
    file: TextIO, model: TasteModel, people: Iterable[str], k: int, *, explain: bool
) -> None:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["person", "rank", "item", "score", *(["reason"] if explain else [])])
    for person in people:
        for rank, found in enumerate(model.suggest(person, k, explain=explain), 1):
            row = [person, rank, found.product, f"{found.score:.9f}"]
            out.writerow([*row, told(found)] if explain else row)


def told(found: Suggestion) -> str:
    """Name the largest summands of a suggestion, e.g. "peer p7 0.031; trusted p2 0.010"."""
    parts = [("peer", s) for s in found.peers[:NAMED]]
    parts += [("trusted", s) for s in found.trusted[:NAMED]]
    said = [f"{kind} {s.person} {s.value:.6f}" for kind, s in parts if s.value > 0]
    if found.everybody > 0:
        said.append(f"everybody {found.everybody:.6f}")
    return "; ".join(said)


def peak_memory_mb() -> float:
    """Give the most memory this process has held, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)
