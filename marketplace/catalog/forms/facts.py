"""Particulars out of a form: one field each, a nutrition table as eight cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from marketplace.catalog.rules.fields import FactField
from marketplace.catalog.rules.typed import PARTS, Unread, read_fact
from marketplace.web.forms import clean

FACT_LENGTH = 1_000


def names_of(field: FactField) -> list[str]:
    """The names of a particular's inputs."""
    if field.kind == "nutrition":
        return [f"fact_{field.key}_{part}" for part in PARTS]
    return [f"fact_{field.key}"]


def facts_typed(fields: Sequence[FactField], body: Mapping[str, Any]) -> dict[str, str]:
    """What was typed, by name of the input."""
    return {name: clean(str(body.get(name, ""))) or "" for field in fields
            for name in names_of(field)}


def read_facts(fields: Sequence[FactField], typed: Mapping[str, str]
               ) -> tuple[dict[str, object], dict[str, str]]:
    """Values by key, and a sentence for each that cannot be read."""
    values: dict[str, object] = {}
    faults: dict[str, str] = {}
    for field in fields:
        text = typed.get(f"fact_{field.key}", "")
        parts = {part: typed.get(f"fact_{field.key}_{part}", "") for part in PARTS}
        if len(text) > FACT_LENGTH:
            faults[field.key] = _("This is too long.")
            continue
        try:
            values[field.key] = read_fact(field, text, parts)
        except Unread as why:
            faults[field.key] = unread_words(str(why), text)
    return values, faults


def unread_words(why: str, text: str) -> str:
    """Why a particular cannot be read, in a sentence."""
    return {
        "number": _("“%(text)s” is no number such as 12.5.", text=text[:20]),
        "range": _("A share lies between 0 and 100."),
        "shares": _("The shares have to add up to 100 %, such as: 75 % wool, 25 % linen."),
        "nutrition": _("All eight figures, please; 0 counts too."),
        "energy": _("Kilojoules and kilocalories do not fit: 1 kcal is 4.184 kJ."),
        "parts": _("A part cannot be more than the whole: saturates, sugars."),
    }[why]
