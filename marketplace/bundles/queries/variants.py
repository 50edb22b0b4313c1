"""Where a bundle comes from, what was made of it, and what its author changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, literal, or_, select

from marketplace.bundles.models import Bundle, BundleChange, BundleItem
from marketplace.bundles.queries.bundles import WHERE
from marketplace.bundles.queries.rows import BundleRow, piece, place_in
from marketplace.bundles.queries.sight import named, seen_by
from marketplace.bundles.rules import MOST_STEPS, Piece
from marketplace.foundation.database import db

MOST_KIN, MOST_CHANGES = 500, 20


@dataclass(frozen=True, slots=True)
class Kin:
    """Another bundle of the same descent; `shown` if this viewer may find it."""

    id: int
    slug: str
    title: str
    author_id: int | None
    parent_id: int | None
    shown: bool

    @property
    def url(self) -> str:
        """Its page."""
        return f"/bundles/{self.slug}"


@dataclass(frozen=True, slots=True)
class Family:
    """The chain back to the first original, newest first, and what was made of a bundle."""

    chain: Sequence[Kin] = ()
    variants: Sequence[Kin] = ()


def family_of(bundle: BundleRow, viewer_id: int | None) -> Family:
    """Origins and variants of a bundle. Loads: 1 statement where there are any, else none."""
    if bundle.root_id is None and not bundle.remixes:
        return Family()
    rows: Sequence[Any] = db.session.execute(
        select(Bundle.id, Bundle.slug, Bundle.title, Bundle.author_id, Bundle.parent_id,
               and_(seen_by(viewer_id), named()).label("shown"))
        .where(or_(Bundle.id.in_(select(_origins(bundle.parent_id).c.id)),
                   Bundle.parent_id == bundle.id), Bundle.id != bundle.id)
        .order_by(Bundle.depth, Bundle.id).limit(MOST_KIN + MOST_STEPS)).all()
    kin = {row.id: Kin(row.id, row.slug, row.title, row.author_id, row.parent_id,
                       bool(row.shown)) for row in rows}
    chain: list[Kin] = []
    step = kin.get(bundle.parent_id or 0)
    while step is not None and len(chain) < MOST_STEPS:
        chain.append(step)
        step = kin.get(step.parent_id or 0)
    return Family(chain, [one for one in kin.values()
                          if one.parent_id == bundle.id and one.shown])


def _origins(parent_id: int | None) -> Any:
    """What a bundle was made from, step by step, however wide its family is."""
    first = (select(Bundle.id, Bundle.parent_id, literal(1).label("step"))
             .where(Bundle.id == (parent_id or 0)).cte("origins", recursive=True))
    return first.union_all(
        select(Bundle.id, Bundle.parent_id, first.c.step + 1)
        .join(first, Bundle.id == first.c.parent_id).where(first.c.step < MOST_STEPS))


def parent_licence(bundle: BundleRow) -> str | None:
    """The licence of what a bundle was made from. Loads: 1 statement, or none."""
    if bundle.parent_id is None:
        return None
    return db.session.scalar(select(Bundle.licence).where(Bundle.id == bundle.parent_id))


def pieces_of(bundle_id: int) -> Sequence[Piece]:
    """The parts of a bundle as a comparison needs them. Loads: 1 statement."""
    return [piece(row.product_id, row.slot, place_in(row)) for row in db.session.execute(
        select(BundleItem.product_id, BundleItem.slot, *WHERE)
        .where(BundleItem.bundle_id == bundle_id).order_by(BundleItem.pos))]


def changes_of(bundle: BundleRow) -> Sequence[tuple[datetime, dict[str, Any]]]:
    """What was changed after publishing, newest first. Loads: 1 statement, or none."""
    if bundle.published_at is None or bundle.changed_at <= bundle.published_at:
        return []
    return [(row.at, row.what) for row in db.session.execute(
        select(BundleChange.at, BundleChange.what).where(BundleChange.bundle_id == bundle.id)
        .order_by(BundleChange.at.desc(), BundleChange.id.desc()).limit(MOST_CHANGES))]
