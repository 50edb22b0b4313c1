"""Room `reviews`: would you buy it again? Answers of buyers, their words, replies, scores.

Tables: ratings, rating_versions, rating_photos, rating_occasions, helpful_votes, taps, replies,
reply_versions, invitations, relations, rating_flags, text_prints, imported_ratings, scores,
group_scores, score_days, score_differences, formula_versions. Announces RatingGiven,
RatingWithdrawn, StandingChanged, ReplyPublished, ChangeTold, HelpfulVoted, HelpedMilestone,
InvitationDue, RatingFlagged, LinkFound, OccasionsChanged, LotDrift, TapGiven, RatingsImported,
ImportedWordsChanged, WordsStandingChanged. Uses orders (what is in hands), producers (who works
where), groups (whose members count together).
"""
