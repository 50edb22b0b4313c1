"""Room `recommend`: people recommend to people; peers of like taste speak where nobody has yet.

Tables: recommendations, thanks, outcomes, signals, signal_clock, feedback. Announces Recommended,
RecommendationWithdrawn, Thanked, FeedbackGiven. The community score is computed from raw signals at
request time; nothing is trained.
"""
