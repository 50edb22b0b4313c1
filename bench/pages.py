"""Requests per second, p50, p95 and CPU per request of the main pages, beside the floor page.

    ZURUF_INSTANCE=<filled by bench/fill> python -m bench.pages [--seconds 4] [--connections 8]

Starts the server of `bin/run` with two workers on loopback, once with the page cache off and once
on, asks every page over kept connections, and stops the server. CPU is the time of the server's
processes as the system counts it (Linux). Before that every page is asked for a while, so that the
workers have compiled it. Pages are asked in turn in short rounds, so that a busy machine disturbs
all alike; the figure of a page is its cheapest round. `bare` is Flask and Jinja with nothing of
ours, `floor` the site's layout without a statement; the last two columns are CPU per request as
multiples of them. Product pages are those of the thirty goods with the most answers, in turn.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
PORT, ROUNDS, TICK = 8977, 5, os.sysconf("SC_CLK_TCK")
START_SECONDS, WARM_SECONDS, GOODS = 90, 1.5, 30
TYPED = ("ri", "ries", "rotw", "honi", "weingut", "wein+ros", "k%C3%A4s", "fischerp")
HEAD = {"Accept-Language": "de"}
SAME_SITE = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin",
             "Origin": f"http://127.0.0.1:{PORT}"}


@dataclass(frozen=True)
class Asked:
    """One kind of page: its addresses in turn, and what is sent along."""

    paths: tuple[str, ...]
    cookie: str = ""
    form: str = ""
    head: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Measured:
    """What one page took: seconds of each answer, and CPU seconds of each round's average."""

    seconds: list[float] = field(default_factory=list)
    wall: float = 0.0
    cpu: list[float] = field(default_factory=list)


@contextmanager
def server(cache_seconds: int, settings: Mapping[str, str] | None = None) -> Iterator[int]:
    """The market on loopback, with these settings over those around; its process id."""
    given = {**os.environ, **(settings or {}), "ZURUF_PAGE_CACHE_SECONDS": str(cache_seconds),
             "ZURUF_RATE_LIMITS": "off", "ZURUF_LOG_LEVEL": "error", "FLASK_SKIP_DOTENV": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port",
         str(PORT), "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level",
         "error", "bench.floor:app"], cwd=HERE, env=given)
    try:
        _await()
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _await() -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            if ask(line(), Asked(("/healthz",)), "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")


def line() -> http.client.HTTPConnection:
    """A connection to the server."""
    return http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)


def ask(over: http.client.HTTPConnection, asked: Asked, path: str) -> tuple[int, str]:
    """Status and body of one request; a form is sent as a page of the site would."""
    head = {**HEAD, **({"Cookie": asked.cookie} if asked.cookie else {})}
    if asked.form:
        over.request("POST", path, asked.form, {**SAME_SITE, **head, **asked.head})
    else:
        over.request("GET", path, headers=head)
    answer = over.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")


def cpu_of(pid: int) -> float:
    """CPU seconds of a process and its children so far."""
    ticks = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(folder.name) == pid or int(words[1]) == pid:
            ticks += int(words[11]) + int(words[12])
    return ticks / TICK


def measure(pid: int, asked: Asked, seconds: float, connections: int, into: Measured) -> None:
    """Ask one kind of page from several connections for a while."""
    until, kept = time.perf_counter() + seconds, threading.Lock()
    paths, count = itertools.cycle(asked.paths), 0

    def work() -> None:
        nonlocal count
        over, took = line(), []
        while time.perf_counter() < until:
            with kept:
                path = next(paths)
            begun = time.perf_counter()
            status, _ = ask(over, asked, path)
            took.append(time.perf_counter() - begun)
            if status not in (200, 204, 303):
                raise SystemExit(f"{path} answered {status}")
        with kept:
            into.seconds.extend(took)
            count += len(took)

    before, begun = cpu_of(pid), time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    into.wall += time.perf_counter() - begun
    into.cpu.append((cpu_of(pid) - before) / max(1, count))


def most_answered() -> tuple[str, ...]:
    """Pages of the goods with the most answers."""
    from sqlalchemy import select

    from marketplace import create_app
    from marketplace.catalog.models import Product
    from marketplace.foundation.database import db
    from marketplace.reviews.models import Score

    with create_app().app_context():
        slugs = db.session.scalars(
            select(Product.slug).join(Score, Score.product_id == Product.id)
            .where(Score.lot_id.is_(None), Product.state == "published", Product.in_stock)
            .order_by(Score.n.desc(), Product.id).limit(GOODS)).all()
    if not slugs:
        raise SystemExit("There are no goods: fill the instance with bench/fill first.")
    return tuple(f"/products/{slug}" for slug in slugs)


def pages(goods: tuple[str, ...]) -> dict[str, Asked]:
    """What is measured."""
    cookie, variant = basket_of(goods[0])
    return {
        "bare": Asked(("/bare",)), "floor": Asked(("/floor",)), "home": Asked(("/",)),
        "list": Asked(("/categories/wine", "/categories/food")), "product": Asked(goods),
        "search": Asked(("/search?q=riesling", "/search?q=honig")),
        "suggest": Asked(tuple(f"/search/suggest?q={typed}" for typed in TYPED),
                         head={"HX-Request": "true"}),
        "basket": Asked(("/basket",), cookie),
        "add": Asked(("/basket/lines",), form=f"variant={variant}&qty=1")}


def basket_of(product: str) -> tuple[str, str]:
    """A visitor's session with something in the basket, and the variant in it."""
    over = line()
    body = ask(over, Asked((product,)), product)[1]
    variant = re.search(r'name="variant"[^>]*value="(\d+)"', body)
    if variant is None:
        raise SystemExit(f"{product} has no variant to buy.")
    over.request("POST", "/basket/lines", f"variant={variant.group(1)}&qty=1", SAME_SITE)
    answer = over.getresponse()
    answer.read()
    return (answer.getheader("Set-Cookie") or "").split(";")[0], variant.group(1)


def run(goods: tuple[str, ...], cache_seconds: int, seconds: float, connections: int) -> None:
    """Measure and print one table."""
    with server(cache_seconds) as pid:
        asked = pages(goods)
        for one in asked.values():
            measure(pid, one, WARM_SECONDS, connections, Measured())
        found = {name: Measured() for name in asked}
        for _ in range(ROUNDS):
            for name, one in asked.items():
                measure(pid, one, seconds / ROUNDS, connections, found[name])
    print(f"\n{connections} connections, page cache {'on' if cache_seconds else 'off'}")
    print("page          req/s   p50 ms   p95 ms   CPU ms  x floor   x bare")
    bare, floor = min(found["bare"].cpu), min(found["floor"].cpu)
    for name, took in found.items():
        cpu = min(took.cpu)
        print(f"{name:10}{len(took.seconds) / took.wall:9.0f}{at(took.seconds, .5):9.2f}"
              f"{at(took.seconds, .95):9.2f}{cpu * 1000:9.2f}{cpu / floor:9.2f}{cpu / bare:9.1f}")


def at(seconds: Sequence[float], share: float) -> float:
    """The milliseconds in which this share of answers came."""
    return sorted(seconds)[int(share * (len(seconds) - 1))] * 1000


def main() -> int:
    """Both tables."""
    read = argparse.ArgumentParser()
    read.add_argument("--seconds", type=float, default=4.0)
    read.add_argument("--connections", type=int, default=8)
    asked = read.parse_args()
    goods = most_answered()
    for cache_seconds in (0, 600):
        run(goods, cache_seconds, asked.seconds, asked.connections)
    return 0


if __name__ == "__main__":
    sys.exit(main())
