"""How much each peer's word weighs: ridge regression of one person's taste on her peers'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplace.recommend.rules.arrays import Rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def peer_weights(rows: Rows, scale: Floats, own: Floats, damping: float, steps: int) -> Floats:
    """Give each peer's weight: (Z Z' + damping I)^-1 Z own, by conjugate gradients.

    Z: the peers' rows, product j times scale[j]; own: the person's row, scaled alike, dense over
    all products. Negative weights: who always disagrees speaks too. Source: Steck 2019, WWW (in
    its dual form); Hestenes, Stiefel 1952.
    """
    import numpy as np
    from scipy.sparse import csr_array

    values = rows.values * scale[rows.numbers]
    shape = (len(rows.starts) - 1, len(scale))
    peers = csr_array((values, rows.numbers, rows.starts), shape=shape)
    turned = peers.T
    target: Floats = peers @ own
    weights: Floats = np.zeros(shape[0])
    rest, way = target.copy(), target.copy()
    size = float(rest @ rest)
    least = 1e-20 * size
    for _ in range(steps):
        if size <= least:
            break
        ahead = peers @ (turned @ way) + damping * way
        step = size / float(way @ ahead)
        weights += step * way
        rest -= step * ahead
        size, before = float(rest @ rest), size
        way = rest + (size / before) * way
    return weights
