"""Ambassadors: asked for or offered, active when both agreed, ended by either."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.groups.events import AmbassadorActive, AmbassadorAsked, AmbassadorEnded
from marketplace.groups.models import Ambassador

SHORTEST_BENEFIT, LONGEST_BENEFIT = 3, 80


def begin_ambassador(person_id: int, by: int, words: str, benefit: str,
                     thing: tuple[str, int]) -> Ambassador:
    """Ask to speak for a thing (`by` is the person), or offer that to a person.

    `thing` is the column and the id: ("producer_id", 7), ("product_id", 7), ("group_id", 7).
    Whoever offers names the benefit. Raises Invalid, Conflict. Changes ambassadors; announces
    AmbassadorAsked.
    """
    offered, faults = by != person_id, {}
    if not 10 <= len(words) <= 280:
        faults["words"] = _("Say why, in 10 to 280 characters.")
    if offered:
        faults.update(_without_benefit(benefit))
    if faults:
        raise Invalid(faults)
    column = getattr(Ambassador, thing[0])
    if db.session.scalar(select(Ambassador.id).where(
            Ambassador.person_id == person_id, Ambassador.state != "ended",
            column == thing[1])):
        raise Conflict(_("This was asked or agreed already."))
    row = Ambassador(
        person_id=person_id, state="offered" if offered else "asked", words=words,
        benefit=benefit if offered else "", asked_by=by, asked_at=clock.now(),
        **{thing[0]: thing[1]})
    db.session.add(row)
    db.session.flush()
    announce(AmbassadorAsked(row.id))
    return row


def _without_benefit(benefit: str) -> dict[str, str]:
    if SHORTEST_BENEFIT <= len(benefit) <= LONGEST_BENEFIT:
        return {}
    return {"benefit": _("Say in 3 to 80 characters what the person has from it; “nothing” is an "
                         "answer. Everybody reads it beside their words.")}


def agree_ambassador(row: Ambassador, benefit: str) -> None:
    """The other side says yes; who answers somebody who asked names the benefit.

    Raises Conflict, Invalid. Changes ambassadors; announces AmbassadorActive.
    """
    if row.state not in ("asked", "offered"):
        raise Conflict(_("This was answered already."))
    if row.state == "asked":
        faults = _without_benefit(benefit)
        if faults:
            raise Invalid(faults)
        row.benefit = benefit
    row.state, row.since = "active", clock.now()
    announce(AmbassadorActive(row.id))


def end_ambassador(row: Ambassador) -> None:
    """Either side ends it, or says no, in one step; twice is once.

    Changes ambassadors; announces AmbassadorEnded.
    """
    if row.state != "ended":
        row.state, row.until = "ended", clock.now()
        announce(AmbassadorEnded(row.id))
