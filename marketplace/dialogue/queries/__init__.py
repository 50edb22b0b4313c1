"""Reads of `dialogue`."""

from marketplace.dialogue.queries.comments import comment_thread, comments_of
from marketplace.dialogue.queries.groups import Topics, exported_topics, readable_by, topics_for
from marketplace.dialogue.queries.news import (
    Late,
    NewsRow,
    last_offer,
    late_voices,
    lock_of,
    news_of,
)
from marketplace.dialogue.queries.studio import (
    low_stock,
    newest_voices,
    parts_in_danger,
    rating_by_code,
    ratings_by_id,
    reply_to,
)
from marketplace.dialogue.queries.threads import (
    TakingPart,
    ThreadRow,
    answer_due,
    answer_figures,
    code_of_proposal,
    inbox,
    is_party,
    lively,
    newest_topics,
    open_cases,
    post_by_code,
    posts_of,
    posts_today,
    public_threads,
    taking_part,
    thread_by_code,
    to_market,
)

__all__ = [
    "Late", "NewsRow", "TakingPart", "ThreadRow", "Topics", "answer_due", "answer_figures",
    "code_of_proposal", "comment_thread", "comments_of", "exported_topics", "inbox", "is_party",
    "last_offer", "late_voices", "lively", "lock_of", "low_stock", "newest_topics",
    "newest_voices", "news_of", "open_cases", "parts_in_danger", "post_by_code", "posts_of",
    "posts_today", "public_threads", "rating_by_code", "ratings_by_id", "readable_by", "reply_to",
    "taking_part", "thread_by_code", "to_market", "topics_for",
]
