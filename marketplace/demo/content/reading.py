"""Reads the TOML files into one `Content`; every fault of every file is kept, none is raised."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from marketplace.demo.content import kinds
from marketplace.demo.content.faults import Fault
from marketplace.demo.content.shaping import Shaper

CONTENT: Final = Path(__file__).parent

FOLDERS: Final[tuple[tuple[str, type], ...]] = (
    ("producers", kinds.Producer),
    ("groups", kinds.Group),
)
# File, table in it, and what each entry of the table becomes.
SINGLE_FILES: Final[tuple[tuple[str, str, type], ...]] = (
    ("people.toml", "writers", kinds.Writer),
    ("cast.toml", "cast", kinds.CastMember),
    ("threads.toml", "threads", kinds.Thread),
    ("recommendations.toml", "recommendations", kinds.Recommendation),
    ("asks.toml", "asks", kinds.Ask),
    ("pairings.toml", "pairings", kinds.Pairing),
    ("bundles.toml", "bundles", kinds.Bundle),
    ("cases.toml", "cases", kinds.Case),
)


def read(folder: Path) -> tuple[kinds.Content | None, list[Fault]]:
    """The content and the faults of its form; None where something could not be shaped."""
    parts: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, shape in FOLDERS:
        parts[name], found = _whole_files(folder, name, shape)
        faults += found
    parts["reviews"], found = _reviews(folder)
    faults += found
    for file, table, kind in SINGLE_FILES:
        data, found = _data(folder / file, folder)
        faults += found
        parts[table], found = _entries(file, table, kind, data)
        faults += found
    quiet = _data(folder / "people.toml", folder)[0].get("quiet", {}).get("handles", "")
    content = None if faults else kinds.Content(quiet=tuple(quiet.split()), **parts)
    return content, faults


def _data(path: Path, folder: Path) -> tuple[dict[str, Any], list[Fault]]:
    """The plain data of a file; a fault of the notation carries its line."""
    name = str(path.relative_to(folder))
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")), []
    except tomllib.TOMLDecodeError as problem:
        return {}, [Fault(name, "notation", str(problem))]


def _entries(
    file: str, table: str, kind: type, data: dict[str, Any]
) -> tuple[tuple[Any, ...], list[Fault]]:
    """The entries of one table of a file."""
    shaper = Shaper(file)
    shaped = tuple(
        shaper.shape(kind, one, f"{table}[{number}]")
        for number, one in enumerate(data.get(table, []))
    )
    return shaped, shaper.faults


def _whole_files(folder: Path, name: str, kind: type) -> tuple[tuple[Any, ...], list[Fault]]:
    """One thing per file, in the order of the file names."""
    shaped, faults = [], []
    for path in sorted((folder / name).glob("*.toml")):
        data, found = _data(path, folder)
        shaper = Shaper(str(path.relative_to(folder)))
        if not found:
            shaped.append(shaper.shape(kind, data, ""))
        faults += found + shaper.faults
    return tuple(shaped), faults


def _reviews(folder: Path) -> tuple[tuple[kinds.Review, ...], list[Fault]]:
    """The reviews of all files."""
    shaped: list[kinds.Review] = []
    faults: list[Fault] = []
    for path in sorted((folder / "reviews").glob("*.toml")):
        data, found = _data(path, folder)
        file = str(path.relative_to(folder))
        some, more = _entries(file, "reviews", kinds.Review, data)
        shaped += some
        faults += found + more
    return tuple(shaped), faults
