"""Who is told of a producer's way to selling; handlers of the reactions table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.dialogue.events import NewsTold, VoicesWait
from marketplace.foundation.database import db
from marketplace.foundation.jobs import enqueue
from marketplace.notify.actions.recalling import RECALL_FIRST, tell_followers
from marketplace.notify.actions.telling import letter, tell
from marketplace.payments.events import FeeAnnounced
from marketplace.people.models import Person
from marketplace.producers.events import (
    EvidenceChecked,
    EvidenceEnding,
    EvidenceExpired,
    EvidenceHandedIn,
    EvidenceSentBack,
    OwnerNamed,
    RegistrationMissing,
    SellingBegan,
    StepsOpen,
    TaxAsked,
    TermsAnnounced,
    TraderChecked,
    TraderHandedIn,
    TraderSentBack,
    TraderStopped,
)
from marketplace.producers.models import Producer
from marketplace.producers.queries import staff_of
from marketplace.producers.rules.opening import REMINDERS
from marketplace.producers.rules.roles import ROLES

WRITERS = ("owner", "editor")


def _house(producer_id: int) -> Producer:
    return db.session.get_one(Producer, producer_id)


def _owners(producer_id: int, what: str, page: str = "/legal", mail: str | None = None,
            roles: tuple[str, ...] = ("owner",), key: str = "", **args: Any) -> None:
    house = _house(producer_id)
    for row in staff_of(producer_id):
        if row.role in roles:
            tell(row.person_id, "account", f"{what} {producer_id} {key}".strip(), what,
                 f"/studio{page}?producer={house.slug}", mail, name=house.name, **args)


def _operators(producer_id: int, key: str, what: str, page: str) -> None:
    name = _house(producer_id).name
    for person_id in db.session.scalars(
            select(Person.id).where(Person.is_operator.is_(True)).order_by(Person.id)):
        tell(person_id, "account", f"{key} {producer_id}", what, page, name=name)


def handed_in(event: TraderHandedIn) -> None:
    """Those who run the market hear that trader data wait for them."""
    _operators(event.producer_id, "trader", "trader_waits", "/operator/producers")


def checked(event: TraderChecked) -> None:
    """Owners hear that their data were checked."""
    _owners(event.producer_id, "trader_checked")


def sent_back(event: TraderSentBack) -> None:
    """Owners hear that something does not fit."""
    _owners(event.producer_id, "trader_back")


def stopped(event: TraderStopped) -> None:
    """Owners hear that sales stopped."""
    _owners(event.producer_id, "trader_stopped")


def selling(event: SellingBegan) -> None:
    """Owners hear that their goods are on sale."""
    _owners(event.producer_id, "selling_began", "")


def tax_asked(event: TaxAsked) -> None:
    """Owners are reminded of missing tax facts, by mail too."""
    _owners(event.producer_id, "tax_asked", mail="tax_asked", last=event.which > 1)


def steps_open(event: StepsOpen) -> None:
    """Owners and editors are reminded of the steps that are left, by mail too."""
    _owners(event.producer_id, "steps_open", "", "steps_open", WRITERS, left=len(event.steps),
            steps=list(event.steps), last=event.which >= len(REMINDERS))


def owner_named(event: OwnerNamed) -> None:
    """Everybody of a house hears who is owner now, by mail too."""
    _owners(event.producer_id, "owner_named", "/staff", "owner_named", ROLES, who=event.name)


def registration_missing(event: RegistrationMissing) -> None:
    """Owners hear to which country nothing can be sent for lack of a number."""
    _owners(event.producer_id, "registration_missing", "/registrations",
            key=event.country, country=event.country)


def evidence_waits(event: EvidenceHandedIn) -> None:
    """Those who run the market hear that evidence waits for them."""
    _operators(event.producer_id, "evidence", "evidence_waits", "/operator/producers/evidence")


def evidence_checked(event: EvidenceChecked) -> None:
    """Owners and editors hear that their evidence shows."""
    _owners(event.producer_id, "evidence_checked", "/evidence", roles=WRITERS)


def evidence_back(event: EvidenceSentBack) -> None:
    """Owners and editors hear that something does not fit."""
    _owners(event.producer_id, "evidence_back", "/evidence", roles=WRITERS)


def evidence_ending(event: EvidenceEnding) -> None:
    """Owners and editors hear thirty days before, by mail too."""
    _owners(event.producer_id, "evidence_ending", "/evidence", "evidence_ending", WRITERS,
            until=event.until)


def evidence_over(event: EvidenceExpired) -> None:
    """Owners and editors hear that it is shown no more."""
    _owners(event.producer_id, "evidence_over", "/evidence", roles=WRITERS)


def terms_announced(event: TermsAnnounced) -> None:
    """Owners of every house get new terms by mail. Source: Regulation 2019/1150 Art. 3."""
    for producer_id in db.session.scalars(
            select(Producer.id).where(Producer.state != "ended").order_by(Producer.id)).all():
        _owners(producer_id, "terms", "/terms", "terms", valid_from=event.valid_from,
                version=event.version)


def fee_announced(event: FeeAnnounced) -> None:
    """Owners of every house hear of another commission by mail. Source: as for terms."""
    for producer_id in db.session.scalars(
            select(Producer.id).where(Producer.state != "ended").order_by(Producer.id)).all():
        _owners(producer_id, "fee", "/payments", "fee", key=str(event.rule_id),
                valid_from=event.valid_from, bp=event.commission_bp)


def voices_wait(event: VoicesWait) -> None:
    """Those who answer get the list they chose: how much waits, how much is late."""
    house = _house(event.producer_id)
    for row in staff_of(event.producer_id):
        lang = db.session.scalar(select(Person.lang).where(Person.id == row.person_id)) or "de"
        if row.role in ("owner", "editor", "service"):
            letter("account", "voices", lang, person_id=row.person_id, args={
                "name": house.name, "waiting": event.waiting, "overdue": event.overdue,
                "url": f"/studio?producer={house.slug}"})


def news_told(event: NewsTold) -> None:
    """Followers hear of news; a recall reaches everybody who bought these goods, by mail too."""
    if event.matter == "recall" and event.product_id is not None:
        enqueue("notify.recall", f"recall {event.thread_id}", priority=RECALL_FIRST,
                thread_id=event.thread_id)
    else:
        tell_followers(event.thread_id)
