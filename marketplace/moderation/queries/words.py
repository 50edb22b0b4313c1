"""Reasons, measures, kinds of things and due days, as people say them."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.groups.models import Exclusion
from marketplace.groups.queries import exclusion_words, rules_of
from marketplace.web.formats import day, moment


def reason_words(reason: str) -> str:
    """A reason of the closed list, as people say it."""
    return {
        "insult": _("insults somebody"), "false_fact": _("says something untrue as a fact"),
        "threat_hate": _("threatens or hates"), "personal_data": _("shows private data"),
        "ip": _("uses what belongs to somebody else"), "youth": _("endangers young people"),
        "dangerous_product": _("is dangerous"),
        "spam_or_undeclared_ad": _("is advertising that does not say so"),
        "off_topic": _("does not belong here"), "sham_review": _("is a sham rating"),
        "duplicate": _("is here twice"), "order": _("keeps the talk of a group in order"),
    }.get(reason) or exclusion_words(reason)


def measure_words(measure: str) -> str:
    """A measure, mildest first."""
    return {"none": _("nothing to be done"), "hint": _("hint to the author"),
            "edit": _("author asked to edit"), "label": _("labelled"),
            "collapse": _("folded"), "hold": _("held back"), "remove": _("words removed"),
            "restore": _("restored"), "pin": _("pinned"), "lock": _("locked"),
            "slow": _("slowed down"), "away": _("not in this group"),
            "exclude": _("excluded from the group")}[measure]


def kind_words(kind: str) -> str:
    """What was reported."""
    return {"rating": _("Words of a buyer"), "reply": _("Reply of a producer"),
            "post": _("Post"), "thread": _("Thread"), "bundle": _("Bundle"),
            "recommendation": _("Recommendation"), "product": _("Product"),
            "ask": _("Wish for advice"), "person": _("Profile"), "group": _("Group"),
            "imported": _("Words taken over from elsewhere"), "poll": _("Question to members"),
            "panel": _("Words to the panel"),
            "imported_words": _("Words taken over from elsewhere"),
            "rating_words": _("Words of a buyer"), "profile": _("Profile"),
            "membership": _("Membership of a group")}[kind]


def side_words(side: str) -> str:
    """Who appeals, without a name."""
    return {"author": _("The author"), "reporter": _("Somebody who reported it"),
            "affected": _("The producer concerned")}[side]


def exclusion_rows(row: Exclusion) -> list[tuple[str, str]]:
    """Reason, rule, begin and end of an exclusion. Loads: 1 statement."""
    rules = rules_of(row.group_id) if row.rule_number else []
    number = row.rule_number or 0
    rule = [(_("Rule %(number)s", number=number), rules[number - 1])] \
        if 0 < number <= len(rules) else []
    return [(_("Reason"), exclusion_words(row.reason)), *rule, (_("Since"), moment(row.at)),
            (_("Until"), day(row.until) if row.until else
             _("until the moderators of the group say otherwise"))]


def due_words(due_at: datetime) -> tuple[str, bool]:
    """Until when an appeal is to be decided, and whether that is over."""
    late, due = due_at < clock.now(), day(due_at)
    return (_("overdue since %(day)s", day=due) if late else _("until %(day)s", day=due)), late


def locked_words(decided: bool, refused: str | None) -> str:
    """Why somebody who looks at an appeal cannot decide it; "" if they can."""
    if decided:
        return _("This is decided.")
    return {
        "first": _("You took the decision; another person looks at the appeal."),
        "tied": _("You are part of this or tied to somebody who is; another person decides it."),
        "others": _("A moderator can decide this; you decide only where none can."),
        "": ""}[refused or ""]
