"""House, furniture: the only names of files that may stand in a room."""

from __future__ import annotations

from marketplace import ROOMS
from tests.shape.house import REPO, told

FURNITURE = {"__init__", "models", "rules", "queries", "actions", "forms", "events", "jobs",
             "views"}
OWN_SHAPE = {"foundation", "adapters", "web", "demo"}
"""Not rooms of a capability: the ground, the doors and the content have shapes of their own."""
EXTRA = {
    ("recommend", "offline"): "the command `recommend offline` of house, addresses and commands",
    ("search", "offline"): "the command `search offline` of house, addresses and commands",
    ("storefront", "words"): "long texts of the operator: imprint, terms, privacy",
}
NEVER = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "base",
         "services", "service", "shared", "lib", "tools"}


def strange_names(paths: list[str]) -> list[str]:
    """Files or folders of a room that are no furniture, and names that say nothing."""
    faults = set()
    for path in paths:
        parts = path.split("/")
        stem = parts[2].removesuffix(".py") if len(parts) > 2 else "__init__"
        room = parts[1]
        if room in ROOMS and room not in OWN_SHAPE and (
                stem not in FURNITURE and (room, stem) not in EXTRA):
            faults.add(f"marketplace/{room}/{stem}")
        if any(part.removesuffix(".py") in NEVER for part in parts[1:]):
            faults.add(path)
    return sorted(faults)


def rooms_without_words(rooms: dict[str, str]) -> list[str]:
    """Rooms whose __init__ says nothing, or does something."""
    import ast

    faults = []
    for name, text in rooms.items():
        tree = ast.parse(text)
        words = ast.get_docstring(tree) or ""
        if len(words) < 40 or len(tree.body) > 1:
            faults.append(name)
    return faults


def _python_files() -> list[str]:
    return [str(path.relative_to(REPO)) for path in (REPO / "marketplace").rglob("*.py")]


def test_rooms_hold_only_furniture() -> None:
    """House, furniture: never another name."""
    assert not strange_names(_python_files()), told(strange_names(_python_files()))


def test_every_exception_is_still_there() -> None:
    """A named exception that nothing needs is taken out."""
    gone = [f"{room}/{stem}" for room, stem in EXTRA
            if not (REPO / f"marketplace/{room}/{stem}.py").exists()
            and not (REPO / f"marketplace/{room}/{stem}").is_dir()]
    assert not gone, told(gone)


def test_every_folder_is_a_known_room() -> None:
    """House, rooms: the written order names every room."""
    folders = {path.name for path in (REPO / "marketplace").iterdir()
               if path.is_dir() and path.name != "__pycache__"}
    assert folders - set(ROOMS) == {"commands", "handlers", "reactions", "translations"}
    assert set(ROOMS) <= folders


def test_every_room_says_what_it_is() -> None:
    """House, rooms: a room's __init__.py is its docstring and nothing else."""
    rooms = {name: (REPO / f"marketplace/{name}/__init__.py").read_text("utf-8")
             for name in ROOMS if name not in OWN_SHAPE}
    assert not rooms_without_words(rooms), told(rooms_without_words(rooms))


def test_test_folders_are_rooms() -> None:
    """House rule 1: one capability, one folder of the same name in tests and templates."""
    known = set(ROOMS) | {"shape", "stories", "browser", "load", "bench", "commands"}
    strange = {path.name for path in (REPO / "tests").iterdir()
               if path.is_dir() and path.name != "__pycache__"} - known
    drawn = set(ROOMS) | {"parts", "mail", "errors"}
    strange |= {path.name for path in (REPO / "templates").iterdir() if path.is_dir()} - drawn
    assert not strange


def test_furniture_check_can_fail() -> None:
    """Planted: a strange name in a room, an empty name anywhere, a silent room."""
    assert strange_names(["marketplace/reviews/ranking.py", "marketplace/web/utils.py",
                          "marketplace/reviews/rules/score.py", "marketplace/web/paging.py"]) == [
        "marketplace/reviews/ranking", "marketplace/web/utils.py"]
    assert rooms_without_words({"a": '"""Short."""', "b": f'"""{"long " * 20}"""\nimport os\n',
                                "c": f'"""{"long " * 20}"""\n'}) == ["a", "b"]
