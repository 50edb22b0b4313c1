"""Room `touchpoints`: moments in which people meet the market; so far, short questions after an
act, a panel of members and what is said elsewhere.

Tables: surveys, survey_questions, survey_asks, survey_caps, survey_answers, panels, panel_members,
panel_votes, mentions. Announces SurveyAnswered, SurveyDeclined, SurveyPaused, PanelAsked,
PanelDecided, OperatorActed. It uses orders, catalog, producers,
people and notify.
"""
