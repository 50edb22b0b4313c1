"""Changes of `bundles`."""

from marketplace.bundles.actions.buying import into_basket
from marketplace.bundles.actions.composing import ItemWish, ensure_boards, fill, publish, start
from marketplace.bundles.actions.judging import commented, set_standing, vote
from marketplace.bundles.actions.variants import remix

__all__ = ["ItemWish", "commented", "ensure_boards", "fill", "into_basket", "publish", "remix",
           "set_standing", "start", "vote"]
