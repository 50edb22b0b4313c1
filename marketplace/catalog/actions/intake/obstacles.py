"""What keeps a product of a file from being on sale; at fault only where it would go on sale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.catalog.queries.intake import Standing
from marketplace.catalog.queries.shelves import category_by_slug
from marketplace.catalog.rules.columns import FACT, OTHER
from marketplace.catalog.rules.intake import Row, of_product
from marketplace.catalog.rules.templates import missing


@dataclass(frozen=True, slots=True)
class House:
    """What is known of the producer besides the file."""

    id: int


def house_of(producer_id: int) -> House:
    """The producer a file belongs to."""
    return House(producer_id)


def obstacles(rows: Sequence[Row], standing: Standing | None, plan: Mapping[str, Any],
              house: House) -> None:
    """Note on the first row what is missing before buyers may see the product.

    For goods on sale and for new ones that are to go on sale these are faults, else hints.
    """
    merged = dict(standing.values) if standing is not None else {}
    merged |= {name: value for name, (value, _row) in of_product(rows).items()}
    merged.setdefault("category", plan.get("category", ""))
    shelf = category_by_slug(str(merged.get("category", "")))
    if shelf is None or (standing is not None
                         and not any("category" in row.changes for row in rows)):
        return  # an empty cell takes nothing away, so what is there stays complete
    strict = plan.get("mode") == "sale" if standing is None else standing.state == "published"
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    facts = {name.removeprefix(FACT): value for name, value in merged.items()
             if name.startswith(FACT) and not name.endswith(OTHER)}
    for field in missing(shelf.template, facts):
        found[f"{FACT}{field.key}"] = ("fact_missing", {})
    if not (merged.get("not_for_de") or merged.get("not_for_en")):
        found["not_for"] = ("not_for_missing", {})
    if not merged.get("place"):
        found["place"] = ("place_missing", {})
    if not merged.get("picture"):
        found["picture"] = ("no_picture", {})
    for column, (code, args) in found.items():
        if strict:
            rows[0].blame(column, code, **args)
        elif column not in rows[0].faults:
            rows[0].hints[column] = (code, args)
