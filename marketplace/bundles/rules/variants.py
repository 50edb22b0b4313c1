"""Variants of a bundle: which licence they may have, and what is different in them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

BY_SA, BY, CC0, ALL_RIGHTS = "CC-BY-SA-4.0", "CC-BY-4.0", "CC0-1.0", "all-rights"
LICENCES = (BY_SA, BY, CC0, ALL_RIGHTS)
MOST_STEPS = 50
"""How long a chain of variants may become."""

_OF_VARIANT = {BY_SA: (BY_SA,), BY: (BY, BY_SA), CC0: LICENCES, ALL_RIGHTS: ()}


def licences_for(parent: str | None) -> tuple[str, ...]:
    """Which licences a composition may have; `parent` is that of what it was made from."""
    return LICENCES if parent is None else _OF_VARIANT.get(parent, ())


@dataclass(frozen=True, slots=True)
class Piece:
    """A product in its place; `place` holds position, size and turn in a collage."""

    product_id: int
    slot: str
    place: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What became different, by product; `swapped` holds pairs of what went and what came."""

    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    swapped: tuple[tuple[int, int], ...] = ()
    moved: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.added or self.removed or self.swapped or self.moved)


def difference(before: Sequence[Piece], after: Sequence[Piece]) -> Difference:
    """What was added, removed, swapped in its slot, or moved; the order of the list says nothing.

    Equal pieces are matched first, then the same product elsewhere, then another one in the slot.
    """
    came = list(after)
    gone = [piece for piece in before if not _taken(came, piece)]
    moved: list[Piece] = []
    left: list[Piece] = []
    for piece in gone:
        found = next((one for one in came if one.product_id == piece.product_id), None)
        (moved if found and _taken(came, found) else left).append(piece)
    swapped, removed = [], []
    for piece in left:
        found = next((one for one in came if one.slot and one.slot == piece.slot), None)
        if found is not None and _taken(came, found):
            swapped.append((piece.product_id, found.product_id))
        else:
            removed.append(piece.product_id)
    return Difference(tuple(piece.product_id for piece in came), tuple(removed), tuple(swapped),
                      tuple(piece.product_id for piece in moved))


def _taken(pieces: list[Piece], piece: Piece) -> bool:
    """Take a piece out of the list; whether it was there."""
    if piece in pieces:
        pieces.remove(piece)
        return True
    return False


def too_different(judged: Sequence[int], now: Sequence[int]) -> bool:
    """Whether more than half of the goods that people judged are gone: then it is a variant."""
    gone = Counter(judged) - Counter(now)
    return 2 * gone.total() > len(judged)
