"""Requests per second, p50 and p95, and CPU per request of the main pages, beside the floor page.

    ZURUF_INSTANCE=<filled by bench/fill> python -m bench.pages [--seconds 4] [--connections 8]

Starts the server of `bin/run` with two workers on loopback, once with the page cache off and once
on, asks every page over kept connections, and stops the server. CPU is the time of the server's
processes as the system counts it (Linux). Before that every page is asked for a while, so that the
workers have compiled it. Each page is asked among others in turn, so that a busy
machine disturbs all alike; the last column is CPU per request as a multiple of the floor's.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
PORT, ROUNDS, TICK = 8977, 3, os.sysconf("SC_CLK_TCK")
START_SECONDS, WARM_SECONDS = 30, 1.5


@dataclass
class Measured:
    """What one page took."""

    seconds: list[float] = field(default_factory=list)
    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def server(cache_seconds: int) -> Iterator[int]:
    """The market on loopback; its process id."""
    given = {**os.environ, "ZURUF_PAGE_CACHE_SECONDS": str(cache_seconds),
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
            if ask(http.client.HTTPConnection("127.0.0.1", PORT, timeout=5), "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")


def ask(line: http.client.HTTPConnection, path: str, cookie: str = "") -> tuple[int, str]:
    """Status and body of one request."""
    line.request("GET", path, headers={"Accept-Language": "de", "Cookie": cookie} if cookie
                 else {"Accept-Language": "de"})
    answer = line.getresponse()
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


def measure(pid: int, path: str, cookie: str, seconds: float, connections: int,
            into: Measured) -> None:
    """Ask one page from several connections for a while."""
    until, kept = time.perf_counter() + seconds, threading.Lock()

    def work() -> None:
        line, took = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30), []
        while time.perf_counter() < until:
            begun = time.perf_counter()
            status, _ = ask(line, path, cookie)
            took.append(time.perf_counter() - begun)
            if status != 200:
                raise SystemExit(f"{path} answered {status}")
        with kept:
            into.seconds.extend(took)

    before, begun = cpu_of(pid), time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    into.wall += time.perf_counter() - begun
    into.cpu += cpu_of(pid) - before


def pages() -> dict[str, str]:
    """Names and addresses of what is measured; the product is the one with most answers."""
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    listed = ask(line, "/products")[1]
    found = re.search(r'href="(/products/[^"?#/]+)', listed)
    if found is None:
        raise SystemExit("The list shows no product: fill the instance with bench/fill first.")
    return {"floor": "/floor", "home": "/", "list": "/categories/wine",
            "product": found.group(1), "search": "/search?q=riesling", "basket": "/basket"}


def basket_cookie(product: str) -> str:
    """A visitor's session with something in the basket."""
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    body = ask(line, product)[1]
    variant = re.search(r'name="variant"[^>]*value="(\d+)"', body)
    if variant is None:
        return ""
    line.request("POST", "/basket/lines", f"variant={variant.group(1)}&qty=1", {
        "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin",
        "Origin": f"http://127.0.0.1:{PORT}"})
    answer = line.getresponse()
    answer.read()
    return (answer.getheader("Set-Cookie") or "").split(";")[0]


def warm(pid: int, asked: dict[str, str], connections: int) -> None:
    """Ask every page until both workers have compiled its templates and statements."""
    for path in asked.values():
        measure(pid, path, "", WARM_SECONDS, connections, Measured())


def run(cache_seconds: int, seconds: float, connections: int) -> None:
    """Measure and print one table."""
    with server(cache_seconds) as pid:
        asked = pages()
        cookie = basket_cookie(asked["product"])
        warm(pid, asked, connections)
        found = {name: Measured() for name in asked}
        for _ in range(ROUNDS):
            for name, path in asked.items():
                measure(pid, path, cookie if name == "basket" else "", seconds / ROUNDS,
                        connections, found[name])
    print(f"\n{connections} connections, page cache {'on' if cache_seconds else 'off'}")
    print(f"{'page':10}{'req/s':>9}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}{'x floor':>9}")
    floor = found["floor"].cpu / len(found["floor"].seconds)
    for name, one in found.items():
        cpu = one.cpu / len(one.seconds)
        print(f"{name:10}{len(one.seconds) / one.wall:9.0f}{_at(one.seconds, .5):9.2f}"
              f"{_at(one.seconds, .95):9.2f}{cpu * 1000:9.2f}{cpu / floor:9.2f}")


def _at(seconds: Sequence[float], share: float) -> float:
    return sorted(seconds)[int(share * (len(seconds) - 1))] * 1000


def main() -> int:
    """Both tables."""
    read = argparse.ArgumentParser()
    read.add_argument("--seconds", type=float, default=4.0)
    read.add_argument("--connections", type=int, default=8)
    asked = read.parse_args()
    for cache_seconds in (0, 600):
        run(cache_seconds, asked.seconds, asked.connections)
    return 0


if __name__ == "__main__":
    sys.exit(main())
