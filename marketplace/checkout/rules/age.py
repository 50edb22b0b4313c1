"""Age and age classes. Pure; whole years, classes 0, 16 and 18. Source: JuSchG § 9."""

from __future__ import annotations

from datetime import date

AGE_METHODS = ("declared", "stated", "plugged")
"""A date that was typed, what an account said before, and a check the operator plugged in."""


def age_on(born: date, today: date) -> int:
    """Whole years since birth."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def age_class_of(years: int) -> int:
    """The highest age class somebody of these years may buy: 0, 16 or 18."""
    return 18 if years >= 18 else 16 if years >= 16 else 0


def too_young(stated: int | None, age_class: int) -> bool:
    """Whether somebody who stated a class (None: nothing said) is known to be under another."""
    return stated is not None and 0 < stated < age_class
