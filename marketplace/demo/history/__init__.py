"""What happened in the demo: who bought what when, how the parcel went, what they answered."""

from marketplace.demo.history.happening import draw_history
from marketplace.demo.history.kinds import AnswerPlan, History, LinePlan, OrderPlan, PartPlan
from marketplace.demo.history.ties import Ties, draw_ties

__all__ = [
    "AnswerPlan",
    "History",
    "LinePlan",
    "OrderPlan",
    "PartPlan",
    "Ties",
    "draw_history",
    "draw_ties",
]
