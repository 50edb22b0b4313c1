"""House rule 4: one place commits."""

from __future__ import annotations

import ast

from tests.shape.house import Source, sources, told

ALLOWED = {
    "marketplace/foundation/database.py": {"session"},
    # The index is files, not the database: its writers have a word of the same name.
    "marketplace/adapters/fulltext/tantivy/engine.py": {"writer"},
    "marketplace/adapters/fulltext/whoosh/writing.py": {"writer"},
}
OWN_CHANGE = {
    # View counts are written after the answer is out, where no view's change is open.
    "marketplace/journal/actions.py",
}


def commits(found: list[Source]) -> list[str]:
    """Calls of `.commit(` outside the allowed places."""
    faults = []
    for source in found:
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr != "commit":
                continue
            whose = ast.unparse(node.func.value)
            if whose not in ALLOWED.get(source.path, set()):
                faults.append(f"{source.path}:{node.lineno} {whose}.commit(")
    return faults


def actions_that_open_a_change(found: list[Source]) -> list[str]:
    """Actions and rules that use `committing`: only views, jobs and commands may."""
    return [f"{source.path}:{line}" for source in found
            if source.piece in ("actions", "rules", "queries", "models", "forms")
            for line, name in source.imports
            if name.endswith(".committing") and source.path not in OWN_CHANGE]


def test_only_the_database_module_commits() -> None:
    """House rule 4; foundation-3 rests on it."""
    found = sources("marketplace", "wsgi.py")
    assert not commits(found), told(commits(found))


def test_no_action_opens_a_change() -> None:
    """House rule 4: actions flush; a view, a job or a command opens the change."""
    found = actions_that_open_a_change(sources("marketplace"))
    assert not found, told(found)


def test_commit_check_can_fail() -> None:
    """Planted: an action that commits, by any name of the session, or opens a change."""
    text = "from marketplace.foundation.database import committing, db\ndb.session.commit()\n"
    planted = [Source("marketplace/reviews/actions.py", text)]
    assert commits(planted) == ["marketplace/reviews/actions.py:2 db.session.commit("]
    assert actions_that_open_a_change(planted) == ["marketplace/reviews/actions.py:1"]
