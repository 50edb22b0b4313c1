"""How a column is declared: what it is about a person, by which right, for how long."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FORGET = ("delete", "empty", "words", "own", "law", "keep")
"""What erasing does with a row: it goes, its words go, its words go if the person wants that, an
action of the room sees to it, a law keeps it for its years, it stays without saying who.
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """Basis in the GDPR, whether everybody may see it, and the key of purpose and retention."""

    key: str
    basis: str
    public: bool


FACTS: Mapping[str, Fact] = {one.key: one for one in (
    Fact("account", "6(1)(b)", False), Fact("secret", "6(1)(f)", False),
    Fact("login", "6(1)(f)", False), Fact("profile", "6(1)(b)", True),
    Fact("address", "6(1)(b)", False), Fact("ties", "6(1)(b)", False),
    Fact("wish", "6(1)(b)", False), Fact("health", "9(2)(a)", False),
    Fact("consent", "7(1)", False), Fact("standing", "6(1)(f)", False),
    Fact("sight", "6(1)(f)", False), Fact("erased", "6(1)(c)", False),
    Fact("words", "6(1)(b)", True), Fact("vote", "6(1)(b)", False),
    Fact("taste", "6(1)(a)", False), Fact("ask", "6(1)(a)", False),
    Fact("check", "6(1)(f)", False), Fact("group", "6(1)(b)", False),
    Fact("list", "6(1)(b)", False), Fact("basket", "6(1)(b)", False),
    Fact("way", "6(1)(a)", False), Fact("order", "6(1)(b), (c)", False),
    Fact("payment", "6(1)(b), (c)", False), Fact("letter", "6(1)(b)", False),
    Fact("trader", "6(1)(c)", True), Fact("house", "6(1)(b)", True),
    Fact("staff", "6(1)(f)", False), Fact("moderation", "6(1)(c)", False),
    Fact("counting", "6(1)(f)", False), Fact("job", "6(1)(f)", False),
)}
META = frozenset(("owner", "also", "forget", "empty", "plain"))


@dataclass(frozen=True, slots=True)
class Declared:
    """One table: whose its rows are, what erasing does, and columns by fact."""

    room: str
    table: str
    owner: str
    also: str
    forget: str
    empty: tuple[str, ...]
    plain: tuple[str, ...]
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def columns(self) -> list[str]:
        """Every declared column, as often as it is declared."""
        return [*self.plain, *(name for names in self.facts.values() for name in names)]


def read_declared(room: str, text: str) -> list[Declared]:
    """The declarations of a room's `personal.toml`."""
    return [_table(room, name, row) for name, row in tomllib.loads(text).items()]


def _table(room: str, name: str, row: Mapping[str, Any]) -> Declared:
    def names(key: str) -> tuple[str, ...]:
        return tuple(str(row.get(key, "")).split())

    return Declared(room, name, str(row.get("owner", "")), str(row.get("also", "")),
                    str(row.get("forget", "keep")), names("empty"), names("plain"),
                    {key: names(key) for key in row if key not in META})


def faults(declared: Sequence[Declared], columns: Mapping[str, Sequence[str]]) -> list[str]:
    """What the declarations miss, name twice or make up, against the tables there are."""
    known = {one.table: one for one in declared}
    found = [f"no table {name}" for name in known.keys() - columns.keys()]
    for table, there in columns.items():
        one = known.get(table)
        if one is None:
            found.append(f"{table} is not declared")
            continue
        told = one.columns()
        found += [f"{table}.{name} is not declared" for name in there if name not in told]
        found += [f"{table}.{name} is no column" for name in told if name not in there]
        found += [f"{table}.{name} is declared twice" for name in set(told)
                  if told.count(name) > 1]
        found += [f"{table}: no fact {key}" for key in one.facts if key not in FACTS]
        if one.forget not in FORGET:
            found.append(f"{table}: cannot forget by {one.forget}")
    return sorted(found)
