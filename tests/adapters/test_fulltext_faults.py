"""The index when something breaks, and when several use it at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from importlib import import_module

import pytest

from marketplace.adapters.fulltext import contract
from marketplace.adapters.fulltext.contract import (
    IndexBusy,
    IndexMissing,
)
from marketplace.adapters.fulltext.folders import Folders
from marketplace.adapters.fulltext.whoosh import WhooshIndex, decode
from tests.adapters.cellar import _doc
from tests.adapters.test_fulltext import ROOT, _ids, _query


def test_private_names_were_tried_with_the_installed_library():
    assert decode.is_known_version()


def test_no_index_says_so(tmp_path):
    engine = WhooshIndex(tmp_path / "none")
    with pytest.raises(IndexMissing):
        engine.find()
    with pytest.raises(IndexMissing):
        engine.replace([_doc(1, "x")])


def test_damaged_index_is_answered_by_the_one_before(tmp_path):
    first = WhooshIndex(tmp_path / "i")
    first.rebuild([_doc(1, "alt")], {})
    first.rebuild([_doc(2, "neu")], {})
    folder = Folders(tmp_path / "i").pointed()
    for path in folder.glob("MAIN_*"):
        path.write_bytes(path.read_bytes()[:40])
    second = WhooshIndex(tmp_path / "i")
    assert second.find().hits[0].id == "product:1"
    second.replace([_doc(3, "neu")])
    assert sorted(_ids(second.find())) == ["1", "3"]
    for path in (tmp_path / "i").glob("index-*/*"):
        path.write_bytes(b"broken")
    with pytest.raises(IndexMissing):
        WhooshIndex(tmp_path / "i").find()


def test_rebuild_keeps_one_former_index_and_clears_unfinished_ones(tmp_path):
    engine = WhooshIndex(tmp_path / "i")
    for number in range(3):
        engine.rebuild([_doc(number, "x")], {})
    (tmp_path / "i" / "index-000099").mkdir()
    engine.rebuild([_doc(7, "x")], {})
    names = sorted(p.name for p in (tmp_path / "i").glob("index-*"))
    assert names == ["index-000003", "index-000100"] and _ids(engine.find()) == ["7"]


def test_failed_batch_changes_nothing(engine):
    with pytest.raises(KeyError):
        engine.replace([_doc(1, "neu"), _doc(5, "neu", facets={"colour": ["red"]})])
    assert engine.find(_query("neu")).total == 0
    assert sorted(_ids(engine.find())) == ["1", "2", "3", "4"]
    engine.replace([_doc(5, "neu")])
    assert engine.find().total == 5


def test_second_writer_waits_and_then_gives_up(engine, tmp_path):
    other = WhooshIndex(tmp_path / "index", wait_seconds=0.1)
    with Folders(tmp_path / "index").writing(1), pytest.raises(IndexBusy):
        other.replace([_doc(5, "x")])


def test_another_process_sees_a_change_within_two_seconds(engine, another):
    assert another.find().total == 4
    engine.replace([_doc(5, "neu")])
    until = time.monotonic() + 2
    while another.find().total != 5 and time.monotonic() < until:
        time.sleep(0.05)
    assert another.find().total == 5


def test_many_threads_read_while_one_writes(engine):
    """search-11: no error, and each answer is one of whole generations."""
    faults, going = [], threading.Event()

    def read():
        while not going.is_set():
            try:
                total = engine.find(_query("paar"), facets=("category",)).total
                assert total % 2 == 0
            except Exception as fault:
                faults.append(fault)
                return

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for i in range(100, 110, 2):
        engine.replace([_doc(i, "paar"), _doc(i + 1, "paar")])
    going.set()
    for thread in threads:
        thread.join()
    assert not faults and engine.find(_query("paar")).total == 10


def test_cache_of_postings_is_bounded(tmp_path):
    engine = WhooshIndex(tmp_path / "i", cached_postings=50)
    engine.rebuild([_doc(i, f"wort{i} alle") for i in range(40)], {})
    for i in range(40):
        engine.find(_query(f"alle wort{i}"))
    assert engine.health().cached_postings <= 50


WRITER = """
import sys
from importlib import import_module
from marketplace.adapters.fulltext.contract import Document
made = getattr(import_module("marketplace.adapters.fulltext." + sys.argv[3]), sys.argv[4])
engine, start = made(sys.argv[1]), int(sys.argv[2])
for n in range(start, start + 10_000):
    engine.replace([Document(id=f"product:{n}-{i}", words={"stapel": 1.0}) for i in range(5)])
    print(n, flush=True)
