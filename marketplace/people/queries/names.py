"""Names that stand for a house: a later room says which, and who may carry them."""

from __future__ import annotations

from collections.abc import Callable

Houses = Callable[[], list[tuple[int, str, str]]]
Works = Callable[[int, int], bool]
_houses: list[tuple[Houses, Works]] = []


def ask_houses_of(houses: Houses, works: Works) -> None:
    """Say who knows the houses (number, address part, name) and who works for one."""
    _houses[:] = [(houses, works)]


def houses() -> list[tuple[int, str, str]]:
    """Number, address part and name of every house. Loads: at most 1 statement."""
    return _houses[0][0]() if _houses else []


def works_for(person_id: int, producer_id: int) -> bool:
    """Whether a person belongs to a house. Loads: 1 statement."""
    return bool(_houses) and _houses[0][1](person_id, producer_id)
