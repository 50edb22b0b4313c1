"""Reads of `search`."""

from marketplace.search.queries.goods import FACETS, SORTS, Answer, Asked, find
from marketplace.search.queries.reader import Reader, audience_of, reader_of
from marketplace.search.queries.suggesting import Suggested, similar, suggest
from marketplace.search.queries.things import KINDS, Things, find_things
from marketplace.search.queries.vocabulary import vocabulary

__all__ = ["FACETS", "KINDS", "SORTS", "Answer", "Asked", "Reader", "Suggested", "Things",
           "audience_of", "find", "find_things", "reader_of", "similar", "suggest", "vocabulary"]
