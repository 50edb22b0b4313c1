"""Reads the house as text: its files, what they import, what they define."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent.parent
FIRST_MIGRATION = "migrations/versions/0001_first_tables.py"


@dataclass(frozen=True)
class Source:
    """A file of the house, or a planted one: path from the root of the repository, and text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text, self.path)

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    @property
    def room(self) -> str:
        """The folder below marketplace/, or the file's name if it stands there itself."""
        return self.path.split("/")[1].removesuffix(".py")

    @property
    def piece(self) -> str:
        """The piece of furniture: models, rules, queries ..., "" for the room's own docstring."""
        parts = self.path.split("/")
        name = parts[2].removesuffix(".py") if len(parts) > 2 else ""
        return "" if name == "__init__" else name

    @cached_property
    def imports(self) -> list[tuple[int, str]]:
        """Line and full dotted name of everything imported, also inside functions."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(node.lineno, name.name) for name in node.names]
            elif isinstance(node, ast.ImportFrom):
                start = "." * node.level + (node.module or "")
                found += [(node.lineno, f"{start}.{name.name}") for name in node.names]
        return found


@cache
def source(path: Path) -> Source:
    """One file, read and parsed once for all tests."""
    return Source(str(path.relative_to(REPO)), path.read_text("utf-8"))


def sources(*folders: str, ending: str = ".py") -> list[Source]:
    """All files below these folders with this ending, read as text."""
    found = []
    for folder in folders:
        start = REPO / folder
        paths = [start] if start.is_file() else sorted(start.rglob(f"*{ending}"))
        found += [source(path) for path in paths if path.is_file()]
    assert found, folders
    return found


def top_definitions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Classes, functions, and methods of classes; not what stands inside functions."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{node.name}.{inner.name}", inner


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function, however deep."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def told(faults: list[str]) -> str:
    """The faults as one readable text for an assertion."""
    return "\n" + "\n".join(faults)
