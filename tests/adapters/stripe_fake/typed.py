"""What Stripe accepts, read from the installed package, whose types are made from its API."""

from __future__ import annotations

import re
import sys
import types
import typing
from functools import cache
from pathlib import Path
from typing import Any

import stripe
import typing_extensions
from pydantic import ConfigDict, TypeAdapter, ValidationError

PACKAGE = Path(str(stripe.__file__)).parent
_IMPORT = re.compile(r"from (stripe\.params[\w.]*) import \(?\s*([\w,\s]+?)\)?\n")
_CALL = re.compile(
    r'def (\w+)\((?:(?!def ).)*?params: (?:Optional\[)?(?:"(\w+)"|None)(?:(?!def ).)*?'
    r'self\._request\(\s*"(\w+)",\s*("[^"]+"(?:\.format\([^_]*?\)(?=,\s*base))?)', re.S)
_OPEN_ENUM = re.compile(r"(Literal\[[^\]]*\])\s*\|\s*str", re.S)
_OPEN_UNION = re.compile(r"Union\[\s*(Literal\[[^\]]*\]),\s*str,?\s*\]", re.S)


@cache
def operations() -> dict[tuple[str, str], tuple[str, str]]:
    """(verb, path template) -> (module, name) of the parameters' type; "" where it has none."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for file in PACKAGE.rglob("_*_service.py"):
        source = file.read_text("utf-8")
        known = {name.strip(): module for module, names in _IMPORT.findall(source)
                 for name in names.split(",") if name.strip()}
        for _function, name, verb, path in _CALL.findall(source):
            template = re.match(r'"([^"]+)"', path)
            assert template is not None
            found[verb.upper(), template.group(1)] = (known.get(name, ""), name)
    return found


@cache
def routes() -> list[tuple[str, re.Pattern[str], str]]:
    """Verb, pattern and template, plain paths before those with holes."""
    made = [(verb, re.compile("^" + re.sub(r"\{\w+\}", "([^/]+)", path) + "$"), path)
            for verb, path in operations()]
    return sorted(made, key=lambda row: row[2].count("{"))


@cache
def _adapter(module: str, name: str) -> TypeAdapter[Any]:
    """The type with open enumerations closed and unknown keys refused."""
    source = (PACKAGE.parent / (module.replace(".", "/") + ".py")).read_text("utf-8")
    source = _OPEN_UNION.sub(r"\1", _OPEN_ENUM.sub(r"\1", source))
    source = re.sub(r"UntypedStripeObject\[(\w+)\]", r"Dict[str, \1]", source)
    source = source.replace("(RequestOptions):", "(TypedDict):")
    strict = types.ModuleType("strict." + module)
    sys.modules[strict.__name__] = strict
    strict.__dict__.update(
        Any=typing.Any, Dict=dict, List=list, Union=typing.Union, Literal=typing.Literal,
        NotRequired=typing_extensions.NotRequired, TypedDict=typing_extensions.TypedDict)
    exec(compile(source, module, "exec"), strict.__dict__)
    for one in list(vars(strict).values()):
        if typing_extensions.is_typeddict(one) and one.__module__ == strict.__name__:
            one.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]
    adapter: TypeAdapter[Any] = TypeAdapter(getattr(strict, name))
    adapter.rebuild(_types_namespace=dict(vars(strict)))
    return adapter


def fault_of(verb: str, template: str, params: dict[str, Any]) -> tuple[str, str, str] | None:
    """Why Stripe would refuse these parameters: code, parameter, sentence; None if it would not."""
    module, name = operations()[verb, template]
    if not module:
        return ("parameter_unknown", next(iter(params)), "takes nothing") if params else None
    try:
        _adapter(module, name).validate_python(params)
    except ValidationError as refusal:
        first = refusal.errors()[0]
        place = ".".join(map(str, first["loc"]))
        code = "parameter_unknown" if first["type"] == "extra_forbidden" else \
            "parameter_missing" if first["type"] == "missing" else "parameter_invalid"
        return code, place, f"{place}: {first['msg']}"
    return None


def nested(items: typing.Iterable[tuple[str, str]]) -> dict[str, Any]:
    """A form of Stripe's kind as values: `a[b][0][c]=d` is `{"a": {"b": [{"c": "d"}]}}`."""
    root: dict[str, Any] = {}
    for key, value in items:
        parts = [part for part in re.split(r"[\[\]]+", key) if part]
        here = root
        for part in parts[:-1]:
            here = here.setdefault(part, {})
        here[parts[-1]] = value

    def listed(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        plain = {key: listed(inner) for key, inner in value.items()}
        if plain and all(key.isdigit() for key in plain):
            return [plain[key] for key in sorted(plain, key=int)]
        return plain

    made: dict[str, Any] = listed(root)
    return made
