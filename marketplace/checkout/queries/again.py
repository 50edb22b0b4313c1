"""What of an order can be had once more, and what is different now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.catalog.models import Lot
from marketplace.catalog.queries import buyable
from marketplace.catalog.queries.product import Buyable
from marketplace.foundation.database import db
from marketplace.orders.queries import LineView


@dataclass(frozen=True, slots=True)
class Again:
    """An old line and the same goods today (None: gone); lots by their labels, "" where equal."""

    line: LineView
    now: Buyable | None
    lot_before: str
    lot_now: str

    @property
    def price_moved(self) -> bool:
        """Whether a piece costs something else than then."""
        return self.now is not None and self.now.price_minor != self.line.unit_minor

    @property
    def words_moved(self) -> bool:
        """Whether the goods are described in other words than then: another recipe, say."""
        return self.now is not None and bool(self.line.essentials) and (
            self.now.essentials != self.line.essentials)


def ordered_again(lines: Sequence[LineView], lang: str) -> list[Again]:
    """Lines of an order beside today's goods; `lang` is the language that was ordered in.

    Loads: 2 statements.
    """
    goods = buyable([line.variant_id for line in lines], lang)
    lots = _labels({lot for line in lines for lot in (
        line.lot_id, goods[line.variant_id].lot_id if line.variant_id in goods else None) if lot})
    return [_again(line, goods.get(line.variant_id), lots) for line in lines]


def _again(line: LineView, now: Buyable | None, lots: Mapping[int, str]) -> Again:
    moved = now is not None and line.lot_id and now.lot_id and line.lot_id != now.lot_id
    return Again(line, now, lots.get(line.lot_id or 0, "") if moved else "",
                 lots.get(now.lot_id or 0, "") if moved and now else "")


def _labels(lot_ids: set[int]) -> Mapping[int, str]:
    if not lot_ids:
        return {}
    return dict(db.session.execute(select(Lot.id, Lot.label).where(Lot.id.in_(lot_ids))).all())
