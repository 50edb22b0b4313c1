"""Changes of `touchpoints`: texts elsewhere are noted, looked at again and taken out."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.catalog.rules.codes import shop_address
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import OperatorActed, announce
from marketplace.touchpoints.models import Mention
from marketplace.touchpoints.queries import subject_id
from marketplace.touchpoints.rules import LONGEST_EXCERPT, day_of, faults_of, subject_of


def note_mention(typed: Mapping[str, str], person_id: int) -> Mention:
    """Keep a text elsewhere with its source. Raises Invalid. Changes mentions."""
    faults = {name: _sentence(name) for name in faults_of(typed, clock.today())}
    try:
        url = shop_address(typed.get("url", ""))
    except ValueError:
        url, faults["url"] = "", _("An address that begins with https://.")
    subject = subject_of(typed.get("about", ""))
    found = subject_id(*subject) if subject else None
    if found is None:
        faults["about"] = _("The address of a product or a producer here.")
    if faults or found is None:
        raise Invalid(faults)
    same = Mention.product_id == found[1] if found[1] is not None else (
        Mention.producer_id == found[0]) & Mention.product_id.is_(None)
    if db.session.scalar(select(Mention.id).where(Mention.url == url, same)):
        raise Invalid({"url": _("This text is kept here already.")})
    made = Mention(
        producer_id=found[0], product_id=found[1], url=url, source=typed["source"],
        published_on=day_of(typed["published_on"]), kind=typed["kind"], mood=typed["mood"],
        excerpt=typed.get("excerpt", ""), person_id=person_id, checked_at=clock.now(), dead=False)
    db.session.add(made)
    db.session.flush()
    announce(OperatorActed(person_id, "mention_noted", "mention", made.id, url))
    return made


def _sentence(name: str) -> str:
    """What is wrong with a field."""
    return {
        "kind": _("Please choose what kind of text it is."),
        "mood": _("Please say what it thinks of it."),
        "source": _("Who published it, in at most 80 signs."),
        "excerpt": _("A quotation may have at most %(n)s signs.", n=LONGEST_EXCERPT),
        "published_on": _("The day it appeared, today at the latest."),
    }[name]


def tell_dead(mention_id: int) -> bool:
    """A reader says that a link leads nowhere; kept once until somebody looks. Changes mentions."""
    told = db.session.execute(
        update(Mention).where(Mention.id == mention_id, Mention.dead_told_at.is_(None),
                              Mention.dead.is_(False))
        .values(dead_told_at=clock.now()).execution_options(synchronize_session=False))
    return bool(told.rowcount)  # type: ignore[attr-defined]


def look_at_mention(mention_id: int, dead: bool, person_id: int) -> None:
    """Somebody looked: the link works, or it is dead. Changes mentions."""
    db.session.execute(update(Mention).where(Mention.id == mention_id).values(
        checked_at=clock.now(), dead_told_at=None, dead=dead))
    announce(OperatorActed(person_id, "mention_dead" if dead else "mention_alive", "mention",
                           mention_id, ""))


def take_out_mention(mention_id: int, person_id: int) -> None:
    """It stands nowhere any more. Changes mentions."""
    url = db.session.scalar(select(Mention.url).where(Mention.id == mention_id)) or ""
    db.session.execute(delete(Mention).where(Mention.id == mention_id))
    announce(OperatorActed(person_id, "mention_out", "mention", mention_id, url))
