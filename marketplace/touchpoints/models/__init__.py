"""Tables of `touchpoints`."""

from marketplace.touchpoints.models.mentions import Mention
from marketplace.touchpoints.models.panels import Panel, PanelMember, PanelVote
from marketplace.touchpoints.models.surveys import (
    Survey,
    SurveyAnswer,
    SurveyAsk,
    SurveyCap,
    SurveyQuestion,
)

__all__ = [
    "Mention", "Panel", "PanelMember", "PanelVote", "Survey", "SurveyAnswer", "SurveyAsk",
    "SurveyCap", "SurveyQuestion",
]
