"""May this person be recommended something by that one, now?"""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotYours, TooMany
from marketplace.people.models import Person
from marketplace.people.queries.persons import both_ways
from marketplace.recommend.models import Recommendation
from marketplace.recommend.queries.willing import chosen
from marketplace.recommend.rules import reach
from marketplace.recommend.rules.ages import may_be_put


def check_reach(author_id: int, person_id: int, age_class: int = 0, asked: bool = False) -> None:
    """Refuse a personal recommendation that its addressee does not take.

    `age_class`: from which age on what is recommended may be had; `asked`: it answers their own
    ask, so they take it from everybody they are not blocked with. Raises NotYours (trust level),
    Invalid: the same sentence for who takes nothing from this author, for a block either way, and
    for who may be too young, so nobody learns of a block or an age.
    """
    author, addressee = (db.session.get(Person, one) for one in (author_id, person_id))
    if author is None or author.trust_level < reach.LEAST_TRUST_LEVEL:
        raise NotYours(_("You can recommend to one person after your first delivered order, or "
                         "after a day of membership and five threads read."))
    there, back = both_ways(author_id, person_id)
    if addressee is None or not may_be_put(addressee.age_class, age_class) or not reach.accepted(
            "members" if asked else chosen(person_id).accepts, back.follows, there.follows,
            there.blocks or back.blocks):
        raise Invalid({"person": _("This person takes no personal recommendations from you.")})


def check_limits(author_id: int, thing: str, thing_id: int, person_id: int) -> None:
    """Once for ever a thing to a person, five a day to people. Raises Conflict, TooMany."""
    known = db.session.scalar(select(Recommendation.id).where(
        Recommendation.author_id == author_id, Recommendation.person_id == person_id,
        Recommendation.thing == thing, Recommendation.thing_id == thing_id).limit(1))
    if known is not None:
        raise Conflict(_("You recommended this to them already."))
    count = db.session.scalar(select(func.count()).where(
        Recommendation.author_id == author_id, Recommendation.audience == "person",
        Recommendation.made_at > clock.now() - timedelta(days=1))) or 0
    if count >= reach.A_DAY:
        raise TooMany(_("Five personal recommendations a day are enough."), 3600)
