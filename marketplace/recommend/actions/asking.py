"""A person asks for advice, closes the ask, takes it back, says what helped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, literal, select
from sqlalchemy.exc import IntegrityError

from marketplace.catalog.queries import category_by_slug
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours, TooMany
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue
from marketplace.groups.models import Group
from marketplace.groups.queries import role_in
from marketplace.people.models import Person
from marketplace.recommend.events import AnswerHelped, AskOpened, AskTurned
from marketplace.recommend.models import Ask, Recommendation
from marketplace.recommend.rules.asking import (
    DAYS,
    LEAST_WISH,
    MOST_OPEN,
    MOST_WISH,
    last_day,
)
from marketplace.web.masking import masked

LONGEST_KEPT = 400


@dataclass(frozen=True, slots=True)
class NewAsk:
    """What somebody wishes for, whom they ask, and until when; `chips` as read from the words."""

    wish: str
    lang: str
    audience: str
    group_id: int | None = None
    until: date | None = None
    subject_id: int | None = None
    chips: Sequence[Mapping[str, Any]] = ()


def check_ask(person_id: int, new: NewAsk) -> None:
    """Refuse what cannot become an ask, before anything is written. Raises Invalid, NotYours."""
    faults = {}
    if not LEAST_WISH <= len(new.wish) <= MOST_WISH:
        faults["wish"] = _("10 to 280 characters.")
    elif len(masked(new.wish, new.lang)) > LONGEST_KEPT:
        faults["wish"] = _("Those are too many addresses and numbers for a wish.")
    if new.audience not in ("all", "group"):
        faults["audience"] = _("Please choose whom you ask.")
    if last_day(new.until, clock.today()) is None:
        faults["until"] = _("A day from today to 60 days from now.")
    if faults:
        raise Invalid(faults)
    if new.audience == "group" and role_in(new.group_id or 0, person_id) is None:
        raise NotYours(_("You can ask groups you belong to."))


def open_ask(person_id: int, new: NewAsk) -> Ask:
    """Ask for advice; the same wish twice is one ask.

    Raises Invalid, NotYours, Conflict (five are open), TooMany (ten in a day). Changes asks,
    jobs; announces AskOpened; the job `recommend.route` puts it to people and groups who know.
    """
    check_ask(person_id, new)
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    wish, group = masked(new.wish, new.lang), new.group_id if new.audience == "group" else None
    same = db.session.scalar(select(Ask).where(
        Ask.person_id == person_id, Ask.wish == wish, Ask.audience == new.audience,
        func.coalesce(Ask.group_id, 0) == (group or 0), Ask.state == "open"))
    if same is not None:
        return same
    _not_too_many(person_id)
    row = Ask(
        code=secret_code(96), person_id=person_id, wish=wish, lang=new.lang,
        chips=[dict(chip) for chip in new.chips], audience=new.audience, group_id=group,
        subject_id=_subject(new), until=last_day(new.until, clock.today()), made_at=clock.now())
    db.session.add(row)
    db.session.flush()
    announce(AskOpened(row.id, person_id, group))
    enqueue("recommend.route", f"ask {row.id}", ask_id=row.id)
    return row


def _not_too_many(person_id: int) -> None:
    running = db.session.scalar(select(func.count()).where(
        Ask.person_id == person_id, Ask.state == "open", Ask.until >= clock.today())) or 0
    if running >= MOST_OPEN:
        raise Conflict(_("Five of your wishes are open. Close one of them first."))
    made = db.session.scalar(select(func.count()).where(
        Ask.person_id == person_id, Ask.made_at > clock.now() - timedelta(days=1))) or 0
    if made >= 2 * MOST_OPEN:
        raise TooMany(_("Ten wishes a day are enough. Tomorrow you can ask again."), 3600)


def _subject(new: NewAsk) -> int | None:
    """What the wish is about: as chosen, else as the first wanted shelf or the group says."""
    if new.subject_id is not None:
        return new.subject_id
    for chip in new.chips:
        shelf = category_by_slug(str(chip["value"])) if chip["kind"] == "category" else None
        if shelf is not None and not chip["negated"]:
            return shelf.subject_id
    return db.session.scalar(select(Group.subject_id).where(Group.id == (new.group_id or 0)))


def turn_ask(code: str, person_id: int, state: str) -> Ask:
    """Close one's ask, open it anew, or take it back; twice is once.

    Opened after its last day it is open for another 14 days. Raises NotFound, Invalid, Conflict
    (the same wish is open already). Changes asks; announces AskTurned.
    """
    row = own_ask(code, person_id)
    if state not in ("open", "closed", "withdrawn"):
        raise Invalid({"state": _("Please choose one of the buttons.")})
    if row.state == state:
        return row
    row.state, row.closed_at = state, None if state == "open" else clock.now()
    if state == "open":
        row.until = max(row.until, clock.today() + timedelta(days=DAYS)) \
            if row.until < clock.today() else row.until
    try:
        with db.session.begin_nested():
            db.session.flush()
    except IntegrityError as fault:
        raise Conflict(_("The same wish of yours is open already.")) from fault
    helped = select(literal(1)).where(Recommendation.ask_id == row.id,
                                      Recommendation.helped_at.is_not(None)).exists()
    announce(AskTurned(row.id, person_id, state, bool(db.session.scalar(select(helped)))))
    return row


def own_ask(code: str, person_id: int) -> Ask:
    """One's own ask, locked against a second tab. Raises NotFound."""
    row = db.session.scalar(select(Ask).where(Ask.code == code).with_for_update()
                            .execution_options(populate_existing=True))
    if row is None or row.person_id != person_id or row.state == "hidden":
        raise NotFound(_("There is nothing at this address."))
    return row


def mark_helped(code: str, person_id: int, answer: str, helped: bool) -> None:
    """Say that an answer helped, or take that back; twice is once.

    Raises NotFound. Changes recommendations; announces AnswerHelped.
    """
    ask = own_ask(code, person_id)
    row = db.session.scalar(select(Recommendation).where(
        Recommendation.code == answer, Recommendation.ask_id == ask.id,
        Recommendation.state == "visible").with_for_update())
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    if helped and row.helped_at is None:
        row.helped_at = clock.now()
        announce(AnswerHelped(ask.id, row.id, row.author_id, person_id))
    elif not helped:
        row.helped_at = None
    db.session.flush()
