"""Classes of messages and why a letter stayed here, in plain words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

CLASS_WORDS = {
    "account": _l("Account and security"), "order": _l("Your orders"),
    "payment": _l("Payments"), "dispatch": _l("Parcels on their way"),
    "delivery": _l("Parcels that arrived"), "cancellation": _l("Cancellations"),
    "withdrawal": _l("Receipts of withdrawal"), "statement": _l("Decisions about your words"),
    "appeal": _l("Appeals against decisions"),
    "order_in": _l("Orders that come in"), "answer": _l("Answers in your threads"),
    "mention": _l("Somebody names you"),
    "reply": _l("Replies of producers to your words"),
    "changed": _l("Your words changed something"), "question": _l("Questions to you"),
    "recommendation": _l("Recommendations to you"),
    "asked": _l("Wishes of others that you could answer"),
    "join": _l("Requests and invitations of groups"),
    "vote": _l("Votes in your groups"), "date": _l("Dates you come to"),
    "criticism": _l("Critical voices on your goods"),
    "rush": _l("A thread you look after is suddenly read or answered a lot"),
    "words": _l("Words your house watches for are said"), "thanks": _l("Thanks"),
    "helpful": _l("New answers to your goods"),
    "helped": _l("Your words helped somebody"), "follow": _l("New followers"),
    "group_news": _l("News of your groups"),
    "variant": _l("Somebody made a variant of your bundle"),
    "watch": _l("What you asked to be told of"),
    "stock": _l("Your stock runs low"), "digest": _l("The digest of what came"),
    "yearly": _l("The yearly question whether your wishes still fit"),
    "survey": _l("A short question after something you did here"),
    "panel": _l("Questions to the panel, and what was decided"),
    "review_invite": _l("The question whether you would buy it again"),
}
"""Looked up in the language of the page only where they are drawn: a page names many classes."""


def class_words(name: str) -> str:
    """A class of messages in words."""
    return str(CLASS_WORDS[name])


def group_words(name: str) -> tuple[str, str]:
    """A group of classes, and what it is for."""
    return {
        "answers": (_("Answers"), _("Somebody answers you, asks you or writes to you.")),
        "thanks": (_("Thanks"), _("What became of what you wrote.")),
        "news": (_("News"), _("From people, producers and groups that you follow.")),
        "advertising": (_("Advertising"), _(
            "By law this too is advertising. It comes only if you agree here, at most once a "
            "week, and your yes is kept with its day.")),
    }[name]


def reason_words(name: str) -> str:
    """Why a letter did not leave, for those who run the market."""
    return {
        "person gone": _("The person is gone"), "own act": _("Their own act"),
        "not visible": _("Not visible to them any more"), "off": _("Switched off"),
        "class paused": _("The class rests"), "no consent": _("No consent"),
        "stopped": _("Stopped by the receiver"), "pace": _("More than they can bear"),
        "address not confirmed": _("Address not confirmed"), "no address": _("No address"),
        "snoozed": _("Quiet for a while"), "nothing left": _("Nothing left to tell"),
        "address fails": _("The address fails since 30 days"),
        "lapsed": _("Too old after a week of waiting"),
    }.get(name, name)
