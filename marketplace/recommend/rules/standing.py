"""Whose signals count for others, who may be matched, and which accounts speak only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALONE = -1


class Standing:
    """By a person's place in the arrays; who is not named counts, may be matched, stands alone.

    counts: has one paid, delivered order or an operator's import; matched: agreed to enter other
    people's peers; joined: the mark of accounts that a flag joined, which count once together.
    """

    def __init__(self) -> None:
        import numpy as np

        self.counts = np.ones(0, np.bool_)
        self.matched = np.ones(0, np.bool_)
        self.joined = np.full(0, ALONE, np.int64)

    def grow(self, size: int) -> None:
        """Make room for people up to this place."""
        import numpy as np

        more = size - len(self.counts)
        if more > 0:
            more += size // 2
            self.counts = np.concatenate([self.counts, np.ones(more, np.bool_)])
            self.matched = np.concatenate([self.matched, np.ones(more, np.bool_)])
            self.joined = np.concatenate([self.joined, np.full(more, ALONE, np.int64)])

    def speaks(self, people: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Tell of each person whether she may enter other people's peers."""
        found: NDArray[np.bool_] = self.counts[people] & self.matched[people]
        return found

    def once(self, people: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Tell of each person, best first, whether no joined account came before."""
        import numpy as np

        marks = self.joined[people]
        first = np.zeros(len(people), np.bool_)
        first[np.unique(marks, return_index=True)[1]] = True
        found: NDArray[np.bool_] = first | (marks == ALONE)
        return found
