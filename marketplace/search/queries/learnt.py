"""What analysis and spelling know of the whole index, kept as long as it is the same."""

from __future__ import annotations

import time
from typing import Any

from flask import current_app

from marketplace.search.rules import ranking, spelling

LOOK_SECONDS = 0.5
"""How often it is asked whether there is a newer index; the engine asks no more often."""
Learnt = tuple[ranking.Whole, spelling.Dictionary]


def learnt(engine: Any) -> Learnt:
    """Mean lengths and words that stand alone, and the words that corrections may name.

    Raises IndexMissing.
    """
    now, kept = time.monotonic(), current_app.extensions.get("spellings")
    if kept is not None and now - kept[0] < LOOK_SECONDS:
        found: Learnt = kept[2]
        return found
    health = engine.health()
    mark = (health.generation, health.documents, health.segments, health.size_bytes)
    if kept is None or kept[1] != mark:
        kept = (now, mark, (ranking.Whole.of(engine.facts()),
                            spelling.Dictionary(engine.spellings())))
    current_app.extensions["spellings"] = (now, mark, kept[2])
    return kept[2]
