"""What data are kept for and for how long, in words."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _


def fact_words() -> Mapping[str, tuple[str, str]]:
    """Purpose and retention of each kind of data."""
    closing = _("until you close the account")
    gone = _("until you take it back, at the latest until you close the account")
    law = _("to the end of the calendar year and then 8 years (Germany), 7 (Austria) or 10 "
            "(Switzerland)")
    return {
        "account": (_("To have an account: address, language, choices"), closing),
        "secret": (_("To prove that it is you"), _("until it is used, replaced or removed")),
        "login": (_("To show you where you are signed in"), _("180 days after the login ended")),
        "profile": (_("To be known to others, as far as you want"), closing),
        "address": (_("To fill in where parcels go"), gone),
        "ties": (_("Whom you follow, trust, block or mute"), gone),
        "wish": (_("What you told once so that nobody asks again"), gone),
        "health": (_("Allergies and diets, for your own requests only"), gone),
        "consent": (_("To prove what you agreed to, and when"), closing),
        "standing": (_("Which rights of speech you have"), closing),
        "sight": (_("To show you who looked at your data"), closing),
        "erased": (_("To erase you again should a backup be restored"), _(
            "as long as backups are kept; it names nobody")),
        "words": (_("What you say to others: answers, reviews, posts, bundles"), _(
            "until you withdraw it; at closing you choose between deleting and leaving it "
            "without your name")),
        "vote": (_("Votes on public things"), _("as long as the thing; without a name once you "
                                                "are gone")),
        "taste": (_("Suggestions to you"), gone),
        "ask": (_("To ask you for an answer or for advice"), closing),
        "check": (_("To find reviews that were bought or made up"), closing),
        "group": (_("Groups you belong to"), gone),
        "list": (_("What you keep for later and wait for"), gone),
        "basket": (_("Your basket and the way to the order"), _("until you order or empty it")),
        "way": (_("Which recommendation led to a purchase"), _("30 days")),
        "order": (_("To fulfil an order and prove it to the tax office"), law),
        "payment": (_("To pay, to pay back, and to prove both"), law),
        "letter": (_("To tell you what concerns you"), closing),
        "trader": (_("Who sells to you, as the law wants it public"), _(
            "as long as the house sells, and six months")),
        "house": (_("Who speaks and works for a house"), _("as long as the house shows it")),
        "staff": (_("Which person of a house or of the market did something"), _(
            "as long as what was done")),
        "moderation": (_("To decide about reports and give reasons"), _(
            "as long as the decision can be looked up; names go at closing")),
        "counting": (_("To count what is looked at, under a pseudonym"), _("90 days")),
        "job": (_("Work of the server that waits for its turn"), _("hours, seven days at most")),
    }


def forget_words() -> Mapping[str, str]:
    """What happens to rows when an account is erased."""
    return {
        "delete": _("deleted"), "empty": _("emptied"),
        "words": _("deleted, or left without your name: your choice"),
        "own": _("deleted or left without your name"),
        "law": _("kept by law, then emptied"), "keep": _("stays; leads to nobody any more"),
    }


def room_words() -> Mapping[str, str]:
    """What the parts of the market are called."""
    return {
        "people": _("Account"), "producers": _("Houses"), "catalog": _("Goods"),
        "groups": _("Groups"), "orders": _("Orders"), "payments": _("Payments"),
        "checkout": _("Basket"), "reviews": _("Answers"), "bundles": _("Bundles"),
        "recommend": _("Recommendations"), "dialogue": _("Threads"), "search": _("Search"),
        "notify": _("Notices"), "touchpoints": _("Mentions"), "moderation": _("Moderation"),
        "journal": _("Counts"), "foundation": _("Server"),
    }
