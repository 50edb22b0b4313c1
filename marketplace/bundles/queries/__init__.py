"""Reads of `bundles`."""

from marketplace.bundles.queries.boards import (
    Obstacle,
    board_of,
    boards,
    heard_of,
    obstacles,
)
from marketplace.bundles.queries.bundles import (
    best,
    bundle_for,
    bundle_head,
    bundle_row,
    drafts_of,
    listed,
    newest_of,
    own_bundle,
    saved_by,
    voted,
    with_product,
)
from marketplace.bundles.queries.challenges import (
    ChallengeRow,
    Entry,
    challenge_for,
    challenge_of,
    challenges_shown,
    entries_of,
    may_enter,
    running_challenge,
)
from marketplace.bundles.queries.ordering import has_group_order, in_group_order
from marketplace.bundles.queries.polls import PollRow, poll_for, polls_about, polls_shown
from marketplace.bundles.queries.replacing import Instead, instead_of
from marketplace.bundles.queries.rows import BundleRow, ItemRow
from marketplace.bundles.queries.sight import may_see
from marketplace.bundles.queries.together import (
    authors_together,
    goods_put_together,
    pairs_counted,
    pairs_to_change,
)
from marketplace.bundles.queries.variants import (
    Family,
    Kin,
    changes_of,
    family_of,
    parent_licence,
    pieces_of,
)

__all__ = [
    "BundleRow", "ChallengeRow", "Entry", "Family", "Instead", "ItemRow", "Kin", "Obstacle",
    "PollRow", "authors_together", "best", "board_of", "boards", "bundle_for", "bundle_head",
    "bundle_row", "challenge_for", "challenge_of", "challenges_shown", "changes_of", "drafts_of",
    "entries_of", "family_of", "goods_put_together", "has_group_order", "heard_of",
    "in_group_order", "instead_of", "listed", "may_enter", "may_see", "newest_of", "obstacles",
    "own_bundle", "pairs_counted", "pairs_to_change", "parent_licence", "pieces_of", "poll_for",
    "polls_about", "polls_shown", "running_challenge", "saved_by", "voted", "with_product",
]
