"""Particulars as fields of a form: what stands in them, why they are asked, what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from marketplace.catalog.queries.facts import words_of
from marketplace.catalog.rules.fields import Around, FactField, demanded
from marketplace.catalog.rules.typed import PARTS, nutrition_parts
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class FactRow:
    """A particular as an input.

    kind: text, long, number, choice, yes_no, percentages or nutrition. cells: name, label, value
    and unit of a nutrition table. `given` is what holds if it stays empty.
    """

    name: str
    id: str
    label: str
    kind: str
    unit: str
    mandatory: bool
    value: str
    hint: str
    given: str
    choices: Sequence[tuple[str, str]] = ()
    cells: Sequence[tuple[str, str, str, str]] = ()


def fact_row(field: FactField, typed: Mapping[str, str], facts: Mapping[str, object],
             around: Around) -> FactRow:
    """One particular with what was typed, its law and its default."""
    lang = current_lang()
    given = around.given.get(field.source, "") if field.source else ""
    must = demanded(field, facts, around) and not given
    hint = " · ".join(part for part in (
        _("Needed before it is on sale") if must else "", field.hint(lang), field.law_in(lang))
        if part)
    return FactRow(
        f"fact_{field.key}", f"f-{field.key}", field.name(lang), field.kind, field.unit, must,
        typed.get(f"fact_{field.key}", ""), hint, given, _choices(field, typed),
        _cells(field, typed))


def _choices(field: FactField, typed: Mapping[str, str]) -> list[tuple[str, str]]:
    """Choices in the page's language; what stands there and is none of them stays one."""
    if field.kind == "yes_no":
        return [("", _("please choose")), ("ja", _("yes")), ("nein", _("no"))]
    if field.kind != "choice":
        return []
    german = current_lang() == "de"
    rows = [(de, de if german else en) for de, en in field.choices]
    value = typed.get(f"fact_{field.key}", "")
    if value and value not in dict(rows):
        rows.insert(0, (value, value))
    return [("", _("please choose") if field.mandatory else _("not stated")), *rows]


def _cells(field: FactField, typed: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    if field.kind != "nutrition":
        return []
    labels = {"kj": _("energy in kJ"), "kcal": _("energy in kcal"), "fat": _("fat"),
              "saturates": _("of which saturates"), "carbohydrate": _("carbohydrate"),
              "sugars": _("of which sugars"), "protein": _("protein"), "salt": _("salt")}
    units = {"kj": "kJ", "kcal": "kcal"}
    return [(f"fact_{field.key}_{part}", labels[part],
             typed.get(f"fact_{field.key}_{part}", ""), units.get(part, "g")) for part in PARTS]


def facts_shown(fields: Sequence[FactField], facts: Mapping[str, object]) -> dict[str, str]:
    """Stored particulars as they stand in the inputs."""
    found: dict[str, str] = {}
    for field in fields:
        value = facts.get(field.key, "")
        if field.kind == "nutrition":
            found |= {f"fact_{field.key}_{part}": text
                      for part, text in nutrition_parts(value).items()}
        else:
            found[f"fact_{field.key}"] = _shown(field, value)
    return found


def _shown(field: FactField, value: object) -> str:
    if field.kind == "choice":
        return next((de for de, en in field.choices if value in (de, en)), words_of(value, ""))
    if field.kind == "yes_no" and value != "":
        return "ja" if str(value).lower() in ("ja", "yes", "true", "1") else "nein"
    if isinstance(value, dict):
        return "; ".join(f"{part}: {amount}" for part, amount in value.items())
    return words_of(value, "")
