"""How the columns of somebody's file become our fields: read from a small TOML file. Pure."""

from __future__ import annotations

import ast
import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_ROWS, MOST_COLUMNS, MOST_BYTES = 50_000, 200, 200 * 1024 * 1024
KINDS = ("products", "ratings", "members")
FIELDS = {
    "products": {"sku", "title_de", "title_en", "title", "producer", "category", "price", "stock",
                 "amount", "unit", "gtin", "region", "country", "place_of_making", "website",
                 "teaser_de", "teaser_en", "story_de", "story_en", "not_for_de", "not_for_en"},
    "ratings": {"ref", "person", "product", "value", "at", "words"},
}
NEEDED = {"products": ("sku", "producer", "category", "price"),
          "ratings": ("ref", "person", "product", "value")}
FORMULA = ("=", "+", "-", "@", "\t")


class MappingFault(ValueError):
    """A mapping file that cannot be used; says what and where."""


@dataclass(frozen=True, slots=True)
class FileMap:
    """What a mapping file says.

    columns: field -> column. constants: field -> value. lists: columns that hold lists. values:
    field -> {value in the file: ours}. facts: our particular -> column. fixed_facts: particular
    -> value. occasions: the column of what it goes with. texts: our text field -> a sentence with
    {column} places. scale: lowest and highest value of a rating. shop: what each new producer
    gets (iban, shipping_minor, countries, dispatch_days, answer_hours).
    """

    kind: str
    source: str
    columns: Mapping[str, str]
    constants: Mapping[str, Any]
    lists: frozenset[str]
    values: Mapping[str, Mapping[str, str]]
    facts: Mapping[str, str]
    fixed_facts: Mapping[str, Any]
    occasions: str
    texts: Mapping[str, str]
    scale: tuple[float, float]
    shop: Mapping[str, Any]
    prefix: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number (the header is 1) and its cells by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """A row as our fields, or its faults (column -> sentence)."""

    row: Row
    values: Mapping[str, Any]
    facts: Mapping[str, Any]
    occasions: Sequence[str]
    faults: Mapping[str, str] = field(default_factory=dict)


def read_map(text: str) -> FileMap:
    """The mapping of a TOML text. Raises MappingFault."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise MappingFault(f"The mapping is no TOML: {fault}") from fault
    kind = said.get("kind")
    if kind not in FIELDS:
        raise MappingFault(f"kind must be one of {', '.join(FIELDS)}")
    columns, constants = said.get("columns", {}), said.get("constants", {})
    unknown = (set(columns) | set(constants)) - FIELDS[kind]
    if unknown:
        raise MappingFault(f"unknown fields: {', '.join(sorted(unknown))}")
    given = set(columns) | set(constants) | set(said.get("texts", {}))
    missing = [name for name in NEEDED[kind] if name not in given]
    if missing:
        raise MappingFault(f"the mapping does not say where these come from: {', '.join(missing)}")
    low, high = said.get("scale", [0, 1])
    return FileMap(
        kind, str(said.get("source", "import")), columns, constants,
        frozenset(said.get("lists", ())), said.get("values", {}), said.get("facts", {}),
        said.get("fixed_facts", {}), str(said.get("occasions", "")), said.get("texts", {}),
        (float(low), float(high)), said.get("shop", {}), str(said.get("prefix", "")))


def decoded(body: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252. Raises MappingFault."""
    if len(body) > MOST_BYTES:
        raise MappingFault("The file is larger than 200 MB.")
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def rows_of(text: str) -> Iterator[Row]:
    """The rows of a table with a header; commas, semicolons or tabs. Raises MappingFault."""
    if "\x00" in text[:10_000]:
        raise MappingFault("This is no table of text.")
    head = text[:8192]
    first = head.splitlines()[0] if head.splitlines() else ""
    mark = max(",;\t", key=first.count)
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    header = [name.strip() for name in next(reader, [])]
    if not any(header):
        raise MappingFault("The file is empty.")
    if len(header) > MOST_COLUMNS:
        raise MappingFault(f"The file has {len(header)} columns; {MOST_COLUMNS} are possible.")
    if len(set(header)) != len(header):
        raise MappingFault("Two columns have the same name.")
    try:
        for number, cells in enumerate(reader, start=2):
            if number > MOST_ROWS + 1:
                raise MappingFault(f"The file has more than {MOST_ROWS} rows.")
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * (len(header) - len(cells))]
                yield Row(number, dict(zip(header, (c.strip() for c in padded), strict=False)))
    except csv.Error as fault:
        raise MappingFault(f"The table breaks near row {reader.line_num}: {fault}") from fault


def check_columns(header: Mapping[str, str], known: FileMap) -> None:
    """Every column the mapping names must be there. Raises MappingFault naming those that miss."""
    named = {*known.columns.values(), *known.facts.values(), *known.lists}
    named |= {known.occasions} if known.occasions else set()
    missing = sorted(named - set(header))
    if missing:
        raise MappingFault(f"The file has no column {', '.join(missing)}.")


def listed(text: str) -> list[str]:
    """The entries of a list written as text: ['a', 'b'], a|b or a, b."""
    if text.startswith("["):
        try:
            found = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            found = text.strip("[]").split(",")
        return [str(part).strip(" '\"") for part in found if str(part).strip(" '\"")]
    return [part.strip() for part in re.split(r"[|;,]", text) if part.strip()]


def price_minor(text: str) -> int | None:
    """A price in minor units: 9,90 · 9.90 · 1.299,00 · 1,299.00 · € 9; None if it is none."""
    plain = re.sub(r"(?i)€|eur|\s", "", text)
    match = re.fullmatch(r"(\d{1,3}(?:[.,]?\d{3})*|\d+)(?:[.,](\d{1,2}))?", plain)
    if not match:
        return None
    whole = int(re.sub(r"\D", "", match.group(1)))
    return whole * 100 + int((match.group(2) or "0").ljust(2, "0"))


def read_row(row: Row, known: FileMap) -> Read:
    """A row of products as our fields, with a sentence for each cell that cannot be taken."""
    faults: dict[str, str] = {}
    values: dict[str, Any] = dict(known.constants)
    for name, column in known.columns.items():
        text = row.cells.get(column, "")
        text = text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text
        table = known.values.get(name)
        values[name] = table.get(text, table.get("*", "")) if table else text
        if name in NEEDED[known.kind] and not values[name]:
            faults[column] = f"“{text[:40]}” is not known here." if table else "This is empty."
    for name, sentence in known.texts.items():
        values[name] = _filled(sentence, row.cells, known.lists)
    facts = {key: _fact(row.cells.get(column, ""), column in known.lists)
             for key, column in known.facts.items()}
    occasions = listed(row.cells.get(known.occasions, "")) if known.occasions else []
    return Read(row, values, {**known.fixed_facts, **{k: v for k, v in facts.items() if v}},
                occasions, faults)


def _filled(sentence: str, cells: Mapping[str, str], lists: frozenset[str]) -> str:
    def put(match: re.Match[str]) -> str:
        name = match.group(1)
        text = cells.get(name, "")
        return ", ".join(listed(text)) if name in lists else text

    return re.sub(r"\{([^{}]+)\}", put, sentence)


def _fact(text: str, is_list: bool) -> Any:
    return listed(text) if is_list else text


def scaled(text: str, scale: tuple[float, float]) -> float | None:
    """A rating as 0..1 of its scale; None if it is no number on it."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    low, high = scale
    return (value - low) / (high - low) if low <= value <= high else None
