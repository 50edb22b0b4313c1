"""Example values by which every letter can be looked at before it goes to anybody."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

SAMPLES: dict[str, Any] = {
    "name": "Weingut Kaltbach", "title": "Riesling vom Schiefer", "producer": "Weingut Kaltbach",
    "number": "Z-4711", "part": "Z-4711-1", "url": "/orders/Z-4711", "minor": 1140, "left": 2,
    "token": "example", "code": "123456", "words": "Eine Flasche war zerbrochen.",
    "valid_from": date(2027, 1, 15), "due": date(2026, 12, 4), "until": date(2027, 2, 1),
    "at": datetime(2026, 12, 1, 9, 30, tzinfo=UTC), "ending": "3000", "why": "stock",
    "state": "asked", "overdue": 1, "waiting": 3, "last": False, "who": "Ana", "de": "Wein",
    "en": "Wine", "wish": "Etwas Trockenes zu Fisch", "what": "password", "trader": True,
    "sold_by": "Weingut Kaltbach, Dorfstraße 1, 54321 Kaltbach", "seller": "Weingut Kaltbach",
    "steps": [2, 3], "reason": "Jemand hat widersprochen.", "rated": 3, "people": 7,
    "order_words": "Z-4711-1", "measure": "hidden", "kind": "back", "facts": "", "age": 0,
    "result": "changed",
    "earliest": date(2026, 12, 8), "bp": 500, "lines": [[2, "Riesling vom Schiefer"]],
    "how": "moved", "old": "2026-12-02", "purpose": "confirm", "times": 3,
    "parts": [{"number": "Z-4711-1", "seller": "Weingut Kaltbach", "age": 16, "trader": True,
               "lines": [[2, "Riesling vom Schiefer", 1980, "0,75 l, trocken"]],
               "sold_by": "Weingut Kaltbach, Dorfstraße 1, 54321 Kaltbach", "kept": [],
               "slug": "weingut-kaltbach", "deposit_minor": 0, "shipping_minor": 590,
               "total_minor": 2570, "days": 2, "none_back": False}],
    "method": "bank_transfer", "total_minor": 2570,
    "ship_to": ["Cleo Muster", "Feldweg 3", "10115", "Berlin", "DE"],
    "entries": [
        ["answer", {"title": "Wie lange hält er offen?"}, 3, "/threads/example"],
        ["followed", {"name": "eva"}, 2, "/members/eva"],
        ["house_news", {"name": "Weingut Kaltbach", "title": "Der neue Jahrgang"}, 1,
         "/threads/example"]],
}
OWN: dict[str, dict[str, Any]] = {
    "recalled": {"heading": "Glassplitter in einer Füllung", "signed": "Ana",
                 "notice": "Bitte nicht trinken; wir holen die Flaschen ab."},
    "program": {"sold_by": "", "name": "Einkaufszettel"},
    "told": {"sold_by": "", "said": "house_news", "title": "Der neue Jahrgang"},
    "summary": {"sold_by": "", "more": 2},
    "review_invite": {"sold_by": "", "questions": [
        ["Riesling vom Schiefer", "/orders/Z-4711/lines/1/rating", "Weingut Kaltbach"],
        ["Mütze Deichwind", "/orders/Z-4711/lines/2/rating", "Nordgarn"]]},
    "market_closes": {"sold_by": ""},
    "exclusion_judged": {"sold_by": "", "group": "Weißwein zu Gemüse", "name": "Cleo",
                         "result": "back", "facts": "Die Flasche war nicht ihre eigene."},
    "week": {"sold_by": "", "url": "/operator/assortment", "week": "2026-W48",
             "seed": 202648, "answers": 31, "yes": 27, "late": 2,
             "voices": [["Schmeckt nach nassem Stein.", "/threads/example",
                         "Riesling vom Schiefer"]],
             "heads": [["moderation_log", 12, "a" * 64], ["audit_log", 40, "b" * 64]]},
}
"""What single letters need to look as they do in life."""
