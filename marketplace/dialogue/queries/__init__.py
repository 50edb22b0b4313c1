"""Reads of `dialogue`."""

from marketplace.dialogue.queries.studio import (
    low_stock,
    newest_voices,
    rating_by_code,
    ratings_by_id,
    reply_to,
)
from marketplace.dialogue.queries.threads import (
    ThreadRow,
    answer_due,
    answer_figures,
    asked_before,
    comment_thread,
    comments_of,
    inbox,
    is_party,
    lively,
    open_cases,
    own_votes,
    people_in,
    post_by_code,
    posts_of,
    posts_today,
    public_threads,
    supports,
    thread_by_code,
    to_market,
    topics_of,
)

__all__ = [
    "ThreadRow", "answer_due", "answer_figures", "asked_before", "comment_thread", "comments_of",
    "inbox", "is_party", "lively", "low_stock", "newest_voices", "open_cases", "own_votes",
    "people_in", "post_by_code", "posts_of", "posts_today", "public_threads", "rating_by_code",
    "ratings_by_id", "reply_to", "supports", "thread_by_code", "to_market", "topics_of",
]
