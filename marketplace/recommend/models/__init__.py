"""Tables of `recommend`: what people recommend, who asks for it, and the raw signals of taste."""

from marketplace.recommend.models.asks import Ask, AskRoute
from marketplace.recommend.models.given import (
    AUDIENCES,
    THINGS,
    Outcome,
    Recommendation,
    RecommendationVersion,
    TellsBought,
    Thanks,
)
from marketplace.recommend.models.pairings import Pairing, PairingVote
from marketplace.recommend.models.taste import (
    ACCEPTS,
    ORDERS,
    REASONS,
    Choices,
    Feedback,
    LessOf,
    Signal,
    SignalClock,
    SuggestionRow,
    TasteChange,
)

__all__ = [
    "ACCEPTS",
    "AUDIENCES",
    "ORDERS",
    "REASONS",
    "THINGS",
    "Ask",
    "AskRoute",
    "Choices",
    "Feedback",
    "LessOf",
    "Outcome",
    "Pairing",
    "PairingVote",
    "Recommendation",
    "RecommendationVersion",
    "Signal",
    "SignalClock",
    "SuggestionRow",
    "TasteChange",
    "TellsBought",
    "Thanks",
]
