"""Room `touchpoints`: moments in which people meet the market; so far, short questions after an
act and what is said elsewhere.

Tables: surveys, survey_questions, survey_asks, survey_caps, survey_answers, mentions. Announces
SurveyAnswered, SurveyDeclined, SurveyPaused, OperatorActed. It uses orders, catalog, producers,
people and notify.
"""
