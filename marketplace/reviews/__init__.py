"""Room `reviews`: would you buy it again? Answers of buyers, their words, replies, scores.

Tables: ratings, rating_versions, rating_photos, rating_occasions, helpful_votes, replies,
reply_versions, invitations, imported_ratings, scores, formula_versions. Announces RatingGiven,
ReplyPublished, HelpfulVoted, RatingsImported, WordsStandingChanged. Uses orders (what is in hands).
"""
