"""Reasons, measures, and the chained log. Pure. Source: DSA (Reg. 2022/2065) Art. 16, 17."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

ILLEGAL = ("insult", "false_fact", "threat_hate", "personal_data", "ip", "youth",
           "dangerous_product")
CARE_MEASURES = ("pin", "lock", "slow", "away")
"""What moderators of a group do beyond labels and folding; it is logged, never decided here."""
TERMS = ("spam_or_undeclared_ad", "off_topic", "sham_review", "duplicate")
MEASURES = ("none", "hint", "label", "collapse", "hold", "remove")
STRAIGHT_REMOVAL = frozenset(("threat_hate", "personal_data", "youth", "dangerous_product"))
KINDS = ("rating", "reply", "post", "thread", "bundle", "recommendation", "product", "person",
         "group", "ask", "imported", "poll")
ASKED_DAYS = 14
URGENT = frozenset(("threat_hate", "personal_data", "youth", "dangerous_product"))
ZEROS = "0" * 64


def asks_author(reason: str, object_kind: str) -> bool:
    """Whether a complaint goes to the author before anybody decides: a false fact said to stand
    in a text that hangs on no order here. Source: BGH VI ZR 1244/20.
    """
    return reason == "false_fact" and object_kind == "imported"


def fault(reason: str, measure: str, object_kind: str, milder_why: str) -> str | None:
    """Why a decision may not be taken so: reason, measure, combination, milder; None if it may."""
    if reason not in ILLEGAL + TERMS:
        return "reason"
    if measure not in MEASURES:
        return "measure"
    if reason == "off_topic" and measure == "remove":
        return "combination"
    strong = measure in ("collapse", "hold", "remove")
    if reason == "duplicate" and strong and object_kind == "rating":
        return "combination"
    if strong and not milder_why.strip() and reason not in STRAIGHT_REMOVAL:
        return "milder"
    return None


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
