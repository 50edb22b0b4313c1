"""Reads of `touchpoints`."""

from marketplace.touchpoints.queries.asking import (
    AskView,
    QuestionView,
    ask_by_code,
    asks_of,
    never_asked,
    open_ask,
    open_ask_of_order,
    questions_of,
    score_words,
    survey_shown,
)
from marketplace.touchpoints.queries.counting import (
    SurveyRow,
    answers_of,
    declines_of,
    houses_repeating,
    running_surveys,
    survey_rows,
)
from marketplace.touchpoints.queries.houses import (
    SaidOfHouse,
    said_to_house,
    shares_of_house,
)
from marketplace.touchpoints.queries.mentions import (
    Kept,
    Said,
    kind_words,
    mention_counts,
    mention_of,
    mentions,
    said_of_house,
    said_of_product,
    subject_id,
)
from marketplace.touchpoints.queries.panels import (
    PanelComment,
    PanelRow,
    in_panel,
    panel_comments,
    panel_counts,
    panel_hears,
    panel_members,
    panel_rows,
)

__all__ = [
    "AskView", "Kept", "PanelComment", "PanelRow", "QuestionView", "Said", "SaidOfHouse",
    "SurveyRow", "answers_of", "ask_by_code", "asks_of", "declines_of", "houses_repeating",
    "in_panel", "kind_words", "mention_counts", "mention_of", "mentions", "never_asked", "open_ask",
    "open_ask_of_order", "panel_comments", "panel_counts", "panel_hears", "panel_members",
    "panel_rows", "questions_of", "running_surveys", "said_of_house", "said_of_product",
    "said_to_house", "score_words", "shares_of_house", "subject_id", "survey_rows", "survey_shown",
]
