"""What analysis, spelling and completion know of the index, kept as long as it is the same."""

from __future__ import annotations

import time
from typing import Any

from flask import current_app

from marketplace.adapters.fulltext.completion import Completions
from marketplace.search.rules import completing, ranking, spelling

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
        facts = engine.facts()
        kept = (now, mark, (ranking.Whole.of(facts), spelling.Dictionary(engine.spellings())),
                Completions(completing.searched_of(facts)))
    current_app.extensions["spellings"] = (now, *kept[1:])
    return kept[2]


def searched_before(engine: Any) -> Completions:
    """What at least five people searched and found, as of the last night. Raises IndexMissing."""
    learnt(engine)
    found: Completions = current_app.extensions["spellings"][3]
    return found
