"""Kills the writer of the index again and again while eight processes read it.

    python -m bench.search_faults [--engine files|postgresql|tantivy] [--kills 50] [--readers 8]

A writer puts batches of five products into the index, one commit each, and is ended by SIGKILL at a
random moment; another one goes on. Readers search all the time and want whole batches. At the end
every batch that was told as written has to be there, whole, and the batches that were on their way
are written once more. Prints one line; 1 where anything is missing or a reader saw a fault. Ends by
itself: a kill takes a second at most.
"""

from __future__ import annotations

import argparse
import json
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from marketplace.adapters.fulltext.contract import Document, Form, Query, Wanted

HOME = Path(__file__).resolve().parents[1]
A_BATCH, SEED, STACK = 5, 11, "stapel"
ASKED = Query(wanted=(Wanted(STACK, (Form((STACK,)),)),))


def opened(engine: str, place: str) -> Any:
    """The index, as every process of this run opens it."""
    if engine == "postgresql":
        from marketplace.adapters.fulltext.postgres import PostgresIndex

        return PostgresIndex(place, wait_seconds=10)
    if engine == "tantivy":
        from marketplace.adapters.fulltext.tantivy import TantivyIndex

        return TantivyIndex(place, wait_seconds=10)
    from marketplace.adapters.fulltext.whoosh import WhooshIndex

    return WhooshIndex(place, wait_seconds=10)


def batch(number: int) -> list[Document]:
    """Five products."""
    return [Document(id=f"product:{number}-{n}", words={STACK: 1.0}) for n in range(A_BATCH)]


def write(index: Any, first: int) -> None:
    """Batch after batch until somebody ends this; each is told when it is committed."""
    for number in range(first, first + 10_000):
        index.replace(batch(number))
        print(number, flush=True)


def read(index: Any) -> None:
    """Search until the input ends; tell how often, and what went wrong."""
    asked, faults = 0, list[str]()
    while not asked or not select.select([sys.stdin], [], [], 0)[0]:
        try:
            total = index.find(ASKED, k=5, facets=("category",)).total
        except Exception as fault:
            faults.append(repr(fault)[:200])
            break
        if total % A_BATCH:
            faults.append(f"{total} products")
        asked += 1
    print(json.dumps({"asked": asked, "faults": faults}))


def child(work: str, engine: str, place: str, first: int = 0) -> subprocess.Popen[str]:
    """A process of this run."""
    return subprocess.Popen(
        [sys.executable, "-m", "bench.search_faults", "--work", work, "--engine", engine, "--place",
         place, "--first", str(first)], cwd=HOME, text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE)


def killed(engine: str, place: str, kills: int) -> tuple[set[int], set[int]]:
    """Batches that were told as written, and those that may have been on their way."""
    draw, told, open_ = random.Random(SEED), set[int](), set[int]()
    for turn in range(kills):
        first = turn * 10_000
        with child("write", engine, place, first) as writer:
            assert writer.stdout is not None
            lines = [writer.stdout.readline()]
            time.sleep(draw.random() * 0.1)
            writer.send_signal(signal.SIGKILL)
            lines += writer.stdout.read().splitlines()
        mine = {int(line) for line in lines if line.strip().isdecimal()}
        told |= mine
        open_.add(max(mine, default=first - 1) + 1)
    return told, open_


@contextmanager
def home(engine: str) -> Iterator[str]:
    """Where the index of this run lies."""
    with tempfile.TemporaryDirectory(prefix="zuruf-bench-") as name:
        if engine != "postgresql":
            yield str(Path(name) / "index")
            return
        from tests.databases import open_database

        server = Path(name) / "server"
        server.mkdir(mode=0o700)
        with open_database("postgresql", server) as database:
            yield database.url


def run(engine: str, kills: int, readers: int) -> int:
    """Print what came of it; 1 where something is missing."""
    with home(engine) as place:
        index = opened(engine, place)
        index.rebuild([], {})
        looking = [child("read", engine, place) for _n in range(readers)]
        told, open_ = killed(engine, place, kills)
        for reader in looking:
            assert reader.stdin is not None
            reader.stdin.close()
        said = [json.loads(reader.stdout.read()) for reader in looking if reader.stdout]
        for reader in looking:
            reader.wait(30)
        before = opened(engine, place).find(ASKED, k=0).total
        for number in sorted(open_):
            index.replace(batch(number))
        after = opened(engine, place)
        total = after.find(ASKED, k=0).total
        faults = [fault for one in said for fault in one["faults"]]
        whole = before % A_BATCH == 0 and before >= A_BATCH * len(told)
        right = total == A_BATCH * len(told | open_)
        print(json.dumps({
            "engine": engine, "kills": kills, "batches": len(told), "lost": not right or not whole,
            "readers": readers, "searches": sum(one["asked"] for one in said), "faults": faults}))
        index.close()
        after.close()
    return int(bool(faults) or not whole or not right)


def main() -> int:
    """One run, or a process of one."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--engine", default="files", choices=("files", "postgresql", "tantivy"))
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--readers", type=int, default=8)
    for name in ("--work", "--place"):
        asked.add_argument(name, default="", help=argparse.SUPPRESS)
    asked.add_argument("--first", type=int, default=0, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.work:
        work = {"write": lambda index: write(index, given.first), "read": read}
        work[given.work](opened(given.engine, given.place))
        return 0
    return run(given.engine, given.kills, given.readers)


if __name__ == "__main__":
    raise SystemExit(main())
