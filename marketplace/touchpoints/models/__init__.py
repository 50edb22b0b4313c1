"""Tables of `touchpoints`."""

from marketplace.touchpoints.models.mentions import Mention
from marketplace.touchpoints.models.surveys import (
    Survey,
    SurveyAnswer,
    SurveyAsk,
    SurveyCap,
    SurveyQuestion,
)

__all__ = ["Mention", "Survey", "SurveyAnswer", "SurveyAsk", "SurveyCap", "SurveyQuestion"]
