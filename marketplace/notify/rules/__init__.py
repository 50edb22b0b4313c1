"""What is told to whom, in which class. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Class:
    """A class of messages: its group, whether page and mail are on without a choice, and whether
    a browser may be told.
    """

    name: str
    group: str
    app: bool = True
    mail: bool = False
    push: bool = True


_MUST = ("account", "order", "payment", "dispatch", "delivery", "cancellation", "withdrawal",
         "statement", "appeal", "order_in", "date")
_SHOWN = frozenset(("dispatch", "delivery", "order_in", "date"))
"""Of these a locked screen may say that there is something; of the others of their group, which
tell of money, decisions and the account, a browser is never told.
"""
_ANSWERS = ("answer", "mention", "question", "recommendation", "asked", "join", "vote",
            "criticism", "rush", "words")
_WANTED = ("watch", "stock")
"""Asked for one by one, or needed to keep selling; on everywhere until somebody turns it off."""
_THANKS = ("helpful",)
_NEWS = ("follow", "group_news", "variant")
OF_GROUPS = ("vote", "group_news")
"""What a group says to its members; each member may choose otherwise for one group."""
YEARLY = "yearly"
"""Whether what somebody told still fits: comes only to who turned it on."""
SURVEY = "survey"
"""A short question after an act; the room of touchpoints asks it on the next page too."""
PANEL = "panel"
"""A question to the panel, and what was decided on it: for who turned it on."""
_CHOSEN = ("reply", "changed", "helped", "thanks")
_ADVERTISING = ("review_invite",)
DIGEST = "digest"
"""A letter that gathers what came; on where a person's pace says so."""
CLASSES: Mapping[str, Class] = {
    **{name: Class(name, "must", True, True, name in _SHOWN) for name in _MUST},
    **{name: Class(name, "answers") for name in _ANSWERS},
    **{name: Class(name, "answers", mail=True) for name in _WANTED},
    **{name: Class(name, "thanks") for name in _THANKS},
    **{name: Class(name, "thanks", app=False) for name in _CHOSEN},
    **{name: Class(name, "news") for name in _NEWS},
    **{name: Class(name, "advertising", push=False) for name in _ADVERTISING},
    YEARLY: Class(YEARLY, "news", app=False),
    SURVEY: Class(SURVEY, "news", app=False, push=False),
    PANEL: Class(PANEL, "news", app=False, push=False),
    DIGEST: Class(DIGEST, "news", app=False, push=False),
}


def is_on(class_: str, channel: str, chosen: Mapping[tuple[str, str], bool]) -> bool:
    """Whether a message of a class goes on a channel: to browsers only as chosen, must always,
    else as chosen or default.
    """
    known = CLASSES[class_]
    if channel == "push":
        return known.push and chosen.get((class_, channel), False)
    if known.group == "must":
        return True
    default = known.app if channel == "app" else known.mail
    return chosen.get((class_, channel), default)
