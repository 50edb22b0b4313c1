"""The fault bench in short: people buy while the server is killed; in the end all adds up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent.parent.parent


@pytest.mark.slow
@pytest.mark.usefixtures("app")
def test_short_run_of_the_fault_bench() -> None:
    """payments-3, issue "money": 12 orders, 4 kills, messages lost and doubled: every order whole
    or absent, no double charge or transfer, books and stock right, doctor content.
    """
    engine = os.environ.get("ZURUF_TEST_DATABASE", "sqlite")
    env = {name: value for name, value in os.environ.items() if not name.startswith("ZURUF_")}
    done = subprocess.run(
        [sys.executable, "-m", "bench.faults", "--orders", "12", "--kills", "4", "--seed", "3",
         "--engine", engine], cwd=HOME, env=env, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout.splitlines()[0])
    assert told["kills"] == 4
    assert told["orders"] >= 10
    assert told["charges"] >= 3
