"""What the asker of a thread shows to the house: ticks for them, the words for the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from marketplace.dialogue.queries.wishes import shown_in
from marketplace.dialogue.views.reading import Reading
from marketplace.people.queries import wishes_of
from marketplace.people.queries.wishes import named_words
from marketplace.people.rules.wishes import OFFERED


@dataclass(frozen=True, slots=True)
class WishesBox:
    """For the asker all their wishes with a tick each (id, words, shown); for the house those that
    are shown, without `url`.
    """

    rows: Sequence[tuple[int, str, bool]]
    url: str


def wishes_box(seen: Reading, me: int | None) -> WishesBox | None:
    """What this reader may do or see of it; None for everybody but asker and house.

    Loads: up to 2 statements.
    """
    own = me is not None and seen.thread.author_id == me and seen.thread.producer_id is not None
    if not own and seen.role is None:
        return None
    shown = shown_in(seen.thread.id)
    if not own:
        return WishesBox([(one.id, named_words(one), True) for one in shown], "") if shown else None
    ids = {one.id for one in shown}
    rows = [(one.id, named_words(one), one.id in ids) for one in wishes_of(me or 0)
            if one.kind in OFFERED]
    return WishesBox(rows, url_for("dialogue.show_wishes", code=seen.thread.code)) if rows else None
