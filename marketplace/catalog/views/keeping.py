"""Two people write one product at once: nobody's change is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping

from marketplace.catalog.queries.studio import Draft
from marketplace.catalog.views.editing import Theirs, typed_of
from marketplace.catalog.views.labels import labels_of

MOST = 100_000


def packed(stored: Mapping[str, str]) -> str:
    """What a form showed, in one hidden field."""
    return json.dumps({name: text for name, text in stored.items() if text}, ensure_ascii=False)


def unpacked(text: str) -> dict[str, str] | None:
    """What the form showed when it was drawn; None if it does not say."""
    try:
        found = json.loads(text) if 0 < len(text) <= MOST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return {str(name): str(value) for name, value in found.items()}


def merged(known: Draft, mine: Mapping[str, str], base: Mapping[str, str] | None
           ) -> tuple[dict[str, str], list[Theirs]]:
    """My form over what somebody else saved: their changes stay where I changed nothing.

    Returns what the form shows next, and everything that they changed.
    """
    now, labels = typed_of(known), labels_of(known.category_id)
    shown: dict[str, str] = {}
    theirs = []
    for name, text in mine.items():
        saved = now.get(name, "")
        before = base.get(name, "") if base is not None else None
        touched = before is None or text != before
        shown[name] = text if touched else saved
        changed = saved != before if before is not None else saved != text
        if changed and saved != text:
            label = labels.get(name.removeprefix("fact_"), name)
            theirs.append(Theirs(label, saved, text if touched else ""))
    return shown, theirs
