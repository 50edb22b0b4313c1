"""Whose signals count for others, and who may be matched, by place in the arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Standing:
    """Who is not named here counts and may be matched.

    counts: has one paid, delivered order or an operator's import, and is not joined by a flag to
    an account that counts already; matched: agreed to enter other people's peers; speaking: both,
    of still ones.
    """

    def __init__(self) -> None:
        import numpy as np

        self.counts = np.ones(0, np.bool_)
        self.matched = np.ones(0, np.bool_)
        self.speaking = np.ones(0, np.bool_)

    def grow(self, size: int) -> None:
        """Make room for people up to this place."""
        import numpy as np

        more = size - len(self.counts)
        if more > 0:
            room = np.ones(more + size // 2, np.bool_)
            self.counts = np.concatenate([self.counts, room])
            self.matched = np.concatenate([self.matched, room])

    def still(self) -> Standing:
        """Give a copy that later changes do not reach."""
        made = Standing()
        made.counts, made.matched = self.counts.copy(), self.matched.copy()
        made.speaking = made.counts & made.matched
        return made

    def speaks(self, people: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Tell of each person whether she may enter other people's peers."""
        found: NDArray[np.bool_] = self.speaking[people]
        return found