"""


@pytest.mark.parametrize(("room", "name"), [("whoosh", "WhooshIndex"), ("tantivy", "TantivyIndex")])
def test_killed_writer_damages_nothing(tmp_path, room, name):
    """search-11: ten kills at random moments; every batch told as written is there, whole."""
    if room == "tantivy":
        pytest.importorskip("tantivy")
    opened = getattr(import_module(f"marketplace.adapters.fulltext.{room}"), name)
    folder, draw = str(tmp_path / "i"), random.Random(11)
    opened(folder).rebuild([], {})
    told = []
    for round_ in range(10):
        command = [sys.executable, "-c", WRITER, folder, str(round_ * 10_000), room, name]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(
            [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=environment
        ) as process:
            told.append(process.stdout.readline())
            time.sleep(draw.random() * 0.1)
            process.send_signal(signal.SIGKILL)
            told += process.stdout.read().split("\n")
        engine = opened(folder, wait_seconds=5)
        total = engine.find(_query("stapel")).total
        batches = [t for t in told if t.strip()]
        assert total % 5 == 0 and total >= 5 * len(batches)
        engine.replace([_doc("after", "nachher")])
        assert engine.find(_query("nachher")).total == 1


def test_contract_names_fit_the_columns():
    with pytest.raises(KeyError):
        contract_row = _doc(1, "x", figures={"weight": 3})
        from marketplace.adapters.fulltext.whoosh.schema import row

        row(contract_row)
    assert contract.SIGNAL_SCALE == 10_000


@pytest.mark.parametrize("harm", ["flipped", "gone", "cut", "empty"])
@pytest.mark.parametrize("opened", [False, True], ids=["before opening", "while open"])
def test_harm_to_any_segment_is_no_fault(tmp_path, harm, opened):
    """search, faults: thirty places of harm to the files in force; every question is answered, by
    the newest where it was read before, else by the former index, and health says so.
    """
    draw = random.Random(9)
    for _ in range(30):
        root = tmp_path / f"{draw.random()}"
        first = WhooshIndex(root)
        first.rebuild([_doc(1, "alt"), _doc(2, "wein")], {})
        first.rebuild([_doc(n, f"neu wein wort{n}") for n in range(3, 60)], {})
        first.replace([_doc(1, "neu wein")])
        if opened:
            assert first.find(_query("neu")).total == 58
        _harm(Folders(root).pointed(), harm, draw)
        engine = first if opened else WhooshIndex(root)
        assert engine.find(_query("wein")).total in ((58, 1) if opened else (1,))
        assert engine.find(_query("wein"), sort="title").total in ((58, 1) if opened else (1,))
        assert set(engine.spellings()) == set() and engine.suggest("we") == []
        assert engine.health().in_force == (engine.find().total == 58)
        engine.rebuild([_doc(1, "wein")], {})
        assert engine.find(_query("wein")).total == 1 and engine.health().in_force


def _harm(folder, harm, draw):
    path = draw.choice(sorted(folder.glob("*.seg")))
    data = bytearray(path.read_bytes())
    if harm == "gone":
        path.unlink()
    elif harm == "flipped":
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        path.write_bytes(data)
    else:
        path.write_bytes(data[: draw.randrange(len(data)) if harm == "cut" else 0])
