"""Choices of this room in words."""

from __future__ import annotations

from flask_babel import gettext as _


def order_names() -> list[tuple[str, str, str]]:
    """By what lists can go: key, name, what it means."""
    return [
        ("taste", _("My taste"),
         _("By people whose answers agree with yours, then by those you follow.")),
        ("people", _("My people"), _("Only by people you follow or trust.")),
        ("verdict", _("Everybody's verdict"),
         _("By what buyers would buy again, without what you have or do not want.")),
        ("plain", _("Without personal order"),
         _("The same list and the same reasons for everybody; nothing of yours is looked at.")),
    ]


def accept_names() -> list[tuple[str, str, str]]:
    """Whose personal recommendations one takes: key, name, what it means."""
    return [
        ("followed", _("People I follow"), ""),
        ("mutuals", _("People I follow who follow me"), ""),
        ("members", _("All members"), ""),
        ("nobody", _("Nobody"), ""),
    ]
