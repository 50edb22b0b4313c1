"""House rules 2, 6, 8 and the table of furniture: who may know whom.

Where the code goes beyond the table of the house, the whole class is named here with its reason,
and single files stand in short lists that must shrink: a listed file that needs it no more fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from marketplace import ROOMS
from tests.shape.house import REPO, Source, sources, told

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
RULES_GROUND = {"money", "clock", "errors", "figures", "codes", "findable"}
"""What rules may take from the foundation; the first three by the table, all of them pure."""
DOORS = {
    "whoosh": "marketplace/adapters/fulltext/", "tantivy": "marketplace/adapters/fulltext/tantivy/",
    "smtplib": "marketplace/adapters/mail/",
    "stripe": "marketplace/adapters/payment/", "boto3": "marketplace/adapters/storage/",
    "PIL": "marketplace/adapters/storage/", "resvg_py": "marketplace/adapters/storage/",
    "http_ece": "marketplace/adapters/push/", "py_vapid": "marketplace/adapters/push/",
    "socket": "marketplace/adapters/",
    "http.client": "marketplace/adapters/", "urllib.request": "marketplace/adapters/",
    "requests": "marketplace/adapters/", "httpx": "marketplace/adapters/",
    "flask_limiter": "marketplace/web/", "flask_wtf": "marketplace/web/",
    "nh3": "marketplace/web/", "markdown_it": "marketplace/web/",
    "itsdangerous": "marketplace/web/", "argon2": "marketplace/people/",
    "flask_migrate": "marketplace/wiring.py", "scipy": ("marketplace/foundation/figures.py",
                                                      "marketplace/recommend/rules/",
                                                      "marketplace/insights/rules/"),
    "segno": ("marketplace/payments/", "marketplace/orders/", "marketplace/catalog/",
              "marketplace/adapters/paper/", "marketplace/people/"),
    "webauthn": "marketplace/people/", "pyotp": "marketplace/people/",
    "cryptography": ("marketplace/web/", "marketplace/adapters/push/"),
    "openpyxl": "marketplace/adapters/tables/", "fpdf": "marketplace/adapters/paper/",
    "typst": "marketplace/adapters/paper/", "facturx": "marketplace/adapters/paper/",
    "fontTools": ("marketplace/adapters/paper/", "marketplace/demo/art/"),
    "prometheus_client": "marketplace/foundation/meters.py",
    "stdnum": ("marketplace/payments/", "marketplace/producers/rules/"),
}
"""The one place that may load a library."""
HEAVY = {"scipy", "numpy", "stripe", "resvg_py", "fpdf", "openpyxl", "typst", "fontTools",
         "facturx", "lxml", "webauthn"}
"""Never loaded by the start alone: they would slow it."""


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
    """Libraries that a piece must not know: `path: library`.

    The contract of an adapter is plain values in our words, so every piece may know it.
    """
    faults = set()
    for source in found:
        if source.room not in ROOMS or source.room in (*GROUND, "demo"):
            continue
        for _line, name in source.imports:
            library = name.split(".")[0]
            if library in PURE.get(source.piece, set()):
                faults.add(f"{source.path}: {library}")
            elif library == "marketplace" and _foreign_ground(source.piece, name):
                faults.add(f"{source.path}: {name}")
    return sorted(faults)


def _foreign_ground(piece: str, name: str) -> bool:
    """Whether a piece may not know this part of the ground, the doors or the web."""
    place, _, rest = name.removeprefix("marketplace.").partition(".")
    if place == "adapters" and (".contract." in name or name.endswith(".storage.Rendered")):
        return False
    if piece == "rules":
        return place in ("adapters", "web") or (
            place == "foundation" and rest.split(".")[0] not in RULES_GROUND)
    if piece == "events":
        return name != "marketplace.foundation.events.Event"
    return place == "adapters" and piece in ("models", "queries", "actions")


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


READS = "reads a row of an earlier room by its id instead of asking a query"
REACHING: dict[str, str] = {
    "marketplace/checkout/views/placing.py -> orders.models": "a type in a signature",
    "marketplace/dialogue/views/ratings.py -> reviews.models": READS,
    "marketplace/dialogue/views/studio.py -> reviews.models": READS,
}
KEPT = "keeps what was read in app.extensions, once per process"
LINKS = "makes cards, and a card carries its address"
IMPURE: dict[str, str] = {
    "marketplace/recommend/queries/arrays.py: flask": KEPT,
    "marketplace/search/queries/goods.py: marketplace.adapters.doors.doors":
        "the index is what it reads",
    "marketplace/search/queries/learnt.py: flask": KEPT,
    "marketplace/search/queries/learnt.py: marketplace.adapters.fulltext.completion.Completions":
        "past searches complete what is typed as words of the index do",
    "marketplace/search/queries/operating.py: marketplace.adapters.doors.doors":
        "the index is what it reads",
    "marketplace/search/queries/suggesting.py: marketplace.adapters.doors.doors":
        "the index is what it reads",
    "marketplace/search/queries/things.py: marketplace.adapters.doors.doors":
        "the index is what it reads",
    "marketplace/storefront/queries/suggested.py: flask": LINKS,
    "marketplace/storefront/queries/words.py: marketplace.adapters.doors.doors":
        "the index completes what is typed",
    "marketplace/dialogue/queries/cards.py: flask": LINKS,
    "marketplace/storefront/queries/cards.py: flask": LINKS,
    "marketplace/storefront/queries/product.py: flask": LINKS,
    "marketplace/storefront/queries/reviews.py: flask": LINKS,
}
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


def test_import_check_can_fail() -> None:
    """Planted: each kind of wrong import, once at the top and once inside a function."""
    late = Source("marketplace/people/actions.py",
                  "def f():\n    from marketplace.search.queries import find\n")
    wired = Source("marketplace/reviews/actions.py", "from marketplace import reactions\n")
    near = Source("marketplace/reviews/actions.py", "from . import rules\n")
    assert [len(order_faults([one])) for one in (late, wired, near)] == [1, 1, 1]
    deep = Source("marketplace/reviews/queries.py", "from marketplace.orders.views import pages\n")
    assert reaching_faults([deep]) == ["marketplace/reviews/queries.py -> orders.views"]
    texts = {"rules.py": "import sqlalchemy as sa\n", "rules/score.py": "from flask import g\n",
             "forms.py": "from sqlalchemy.orm import Session\n",
             "actions/rate.py": "from marketplace.adapters.doors import doors\n",
             "events.py": "from marketplace.reviews import models\n"}
    for name, text in texts.items():
        assert impure([Source(f"marketplace/reviews/{name}", text)]), name
    for name in ("whoosh.index", "smtplib", "stripe", "urllib.request"):
        assert stray_libraries([Source("marketplace/reviews/views.py", f"import {name}\n")]), name
    assert not stray_libraries([Source("marketplace/adapters/mail/smtp.py", "import smtplib\n")])
    assert compare(["a"], {"b": "why"}) == ["new: a", "no longer needed: b"]


def test_start_loads_no_heavy_library(tmp_path: Path) -> None:
    """House, dependencies: numbers, cards and documents are loaded where they are used."""
    code = ("import sys; from marketplace import create_app; create_app(); "
            f"print(sorted(set(sys.modules) & {HEAVY!r}))")
    place = {"ZURUF_INSTANCE": str(tmp_path), "ZURUF_ENV": "test", "ZURUF_LOG_LEVEL": "error"}
    known = {name: value for name, value in os.environ.items() if not name.startswith("ZURUF_")}
    done = subprocess.run([sys.executable, "-c", code], cwd=REPO, env=known | place,
                          capture_output=True, text=True)
    assert done.stdout.strip().splitlines()[-1:] == ["[]"], done.stdout + done.stderr
