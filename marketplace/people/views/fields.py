"""The fields of a profile and who may see them, in words."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _

from marketplace.foundation.errors import Invalid
from marketplace.people.rules.visibility import LEVELS

FIELDS = ("display_name", "picture", "about", "region", "languages", "subjects", "thanks",
          "ratings", "recommendations", "bundles", "groups", "follows", "followers", "trusts")


def field_names() -> dict[str, str]:
    """What each field is called."""
    return {
        "display_name": _("Name shown"), "picture": _("Own picture"), "about": _("About you"),
        "region": _("Where you live"), "languages": _("Languages you speak"),
        "subjects": _("What others trust you on"), "thanks": _("Thanks"),
        "ratings": _("Your answers, as a list"),
        "recommendations": _("Your recommendations, as a list"), "bundles": _("Your bundles"),
        "groups": _("Groups you are in"), "follows": _("Whom you follow"),
        "followers": _("Who follows you"), "trusts": _("Whose judgement you trust"),
    }


def level_names() -> list[tuple[str, str]]:
    """The four audiences, widest first."""
    return [("everyone", _("Everybody")), ("members", _("Members")),
            ("followed", _("People I follow")), ("me", _("Only me"))]


def sent_levels() -> dict[str, str]:
    """The audiences that a form named. Raises Invalid."""
    levels = {name: request.form[f"level-{name}"] for name in FIELDS
              if request.form.get(f"level-{name}")}
    wrong = {f"level-{name}": _("Please choose one of the four.")
             for name, level in levels.items() if level not in LEVELS}
    if wrong:
        raise Invalid(wrong)
    return levels
