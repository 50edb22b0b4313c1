"""Tables of `bundles`: what members put together, what others say to it, what they ask."""

from marketplace.bundles.models.bundles import (
    REASONS,
    BoardTemplate,
    Bundle,
    BundleChange,
    BundleItem,
    BundleSave,
    BundleVote,
)
from marketplace.bundles.models.challenges import Challenge, ChallengeEntry, ChallengeVote
from marketplace.bundles.models.offers import BundleOffer, OfferAgreement
from marketplace.bundles.models.pairs import PairCount
from marketplace.bundles.models.polls import Poll, PollOption, PollVote

__all__ = [
    "REASONS", "BoardTemplate", "Bundle", "BundleChange", "BundleItem", "BundleOffer",
    "BundleSave", "BundleVote", "Challenge", "ChallengeEntry", "ChallengeVote", "OfferAgreement",
    "PairCount", "Poll", "PollOption", "PollVote",
]
