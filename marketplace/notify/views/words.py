"""Classes of messages and why a letter stayed here, in plain words."""

from __future__ import annotations

from flask_babel import gettext as _


def class_words(name: str) -> str:
    """A class of messages in words."""
    return {
        "account": _("Account and security"), "order": _("Your orders"),
        "payment": _("Payments"), "dispatch": _("Parcels on their way"),
        "delivery": _("Parcels that arrived"), "cancellation": _("Cancellations"),
        "withdrawal": _("Receipts of withdrawal"), "statement": _("Decisions about your words"),
        "order_in": _("Orders that come in"), "answer": _("Answers in your threads"),
        "mention": _("Somebody names you"),
        "reply": _("Replies of producers to your words"),
        "changed": _("Your words changed something"), "question": _("Questions to you"),
        "recommendation": _("Recommendations to you"),
        "asked": _("Wishes of others that you could answer"),
        "join": _("Requests and invitations of groups"),
        "vote": _("Votes in your groups"), "date": _("Dates you come to"),
        "criticism": _("Critical voices on your goods"), "thanks": _("Thanks"),
        "helpful": _("New answers to your goods"),
        "helped": _("Your words helped somebody"), "follow": _("New followers"),
        "group_news": _("News of your groups"),
        "variant": _("Somebody made a variant of your bundle"),
        "watch": _("What you asked to be told of"),
        "stock": _("Your stock runs low"), "digest": _("The digest of what came"),
        "yearly": _("The yearly question whether your wishes still fit"),
        "survey": _("A short question after something you did here"),
        "review_invite": _("The question whether you would buy it again"),
    }[name]


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
