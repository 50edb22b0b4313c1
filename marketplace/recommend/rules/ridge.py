"""How much each peer's word weighs: ridge regression of one person's taste on her peers'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from marketplace.recommend.rules.rows import Rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Short = NDArray[np.float32]


class Compared(NamedTuple):
    """One thing people are compared by: the peers' rows and one's own, column j times scale[j].

    own: dense over all columns, not yet scaled.
    """

    rows: Rows
    scale: Short
    own: Short


def peer_weights(by: Sequence[Compared], damping: float, steps: int) -> Floats:
    """Give each peer's weight: (Z Z' + damping I)^-1 Z own, by conjugate gradients.

    Z: the peers' scaled rows of everything they are compared by, side by side. Negative weights:
    who always disagrees speaks too. Source: Steck 2019, WWW (in its dual form); Hestenes, Stiefel
    1952.
    """
    import numpy as np

    made = [_matrix(one) for one in by]
    parts = [(peers, peers.T) for peers in made]
    target = sum(peers @ (one.own * one.scale) for peers, one in zip(made, by, strict=True))
    weights: Floats = np.zeros(len(target))
    rest, way = target.astype(np.float64), target.astype(np.float64)
    size = float(rest @ rest)
    least = 1e-20 * size
    for _ in range(steps):
        if size <= least:
            break
        short = way.astype(np.float32)
        ahead = sum(peers @ (turned @ short) for peers, turned in parts) + damping * way
        step = size / float(way @ ahead)
        weights += step * way
        rest -= step * ahead
        size, before = float(rest @ rest), size
        way = rest + (size / before) * way
    return weights


def _matrix(one: Compared) -> Any:
    from scipy.sparse import csr_array

    rows = one.rows
    values = rows.values * one.scale.take(rows.numbers)
    return csr_array((values, rows.numbers, rows.starts), (len(rows.starts) - 1, len(one.scale)))
