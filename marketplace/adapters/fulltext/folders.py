"""Folders of an index in files: one per rebuild, a pointer to the one in force."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import try_for

from marketplace.adapters.fulltext.contract import IndexBusy

POINTER = "current"
FACTS = "facts.json"
PREFIX = "index-"


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old or the new one, never a part."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


class Folders:
    """The folders below one root: `current` names the index in force, the one before is kept."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def pointed(self) -> Path | None:
        """Give the folder in force; None before the first rebuild."""
        try:
            name = (self.root / POINTER).read_text(encoding="utf-8").strip()
        except OSError:
            return None
        folder = self.root / name
        return folder if name.startswith(PREFIX) and folder.is_dir() else None

    def newest_first(self) -> list[Path]:
        """Give the folder in force, then all finished earlier ones, newest first."""
        pointed = self.pointed()
        kept = sorted(self.root.glob(PREFIX + "[0-9]*"), reverse=True)
        others = [f for f in kept if f != pointed and (f / FACTS).exists()]
        return ([pointed] if pointed else []) + others

    def make(self) -> Path:
        """Make an empty folder for a rebuild; unfinished ones of killed rebuilds are cleared."""
        kept = sorted(self.root.glob(PREFIX + "[0-9]*"))
        number = int(kept[-1].name.removeprefix(PREFIX)) + 1 if kept else 1
        for folder in kept:
            if not (folder / FACTS).exists() and folder != self.pointed():
                shutil.rmtree(folder, ignore_errors=True)
        made = self.root / f"{PREFIX}{number:06d}"
        made.mkdir(parents=True)
        return made

    def switch(self, folder: Path, facts: Mapping[str, object], keep_former: bool) -> None:
        """Put a finished folder in force and drop all others, but the one before if it is kept."""
        former = self.pointed() if keep_former else None
        write_whole(folder / FACTS, json.dumps(facts))
        write_whole(self.root / POINTER, folder.name)
        for old in self.root.glob(PREFIX + "[0-9]*"):
            if old not in (folder, former):
                shutil.rmtree(old, ignore_errors=True)

    @contextmanager
    def writing(self, wait_seconds: float) -> Iterator[None]:
        """Hold the one writer lock of all processes; a killed holder releases it.

        Raises IndexBusy.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(self.root)).lock("WRITE")
        if not try_for(lock.acquire, timeout=wait_seconds, delay=0.05):
            raise IndexBusy(f"another process has been writing for {wait_seconds} s")
        try:
            yield
        finally:
            lock.release()


def facts_of(folder: Path) -> dict[str, object]:
    """Read what was handed to the rebuild of this folder; empty if it was never finished."""
    try:
        found: dict[str, object] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def size_of(folder: Path) -> int:
    """Give the bytes of all files of an index; none where another process just took it away."""
    sizes = []
    for path in folder.glob("*"):
        try:
            sizes.append(path.stat().st_size)
        except OSError:
            continue
    return sum(sizes)
