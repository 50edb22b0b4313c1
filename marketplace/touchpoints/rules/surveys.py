"""Short questions after an act: what may be asked, how often, and what the answers say. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

ACTS = ("order", "parcel", "closed", "answered", "rated")
"""After what is asked: an order was placed, a parcel came, a matter was closed by who brought it,
a producer answered, somebody answered whether they would buy it again.
"""
SCALES: Mapping[str, Sequence[int]] = {
    "three_level": (1, 2, 3), "repeat": (1, 0), "csat": (1, 2, 3, 4, 5),
    "ces": (1, 2, 3, 4, 5, 6, 7), "nps": tuple(range(11)), "open": (),
}
"""The values of each kind of question, in the order shown: disappointing, okay, delighting; yes,
no; how content, how easy, how likely to recommend; words only.
"""
SURVEY_KINDS = tuple(SCALES)
MOST_QUESTIONS, LONGEST_QUESTION, LONGEST_ANSWER = 2, 140, 1000
REST, LAPSES = timedelta(days=30), timedelta(days=7)
"""Nobody is asked again before the first; a question nobody looked at goes after the second."""
LEAST_ASKS, MOST_DECLINED = 30, 30
"""From so many asks on, more than so many percent of declines end the asking."""
LEAST_SHOWN, LEAST_NPS = 5, 30
"""Answers below which no share is shown, and no net promoter score."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A question in both languages."""

    de: str
    en: str


LIBRARY: Mapping[str, Wording] = {
    "three_level order": Wording("Wie war das Bestellen für dich?",
                                 "How was ordering for you?"),
    "three_level parcel": Wording("Wie war das Auspacken für dich?",
                                  "How was unpacking for you?"),
    "three_level closed": Wording("Wie war, was wir aus deinem Anliegen gemacht haben?",
                                  "How was what we made of your matter?"),
    "three_level answered": Wording("Wie war die Antwort für dich?",
                                    "How was the answer for you?"),
    "three_level rated": Wording("Wie war es, nach deiner Meinung gefragt zu werden?",
                                 "How was it to be asked for your opinion?"),
    "repeat": Wording("Musstest du etwas wiederholen?", "Did you have to repeat anything?"),
    "csat": Wording("Wie zufrieden bist du damit?", "How content are you with it?"),
    "ces": Wording("Wie leicht haben wir es dir gemacht?", "How easy did we make it for you?"),
    "nps": Wording("Wie wahrscheinlich empfiehlst du uns weiter?",
                   "How likely are you to recommend us?"),
    "open": Wording("Was hat dich hier am meisten begeistert oder enttäuscht?",
                    "What delighted or disappointed you most here?"),
}
"""What is asked where nobody wrote other words; after Anne M. Schüller."""


def wording(kind: str, act: str) -> Wording:
    """The words of the library for a kind of question after an act."""
    return LIBRARY.get(f"{kind} {act}") or LIBRARY[kind]


def plan_faults(act: str, kind: str, questions: Sequence[Wording]) -> set[str]:
    """What of a survey cannot stay: act, kind, count (more than two questions), or the place of a
    question from 1 that is empty in a language or too long.
    """
    faults = {name for name, wrong in (("act", act not in ACTS), ("kind", kind not in SCALES),
                                       ("count", not 1 <= len(questions) <= MOST_QUESTIONS))
              if wrong}
    return faults | {str(n) for n, one in enumerate(questions, start=1)
                     if not all(3 <= len(words) <= LONGEST_QUESTION
                                for words in (one.de, one.en))}


def annoys(asks: int, declines: int) -> bool:
    """Whether a survey ends its asking by itself: above 30 % declines of at least 30 asks."""
    return asks >= LEAST_ASKS and declines * 100 > asks * MOST_DECLINED


def level_of(kind: str, score: int | None) -> str:
    """What an answer says as disappointing, okay or delighting; "" where it says neither."""
    levels = {"three_level": {1: "disappointing", 2: "okay", 3: "delighting"},
              "repeat": {1: "disappointing", 0: "okay"},
              "csat": {1: "disappointing", 2: "disappointing", 3: "okay", 4: "okay",
                       5: "delighting"}}
    return levels.get(kind, {}).get(-1 if score is None else score, "")


def net_promoters(promoters: float, detractors: float, n: float) -> tuple[float, float | None]:
    """The net promoter score of n answers, -100 to 100, and half the width of its interval, None
    when all are in one class: the variance of a difference of two multinomial shares.
    """
    p, d = promoters / n, detractors / n
    spread = p + d - (p - d) ** 2
    one_class = max(p, d, 1 - p - d) == 1
    return 100 * (p - d), None if one_class else 196 * math.sqrt(spread / n)


def counted_scores(kind: str) -> frozenset[int]:
    """The scores whose share one sentence says: content, easy, had to repeat; none for others."""
    return frozenset({"csat": (4, 5), "ces": (5, 6, 7), "repeat": (1,)}.get(kind, ()))
