"""What the cells of a row of goods say, and what is wrong with each. Pure.

A fault is (code, args): the sentence is made where somebody reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from marketplace.catalog.rules.codes import gtin_ok
from marketplace.catalog.rules.columns import OTHER, is_particular, plain
from marketplace.catalog.rules.mapping import price_minor

Fault = tuple[str, dict[str, Any]]
MOST_PRICE, MOST_STOCK, MOST_AMOUNT, MOST_OCCASIONS = 10_000_000, 1_000_000, 1_000_000, 6
LENGTHS = {"sku": 40, "product": 80, "title": 80, "teaser": 160, "story": 6_000, "label": 80,
           "lot": 40, "not_for": 300, "place": 120, "picture_alt": 2_400, "fact": 1_000}
FACTORS = {"ml": ("ml", 1), "cl": ("ml", 10), "l": ("ml", 1_000), "liter": ("ml", 1_000),
           "litre": ("ml", 1_000), "g": ("g", 1), "gramm": ("g", 1), "gram": ("g", 1),
           "kg": ("g", 1_000), "cm": ("cm", 1), "m": ("cm", 100), "cm2": ("cm2", 1),
           "m2": ("cm2", 10_000), "piece": ("piece", 1), "pieces": ("piece", 1),
           "pcs": ("piece", 1), "stueck": ("piece", 1), "stk": ("piece", 1), "st": ("piece", 1)}
YES = {"yes", "ja", "1", "true", "wahr", "x", "y", "j"}
NO = {"no", "nein", "0", "false", "falsch", "n"}
RIGHTS = {"yes": "yes", "ja": "yes", "madetomeasure": "made_to_measure",
          "massanfertigung": "made_to_measure", "perishable": "perishable",
          "verderblich": "perishable", "sealedhygiene": "sealed_hygiene",
          "versiegelt": "sealed_hygiene", "enprimeur": "en_primeur",
          "subskription": "en_primeur"}
STARTS_FORMULA = re.compile(r"'*[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Words:
    """What values may be called: category and occasion by plain word -> slug; texts' language."""

    categories: Mapping[str, str]
    occasions: Mapping[str, str]
    lang: str = "de"


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as values by our names (texts by language: title_de), and its faults by column."""

    values: Mapping[str, Any]
    faults: Mapping[str, Fault] = field(default_factory=dict)


class Wrong(ValueError):
    """A cell that cannot be taken."""

    def __init__(self, code: str, **args: Any) -> None:
        super().__init__(code)
        self.fault: Fault = (code, args)


def written(text: str) -> str:
    """A cell as it goes into a file: what a program could take for a formula gets an apostrophe."""
    return f"'{text}" if STARTS_FORMULA.match(text) else text


def unwritten(text: str) -> str:
    """A cell as it was before `written`."""
    return text[1:] if text.startswith("'") and STARTS_FORMULA.match(text) else text


def price_of(text: str) -> int:
    """A price in minor units. Raises Wrong."""
    if re.search(r"-\s*\d", text):
        raise Wrong("price_negative", text=text[:40])
    minor = price_minor(text)
    if minor is None:
        raise Wrong("price_unread", text=text[:40])
    if not 1 <= minor <= MOST_PRICE:
        raise Wrong("price_range", text=text[:40])
    return minor


def whole(text: str, most: int, least: int = 0) -> int:
    """A whole number, also as a spreadsheet writes it (12,0). Raises Wrong."""
    found = re.fullmatch(r"(-?\d{1,9})(?:[.,]0)?", text.replace(" ", ""))
    if not found:
        raise Wrong("number_unread", text=text[:40])
    if not least <= int(found.group(1)) <= most:
        raise Wrong("number_range", text=text[:40], least=least, most=most)
    return int(found.group(1))


def amount_of(amount: str, unit: str) -> tuple[int | None, str | None]:
    """Amount and unit out of two cells: "0,75 l" is (750, "ml"). Raises Wrong."""
    found = re.fullmatch(r"(?i)\s*(\d+(?:[.,]\d+)?)?\s*([^\d\s].*)?", amount)
    if not found:
        raise Wrong("amount_unread", text=amount[:40])
    called = plain((found.group(2) or unit).replace("²", "2"))
    if not called and not found.group(1):
        return None, None
    if called and called not in FACTORS:
        raise Wrong("unit_unknown", text=(found.group(2) or unit)[:40])
    base, factor = FACTORS[called] if called else (None, 1)
    if not found.group(1):
        return None, base
    exact = Decimal(found.group(1).replace(",", ".")) * factor
    if re.fullmatch(r"[1-9]\d{0,2}[.,]000", found.group(1)):
        raise Wrong("amount_unread", text=f"{amount} {unit}".strip()[:40])  # 1 or 1,000?
    if exact != exact.to_integral_value() or not 1 <= exact <= MOST_AMOUNT:
        raise Wrong("amount_unread", text=f"{amount} {unit}".strip()[:40])
    return int(exact), base


def gtin_of(text: str) -> str:
    """A GTIN without blanks. Raises Wrong, naming what Excel does to long numbers."""
    bare = re.sub(r"[\s-]", "", text)
    if re.fullmatch(r"\d[.,]\d+E\+\d+", bare, re.IGNORECASE):
        raise Wrong("gtin_shortened", text=text[:40])
    if not gtin_ok(bare):
        raise Wrong("gtin_wrong", text=text[:40])
    return bare


def yes_of(text: str) -> bool:
    """Yes or no. Raises Wrong."""
    word = plain(text)
    if word not in YES | NO:
        raise Wrong("yes_no", text=text[:40])
    return word in YES


def listed(text: str) -> list[str]:
    """The entries of a list in one cell: a | b, a; b or a, b."""
    mark = "|" if "|" in text else ";" if ";" in text else ","
    return [part.strip() for part in text.split(mark) if part.strip()]


def fact_of(text: str) -> object:
    """A particular: one text, a list (a | b), or values by name (Fett: 0 g | Salz: 0 g)."""
    parts = [part.strip() for part in text.split("|")] if "|" in text else [text]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return parts[0] if parts else ""
    if all(re.fullmatch(r"[^:]+:\s*.+", part) for part in parts):
        return {name.strip(): value.strip() for name, _colon, value in
                (part.partition(":") for part in parts)}
    return parts


def printed_fact(value: object) -> str:
    """A particular as one cell; `fact_of` reads it back."""
    if isinstance(value, dict):
        return " | ".join(f"{name}: {part}" for name, part in value.items())
    if isinstance(value, list):
        return " | ".join(str(part) for part in value)
    return "" if value is None else str(value)


def _text(name: str, text: str) -> str:
    most = LENGTHS[name]
    if len(text) > most:
        raise Wrong("too_long", count=len(text), most=most)
    return text


def _category(text: str, words: Words) -> str:
    last = re.split(r"[>›/|]", text)[-1]
    for word in (plain(text), plain(last)):
        if word in words.categories:
            return words.categories[word]
    raise Wrong("category_unknown", text=text[:60])


def _occasions(text: str, words: Words) -> list[str]:
    slugs: list[str] = []
    for part in listed(text):
        slug = words.occasions.get(plain(part))
        if slug is None:
            raise Wrong("occasion_unknown", text=part[:60])
        slugs.append(slug)
    found = list(dict.fromkeys(slugs))
    if len(found) > MOST_OCCASIONS:
        raise Wrong("occasions_many", count=len(found), most=MOST_OCCASIONS)
    return sorted(found)


def _pictures(text: str, words: Words) -> list[str]:
    names = listed(text)
    for name in names:
        if re.match(r"(?i)[a-z]+://|//|www\.", name):
            raise Wrong("picture_address", text=name[:60])
    return [name.replace("\\", "/").rsplit("/", 1)[-1] for name in names]


def _withdrawal(text: str) -> str:
    if plain(text) not in RIGHTS:
        raise Wrong("withdrawal_unknown", text=text[:40])
    return RIGHTS[plain(text)]


Reader = Callable[[str, Words], Any]
READERS: Mapping[str, Reader] = {
    "sku": lambda text, words: _text("sku", text),
    "product": lambda text, words: _text("product", text),
    "price": lambda text, words: price_of(text),
    "deposit": lambda text, words: price_of(text) if text.strip("0,. ") else 0,
    "stock": lambda text, words: whole(text, MOST_STOCK),
    "gtin": lambda text, words: gtin_of(text),
    "lot": lambda text, words: _text("lot", text),
    "drained": lambda text, words: whole(text, MOST_AMOUNT, 1),
    "weight_g": lambda text, words: whole(text, MOST_AMOUNT),
    "made_to_order": lambda text, words: yes_of(text),
    "lead_days": lambda text, words: whole(text, 365, 1),
    "place": lambda text, words: _text("place", text),
    "withdrawal": lambda text, words: _withdrawal(text),
    "category": _category, "occasions": _occasions, "picture": _pictures,
}
SPOKEN = ("title", "teaser", "story", "not_for", "label", "picture_alt")
"""Columns whose words have a language: unmarked the row's, `_en` English."""


