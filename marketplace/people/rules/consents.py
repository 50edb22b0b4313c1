"""What members may agree to, by the purpose that stands in `consents`."""

from __future__ import annotations

TASTE_MATCHING = "taste_matching"
"""To be compared with others who agreed too, and to be named to them."""
WAY_TO_ORDER = "way_to_order"
"""To have clicks on recommendations, bundles and lists remembered for 30 days."""
REVIEW_INVITE = "review_invite"
"""To be asked by mail after a delivery."""
HEALTH = "health"
"""To have allergies and diets kept for one's own requests (GDPR Art. 9)."""
STAFF_HELP = "staff_help"
"""To have the people of the market look at one's account to help."""
PANEL = "panel"
"""To be asked what the market should do, and to have one's votes kept and shown without a name."""
PURPOSES = (TASTE_MATCHING, WAY_TO_ORDER, REVIEW_INVITE, HEALTH, STAFF_HELP, PANEL)
