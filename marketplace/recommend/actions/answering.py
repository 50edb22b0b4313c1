"""Answering an ask: a recommendation that names it, under all rules of recommendations."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import func, select

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import announce
from marketplace.people.models import Person
from marketplace.recommend.actions.recommending import NewRecommendation, recommend
from marketplace.recommend.events import AskAnswered
from marketplace.recommend.models import Ask, Recommendation
from marketplace.recommend.queries.asks import ask_shows_to
from marketplace.recommend.rules.ages import may_be_put
from marketplace.recommend.rules.asking import ANSWERS_EACH, audience_of_answer, is_open


def answer_ask(code: str, author_id: int, product_id: int, words: str, lang: str,
               relation: str | None = None, benefit: str | None = None) -> Recommendation:
    """Answer somebody's ask with a product; without words only the asker reads it.

    Raises NotFound (also where the two are blocked), NotYours (one's own), Conflict (closed, over,
    answered three times, the same again), Invalid, TooMany. Changes recommendations; announces
    Recommended and AskAnswered.
    """
    ask = db.session.scalar(select(Ask).where(Ask.code == code).with_for_update()
                            .execution_options(populate_existing=True))
    if ask is None or not ask_shows_to(ask, author_id):
        raise NotFound(_("There is nothing at this address."))
    if ask.person_id == author_id:
        raise NotYours(_("This wish is yours; others answer it."))
    if not is_open(ask.state, ask.until, clock.today()):
        raise Conflict(_("This wish takes no more answers: it was closed, or its time is over."))
    _not_again(ask.id, author_id)
    _fits_age(ask.person_id, product_id)
    audience = audience_of_answer(ask.audience, words)
    row = recommend(author_id, NewRecommendation(
        "product", product_id, audience, words, lang, group_id=ask.group_id,
        person_id=ask.person_id if audience == "person" else None, relation=relation,
        benefit=benefit, ask_id=ask.id))
    announce(AskAnswered(ask.id, ask.person_id, row.id, author_id))
    return row


def _not_again(ask_id: int, author_id: int) -> None:
    """At most three answers of one person to one ask. Raises Conflict."""
    given = db.session.scalar(select(func.count()).where(
        Recommendation.ask_id == ask_id, Recommendation.author_id == author_id,
        Recommendation.state == "visible")) or 0
    if given >= ANSWERS_EACH:
        raise Conflict(_("Three answers of one person to one wish are enough."))


def _fits_age(asker_id: int, product_id: int) -> None:
    """Nothing that the asker may be too young for; whose age it is stays unsaid. Raises Invalid."""
    said = db.session.scalar(select(Person.age_class).where(Person.id == asker_id)) or "unknown"
    needs = db.session.scalar(select(Product.age_class).where(Product.id == product_id)) or 0
    if not may_be_put(said, needs):
        raise Invalid({"product": _("This is not taken as an answer to this wish.")})
