"""Tables of `recommend`: what people recommend, and the raw signals of taste."""

from marketplace.recommend.models.given import (
    AUDIENCES,
    THINGS,
    Outcome,
    Recommendation,
    RecommendationVersion,
    TellsBought,
    Thanks,
)
from marketplace.recommend.models.taste import (
    ACCEPTS,
    ORDERS,
    REASONS,
    Choices,
    Feedback,
    LessOf,
    Signal,
    SignalClock,
    TasteChange,
)

__all__ = [
    "ACCEPTS",
    "AUDIENCES",
    "ORDERS",
    "REASONS",
    "THINGS",
    "Choices",
    "Feedback",
    "LessOf",
    "Outcome",
    "Recommendation",
    "RecommendationVersion",
    "Signal",
    "SignalClock",
    "TasteChange",
    "TellsBought",
    "Thanks",
]
