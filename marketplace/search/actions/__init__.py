"""Changes of `search`."""

from marketplace.search.actions.counting import (
    Searched,
    basket_followed,
    forget_old_searches,
    forget_searched,
    searched,
    searches_wait,
    write_searches,
)
from marketplace.search.actions.waiting import (
    answered_searches,
    end_wait,
    tell_answered,
    wait_for,
)
from marketplace.search.actions.writing import changed, rewrite_all, write_documents

__all__ = ["Searched", "answered_searches", "basket_followed", "changed", "end_wait",
           "forget_old_searches", "forget_searched", "rewrite_all", "searched", "searches_wait",
           "tell_answered", "wait_for", "write_documents", "write_searches"]
