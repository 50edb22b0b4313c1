"""Goods as rows of a file: the other way round of `cells`. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from marketplace.catalog.rules.cells import SPOKEN, printed_fact, written
from marketplace.catalog.rules.columns import BY_NAME, COLUMNS, LOT, is_particular

Money = Callable[[int], str]


def header_of(facts: Sequence[str]) -> list[str]:
    """The columns of an export: ours, then the particulars that the goods say."""
    return [*(column.name for column in COLUMNS), *facts]


def lang_of(values: Mapping[str, Any]) -> str:
    """The language of the unmarked columns: German as soon as something is said in German."""
    return "de" if any(values.get(f"{name}_de") for name in SPOKEN) else "en"


def row_of(values: Mapping[str, Any], header: Sequence[str], first: bool, first_of_lot: bool,
           money: Money) -> list[str]:
    """A variant as cells; what describes its product stands in the product's first row only, what
    its lot says for itself in the lot's first row.
    """
    lang = lang_of(values)
    return [written(_cell(name, values, lang, money))
            if (first_of_lot if name.startswith(LOT) else
                first or name in ("product", "lang") or _of_variant(name)) else ""
            for name in header]


def _of_variant(name: str) -> bool:
    return name in BY_NAME and BY_NAME[name].of == "variant"


def _cell(name: str, values: Mapping[str, Any], lang: str, money: Money) -> str:
    if name == "lang":
        return lang
    spoken = name.removesuffix("_en")
    if spoken in SPOKEN:
        if spoken != name and lang == "en":
            return ""
        return str(values.get(f"{spoken}_{'en' if spoken != name else lang}") or "")
    value = values.get(name)
    if name in ("price", "deposit"):
        return money(int(value)) if value else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if is_particular(name):
        return printed_fact(value)
    if isinstance(value, list):
        return " | ".join(value)
    return "" if value is None else str(value)
