"""Reads of `bundles`."""

from marketplace.bundles.queries.boards import (
    Obstacle,
    board_of,
    boards,
    obstacles,
    vote_reasons,
)
from marketplace.bundles.queries.bundles import (
    BundleRow,
    ItemRow,
    best,
    bundle_for,
    bundle_head,
    bundle_row,
    drafts_of,
    listed,
    may_see,
    newest_of,
    voted,
    with_product,
)
from marketplace.bundles.queries.together import authors_together, goods_put_together

__all__ = [
    "BundleRow",
    "ItemRow",
    "Obstacle",
    "authors_together",
    "best",
    "board_of",
    "boards",
    "bundle_for",
    "bundle_head",
    "bundle_row",
    "drafts_of",
    "goods_put_together",
    "listed",
    "may_see",
    "newest_of",
    "obstacles",
    "vote_reasons",
    "voted",
    "with_product",
]
