"""Stated here, checked at the door: no date is asked for, the carrier looks at the card."""

from __future__ import annotations

from flask_babel import gettext as _


class AtTheDoor:
    """The buyer states to be old enough, and who takes the parcel shows an identity card."""

    def question(self, age_class: int) -> str:
        """The statement that is ticked."""
        return _("I am at least %(age)s. Whoever takes the parcel is too, and shows an identity "
                 "card at the door; without it nothing is handed over.", age=age_class)

    def typed(self) -> bool:
        """A tick, nothing to type."""
        return False

    def reached(self, answer: str, age_class: int) -> int:
        """The class that was asked for, once it is stated."""
        return age_class if answer == "yes" else 0
