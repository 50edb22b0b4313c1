"""Changes of `producers`."""

from marketplace.producers.actions.facts import keep_fact
from marketplace.producers.actions.pages import (
    change_page,
    demand,
    follow,
    go_public,
    mark_seen,
    open_producer,
    promise,
    recount_followers,
    unfollow,
)

__all__ = [
    "change_page", "demand", "follow", "go_public", "keep_fact", "mark_seen", "open_producer",
    "promise", "recount_followers", "unfollow",
]
