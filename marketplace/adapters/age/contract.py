"""What a check of age has to do, in our words."""

from __future__ import annotations

from typing import Protocol


class AgeCheck(Protocol):
    """Asks one thing on the page of delivery and says which age class it reached.

    Nothing of the answer is kept but the class, the method and the time. The age is looked at once
    more when the goods are handed over, whatever the check says.
    """

    def question(self, age_class: int) -> str:
        """What the buyer confirms or types, in the language of the page."""

    def typed(self) -> bool:
        """Whether the answer is typed; else it is a tick."""

    def reached(self, answer: str, age_class: int) -> int:
        """The class (0, 16 or 18) that an answer reaches; 0 where it reaches none."""
