"""What follows what: the one table through which later rooms react to earlier ones.

Handlers run inside the change that announces; those in `later` by a job right after it.
Each file holds the events of some rooms; here they come together.
"""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.bundles import events as bundles
from marketplace.dialogue import events as dialogue
from marketplace.foundation.events import Event
from marketplace.groups import events as groups
from marketplace.handlers import lists
from marketplace.notify import events as letters
from marketplace.orders import events as orders
from marketplace.people import events as people
from marketplace.producers import events as producers
from marketplace.reactions.assortment import GOODS
from marketplace.reactions.kinds import Handlers
from marketplace.reactions.talk import TALK
from marketplace.reactions.trade import TRADE
from marketplace.reactions.village import VILLAGE
from marketplace.recommend import events as recommend
from marketplace.search import events as search

__all__ = ["REACTIONS"]

TOLD_NOBODY = (
    people.LevelChanged, people.AgeClassStated, people.WishChanged, people.CheckInAnswered,
    orders.DocumentIssued, bundles.BundleSaved, recommend.SuggestionsFresh, dialogue.Snoozed,
    search.SearchMissed, letters.LetterSkipped)
"""Announced so that others may hear it; nothing here follows."""

ON_PAGES = (
    producers.ProducerFollowed, producers.StaffLeft, producers.PromiseChanged, groups.ListItemAdded,
    groups.RuleChanged, bundles.ChallengeOpened, recommend.RecommendationWithdrawn,
    recommend.RecommendationChanged)
"""After these only the kept pages are drawn anew."""

REACTIONS: Mapping[type[Event], Handlers] = {
    **VILLAGE, **GOODS, **TRADE, **TALK,
    **dict.fromkeys(ON_PAGES, (lists.drop_pages,)), **dict.fromkeys(TOLD_NOBODY, ()),
}
"""All rows; no event stands in two of the files."""
