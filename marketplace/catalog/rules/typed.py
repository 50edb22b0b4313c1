"""What somebody typed as a particular or a price, read into values. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from marketplace.catalog.rules.fields import FactField, is_yes

NUTRIENTS: Final = (
    ("fat", "Fett", "fat"), ("saturates", "davon gesättigt", "of which saturates"),
    ("carbohydrate", "Kohlenhydrate", "carbohydrate"),
    ("sugars", "davon Zucker", "of which sugars"), ("protein", "Eiweiß", "protein"),
    ("salt", "Salz", "salt"))
ENERGY: Final = ("kj", "kcal")
PARTS: Final = (*ENERGY, *(key for key, _de, _en in NUTRIENTS))
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)?")
_SHARE: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


@dataclass(frozen=True, slots=True)
class Both:
    """A value that is said in both languages at once."""

    de: object
    en: object


class Unread(ValueError):
    """It cannot be read; the text is why: number, range, shares, nutrition, parts."""


def figure(text: str) -> float | int | None:
    """A number as people of both languages type it; None if it is none."""
    plain = text.strip().replace("\u00a0", "")
    if not _FIGURE.fullmatch(plain):
        return None
    value = float(plain.replace(",", "."))
    return int(value) if value == int(value) and "," not in plain and "." not in plain else value


def read_fact(field: FactField, text: str, parts: Mapping[str, str]) -> object:
    """The value of one particular; "" for nothing. Raises Unread.

    `parts` are the cells of a nutrition table by PARTS.
    """
    if field.kind == "nutrition":
        return _nutrition(parts)
    if not text:
        return ""
    if field.kind == "yes_no":
        return Both("ja", "yes") if is_yes(text) else Both("nein", "no")
    if field.kind == "choice":
        pair = next((one for one in field.choices if text in one), None)
        return Both(*pair) if pair else text
    if field.kind == "number":
        return _number(field, text)
    if field.kind == "percentages" and not shares_fit(text):
        raise Unread("shares")
    return text


def _number(field: FactField, text: str) -> float | int:
    value = figure(text)
    if value is None:
        raise Unread("number")
    if field.unit.startswith("%") and not 0 <= value <= 100:
        raise Unread("range")
    return value


def shares_fit(text: str) -> bool:
    """Whether the percentages of every group add up to 100; groups stand apart by semicolons."""
    groups = [group for group in re.split(r"[;\n]", text) if group.strip()]
    sums = [sum((Decimal(share.replace(",", ".")) for share in _SHARE.findall(group)),
                Decimal(0)) for group in groups]
    return bool(sums) and all(abs(total - 100) <= Decimal("0.5") for total in sums)


def _nutrition(parts: Mapping[str, str]) -> object:
    """The table per 100 g or ml in both languages. Raises Unread."""
    typed = {key: parts.get(key, "").strip() for key in PARTS}
    if not any(typed.values()):
        return ""
    values = {key: figure(text) for key, text in typed.items()}
    if any(value is None for value in values.values()):
        raise Unread("nutrition")
    found = {key: float(value or 0) for key, value in values.items()}
    if abs(found["kj"] - found["kcal"] * 4.184) > 0.03 * found["kj"] + 5:
        raise Unread("energy")
    if found["saturates"] > found["fat"] or found["sugars"] > found["carbohydrate"]:
        raise Unread("parts")
    german = {"Brennwert": f"{found['kj']:g} kJ / {found['kcal']:g} kcal"}
    english = {"energy": f"{found['kj']:g} kJ / {found['kcal']:g} kcal"}
    for key, de, en in NUTRIENTS:
        german[de] = f"{found[key]:g} g".replace(".", ",")
        english[en] = f"{found[key]:g} g"
    return Both(german, english)


def nutrition_parts(value: object) -> dict[str, str]:
    """The cells of a stored nutrition table by PARTS."""
    if not isinstance(value, dict):
        return {}
    cells = {str(name).lower(): str(amount) for name, amount in value.items()}
    energy = re.findall(r"[\d.,]+", cells.get("brennwert") or cells.get("energy") or "")
    found = dict(zip(ENERGY, energy, strict=False))
    for key, de, en in NUTRIENTS:
        amount = re.search(r"[\d.,]+", cells.get(de.lower()) or cells.get(en) or "")
        if amount:
            found[key] = amount.group()
    return found


def read_price(text: str, lang: str) -> tuple[int | None, str]:
    """A typed price in minor units and what was understood, as digits; None if it is none.

    In German a comma parts the cents and a point the thousands, in English the other way round;
    two digits behind either are cents in both. Three behind a single one are thousands where the
    language says so, and no price where it does not.
    """
    plain = re.sub(r"(?i)€|eur|\s", "", text)
    cents, thousands = (",", ".") if lang == "de" else (".", ",")
    for decimal, group in ((cents, thousands), (thousands, cents)):
        whole = rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+|\d+"
        match = re.fullmatch(rf"(-?)({whole})(?:{re.escape(decimal)}(\d{{1,2}}))?", plain)
        if match and (decimal == cents or group not in match.group(2)):
            minor = int(match.group(2).replace(group, "")) * 100
            minor += int((match.group(3) or "0").ljust(2, "0"))
            minor = -minor if match.group(1) else minor
            return minor, f"{minor // 100}{cents}{abs(minor) % 100:02d}"
    return None, plain[:20]
