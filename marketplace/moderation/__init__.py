"""Room `moderation`: reports, decisions with a reason from the closed list, the public log.

Tables: matters, reports, author_words, decisions, moderation_log, audit_log. Announces ReportFiled,
AuthorAsked, DecisionTaken. It acts on words only through the actions of the rooms that own them.
"""
