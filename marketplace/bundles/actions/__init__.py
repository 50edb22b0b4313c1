"""Changes of `bundles`."""

from marketplace.bundles.actions.bringing import bring, read_document
from marketplace.bundles.actions.buying import into_basket
from marketplace.bundles.actions.composing import ensure_boards, fill, publish, start
from marketplace.bundles.actions.judging import commented, count_waiting, save, set_standing, vote
from marketplace.bundles.actions.laying import ItemWish, draw_with, keep_preview
from marketplace.bundles.actions.variants import remix

__all__ = ["ItemWish", "bring", "commented", "count_waiting", "draw_with", "ensure_boards",
           "fill", "into_basket", "keep_preview", "publish", "read_document", "remix",
           "save", "set_standing", "start", "vote"]
