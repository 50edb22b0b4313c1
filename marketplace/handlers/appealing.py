"""All concerned by a decision hear of it, of appeals against it, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import force_locale
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.handlers import answers, found, lists
from marketplace.moderation.events import AppealDecided, AppealFiled, DecisionTaken
from marketplace.moderation.models import Appeal, Decision, Matter
from marketplace.moderation.queries import (
    guest_order,
    measure_words,
    reason_words,
    reported,
    reports_of,
)
from marketplace.moderation.rules import appeal_until
from marketplace.notify.actions import letter, tell
from marketplace.notify.actions.rights import operators
from marketplace.people.models import Person
from marketplace.producers.queries import staff_of
from marketplace.producers.rules import may
from marketplace.web.tokens import sign


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody to be told: a member, or a guest by address; where they read it; on which side."""

    side: str
    party_id: int
    person_id: int | None
    email: str | None
    lang: str
    url: str


def _concerned(matter: Matter) -> list[Concerned]:
    """Author, reporters and those who answer for the producer concerned, each once."""
    seen: set[int] = set()
    told = []
    for one in (*_author(matter), *_house(matter), *_reporters(matter)):
        if one.person_id is None or one.person_id not in seen:
            seen |= {one.person_id} if one.person_id is not None else set()
            told.append(one)
    return told


def _member(side: str, party_id: int, person_id: int, matter: Matter) -> Concerned:
    lang = db.session.scalar(select(Person.lang).where(Person.id == person_id)) or "de"
    return Concerned(side, party_id, person_id, None, lang,
                     f"/moderation/decisions/{matter.number}")


def _author(matter: Matter) -> Iterator[Concerned]:
    thing = reported(matter.object_kind, matter.object_id)
    if thing is not None and thing.author_id is not None:
        yield _member("author", 0, thing.author_id, matter)
    elif (order := guest_order(matter)) is not None and order.email:
        yield Concerned("author", 0, None, order.email, order.language,
                        f"/moderation/statements/{sign('statement', matter.number)}")


def _house(matter: Matter) -> Iterator[Concerned]:
    thing = reported(matter.object_kind, matter.object_id)
    if thing is not None and thing.producer_id is not None:
        for row in staff_of(thing.producer_id):
            if may(row.role, "answer"):
                yield _member("affected", thing.producer_id, row.person_id, matter)


def _reporters(matter: Matter) -> Iterator[Concerned]:
    for row in reports_of([matter.id]).get(matter.id, []):
        if row.person_id is not None:
            yield _member("reporter", row.id, row.person_id, matter)
        elif row.email:
            yield Concerned("reporter", row.id, None, row.email, row.lang,
                            f"/moderation/reports/{row.status_key}")


def _say(one: Concerned, class_: str, key: str, title: str, template: str,
         holds: tuple[str, str], **args: str) -> None:
    """A notice for a member, and a letter for everybody. `holds`: measure and reason."""
    if one.person_id is not None:
        tell(one.person_id, class_, key, title, one.url)
    with force_locale(one.lang):
        words = {"measure": measure_words(holds[0]), "reason": reason_words(holds[1])}
    letter(class_, template, one.lang, person_id=one.person_id, email=one.email,
           args={**args, **words, "url": one.url})


def state_reasons(event: DecisionTaken) -> None:
    """The author gets what was decided and why; who reported it, and the house concerned, that it
    was decided; all how to appeal.
    """
    matter = db.session.get_one(Matter, event.matter_id)
    row = db.session.get_one(Decision, event.decision_id)
    until = appeal_until(clock.in_zone(row.at).date()).isoformat()
    for one in _concerned(matter):
        if one.side == "author":
            _say(one, "statement", f"decision {row.id}", "statement", "statement",
                 (row.measure, row.reason), facts=row.facts, until=until)
        else:
            _say(one, "statement", f"decision {row.id}", "decided", "decided",
                 (row.measure, row.reason), until=until)


def take_appeal(event: AppealFiled) -> None:
    """Who appeals gets a receipt; moderators who did not decide it first see that it waits."""
    row = db.session.get_one(Appeal, event.appeal_id)
    matter = db.session.get_one(Matter, event.matter_id)
    for one in _concerned(matter):
        if (one.side == row.side and one.party_id == row.party_id) or (
                row.person_id is not None and one.person_id == row.person_id):
            _receipt(one, row)
    able = db.session.scalars(select(Person.id).where(
        Person.is_moderator, Person.state == "active", Person.id != row.first_by)).all()
    for person_id in able or operators():
        tell(person_id, "appeal", f"waits {row.id}", "appeal_due",
             f"/moderation/appeals/{row.number}")


def _receipt(one: Concerned, row: Appeal) -> None:
    if one.person_id is not None:
        tell(one.person_id, "appeal", f"appeal {row.id}", "appeal_filed", one.url,
             number=row.number)
    letter("appeal", "appeal", one.lang, person_id=one.person_id, email=one.email, args={
        "number": row.number, "url": one.url,
        "due": clock.in_zone(row.due_at).date().isoformat()})


def appeal_decided(event: AppealDecided) -> None:
    """Everybody concerned gets the result and its reasons, whoever appealed."""
    matter = db.session.get_one(Matter, event.matter_id)
    why = db.session.scalar(select(Appeal.why).where(Appeal.decision_id == event.decision_id)
                            .order_by(Appeal.decided_at.desc()).limit(1)) or ""
    for one in _concerned(matter):
        _say(one, "appeal", f"result {event.decision_id}", "appeal_decided", "appeal_result",
             (event.measure, event.reason), facts=why,
             result="changed" if event.changed else "upheld")


def carried_out(event: AppealDecided) -> None:
    """What was changed shows at once: on pages, in search, and where it counts."""
    if not event.changed:
        return
    if "sham_review" in (event.reason, event.first_reason):
        answers.decide_on_flags(event)
    answers.ask_decided(event)
    lists.words_hidden(event)
    found.decided(event)
