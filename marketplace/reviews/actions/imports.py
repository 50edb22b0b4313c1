"""Taking in ratings from elsewhere: labelled, apart from every score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from marketplace.catalog.rules.mapping import FileMap, Row, scaled
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.reviews.events import RatingsImported
from marketplace.reviews.models import ImportedRating

BATCH = 500


@dataclass(frozen=True, slots=True)
class CheckedRating:
    """A row with what saving it would do: new, same or fault."""

    row: Row
    effect: str
    faults: Mapping[str, str]
    values: dict[str, Any]


def check_ratings(rows: Iterable[Row], known: FileMap, products: Mapping[str, int]
                  ) -> list[CheckedRating]:
    """Look at every row; nothing is saved, unknown products are listed, not invented."""
    present = set(db.session.scalars(
        select(ImportedRating.source_ref).where(ImportedRating.source == known.source)))
    return [_checked(row, known, products, present) for row in rows]


def _checked(row: Row, known: FileMap, products: Mapping[str, int], present: set[str]
             ) -> CheckedRating:
    cells = {name: row.cells.get(column, "") for name, column in known.columns.items()}
    faults: dict[str, str] = {}
    value = scaled(cells.get("value", ""), known.scale)
    if value is None:
        faults[known.columns["value"]] = (
            f"“{cells.get('value', '')[:20]}” is not on the scale from {known.scale[0]:g} "
            f"to {known.scale[1]:g}.")
    if cells.get("product", "") not in products:
        faults[known.columns["product"]] = f"There is no product {cells.get('product', '')[:40]}."
    for name in ("ref", "person"):
        if not cells.get(name):
            faults[known.columns[name]] = "This is empty."
    at = _moment(cells.get("at", ""))
    if cells.get("at") and at is None:
        faults[known.columns["at"]] = f"“{cells['at'][:30]}” is no date."
    effect = "fault" if faults else "same" if cells["ref"] in present else "new"
    if effect == "new":
        present.add(cells["ref"])
    return CheckedRating(row, effect, faults, {
        "source": known.source, "source_ref": cells.get("ref", "")[:60],
        "product_id": products.get(cells.get("product", "")), "value": value,
        "source_person": cells.get("person", "")[:60], "words": cells.get("words", "")[:4000],
        "scale": f"{known.scale[0]:g}-{known.scale[1]:g}", "at": at or clock.now()})


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def save_ratings(batch: list[CheckedRating], source: str) -> int:
    """Save the new rows of a batch; how many. Changes imported_ratings; announces."""
    rows = [dict(checked.values) for checked in batch if checked.effect == "new"]
    if rows:
        db.session.execute(db.insert(ImportedRating), rows)
        announce(RatingsImported(source, len(rows)))
    return len(rows)
