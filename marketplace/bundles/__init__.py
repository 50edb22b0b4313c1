"""Room `bundles`: members put goods of several producers together, others vote and buy.

Tables: board_templates, bundles, bundle_items, bundle_changes, bundle_votes, bundle_saves.
Announces BundlePublished, BundleChanged, BundleRemixed, BundleVoted, BundleSaved, BundleAdded.
Comments are threads of `dialogue`.
"""