def lang_of(data: Mapping[str, str], words: Words) -> str:
    """The language of a row's unmarked texts. Raises Wrong."""
    said = data.get("lang", "").strip().lower()[:20]
    if not said:
        return words.lang
    if said[:2] not in ("de", "en"):
        raise Wrong("lang_unknown", text=said)
    return said[:2]


def read_cells(data: Mapping[str, str], words: Words) -> Cells:
    """A row of cells by our names as values; empty cells say nothing."""
    values: dict[str, Any] = {}
    faults: dict[str, Fault] = {}

    def take(name: str, read: Callable[[], Mapping[str, Any]]) -> None:
        try:
            values.update(read())
        except Wrong as wrong:
            faults[name] = wrong.fault

    said = {name: unwritten(text) for name, text in data.items() if text}
    for name in said:
        if data[name].startswith("="):
            faults[name] = ("formula", {"text": data[name][:40]})
    lang = words.lang
    try:
        lang = lang_of(said, words)
    except Wrong as wrong:
        faults["lang"] = wrong.fault
    for name, text in said.items():
        if name in faults or name in ("lang", "amount", "unit"):
            continue
        take(name, lambda name=name, text=text: _value(name, text, lang, words))  # type: ignore[misc]
    if "amount" in said or "unit" in said:
        take("amount", lambda: _amounts(said.get("amount", ""), said.get("unit", "")))
    if not said.get("sku"):
        faults["sku"] = ("sku_missing", {})
    return Cells(values, faults)


def _amounts(amount: str, unit: str) -> Mapping[str, Any]:
    count, base = amount_of(amount, unit)
    found: dict[str, Any] = {} if base is None else {"unit": base}
    return found if count is None else {**found, "amount": count}


def _value(name: str, text: str, lang: str, words: Words) -> Mapping[str, Any]:
    """One cell as values by name. Raises Wrong."""
    spoken = name.removesuffix("_en")
    if spoken in SPOKEN:
        return {f"{spoken}_{'en' if name.endswith('_en') else lang}": _text(spoken, text)}
    if is_particular(name):
        return {name: fact_of(_text("fact", text))}
    return {name: READERS[name](text, words)}


def without_base(name: str) -> str:
    """The particular that an English one belongs to."""
    return name.removesuffix(OTHER)
