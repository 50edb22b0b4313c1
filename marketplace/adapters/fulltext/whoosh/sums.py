"""Whether the files of an index are still as they were written."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

from marketplace.adapters.fulltext.folders import write_whole

SUMS = "sums.json"
PIECE = 1 << 20


def note(folder: Path) -> None:
    """Keep the sums of all finished segments; they never change. The caller holds the lock."""
    known = _known(folder)
    write_whole(folder / SUMS, json.dumps({
        path.name: known.get(path.name) or _sum(path) for path in sorted(folder.glob("*.seg"))}))


def fits(folder: Path, name: str) -> bool:
    """Tell whether a segment is as it was written; so is one whose sum is not kept yet."""
    known = _known(folder).get(name)
    return known is None or known == _sum(folder / name)


def _known(folder: Path) -> dict[str, int]:
    try:
        found: dict[str, int] = json.loads((folder / SUMS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _sum(path: Path) -> int:
    made = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            made = zlib.crc32(piece, made)
    return made
