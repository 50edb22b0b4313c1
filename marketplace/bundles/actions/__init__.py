"""Changes of `bundles`."""

from marketplace.bundles.actions.bringing import bring, read_document
from marketplace.bundles.actions.buying import into_basket
from marketplace.bundles.actions.challenges import (
    end_challenges,
    enter,
    leave_challenge,
    open_challenge,
    vote_entry,
)
from marketplace.bundles.actions.composing import ensure_boards, fill, publish, start
from marketplace.bundles.actions.judging import (
    commented,
    count_waiting,
    demand_contact,
    demand_named,
    empty_bundle,
    save,
    set_standing,
    vote,
)
from marketplace.bundles.actions.laying import ItemWish, draw_with, keep_preview
from marketplace.bundles.actions.offers import (
    Asked,
    answer_as_author,
    answer_as_house,
    ask_offer,
    check_offers,
    end_offer,
    lapse_offers,
)
from marketplace.bundles.actions.ordering import Moved, end_group_order, move_in_group
from marketplace.bundles.actions.pairs import count_pairs_of, keep_pairs
from marketplace.bundles.actions.photos import (
    add_photo,
    bring_photo,
    check_photo,
    drop_photo,
    drop_photos,
    forget_waiting,
)
from marketplace.bundles.actions.polls import (
    NewPoll,
    answer_poll,
    close_poll,
    empty_poll,
    end_polls,
    hide_poll,
    open_poll,
)
from marketplace.bundles.actions.variants import remix

__all__ = [
    "Asked", "ItemWish", "Moved", "NewPoll", "add_photo", "answer_as_author", "answer_as_house",
    "answer_poll", "ask_offer", "bring", "bring_photo", "check_offers", "check_photo", "close_poll",
    "commented", "count_pairs_of", "count_waiting", "demand_contact", "demand_named", "draw_with",
    "drop_photo", "drop_photos", "empty_bundle", "empty_poll", "end_challenges", "end_group_order",
    "end_offer", "end_polls", "ensure_boards", "enter", "fill", "forget_waiting", "hide_poll",
    "into_basket", "keep_pairs", "keep_preview", "lapse_offers", "leave_challenge", "move_in_group",
    "open_challenge", "open_poll", "publish", "read_document", "remix", "save", "set_standing",
    "start", "vote", "vote_entry",
]
