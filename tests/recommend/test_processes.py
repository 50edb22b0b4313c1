"""A change committed by one process counts in the next look of every other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import current_app

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.people.models import Follow
from marketplace.recommend.actions.signals import keep_signal, ties_changed
from marketplace.recommend.queries.arrays import kept
from tests.cast import Cast
from tests.recommend.test_rules import _crowd

OFFLINE = """
import sys
from pathlib import Path
from marketplace.recommend.offline import run_offline
r, p, o, t = (Path(sys.argv[1]) / n for n in ("r.csv", "p.txt", "o.csv", "t.csv"))
run_offline(r, p, 20, o, t, explain=True)
"""


def test_what_one_process_commits_counts_in_the_next_look_of_another(cast: Cast) -> None:
    """recommend-4: the arrays of the other process are those from before the rating."""
    person = cast.id("cleo")
    former, product = db.session.scalars(db.select(Product.id).order_by(Product.id).limit(2))
    with committing():
        keep_signal(person, former, 1.0, True, "save")
    elsewhere = kept()
    current_app.extensions.pop("taste")
    with committing():
        keep_signal(person, product, 0.8, True, "save")
    here = kept()
    current_app.extensions["taste"] = elsewhere
    there = kept()
    assert there is elsewhere and there is not here
    for one in (here, there):
        signals = one.model.signals.reading()
        products, values = signals.row(signals.people.places[person])
        found = dict(zip(products.tolist(), values.tolist(), strict=True))
        assert found[signals.products.places[product]] == pytest.approx(0.8)


def test_follow_committed_elsewhere_counts_in_the_next_look(cast: Cast) -> None:
    """recommend-5."""
    one, other = cast.id("cleo"), cast.id("max")
    before = kept()
    assert other not in before.model.follows.followed(one)
    with committing():
        db.session.add(Follow(follower_id=one, followed_id=other, at=clock.now()))
        ties_changed()
    assert other in kept().model.follows.followed(one)


def test_offline_lists_are_the_same_bytes_whatever_the_order_of_hashes(tmp_path: Path) -> None:
    """recommend-16: the same input gives the same bytes, follows and reasons included."""
    rows = [f"{p},{i},{v}" for p, i, v in _crowd(3)]
    ties = [f"m{n},m{n * k % 120}" for n in range(120) for k in (7, 11, 13)]
    (tmp_path / "r.csv").write_text("\n".join(["person,item,value", *rows]))
    (tmp_path / "t.csv").write_text("\n".join(["person,trusts", *ties]))
    (tmp_path / "p.txt").write_text("\n".join(f"m{n}" for n in range(120)))
    told = set()
    for seed in ("1", "2"):
        made = subprocess.run([sys.executable, "-c", OFFLINE, str(tmp_path)], check=True,
                              env={**os.environ, "PYTHONHASHSEED": seed}, timeout=120)
        assert made.returncode == 0
        told.add((tmp_path / "o.csv").read_bytes())
    assert len(told) == 1
