"""Members say what goes with what, and vote on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.catalog.models import Product
from marketplace.catalog.queries import occasions
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours, TooMany
from marketplace.foundation.events import announce
from marketplace.producers.queries import roles_of
from marketplace.recommend.actions.signals import upsert
from marketplace.recommend.events import PairingVoted
from marketplace.recommend.models import Pairing, PairingVote
from marketplace.recommend.rules.pairings import A_DAY, pair


def propose(person_id: int, product_id: int, other_id: int | None = None,
            occasion_id: int | None = None) -> bool:
    """Say that a product goes with another one or with an occasion; it is the first yes.

    False where somebody proposed it before: then it is one more yes. Raises Invalid, NotFound,
    NotYours, TooMany. Changes pairings, pairing_votes; announces PairingVoted.
    """
    if (other_id is None) == (occasion_id is None):
        raise Invalid({"other": _("Please choose what it goes with.")})
    if other_id == product_id:
        raise Invalid({"other": _("That is the same thing.")})
    if occasion_id is not None and occasion_id not in occasions():
        raise Invalid({"occasion": _("Please choose one from the list.")})
    goods = (product_id,) if other_id is None else pair(product_id, other_id)
    _check_goods(person_id, goods)
    found = _find(goods, occasion_id)
    made = found is None
    if found is None:
        _check_day(person_id)
        found = _make(person_id, goods, occasion_id)
    _vote(found, person_id, 1)
    return made


def _check_goods(person_id: int, goods: Collection[int]) -> None:
    """Goods must be on sale, and of no house the person acts for. Raises NotFound, NotYours."""
    makers = dict(db.session.execute(select(Product.id, Product.producer_id).where(
        Product.id.in_(goods), Product.state == "published")).all())
    if len(makers) < len(goods):
        raise NotFound(_("There is no such product here."))
    _check_makers(person_id, makers.values())


def _check_makers(person_id: int, makers: Collection[int]) -> None:
    if {role.producer_id for role in roles_of(person_id)} & set(makers):
        raise NotYours(_("Others decide what goes with the goods of your own house."))


def _check_day(person_id: int) -> None:
    since = clock.now() - timedelta(days=1)
    if (db.session.scalar(select(func.count()).where(
            Pairing.proposer_id == person_id, Pairing.made_at > since)) or 0) >= A_DAY:
        raise TooMany(_("You proposed 20 pairings today. Tomorrow there is room for more."))


def _find(goods: Sequence[int], occasion_id: int | None) -> int | None:
    other = Pairing.other_id == goods[1] if len(goods) > 1 else Pairing.occasion_id == occasion_id
    return db.session.scalar(select(Pairing.id).where(Pairing.product_id == goods[0], other))


def _make(person_id: int, goods: Sequence[int], occasion_id: int | None) -> int:
    """Write a pairing, or find the one that somebody wrote in the same moment."""
    dialect = db.session.get_bind().dialect.name
    insert = (sqlite if dialect == "sqlite" else postgresql).insert
    made: Any = db.session.execute(insert(Pairing).values(
        code=secret_code(96), product_id=goods[0], other_id=goods[1] if len(goods) > 1 else None,
        occasion_id=occasion_id, proposer_id=person_id, up=0, down=0, made_at=clock.now())
        .on_conflict_do_nothing().returning(Pairing.id))
    found = made.scalar() or _find(goods, occasion_id)
    if found is None:
        raise Conflict(_("Somebody changed the same thing. Please try again."))
    return int(found)


def vote_pairing(code: str, person_id: int, value: int) -> None:
    """Yes (1), no (-1) or taken back (0); the last one counts.

    Raises Invalid, NotFound, NotYours. Changes pairing_votes, pairings; announces PairingVoted.
    """
    row = db.session.execute(select(Pairing.id, Pairing.product_id, Pairing.other_id).where(
        Pairing.code == code)).first()
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    goods = [one for one in (row.product_id, row.other_id) if one is not None]
    _check_makers(person_id, db.session.scalars(
        select(Product.producer_id).where(Product.id.in_(goods))).all())
    if value not in (1, -1, 0):
        raise Invalid({"vote": _("Please choose one of the two.")})
    _vote(row.id, person_id, value)


def _vote(pairing_id: int, person_id: int, value: int) -> None:
    """Keep one voice and count all anew, one change of a pairing after the other."""
    row = db.session.execute(select(Pairing).where(Pairing.id == pairing_id)
                             .with_for_update()).scalar_one()
    if value:
        kept = {"value": value, "at": clock.now()}
        db.session.execute(upsert(
            PairingVote, {"pairing_id": pairing_id, "person_id": person_id, **kept},
            ["pairing_id", "person_id"], kept))
    else:
        db.session.execute(delete(PairingVote).where(
            PairingVote.pairing_id == pairing_id, PairingVote.person_id == person_id))
    count_pairings([pairing_id])
    announce(PairingVoted(pairing_id, row.product_id, row.other_id, row.occasion_id))


def count_pairings(pairing_ids: Collection[int] | None = None) -> None:
    """Count the votes of some pairings, or of all, anew. Changes pairings."""

    def votes(value: int) -> Any:
        return (select(func.count()).where(PairingVote.pairing_id == Pairing.id,
                                           PairingVote.value == value)
                .correlate(Pairing).scalar_subquery())

    change = update(Pairing).values(up=votes(1), down=votes(-1))
    if pairing_ids is not None:
        change = change.where(Pairing.id.in_(list(pairing_ids)))
    db.session.execute(change.execution_options(synchronize_session=False))


def forget_pairings(person_id: int) -> None:
    """Nobody reads any more who proposed; the votes of a person count no more.

    Changes pairings, pairing_votes.
    """
    voted = db.session.scalars(select(PairingVote.pairing_id).where(
        PairingVote.person_id == person_id).order_by(PairingVote.pairing_id)).all()
    db.session.execute(delete(PairingVote).where(PairingVote.person_id == person_id))
    db.session.execute(update(Pairing).where(Pairing.proposer_id == person_id)
                       .values(proposer_id=None).execution_options(synchronize_session=False))
    if voted:
        count_pairings(voted)
