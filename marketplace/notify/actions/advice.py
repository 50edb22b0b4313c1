"""Who is told of asks for advice and their answers; handlers of the reactions table."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.catalog.models import ProductText
from marketplace.foundation.database import db
from marketplace.notify.actions.telling import tell
from marketplace.people.models import Person, Subject
from marketplace.producers.models import Producer
from marketplace.producers.queries import staff_of
from marketplace.producers.rules import may
from marketplace.recommend.events import AnswerHelped, AskAnswered, AskPutToProducer, AskRouted
from marketplace.recommend.models import Ask, Recommendation


def _name(person_id: int) -> str:
    return db.session.scalar(select(Person.handle).where(Person.id == person_id)) or "?"


def asked(event: AskRouted) -> None:
    """Somebody who knows and agreed to be asked hears of a wish, and why."""
    ask = db.session.get_one(Ask, event.ask_id)
    subject = db.session.get_one(Subject, ask.subject_id)
    tell(event.person_id, "asked", f"ask {ask.id}", "asked", f"/asks/{ask.code}", mail="asked",
         name=_name(ask.person_id), wish=ask.wish, rated=event.rated, de=subject.name_de,
         en=subject.name_en)


def put_to_house(event: AskPutToProducer) -> None:
    """Those who answer for a house hear of a wish that names what it has."""
    ask = db.session.get_one(Ask, event.ask_id)
    house = db.session.get_one(Producer, event.producer_id)
    for row in staff_of(event.producer_id):
        if may(row.role, "answer"):
            tell(row.person_id, "asked", f"ask {ask.id} house {house.id}", "ask_put",
                 f"/asks/{ask.code}", by=ask.person_id, wish=ask.wish, name=house.name)


def answered(event: AskAnswered) -> None:
    """The asker hears of an answer."""
    ask = db.session.get_one(Ask, event.ask_id)
    row = db.session.get_one(Recommendation, event.recommendation_id)
    title = db.session.scalar(
        select(ProductText.title).where(ProductText.product_id == row.thing_id)
        .order_by(ProductText.lang).limit(1)) or ""
    tell(event.person_id, "recommendation", f"answer {ask.id}", "ask_answered",
         f"/asks/{ask.code}", mail="recommended", name=_name(event.author_id), title=title,
         relation=row.relation or "", benefit=row.benefit or "")


def helped(event: AnswerHelped) -> None:
    """Whose answer helped hears of it, if they chose to."""
    ask = db.session.get_one(Ask, event.ask_id)
    tell(event.author_id, "helped", f"advice {event.recommendation_id}", "answer_helped",
         f"/asks/{ask.code}", name=_name(event.person_id))
