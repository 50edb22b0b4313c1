"""Writers of one SQLite file come in the order of asking, across threads and processes."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from flask import Flask

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.write_line import Line, in_line

HOLD = """
import sys, time
from marketplace.foundation.write_line import Line
line = Line(sys.argv[1])
line.enter()
print("in", flush=True)
time.sleep(float(sys.argv[2]))
line.leave()
"""


def holder(path: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that stands at the door for a while."""
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(path), str(seconds)], text=True,
                             stdout=subprocess.PIPE)
    assert other.stdout and other.stdout.readline() == "in\n"
    return other


def test_threads_come_in_the_order_of_asking(tmp_path: Path) -> None:
    """Six threads ask one after the other while the first is in; they come as they asked."""
    line, came = Line(str(tmp_path / "line")), []

    def write(number: int) -> None:
        line.enter()
        came.append(number)
        line.leave()

    line.enter()
    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for number, thread in enumerate(threads):
        thread.start()
        while len(line._waiting) <= number:
            time.sleep(0.001)
    line.leave()
    for thread in threads:
        thread.join(10)
    assert came == list(range(6))


def test_processes_wait_for_one_another_and_not_for_the_dead(tmp_path: Path) -> None:
    """Who waits comes as soon as the other process leaves, or is killed."""
    path = tmp_path / "line"
    for kill in (False, True):
        other = holder(path, 60 if kill else 0.3)
        if kill:
            other.kill()
        begun = time.monotonic()
        line = Line(str(path))
        line.enter()
        line.leave()
        assert time.monotonic() - begun < 10
        other.wait(10)
        assert other.stdout is not None
        other.stdout.close()


def test_turn_that_does_not_come_is_said(tmp_path: Path) -> None:
    """Time-outs at both doors: TimeoutError, and the line goes on afterwards."""
    line = Line(str(tmp_path / "line"))
    line.enter()
    with pytest.raises(TimeoutError):
        line.enter(0.05)
    line.leave()
    other = holder(tmp_path / "line", 60)
    with pytest.raises(TimeoutError):
        line.enter(0.05)
    other.kill()
    other.wait(10)
    assert other.stdout is not None
    other.stdout.close()
    line.enter(10)
    line.leave()


def test_only_files_have_a_line(tmp_path: Path) -> None:
    """Memory and other engines have none; a busy line is an error for people, once."""
    with in_line(None), in_line(":memory:"):
        pass
    with in_line(str(tmp_path / "data")):
        assert (tmp_path / "data-line").exists()
    with pytest.raises(ZeroDivisionError), in_line(str(tmp_path / "data")):
        raise ZeroDivisionError
    with in_line(str(tmp_path / "data")):
        pass


def test_change_that_fails_lets_the_next_one_in(app: Flask, monkeypatch: pytest.MonkeyPatch
                                                ) -> None:
    """A body that raises leaves the line; a turn that does not come is OutsideDown."""
    with pytest.raises(ZeroDivisionError), committing():
        raise ZeroDivisionError
    with committing():
        db.session.execute(db.text("SELECT 1"))
    if db.engine.dialect.name == "sqlite":
        def late(_line: Line) -> None:
            raise TimeoutError

        monkeypatch.setattr(Line, "enter", late)
        with pytest.raises(OutsideDown), committing():
            pass
