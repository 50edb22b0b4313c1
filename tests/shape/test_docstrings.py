"""House, conventions: modules, public classes and public functions say what they are for."""

from __future__ import annotations

import ast

from tests.shape.house import Source, sources, told, top_definitions

LIBRARY_HOOKS = {"process_bind_param", "process_result_value", "get_translations", "bind_field"}
"""Names that a library calls; its documentation says what they do."""


def bare(found: list[Source]) -> list[str]:
    """Modules, public classes, functions and methods without a docstring."""
    faults = []
    for source in found:
        if source.text.strip() and not ast.get_docstring(source.tree):
            faults.append(f"{source.path}: the module says nothing")
        for name, node in top_definitions(source.tree):
            last = name.split(".")[-1]
            if any(part.startswith("_") for part in name.split(".")) or last in LIBRARY_HOOKS:
                continue
            if not ast.get_docstring(node) and not _is_overload(node):  # type: ignore[arg-type]
                faults.append(f"{source.path}:{node.lineno} {name}")  # type: ignore[attr-defined]
    return faults


def _is_overload(node: ast.AST) -> bool:
    """Another signature of a function that says itself what it does."""
    return any(ast.unparse(mark) == "overload" for mark in getattr(node, "decorator_list", ()))


def parroting(found: list[Source]) -> list[str]:
    """Docstrings whose words are only those of the name."""
    faults = []
    for source in found:
        for name, node in top_definitions(source.tree):
            words = (ast.get_docstring(node) or "").lower().rstrip(".")  # type: ignore[arg-type]
            if words and words == name.split(".")[-1].replace("_", " ").strip():
                faults.append(f"{source.path} {name}: {words!r}")
    return faults


def test_everything_public_has_a_docstring() -> None:
    """House, types and docstrings."""
    found = sources("marketplace", "bench", "wsgi.py", "migrations/env.py")
    assert not bare(found), told(bare(found))


def test_every_test_module_says_what_it_proves() -> None:
    """A test's name is its sentence; the module says what stands here."""
    silent = [one.path for one in sources("tests")
              if one.text.strip() and not ast.get_docstring(one.tree)]
    assert not silent, told(silent)


def test_no_docstring_repeats_the_name() -> None:
    """House, types and docstrings: the effect in the reader's words."""
    assert not parroting(sources("marketplace")), told(parroting(sources("marketplace")))


def test_docstring_check_can_fail() -> None:
    """Planted: a silent module, class, method and function; private and inner ones are free."""
    text = ("class A:\n    def b(self):\n        def inner():\n            pass\n\n"
            "def _c():\n    pass\n\ndef d():\n    pass\n")
    assert bare([Source("m.py", text)]) == [
        "m.py: the module says nothing", "m.py:1 A", "m.py:2 A.b", "m.py:9 d"]
    echo = Source("m.py", '"""M."""\n\ndef own_role():\n    """Own role."""\n')
    assert len(parroting([echo])) == 1
