"""House rules 2, 6, 8 and the table of furniture: who may know whom.

Where the code goes beyond the table of the house, the whole class is named here with its reason,
and single files stand in short lists that must shrink: a listed file that needs it no more fails.
"""

from __future__ import annotations

from marketplace import ROOMS
from tests.shape.house import Source, sources, told

GROUND = ("foundation", "adapters", "web")
WIRING = ("reactions", "handlers", "commands", "wiring")
ACROSS = {
    "models": {"models"},
    "rules": {"rules"},  # beyond the table: they are as pure
    "queries": {"models", "queries", "rules"},  # beyond the table: rules are pure
    "actions": {"models", "queries", "rules", "actions", "events"},  # models: to read and join
    "forms": {"rules"},
    "events": set(),
    "jobs": {"actions", "queries"},
    "views": {"queries", "rules", "actions"},  # actions: one answer may change two rooms
    "offline": {"models", "queries", "rules", "actions"},
    "": set(),
}
"""From a piece of one room to pieces of earlier rooms."""
PURE = {"rules": {"flask", "flask_babel", "flask_login", "flask_wtf", "wtforms", "werkzeug",
                  "sqlalchemy", "flask_sqlalchemy"},
        "events": {"flask", "flask_babel", "flask_login", "sqlalchemy", "numpy"},
        "models": {"flask", "flask_login", "flask_babel", "werkzeug"},
        "actions": {"flask", "flask_login", "flask_wtf", "werkzeug", "wtforms"},
        "queries": {"flask", "flask_login", "flask_wtf", "werkzeug", "wtforms"},
        "forms": {"sqlalchemy", "flask", "flask_login"},
        "views": {"flask_sqlalchemy"}}
"""What a piece never imports. Sentences are translated where they are made (flask_babel)."""
RULES_GROUND = {"money", "clock", "errors", "figures", "codes"}
"""What rules may take from the foundation; the first three by the table, all of them pure."""
DOORS = {
    "whoosh": "marketplace/adapters/fulltext/whoosh/", "smtplib": "marketplace/adapters/mail/",
    "stripe": "marketplace/adapters/payment/", "boto3": "marketplace/adapters/storage/",
    "PIL": "marketplace/adapters/storage/", "resvg_py": "marketplace/adapters/storage/",
    "pywebpush": "marketplace/adapters/push/", "socket": "marketplace/adapters/",
    "http.client": "marketplace/adapters/", "urllib.request": "marketplace/adapters/",
    "requests": "marketplace/adapters/", "httpx": "marketplace/adapters/",
    "flask_limiter": "marketplace/web/", "flask_wtf": "marketplace/web/",
    "nh3": "marketplace/web/", "markdown_it": "marketplace/web/",
    "itsdangerous": "marketplace/web/", "argon2": "marketplace/people/",
    "flask_migrate": "marketplace/wiring.py", "scipy": ("marketplace/foundation/figures.py",
                                                      "marketplace/recommend/rules/",
                                                      "marketplace/insights/rules/"),
    "segno": ("marketplace/payments/", "marketplace/orders/"), "stdnum": "marketplace/payments/",
}
"""The one place that may load a library."""
HEAVY = {"scipy", "numpy", "stripe", "whoosh", "PIL", "resvg_py", "fpdf"}
"""Never loaded by merely importing these: they would slow the start."""


def order_faults(found: list[Source]) -> list[str]:
    """Imports of a later room, of the wiring, or by a relative name."""
    faults = []
    for source in found:
        if source.room not in ROOMS:
            continue
        for line, name in source.imports:
            parts = name.split(".")
            if name.startswith("."):
                faults.append(f"{source.path}:{line} relative import")
            elif parts[0] != "marketplace" or len(parts) < 2:
                continue
            elif parts[1] in WIRING or (
                    parts[1] in ROOMS and ROOMS.index(parts[1]) > ROOMS.index(source.room)):
                faults.append(f"{source.path}:{line} {name}")
    return faults


def reaching_faults(found: list[Source]) -> list[str]:
    """Pieces of another room that this piece may not know: `path -> room.piece`."""
    faults = []
    for source in found:
        if source.room not in ROOMS or source.room in (*GROUND, "demo"):
            continue
        for _line, name in source.imports:
            parts = name.split(".")
            if parts[0] != "marketplace" or len(parts) < 3 or parts[1] in (*GROUND, source.room):
                continue
            if parts[1] in ROOMS and parts[2] not in ACROSS.get(source.piece, set()):
                faults.append(f"{source.path} -> {parts[1]}.{parts[2]}")
    return sorted(set(faults))


def impure(found: list[Source]) -> list[str]:
    """Libraries that a piece must not know: `path: library`."""
    faults = []
    for source in found:
        if source.room not in ROOMS or source.room in (*GROUND, "demo"):
            continue
        for _line, name in source.imports:
            library = name.split(".")[0]
            if library in PURE.get(source.piece, set()):
                faults.append(f"{source.path}: {library}")
            elif source.piece == "rules" and name.startswith("marketplace.") and (
                    name.split(".")[1] in ("adapters", "web")
                    or (name.split(".")[1] == "foundation"
                        and name.split(".")[2] not in RULES_GROUND)):
                faults.append(f"{source.path}: {name}")
            elif source.piece == "events" and name.startswith("marketplace."):
                faults.append(f"{source.path}: {name}")
            elif source.piece in ("models", "queries", "actions") and name.startswith(
                    "marketplace.adapters"):
                faults.append(f"{source.path}: {name}")
    return sorted(set(faults))


def stray_libraries(found: list[Source]) -> list[str]:
    """Libraries loaded outside the door they belong to."""
    faults = []
    for source in found:
        for line, name in source.imports:
            for library, place in DOORS.items():
                if f"{name}.".startswith(f"{library}.") and not source.path.startswith(place):
                    faults.append(f"{source.path}:{line} {library}")
    return faults


def compare(faults: list[str], known: dict[str, str]) -> list[str]:
    """New faults, and named exceptions that nothing needs any more."""
    return ([f"new: {one}" for one in faults if one not in known]
            + [f"no longer needed: {one}" for one in known if one not in faults])


REACHING: dict[str, str] = {}
IMPURE: dict[str, str] = {}
STRAY: dict[str, str] = {}


def test_rooms_import_only_earlier_rooms() -> None:
    """House rule 2, also inside functions."""
    assert not order_faults(sources("marketplace")), told(order_faults(sources("marketplace")))


def test_rooms_are_entered_by_their_doors() -> None:
    """House, furniture: which piece may import which piece of an earlier room."""
    faults = compare(reaching_faults(sources("marketplace")), REACHING)
    assert not faults, told(faults)


def test_pieces_stay_pure() -> None:
    """House rule 6 and furniture: rules know no database and no Flask, forms no database."""
    faults = compare(impure(sources("marketplace")), IMPURE)
    assert not faults, told(faults)


def test_libraries_are_loaded_at_their_door() -> None:
    """House rule 8: adapters only at the edge."""
    faults = compare(stray_libraries(sources("marketplace")), STRAY)
    assert not faults, told(faults)
