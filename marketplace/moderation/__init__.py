"""Room `moderation`: reports, decisions with a reason from the closed list, appeals, public log.

Tables: matters, reports, author_words, decisions, appeals, exclusion_appeals, moderation_log,
audit_log. Announces ReportFiled, AuthorAsked, DecisionTaken, AppealFiled, AppealDecided,
ExclusionAppealed, ExclusionJudged. It acts on words and exclusions only through the actions of the
rooms that own them.
"""
