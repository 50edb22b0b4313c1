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
    "ACTS", "KINDS", "LAPSES", "LEAST_NPS", "LEAST_SHOWN", "LIBRARY", "LONGEST_ANSWER",
    "LONGEST_EXCERPT", "LONGEST_QUESTION", "LOOK_AGAIN", "MOODS", "MOST_QUESTIONS", "REST",
    "SCALES", "SURVEY_KINDS", "Wording", "annoys", "counted_scores", "day_of", "faults_of",
    "is_due", "level_of", "net_promoters", "plan_faults", "subject_of", "wording",
]
