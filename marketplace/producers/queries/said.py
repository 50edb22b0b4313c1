"""What kinds of things are called, in the language of the page."""

from __future__ import annotations

from flask_babel import gettext as _


def evidence_words() -> dict[str, str]:
    """Kinds of evidence in words; none of them says fair, eco or sustainable."""
    return {"organic": _("organic farming"), "origin": _("origin"),
            "animal": _("keeping of animals"), "working_conditions": _("working conditions"),
            "craft": _("craft"), "other": _("something else")}


def promise_words() -> dict[str, tuple[str, str]]:
    """What each kind of promise says, and its unit."""
    return {"answer_hours": (_("Answer within"), _("open hours")),
            "dispatch_days": (_("Dispatch within"), _("days")),
            "returns_days": (_("Returns taken for"), _("days")),
            "repair_years": (_("Repairs for"), _("years")),
            "satisfaction_days": (_("Money back if not liked, for"), _("days"))}


def part_words() -> dict[str, tuple[str, str]]:
    """What each text is called, and what belongs in it."""
    return {"story": (_("Your story"), _("Who you are and why you do it.")),
            "place": (_("Your place"),
                      _("What it looks like, and what it gives to what you make.")),
            "method": (_("How you make it"), _("What you do, and what you leave out.")),
            "people": (_("Your people"), _("Who works with you, and who decides what.")),
            "returns": (_("Returns"), _("Where parcels go back to, and who pays.")),
            "terms": (_("Terms"), _("Your general terms, if you have any; else one sentence."))}


def legal_forms() -> list[tuple[str, str]]:
    """Forms of a business in words."""
    return [("", _("please choose")), ("sole", _("sole trader")),
            ("partnership", _("partnership")), ("company", _("company")),
            ("cooperative", _("cooperative")), ("association", _("association")),
            ("public", _("public body"))]


def text_words() -> dict[str, str]:
    """What each text of a producer is called for those who read it."""
    return {"story": _("The story"), "method": _("How it is made"), "place": _("The place"),
            "people": _("The people"), "returns": _("Returns"), "terms": _("Terms")}
