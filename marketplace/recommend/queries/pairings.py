"""What goes with what, by votes and by the bundles of members."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import and_, or_, select

from marketplace.bundles.queries import authors_together, goods_put_together
from marketplace.bundles.rules import Fit, fit, rank
from marketplace.catalog.models import Product
from marketplace.foundation.database import db
from marketplace.foundation.kept import forget_one, kept
from marketplace.recommend.models import Pairing, PairingVote
from marketplace.recommend.rules.pairings import MORE_YES, holds, is_shown

MOST = 200
PAIRED = ("paired",)


@dataclass(frozen=True, slots=True)
class PairingRow:
    """Something that goes with a product: another one, or an occasion; with its votes."""

    code: str
    other_id: int | None
    occasion_id: int | None
    up: int
    down: int
    mine: int = 0


@dataclass(frozen=True, slots=True)
class Fitting:
    """A product that goes with others: its votes, who put them together, and both as a score."""

    product_id: int
    up: int
    down: int
    authors: int
    fit: Fit

    def words(self) -> str:
        """The larger half of the score in words."""
        if self.fit.authors > self.fit.votes:
            return ngettext("%(num)s member put both together", "%(num)s members put both together",
                            self.authors)
        return fits_words(self.up, self.down)


def fits_words(up: int, down: int) -> str:
    """Votes as an honest count."""
    return _("goes together: %(up)s for, %(down)s against", up=up, down=down)


def pairings_of(product_id: int, viewer_id: int | None = None, limit: int = MOST
                ) -> Sequence[PairingRow]:
    """What was said to go with a product, the surest first, with the viewer's own voice.

    Goods that are no longer offered are left out. Loads: 1 statement.
    """
    other = and_(PairingVote.pairing_id == Pairing.id, PairingVote.person_id == (viewer_id or 0))
    rows: Sequence[Any] = db.session.execute(
        select(Pairing.code, Pairing.product_id, Pairing.other_id, Pairing.occasion_id,
               Pairing.up, Pairing.down, PairingVote.value)
        .outerjoin(PairingVote, other)
        .where(or_(Pairing.product_id == product_id, Pairing.other_id == product_id))
        .order_by(Pairing.id).limit(5 * limit)).all()
    found = [PairingRow(r.code, r.product_id if r.other_id == product_id else r.other_id,
                        r.occasion_id, r.up, r.down, r.value or 0) for r in rows]
    return sorted(found, key=lambda r: -rank(r.up, r.down))[:limit]


def fitting(product_ids: Collection[int], limit: int = 60) -> Sequence[Fitting]:
    """Goods on sale that go with one of these, the best first. Loads: 3 statements."""
    ids = list(product_ids)
    votes: dict[int, tuple[int, int]] = {}
    rows: Sequence[Any] = db.session.execute(
            select(Pairing.product_id, Pairing.other_id, Pairing.up, Pairing.down)
            .where(Pairing.other_id.is_not(None),
                   or_(Pairing.product_id.in_(ids), Pairing.other_id.in_(ids)))).all()
    for one, other, up, down in rows:
        for goods in {one, other} - set(ids):
            before = votes.get(goods, (0, 0))
            votes[goods] = (before[0] + up, before[1] + down)
    authors = authors_together(ids)
    made = [Fitting(i, *votes.get(i, (0, 0)), authors.get(i, 0),
                    fit(*votes.get(i, (0, 0)), authors.get(i, 0)))
            for i in votes.keys() | authors.keys()]
    good = sorted((one for one in made if _speaks(one)), key=lambda o: (-o.fit.score, o.product_id))
    sold = set(db.session.scalars(select(Product.id).where(
        Product.id.in_([one.product_id for one in good]), Product.state == "published")))
    return [one for one in good if one.product_id in sold][:limit]


def _speaks(one: Fitting) -> bool:
    """More yes than no, or enough people who put them together and no majority against it."""
    return is_shown(one.up, one.down) or (one.fit.authors > 0 and one.up >= one.down)


def fitting_product(product_id: int) -> tuple[Sequence[Fitting], Sequence[PairingRow]]:
    """What a product's page names: goods, and occasions; counted anew each minute and after a vote.

    Loads: 5 statements a minute for goods that somebody paired, 2 a minute for all others together.
    """
    if product_id not in kept(PAIRED, _paired):
        return (), ()
    return kept(_key(product_id), lambda: (fitting([product_id], 6), [
        row for row in pairings_of(product_id)
        if row.occasion_id is not None and is_shown(row.up, row.down)]))


def _paired() -> frozenset[int]:
    """Goods of which there is something to say. Loads: 2 statements."""
    said = db.session.execute(select(Pairing.product_id, Pairing.other_id).where(
        Pairing.up > Pairing.down))
    return goods_put_together() | {one for pair in said for one in pair if one is not None}


def _key(product_id: int) -> tuple[str, int]:
    return ("pairings", product_id)


def forget_pairings_of(product_id: int) -> None:
    """Somebody voted: the next page of this process counts anew."""
    forget_one(_key(product_id))
    forget_one(PAIRED)


def going_with_product(product_id: int) -> frozenset[int]:
    """Goods that go with a product, as a filter of lists: two more yes than no. Loads: 1."""
    rows = db.session.execute(
        select(Pairing.product_id, Pairing.other_id)
        .where(or_(Pairing.product_id == product_id, Pairing.other_id == product_id),
               Pairing.other_id.is_not(None), Pairing.up - Pairing.down >= MORE_YES))
    return frozenset(one for pair in rows for one in pair) - {product_id}


def paired_occasions(product_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
    """Occasions that members say goods go with, two more yes than no, by product. Loads: 1."""
    found: dict[int, list[int]] = {}
    for product_id, occasion_id, up, down in db.session.execute(
            select(Pairing.product_id, Pairing.occasion_id, Pairing.up, Pairing.down)
            .where(Pairing.product_id.in_(list(product_ids)), Pairing.occasion_id.is_not(None))
            .order_by(Pairing.id)):
        if occasion_id is not None and holds(up, down):
            found.setdefault(product_id, []).append(occasion_id)
    return found
