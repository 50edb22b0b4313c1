"""Questions to the panel: what may be asked, when one may vote, and what the votes say. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

PANEL_STATES = ("draft", "open", "closed", "decided")
DECISIONS = ("do", "change", "leave")
"""What the market decides: it does it, does it otherwise, or leaves it."""
LONGEST_TITLE, LONGEST_WORDS, LONGEST_ABOUT, LONGEST_COMMENT = 120, 1000, 80, 500
LEAST_VOTES, TOP_SCORE, LONGEST_RUN = 5, 10, 90
"""Votes below which no result is shown; the best score; days a question may be open."""
_LINK = re.compile(r"/(?![/\\])[^\s\\]{0,198}")
_LENGTHS = {"title": (3, LONGEST_TITLE), "words": (3, LONGEST_WORDS), "about": (3, LONGEST_ABOUT)}


@dataclass(frozen=True, slots=True)
class Result:
    """What the votes say: how many, their mean from 0 to 10, and how often each score stands."""

    n: int
    mean: float
    counts: Mapping[int, int]


def result_of(counts: Mapping[int, int]) -> Result | None:
    """The result of votes by score; None below five."""
    n = sum(counts.values())
    if n < LEAST_VOTES:
        return None
    return Result(n, sum(score * count for score, count in counts.items()) / n,
                  {score: counts.get(score, 0) for score in range(TOP_SCORE + 1)})


def is_open(state: str, closes_on: date, today: date) -> bool:
    """Whether one may vote; the last day counts."""
    return state == "open" and today <= closes_on


def is_over(state: str, closes_on: date, today: date) -> bool:
    """Whether voting ended and nothing was decided yet."""
    return state == "closed" or (state == "open" and today > closes_on)


def panel_faults(typed: Mapping[str, str], closes_on: date | None, today: date) -> set[str]:
    """Which fields of a question cannot stay: title, words and about in both languages, the link,
    which has to lead to a page of this site, and the last day.
    """
    faults = {f"{name}_{lang}" for name, (least, most) in _LENGTHS.items() for lang in ("de", "en")
              if not least <= len(typed.get(f"{name}_{lang}", "")) <= most}
    link = typed.get("link", "")
    if link and not _LINK.fullmatch(link):
        faults.add("link")
    if closes_on is None or not 0 < (closes_on - today).days <= LONGEST_RUN:
        faults.add("closes_on")
    return faults


def vote_faults(score: str, words: str) -> set[str]:
    """Which parts of a vote cannot stay."""
    known = {str(one) for one in range(TOP_SCORE + 1)}
    return {name for name, wrong in (("score", score not in known),
                                     ("words", len(words) > LONGEST_COMMENT)) if wrong}


def decision_faults(typed: Mapping[str, str]) -> set[str]:
    """Which parts of a decision are missing; a reason stands in both languages."""
    faults = {f"reason_{lang}" for lang in ("de", "en")
              if not 10 <= len(typed.get(f"reason_{lang}", "")) <= LONGEST_WORDS}
    return faults | ({"decision"} if typed.get("decision") not in DECISIONS else set())
