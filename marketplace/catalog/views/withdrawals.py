"""Kinds of the right of withdrawal as choices, each with its law."""

from __future__ import annotations

from flask_babel import gettext as _

WITHDRAWALS = ("yes", "made_to_measure", "perishable", "sealed_hygiene", "en_primeur")


def withdrawal_choices() -> list[tuple[str, str]]:
    """What a producer chooses from; all but the first end the right and need their ground."""
    words = {"yes": _("14 days, as the law wants it"),
             "made_to_measure": _("none: made to measure (§ 312g (2) no. 1 BGB)"),
             "perishable": _("none: spoils quickly (§ 312g (2) no. 2 BGB)"),
             "sealed_hygiene": _("none once unsealed: hygiene (§ 312g (2) no. 3 BGB)"),
             "en_primeur": _("none: wine bought before it is filled (§ 312g (2) no. 5 BGB)")}
    return [(kind, words[kind]) for kind in WITHDRAWALS]
