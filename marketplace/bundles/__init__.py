"""Room `bundles`: members put goods of several producers together, others vote and buy.

Tables: board_templates, bundles, bundle_items, bundle_changes, bundle_votes, bundle_saves, polls,
poll_options, poll_votes, challenges, challenge_entries, challenge_votes,
bundle_offers, offer_agreements, pair_counts.
Announces BundlePublished, BundleChanged, BundleRemixed, BundleVoted, BundleSaved, BundleAdded,
PollOpened, PollEnded, ChallengeOpened, ChallengeEnded, OfferAsked, OfferAgreed, OfferPaused,
OfferEnded. Comments are threads of `dialogue`.
"""
