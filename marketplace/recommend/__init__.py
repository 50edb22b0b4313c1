"""Room `recommend`: people recommend to people; peers of like taste speak where nobody has yet.

Tables: recommendations, recommendation_versions, thanks, tells_bought, outcomes, asks,
ask_routes, signals, signal_clock, taste_changes, suggestion_rows, feedback, less_of,
recommend_choices, pairings, pairing_votes. Announces Recommended, RecommendationChanged,
RecommendationWithdrawn, Thanked, PurchaseTold, FeedbackGiven, AskOpened, AskRouted,
AskPutToProducer, AskAnswered,
AnswerHelped, AskUnanswered, AskTurned, SuggestionsFresh, PairingVoted. Jobs: recommend.outcomes,
recommend.route, recommend.unanswered,
recommend.refresh, recommend.nightly. The community score is computed from raw signals at request
time; nothing is trained.
"""
