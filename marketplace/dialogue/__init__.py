"""Room `dialogue`: one kind of thread for everything people say to each other and to producers.

Tables: threads, posts, post_votes, supports, thread_people, cases, snoozes,
shown_wishes. Announces
ThreadOpened, PostPublished, AnswerGiven, OutcomeSet, CaseOpened, Snoozed. Uses producers (hours,
promises) and masking.
"""
