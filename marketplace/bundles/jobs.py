"""Background work of `bundles`."""

from __future__ import annotations

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import Tile, compose
from marketplace.bundles.actions import (
    check_offers,
    count_waiting,
    end_challenges,
    end_polls,
    keep_pairs,
    keep_preview,
    lapse_offers,
)
from marketplace.bundles.queries import pairs_to_change
from marketplace.bundles.queries.previews import Laid, Layout, layout_of
from marketplace.bundles.rules import BOARD, pixel
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import job

WIDTH, PAIRS_AT_ONCE = 1200, 5_000


@job("bundles.render")
def render(bundle_id: int) -> None:
    """Make the picture of a collage, unless the one that is there shows the same."""
    layout = layout_of(bundle_id)
    db.session.rollback()
    if layout is None or layout.digest == layout.drawn_digest:
        return
    files = compose(tiles_of(layout), layout.background, doors().storage, WIDTH)
    with committing():
        keep_preview(bundle_id, layout.digest, files)


@job("bundles.count_votes", every_seconds=3_600)
def count_votes() -> None:
    """Voices of accounts that were too young count once they are old enough."""
    with committing():
        count_waiting()


@job("bundles.end_polls", every_seconds=60)
def close_polls() -> None:
    """Questions whose time is over show their result, and who asked is told."""
    with committing():
        end_polls()


@job("bundles.end_challenges", every_seconds=60)
def close_challenges() -> None:
    """Challenges whose votes are over name authors and places."""
    with committing():
        end_challenges()


@job("bundles.check_offers", every_seconds=30)
def look_at_offers() -> None:
    """Prices of sets rest as soon as they save nothing or miss a part; silence is a no."""
    with committing():
        lapse_offers()
        check_offers()


@job("bundles.pair_counts", every_seconds=86_400)
def pair_counts() -> None:
    """All pairs as the public bundles say, whatever was missed since yesterday."""
    _count_pairs(None)


@job("bundles.pairs_of")
def pairs_of(product_ids: list[int]) -> None:
    """Pairs among goods of a bundle that was shown, changed or hidden."""
    _count_pairs(product_ids)


def _count_pairs(product_ids: list[int] | None) -> None:
    """Read without holding anybody up, then change a portion at a time."""
    changes = pairs_to_change(product_ids)
    db.session.rollback()
    for start in range(0, len(changes), PAIRS_AT_ONCE):
        with committing():
            keep_pairs(changes[start:start + PAIRS_AT_ONCE])


def tiles_of(layout: Layout) -> list[Tile]:
    """The parts of a collage in pixels."""
    return [_tile(part) for part in layout.parts]


def _tile(part: Laid) -> Tile:
    place = part.place
    x, y, w, h = (pixel(value, WIDTH) for value in (place.x, place.y, place.w, place.h))
    left, top, width, height = (value / BOARD for value in place.crop)
    needed = max(w / width, h / height)
    file = next((name for wide, name in part.files if wide >= needed),
                part.files[-1][1] if part.files else "")
    return Tile(x, y, max(1, w), max(1, h), place.rot / 10,
                (left, top, left + width, top + height), file, part.drawn, part.title)
