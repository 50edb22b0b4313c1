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
from marketplace.search.actions.pairs import add_pair, check_pair, end_pair
from marketplace.search.actions.rebuilding import ask_rebuild, begin_rebuild, note_progress
from marketplace.search.actions.waiting import (
    answered_searches,
    end_wait,
    tell_answered,
    wait_for,
)
from marketplace.search.actions.writing import changed, rewrite_all, write_documents

__all__ = ["Searched", "add_pair", "answered_searches", "ask_rebuild", "basket_followed",
           "begin_rebuild", "changed", "check_pair", "end_pair", "end_wait",
           "forget_old_searches", "forget_searched", "note_progress", "rewrite_all", "searched",
           "searches_wait", "tell_answered", "wait_for", "write_documents", "write_searches"]
