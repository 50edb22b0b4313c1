"""What a file would change: its rows beside what is there, product by product. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.catalog.rules.cells import Fault, printed_fact
from marketplace.catalog.rules.columns import BY_NAME, LOT, is_particular

VARIANT = frozenset({"sku", "price", "deposit", "stock", "amount", "unit", "gtin", "label_de",
                     "label_en", "lot", "weight_g", "made_to_order", "lead_days", "drained",
                     "active"})
"""Values that belong to one variant; all others describe its product."""



def of_variant(name: str) -> bool:
    """Whether a value belongs to one row: to its variant, or to the lot that the row names."""
    return name in VARIANT or name.startswith(LOT)


EFFECTS = ("fault", "changed", "new", "same")


STEMS = (
    "bio", "öko", "oeko", "kba", "demeter", "naturland", "organic", "klima", "co2", "co₂",
    "kohlenstoff", "plastik", "treibhausgas", "emission", "nachhaltig", "umwelt", "schonend",
    "abbaubar", "kompostier", "climate", "carbon", "plastic", "eco", "planet", "environment",
    "sustainab", "degradable", "compost", "fair", "ethical", "bekömmlich", "gesund", "magen",
    "verdaulich", "gut für", "kater", "digest", "wholesome", "health", "good for", "hangover",
    "immun", "detox", "entschlack", "entgift", "heil", "verbrenn", "senkt", "gegen", "superfood",
    "cleans", "burning", "lowers", "cures", "healing", "best", "einzigartig", "sieger", "medaille",
    "preisgekrönt", "finest", "greatest", "medal", "award", "garantie", "guarantee", "warranty")
NUMBER_ONE = re.compile(r"(?:nr|nummer|no|number)\.?\s?(?:1|eins|one)")


def might_claim(text: str) -> bool:
    """Whether a text can hold words that need proof: a quick look before the thorough one.

    The thorough one is taken at publishing in any case.
    """
    low = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text).lower()
    return any(stem in low for stem in STEMS) or bool(NUMBER_ONE.search(low))


@dataclass(slots=True)
class Row:
    """A row with its values, and what is found out about it."""

    number: int
    values: Mapping[str, Any]
    faults: dict[str, Fault] = field(default_factory=dict)
    hints: dict[str, Fault] = field(default_factory=dict)
    changes: dict[str, list[Any]] = field(default_factory=dict)
    effect: str = "same"

    def blame(self, column: str, code: str, /, **args: Any) -> None:
        """Note a fault, unless the cell has one already."""
        self.faults.setdefault(column, (code, args))


def column_of(name: str) -> str:
    """The column in which a value of ours stands: title_de stands in `title`."""
    if is_particular(name) or name in BY_NAME:
        return name
    return name.removesuffix("_de")


def of_product(rows: Sequence[Row]) -> dict[str, tuple[Any, Row]]:
    """What rows of one product say of it: name -> (value, the row that says it first).

    A later row that says something else is at fault.
    """
    found: dict[str, tuple[Any, Row]] = {}
    for row in rows:
        for name, value in row.values.items():
            if of_variant(name):
                continue
            first = found.setdefault(name, (value, row))
            if first[0] != value:
                row.blame(column_of(name), "says_other", row=first[1].number)
    return found


def of_lots(rows: Sequence[Row]) -> None:
    """Blame particulars of a lot in a row that names none, or that another row says otherwise."""
    found: dict[tuple[str, str], tuple[Any, Row]] = {}
    for row in rows:
        lot = str(row.values.get("lot", ""))
        for name in [name for name in row.values if name.startswith(LOT)]:
            if not lot:
                row.blame(name, "lot_needed")
                continue
            first = found.setdefault((lot, name), (row.values[name], row))
            if first[0] != row.values[name]:
                row.blame(name, "says_other", row=first[1].number)


def differing(said: Mapping[str, Any], there: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Values that differ from those that are there: name -> [old, new].

    Pictures differ only by new ones. A particular is the same if it prints the same.
    """
    found: dict[str, list[Any]] = {}
    for name, value in said.items():
        old = there.get(name)
        if name == "product" or (name == "picture" and set(value) <= set(old or ())):
            continue
        if is_particular(name):
            base = there.get(name.removesuffix("@en")) if old is None else old
            if printed_fact(base) != printed_fact(value):
                found[name] = [base if old is None else old, _shaped(value, old)]
        elif (old or None) != (value or None):
            found[name] = [old, value]
    return found


def _shaped(value: object, old: object) -> object:
    """A single new entry of what was a list stays a list."""
    return [value] if isinstance(old, list) and isinstance(value, str) else value


def settle(rows: Sequence[Row], is_new: Mapping[int, bool]) -> None:
    """Give each row of one product its effect; one fault holds back all that would be saved.

    `is_new` tells by number which rows are variants that do not exist yet.
    """
    for row in rows:
        row.effect = ("fault" if row.faults else "new" if is_new[row.number]
                      else "changed" if row.changes else "same")
    broken = next((row for row in rows if row.effect == "fault"), None)
    if broken is None:
        return
    for row in rows:
        if row.effect in ("new", "changed"):
            row.blame("", "sibling", row=broken.number)
            row.effect = "fault"
