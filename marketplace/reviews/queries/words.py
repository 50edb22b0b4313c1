"""Verdicts beside one another, and the parameters of the formula, in words."""

from __future__ import annotations

from flask_babel import gettext as _

from marketplace.reviews.queries.verdicts import VerdictView
from marketplace.reviews.rules.score import difference


def difference_words(here: VerdictView, there: VerdictView) -> str:
    """What answers prove of a product beside another: the one sentence of every page that shows
    two products side by side. Source: rule `difference` (95 % Wilson intervals).
    """
    found = difference((here.k, here.n), (there.k, there.n))
    return {"none": _("no provable difference"),
            "first": _("provably fewer would buy it again"),
            "second": _("provably more would buy it again")}[found]


def parameter_words() -> dict[str, str]:
    """The parameters in words."""
    return {
        "prior_weight": _("weight of the belief, in answers"),
        "prior_weight_low": _("weight of the belief, at least"),
        "prior_weight_high": _("weight of the belief, at most"),
        "moments_from_products": _("products from which on the weight is computed"),
        "category_weight": _("pull of the whole marketplace on a shelf, in answers"),
        "mean_low": _("believed share, at least"), "mean_high": _("believed share, at most"),
        "lot_weight": _("weight of the lot before, in answers"),
        "half_life_days": _("days after which an answer weighs half"),
        "stars_weight": _("pull of the mean of all stars, in answers"),
        "drift_chance": _("certainty from which a lot is called better or worse"),
        "aside_from_points": _("points from which an answer waits for a person"),
        "aside_days": _("days it waits at most"),
        "duplicate_from": _("likeness from which words are called copied"),
        "helpful_votes": _("votes from which helpful counts are shown"),
        "helpful_days": _("days from which helpful counts are shown"),
        "newcomer_share": _("share of places in lists kept for newcomers"),
    }
