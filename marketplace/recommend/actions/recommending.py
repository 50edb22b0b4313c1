"""A person recommends something, takes it back, says thanks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.bundles.models import Bundle
from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours, TooMany
from marketplace.foundation.events import announce
from marketplace.groups.queries import role_in
from marketplace.orders.queries import ever_bought
from marketplace.people.queries import is_blocked
from marketplace.producers.models import Producer
from marketplace.recommend.events import (
    FeedbackGiven,
    RecommendationWithdrawn,
    Recommended,
    Thanked,
)
from marketplace.recommend.models import AUDIENCES, Feedback, Recommendation, Thanks
from marketplace.web.masking import masked

MOST_TO_PEOPLE_A_DAY = 5


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
    faults = {}
    if new.audience not in AUDIENCES:
        faults["audience"] = _("Please choose to whom.")
    if new.audience != "person" and len(new.reason) < 10:
        faults["reason"] = _("Say in a sentence what it is good for, and for whom.")
    if len(new.reason) > 600:
        faults["reason"] = _("At most 600 characters.")
    if new.audience == "person" and new.person_id is None:
        faults["person"] = _("There is nobody of this handle.")
    if new.person_id == author_id:
        faults["person"] = _("That would be you.")
    if faults:
        raise Invalid(faults)
    if not _there(new.thing, new.thing_id):
        raise NotFound(_("This cannot be recommended: it is not public or not on sale."))
    if new.audience == "group" and role_in(new.group_id or 0, author_id) is None:
        raise NotYours(_("You can recommend to groups you belong to."))


def recommend(author_id: int, new: NewRecommendation) -> Recommendation | None:
    """Recommend a thing; None where a block makes it silent.

    Raises Invalid, NotFound, NotYours, Conflict (twice), TooMany. Changes recommendations;
    announces Recommended.
    """
    check(author_id, new)
    if new.audience == "person":
        _not_too_many(author_id)
        if is_blocked(author_id, new.person_id or 0):
            return None
    bought = new.thing == "product" and author_id in ever_bought([author_id], new.thing_id)
    row = Recommendation(
        code=secret_code(96), author_id=author_id, thing=new.thing, thing_id=new.thing_id,
        audience=new.audience, group_id=new.group_id if new.audience == "group" else None,
        person_id=new.person_id if new.audience == "person" else None,
        reason=masked(new.reason, new.lang), occasion_id=new.occasion_id, lang=new.lang,
        bought=bought, made_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as fault:
        raise Conflict(_("You recommended this to them already.")) from fault
    announce(Recommended(row.id, author_id, row.thing, row.thing_id, row.audience, row.person_id,
                         row.group_id))
    return row


def _not_too_many(author_id: int) -> None:
    count = db.session.scalar(select(func.count()).where(
        Recommendation.author_id == author_id, Recommendation.audience == "person",
        Recommendation.made_at > clock.now() - timedelta(days=1))) or 0
    if count >= MOST_TO_PEOPLE_A_DAY:
        raise TooMany(_("Five personal recommendations a day are enough."), 3600)


def withdraw(code: str, author_id: int) -> None:
    """Take a recommendation back. Raises NotFound. Changes recommendations; announces."""
    taken = db.session.execute(
        update(Recommendation).where(Recommendation.code == code,
                                     Recommendation.author_id == author_id,
                                     Recommendation.state == "visible")
        .values(state="withdrawn").returning(Recommendation.id)).first()
    if taken is None:
        raise NotFound(_("There is nothing at this address."))
    announce(RecommendationWithdrawn(taken[0], author_id))


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
