"""Do the tests notice? One comparison, operator, connective or number is changed at a time.

    python bench/mutate.py marketplace/recommend/rules --tests tests/recommend/test_rules.py ...

For every change of the modules below the folder a fresh process runs those of the tests that need
neither app nor database, and stops at the first that fails. Prints how many changes of each module
were noticed, and every one that was not. A run that takes longer than --seconds counts as noticed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import os
import signal
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

HOUSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOUSE))

PRELOADED = ("numpy", "pytest", "scipy.sparse", "scipy.special", "flask", "sqlalchemy",
             "flask_babel", "flask_login")  # fmt: skip
OTHER: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.And: ast.Or,
    ast.Or: ast.And,
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One changed place: where, from what to what, and the whole module with it."""

    line: int
    words: str
    tree: ast.Module


class Pure:
    """Leaves out tests that ask for an app or a database."""

    def pytest_collection_modifyitems(self, config: Any, items: list[Any]) -> None:
        """Keep what needs none of them."""
        barred = {"app", "market", "database", "cast"}
        items[:] = [one for one in items if not barred & set(getattr(one, "fixturenames", ()))]


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the changed module in the place of the one on the disk."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self._name, self._path, self._tree = name, path, tree

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Answer for this one module only."""
        if name != self._name:
            return None
        return importlib.machinery.ModuleSpec(name, self, origin=str(self._path))

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed code."""
        exec(compile(self._tree, str(self._path), "exec"), module.__dict__)


def changes(source: str) -> Iterator[Change]:
    """Make every change of a module, one at a time, in the order of its lines."""
    tree = ast.parse(source)
    for number, node in enumerate(_places(tree)):
        for words, change in _others(node):
            made = copy.deepcopy(tree)
            change(_places(made)[number])
            yield Change(getattr(node, "lineno", 0), words, ast.fix_missing_locations(made))


def _places(tree: ast.Module) -> list[ast.AST]:
    """Every node that runs: no types, no decorators, no words."""
    found: list[ast.AST] = []

    def walk(node: ast.AST) -> None:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            return
        found.append(node)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_params"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    walk(child)

    walk(tree)
    return found


def _others(node: ast.AST) -> list[tuple[str, Any]]:
    """What a node can be changed to: in words, and what changes it."""
    made: list[tuple[str, Any]] = []
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            made.append(_swap(node, operator, lambda n, new, at=at: n.ops.__setitem__(at, new)))
    elif isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp) and type(node.op) in OTHER:
        made.append(_swap(node, node.op, lambda n, new: setattr(n, "op", new)))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        made.append((f"{ast.unparse(node)} -> {ast.unparse(node.operand)}",
                     lambda n: setattr(n, "op", ast.UAdd()) if isinstance(n.op, ast.USub)
                     else _unnegate(n)))  # fmt: skip
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
        value = node.value
        new = not value if isinstance(value, bool) else (
            value + 1 if isinstance(value, int) else value * 1.1 if value else 1.0)
        made.append((f"{value} -> {new}", lambda n: setattr(n, "value", new)))
    return made


def _swap(node: ast.AST, operator: Any, put: Any) -> tuple[str, Any]:
    new = OTHER[type(operator)]
    words = f"{ast.unparse(node)[:60]}: {type(operator).__name__} -> {new.__name__}"
    return words, lambda n: put(n, new())


def _unnegate(node: ast.UnaryOp) -> None:
    """`not x` becomes `not not x`: the truth of x."""
    node.operand = ast.UnaryOp(ast.Not(), node.operand)


def noticed(name: str, path: Path, tree: ast.Module | None, tests: Sequence[str], seconds: int
            ) -> bool:
    """Whether a test fails with the changed module, in a process of its own; None: unchanged."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            signal.alarm(seconds)
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            if tree is not None:
                sys.meta_path.insert(0, Changed(name, path, tree))
            import pytest

            code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly",
                                    *tests], plugins=[Pure()]))  # fmt: skip
        finally:
            os._exit(code)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != 0


def look_at(path: Path, tests: Sequence[str], seconds: int, lines: Collection[int]
            ) -> tuple[int, list[str]]:
    """Try every change of one module; how many there are, and those that nobody noticed."""
    name = ".".join(path.relative_to(HOUSE).with_suffix("").parts)
    kept, count = [], 0
    for change in changes(path.read_text("utf-8")):
        if lines and change.line not in lines:
            continue
        count += 1
        if not noticed(name, path, change.tree, tests, seconds):
            kept.append(f"{path.stem} {change.line}: {change.words}")
            print(f"    {kept[-1]}", flush=True)
    return count, kept


def main() -> None:
    """Read the options and try all modules."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, help="modules to change")
    options.add_argument("--tests", nargs="+", required=True)
    options.add_argument("--only", nargs="*", default=(), help="names of modules")
    options.add_argument("--lines", nargs="*", type=int, default=(), help="only these lines")
    options.add_argument("--seconds", type=int, default=60)
    chosen = options.parse_args()
    for module in PRELOADED:
        __import__(module)
    os.chdir(HOUSE)
    if noticed("", HOUSE, None, chosen.tests, 600):
        sys.exit("the tests fail without any change")
    total = lost = 0
    for path in sorted((HOUSE / chosen.folder).rglob("*.py")):
        if path.stem == "__init__" or (chosen.only and path.stem not in chosen.only):
            continue
        count, kept = look_at(path, chosen.tests, chosen.seconds, chosen.lines)
        total, lost = total + count, lost + len(kept)
        print(f"{path.stem}: {count - len(kept)} of {count} noticed", flush=True)
    print(f"all: {total - lost} of {total} noticed")


if __name__ == "__main__":
    main()
