"""Reasons, measures and kinds of things, as people say them."""

from __future__ import annotations

from flask_babel import gettext as _


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
    }[reason]


def measure_words(measure: str) -> str:
    """A measure, mildest first."""
    return {"none": _("nothing to be done"), "hint": _("hint to the author"),
            "edit": _("author asked to edit"), "label": _("labelled"),
            "collapse": _("folded"), "hold": _("held back"), "remove": _("words removed"),
            "restore": _("restored"), "pin": _("pinned"), "lock": _("locked"),
            "slow": _("slowed down"), "away": _("not in this group")}[measure]


def kind_words(kind: str) -> str:
    """What was reported."""
    return {"rating": _("Words of a buyer"), "reply": _("Reply of a producer"),
            "post": _("Post"), "thread": _("Thread"), "bundle": _("Bundle"),
            "recommendation": _("Recommendation"), "product": _("Product"),
            "ask": _("Wish for advice"), "person": _("Profile"), "group": _("Group"),
            "imported": _("Words taken over from elsewhere"), "poll": _("Question to members"),
            "panel": _("Words to the panel"),
            "imported_words": _("Words taken over from elsewhere"),
            "rating_words": _("Words of a buyer"), "profile": _("Profile")}[kind]


def side_words(side: str) -> str:
    """Who appeals, without a name."""
    return {"author": _("The author"), "reporter": _("Somebody who reported it"),
            "affected": _("The producer concerned")}[side]
