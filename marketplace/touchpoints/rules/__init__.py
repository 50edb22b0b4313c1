"""Decisions of `touchpoints` on plain values."""

from marketplace.touchpoints.rules.mentions import (
    KINDS,
    LONGEST_EXCERPT,
    LOOK_AGAIN,
    MOODS,
    day_of,
    faults_of,
    is_due,
    subject_of,
)
from marketplace.touchpoints.rules.panels import (
    DECISIONS,
    LEAST_VOTES,
    LONGEST_ABOUT,
    LONGEST_COMMENT,
    LONGEST_RUN,
    LONGEST_TITLE,
    LONGEST_WORDS,
    PANEL_STATES,
    TOP_SCORE,
    decision_faults,
    is_open,
    is_over,
    panel_faults,
    result_of,
    vote_faults,
)
from marketplace.touchpoints.rules.surveys import (
    ACTS,
    LAPSES,
    LEAST_NPS,
    LEAST_SHOWN,
    LIBRARY,
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    MOST_QUESTIONS,
    REST,
    SCALES,
    SURVEY_KINDS,
    Wording,
    annoys,
    counted_scores,
    level_of,
    net_promoters,
    plan_faults,
    wording,
)

__all__ = [
    "ACTS", "DECISIONS", "KINDS", "LAPSES", "LEAST_NPS", "LEAST_SHOWN", "LEAST_VOTES", "LIBRARY",
    "LONGEST_ABOUT", "LONGEST_ANSWER", "LONGEST_COMMENT", "LONGEST_EXCERPT", "LONGEST_QUESTION",
    "LONGEST_RUN", "LONGEST_TITLE", "LONGEST_WORDS", "LOOK_AGAIN", "MOODS", "MOST_QUESTIONS",
    "PANEL_STATES", "REST", "SCALES", "SURVEY_KINDS", "TOP_SCORE", "Wording", "annoys",
    "counted_scores", "day_of", "decision_faults", "faults_of", "is_due", "is_open", "is_over",
    "level_of", "net_promoters", "panel_faults", "plan_faults", "result_of", "subject_of",
    "vote_faults", "wording",
]
