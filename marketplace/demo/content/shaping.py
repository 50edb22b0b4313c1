"""Turns the plain data of a TOML file into a dataclass, strictly: no key may be left over."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from marketplace.demo.content.faults import Fault


class Shaper:
    """Builds dataclasses from data of one file and collects what does not fit."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def shape(self, kind: type, data: Any, place: str) -> Any:
        """The dataclass, or None with faults noted."""
        if not isinstance(data, dict):
            return self._fault(place, "should be a table")
        hints = get_type_hints(kind)
        known = {one.name: one for one in fields(kind)}
        for key in data.keys() - known.keys():
            self._fault(f"{place}.{key}", "is not a key that means anything here")
        values = {}
        for name, one in known.items():
            if name in data:
                values[name] = self._value(hints[name], data[name], f"{place}.{name}")
            elif one.default is MISSING and one.default_factory is MISSING:
                self._fault(f"{place}.{name}", "is missing")
                values[name] = None
        return kind(**values)

    def _value(self, hint: Any, data: Any, place: str) -> Any:
        """A value of the wanted type."""
        if isinstance(hint, UnionType):
            hint = next(kind for kind in get_args(hint) if kind is not type(None))
        origin = get_origin(hint)
        if is_dataclass(hint) and isinstance(hint, type):
            return self.shape(hint, data, place)
        if origin is tuple:
            return self._many(get_args(hint)[0], data, place)
        if origin is dict:
            return data if isinstance(data, dict) else self._fault(place, "should be a table")
        return self._plain(hint, data, place)

    def _many(self, hint: Any, data: Any, place: str) -> tuple[Any, ...]:
        """A tuple of values; the slug or handle of an entry names it in faults."""
        if not isinstance(data, list):
            self._fault(place, "should be a list")
            return ()
        return tuple(
            self._value(hint, one, f"{place}[{_name_of(one, number)}]")
            for number, one in enumerate(data)
        )

    def _plain(self, hint: Any, data: Any, place: str) -> Any:
        """A word, a number or yes/no, of exactly that type."""
        if hint is float and isinstance(data, int) and not isinstance(data, bool):
            return float(data)
        if isinstance(data, bool) is not (hint is bool) or not isinstance(data, hint):
            return self._fault(place, f"should be {hint.__name__}, is {data!r}")
        return data.strip() if hint is str else data

    def _fault(self, place: str, sentence: str) -> None:
        self.faults.append(Fault(self.file, place.removeprefix("."), sentence))


def _name_of(data: Any, number: int) -> str:
    """How an entry of a list is called in a fault."""
    if isinstance(data, dict):
        for key in ("slug", "sku", "handle", "title", "product"):
            if isinstance(data.get(key), str):
                return str(data[key])
    return str(number)
