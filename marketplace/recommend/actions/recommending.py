"""A person recommends something, takes it back, says thanks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.bundles.models import Bundle, BundleItem
from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import announce
from marketplace.groups.queries import benefits, role_in
from marketplace.orders.queries import ever_bought
from marketplace.producers.models import Producer
from marketplace.recommend.actions.editing import check_words
from marketplace.recommend.actions.reaching import check_limits, check_reach
from marketplace.recommend.actions.signals import note_change
from marketplace.recommend.events import (
    FeedbackGiven,
    RecommendationWithdrawn,
    Recommended,
    Thanked,
)
from marketplace.recommend.models import AUDIENCES, Feedback, Recommendation, Signal, Thanks
from marketplace.recommend.rules.reach import moves_suggestions
from marketplace.reviews.queries.asking import ties_to_producer
from marketplace.reviews.rules.eligible import RELATIONS
from marketplace.web.masking import masked


@dataclass(frozen=True, slots=True)
class NewRecommendation:
    """What somebody recommends, to whom and why."""

    thing: str
    thing_id: int
    audience: str
    reason: str
    lang: str
    occasion_id: int | None = None
    group_id: int | None = None
    person_id: int | None = None
    relation: str | None = None
    benefit: str | None = None
    ask_id: int | None = None


def _there(thing: str, thing_id: int) -> bool:
    wanted = {
        "product": select(Product.id).where(Product.id == thing_id, Product.state == "published"),
        "bundle": select(Bundle.id).where(Bundle.id == thing_id, Bundle.state == "published",
                                          Bundle.visibility == "public"),
        "producer": select(Producer.id).where(Producer.id == thing_id,
                                              Producer.state.in_(("open", "selling"))),
    }.get(thing)
    return wanted is not None and db.session.scalar(wanted) is not None


def check(author_id: int, new: NewRecommendation) -> None:
    """Refuse what cannot become a recommendation, before anything is written.

    Raises Invalid, NotFound, NotYours.
    """
    faults = _faults(author_id, new)
    if faults:
        raise Invalid(faults)
    check_words(new.audience, new.reason)
    if not _there(new.thing, new.thing_id):
        raise NotFound(_("This cannot be recommended: it is not public or not on sale."))
    if new.audience == "group" and role_in(new.group_id or 0, author_id) is None:
        raise NotYours(_("You can recommend to groups you belong to."))
    if new.audience == "person":
        check_reach(author_id, new.person_id or 0, _age_class(new), new.ask_id is not None)


def _age_class(new: NewRecommendation) -> int:
    """From which age on a thing may be had: a product, or the strictest part of a bundle."""
    wanted = select(func.max(Product.age_class)).where(Product.id == new.thing_id)
    if new.thing == "bundle":
        wanted = select(func.max(Product.age_class)).where(Product.id.in_(
            select(BundleItem.product_id).where(BundleItem.bundle_id == new.thing_id)))
    return (db.session.scalar(wanted) or 0) if new.thing in ("product", "bundle") else 0


def _faults(author_id: int, new: NewRecommendation) -> dict[str, str]:
    faults = {}
    if new.audience not in AUDIENCES:
        faults["audience"] = _("Please choose to whom.")
    if new.audience == "person" and new.person_id is None:
        faults["person"] = _("There is nobody of this handle.")
    if new.person_id == author_id:
        faults["person"] = _("That would be you.")
    if new.relation not in (None, *RELATIONS):
        faults["relation"] = _("Please choose one from the list.")
    if len(new.benefit or "") > 80:
        faults["benefit"] = _("At most 80 characters.")
    return faults


def _tie(author_id: int, new: NewRecommendation) -> str | None:
    """What the author has to do with the producer: as declared, else as it is known."""
    if new.relation:
        return new.relation
    producer = new.thing_id if new.thing == "producer" else db.session.scalar(
        select(Product.producer_id).where(Product.id == new.thing_id)) \
        if new.thing == "product" else None
    known = ties_to_producer(author_id, producer, 0) if producer is not None else frozenset()
    if "staff" in known:
        return "employee"
    return next((kind for kind in RELATIONS if kind in known), None)


def recommend(author_id: int, new: NewRecommendation) -> Recommendation:
    """Recommend a thing, labelled with what the author has to do with its producer.

    Raises Invalid, NotFound, NotYours, Conflict (twice), TooMany. Changes recommendations;
    announces Recommended.
    """
    check(author_id, new)
    if new.audience == "person":
        check_limits(author_id, new.thing, new.thing_id, new.person_id or 0)
    row = _row(author_id, new)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as fault:
        raise Conflict(_("You recommended this to them already.")) from fault
    announce(Recommended(row.id, author_id, row.thing, row.thing_id, row.audience, row.person_id,
                         row.group_id, moves_suggestions(row.bought, row.relation, row.benefit),
                         row.ask_id))
    return row


def _row(author_id: int, new: NewRecommendation) -> Recommendation:
    bought = new.thing == "product" and author_id in ever_bought([author_id], new.thing_id)
    return Recommendation(
        code=secret_code(96), author_id=author_id, thing=new.thing, thing_id=new.thing_id,
        audience=new.audience, group_id=new.group_id if new.audience == "group" else None,
        person_id=new.person_id if new.audience == "person" else None,
        reason=masked(new.reason, new.lang), occasion_id=new.occasion_id, lang=new.lang,
        relation=_tie(author_id, new),
        benefit=masked(new.benefit, new.lang) if new.benefit else _known_benefit(author_id, new),
        version=1, bought=bought, made_at=clock.now(), ask_id=new.ask_id)


def _known_benefit(author_id: int, new: NewRecommendation) -> str | None:
    """What an ambassador has from the thing, as both sides agreed."""
    if new.thing not in ("product", "producer"):
        return None
    house = new.thing_id if new.thing == "producer" else db.session.scalar(
        select(Product.producer_id).where(Product.id == new.thing_id))
    product = new.thing_id if new.thing == "product" else None
    return benefits([author_id], producer_id=house, product_id=product).get(author_id)


def withdraw(code: str, author_id: int) -> None:
    """Take a recommendation back; it is no evidence of taste any more.

    Raises NotFound. Changes recommendations, signals; announces RecommendationWithdrawn.
    """
    taken = db.session.execute(
        update(Recommendation).where(Recommendation.code == code,
                                     Recommendation.author_id == author_id,
                                     Recommendation.state == "visible")
        .values(state="withdrawn")
        .returning(Recommendation.id, Recommendation.thing, Recommendation.thing_id)).first()
    if taken is None:
        raise NotFound(_("There is nothing at this address."))
    if taken.thing == "product":
        _unsay(author_id, taken.thing_id)
    announce(RecommendationWithdrawn(taken.id, author_id))


def _unsay(author_id: int, product_id: int) -> None:
    """Forget the signal of a recommendation, where no other one of the same product stands."""
    still = select(Recommendation.id).where(
        Recommendation.author_id == author_id, Recommendation.thing == "product",
        Recommendation.thing_id == product_id, Recommendation.state == "visible")
    gone: Any = db.session.execute(delete(Signal).where(
        Signal.person_id == author_id, Signal.product_id == product_id,
        Signal.source == "recommendation", ~still.exists()))
    if gone.rowcount:
        note_change("signals", author_id)


def thank(code: str, person_id: int) -> None:
    """Say thanks for a recommendation; twice is once. Raises NotFound; announces Thanked."""
    row = db.session.scalar(select(Recommendation).where(Recommendation.code == code,
                                                         Recommendation.state == "visible"))
    if row is None or row.author_id == person_id:
        raise NotFound(_("There is nothing at this address."))
    if db.session.get(Thanks, (row.id, person_id)) is None:
        db.session.add(Thanks(recommendation_id=row.id, person_id=person_id, at=clock.now()))
        db.session.flush()
        announce(Thanked(row.id, row.author_id, person_id))


def give_feedback(person_id: int, product_id: int, kind: str) -> None:
    """Say "not for me" or "I know it" to a suggestion; a second time takes it back."""
    if kind not in ("not_for_me", "know_it"):
        raise Invalid({"kind": _("Please choose one of the two.")})
    key = (person_id, product_id, kind)
    known = db.session.get(Feedback, key)
    if known is not None:
        db.session.delete(known)
    else:
        db.session.add(Feedback(person_id=person_id, product_id=product_id, kind=kind,
                                at=clock.now()))
    db.session.flush()
    announce(FeedbackGiven(person_id, product_id, kind))
