"""Reasons, measures, and the chained log. Pure. Source: DSA (Reg. 2022/2065) Art. 16, 17."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256

ILLEGAL = ("insult", "false_fact", "threat_hate", "personal_data", "ip", "youth",
           "dangerous_product")
CARE_MEASURES = ("pin", "lock", "slow", "away", "exclude")
"""What moderators of a group do beyond labels and folding; it is logged, never decided here."""
TERMS = ("spam_or_undeclared_ad", "off_topic", "sham_review", "duplicate")
MEASURES = ("none", "hint", "label", "collapse", "hold", "remove")
STRAIGHT_REMOVAL = frozenset(("threat_hate", "personal_data", "youth", "dangerous_product"))
KINDS = ("rating", "reply", "post", "thread", "bundle", "recommendation", "product", "person",
         "group", "ask", "imported", "poll", "panel")
NOTHING_DONE = ("none", "hint")
"""Measures open to every kind: they leave the thing as it stands."""
CARRIED: Mapping[str, tuple[str, ...]] = {
    "rating": ("label", "collapse", "hold", "remove"),
    "bundle": ("label", "collapse", "hold", "remove"),
    **dict.fromkeys(("reply", "imported", "post", "thread", "recommendation", "ask", "poll",
                     "panel", "product", "person", "group"), ("hold", "remove")),
}
"""What can really be done to each kind of thing; nothing else is offered or accepted for it."""
ASKED_DAYS = 14
APPEAL_MONTHS, APPEAL_DAYS = 6, 14
"""How long one may appeal, and within how many days an appeal is decided. Source: DSA Art. 20."""
TOUCHES_NOTHING = frozenset(("none", "restore"))
"""Measures after which the words stand as their author wrote them."""
LEAVES_WORDS = frozenset(("none", "hint"))
"""Measures that change nothing about the words: what an earlier decision removed stays removed."""
URGENT = frozenset(("threat_hate", "personal_data", "youth", "dangerous_product"))
ZEROS = "0" * 64


def asks_author(reason: str, object_kind: str) -> bool:
    """Whether a complaint goes to the author before anybody decides: a false fact said to stand
    in a text that hangs on no order here. Source: BGH VI ZR 1244/20.
    """
    return reason == "false_fact" and object_kind == "imported"


def measures_of(object_kind: str) -> tuple[str, ...]:
    """The measures that can be carried out on a kind of thing, mildest first."""
    return NOTHING_DONE + CARRIED.get(object_kind, ())


def fault(reason: str, measure: str, object_kind: str, milder_why: str) -> str | None:
    """Why a decision may not be taken so: reason, measure, combination, milder; None if it may."""
    if reason not in ILLEGAL + TERMS:
        return "reason"
    if measure not in measures_of(object_kind):
        return "measure"
    if reason == "off_topic" and measure == "remove":
        return "combination"
    if object_kind == "rating" and measure == "label" and reason != "sham_review":
        return "combination"
    strong = measure in ("collapse", "hold", "remove")
    if reason == "duplicate" and strong and object_kind == "rating":
        return "combination"
    if strong and not milder_why.strip() and reason not in STRAIGHT_REMOVAL:
        return "milder"
    return None


def appeal_until(decided: date) -> date:
    """The last day for an appeal: the same day six months later, or the last of that month."""
    months = decided.month - 1 + APPEAL_MONTHS
    year, month = decided.year + months // 12, months % 12 + 1
    return date(year, month, min(decided.day, monthrange(year, month)[1]))


def results_of(first: str, object_kind: str) -> tuple[str, ...]:
    """What an appeal against a measure can lead to: it stays, it is undone, or another one."""
    undone = () if first in TOUCHES_NOTHING else ("restore",)
    return ("upheld", *undone, *(
        one for one in measures_of(object_kind) if one not in (first, "none")))


def appeal_fault(first: str, reason: str, result: str, object_kind: str, milder_why: str
                 ) -> str | None:
    """Why an appeal may not be decided so, in the words of `fault`; None if it may."""
    if result not in results_of(first, object_kind):
        return "measure"
    if result in ("upheld", "restore"):
        return None
    return fault(reason, result, object_kind, milder_why)


def log_entry(n: int, day: date, by: str, kind: str, said: Mapping[str, str], of: int | None
              ) -> dict[str, object]:
    """One line of the public log. `said`: level, measure, object, reason; `of`: for an appeal the
    line it is about.
    """
    entry: dict[str, object] = {"by": by, "day": day.isoformat(), "kind": kind, "n": n, **said}
    return entry if of is None else {**entry, "of": of}


def chained(previous: str, entry: Mapping[str, object]) -> str:
    """SHA-256 over the previous hash, a newline and the entry with sorted keys, no blanks."""
    body = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(f"{previous}\n{body}".encode()).hexdigest()


def first_fault(rows: Iterable[tuple[int, Mapping[str, object], str, str]]) -> int | None:
    """The number of the first broken row of (n, entry, previous hash, hash); None if whole."""
    before, expected = ZEROS, 1
    for n, entry, previous, own in rows:
        if n != expected or previous != before or chained(previous, entry) != own:
            return n
        before, expected = own, n + 1
    return None
