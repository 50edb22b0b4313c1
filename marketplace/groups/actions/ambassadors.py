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


def begin(person_id: int, by: int, words: str, benefit: str, *, group_id: int | None = None,
          producer_id: int | None = None, product_id: int | None = None) -> Ambassador:
    """Ask to speak for something (`by` is the person), or offer it to a person.

    Whoever offers names the benefit in words, "none" included. Raises Invalid, Conflict.
    Changes ambassadors; announces AmbassadorAsked.
    """
    faults = {}
    if not 10 <= len(words) <= 280:
        faults["words"] = _("Say why, in 10 to 280 characters.")
    if by != person_id and not 3 <= len(benefit) <= 160:
        faults["benefit"] = _("Say in words what the person has from it; “nothing” is an answer. "
                              "Everybody reads it beside each of their words.")
    if faults:
        raise Invalid(faults)
    if db.session.scalar(select(Ambassador.id).where(
            Ambassador.person_id == person_id, Ambassador.state != "ended",
            Ambassador.group_id == group_id if group_id else Ambassador.group_id.is_(None),
            Ambassador.producer_id == producer_id if producer_id
            else Ambassador.producer_id.is_(None),
            Ambassador.product_id == product_id if product_id
            else Ambassador.product_id.is_(None))):
        raise Conflict(_("This was asked or agreed already."))
    row = Ambassador(person_id=person_id, group_id=group_id, producer_id=producer_id,
                     product_id=product_id, state="asked" if by == person_id else "offered",
                     words=words, benefit=benefit if by != person_id else "", asked_by=by,
                     asked_at=clock.now())
    db.session.add(row)
    db.session.flush()
    announce(AmbassadorAsked(row.id))
    return row


def agree(row: Ambassador, benefit: str | None = None) -> None:
    """The other side says yes; who answers an asking person names the benefit.

    Raises Conflict, Invalid. Changes ambassadors; announces AmbassadorActive.
    """
    if row.state not in ("asked", "offered"):
        raise Conflict(_("This was answered already."))
    if row.state == "asked":
        if benefit is None or not 3 <= len(benefit) <= 160:
            raise Invalid({"benefit": _("Say in words what the person has from it; “nothing” is "
                                        "an answer. Everybody reads it beside each of their "
                                        "words.")})
        row.benefit = benefit
    row.state, row.since = "active", clock.now()
    announce(AmbassadorActive(row.id, row.person_id))


def end(row: Ambassador) -> None:
    """Either side ends it in one step; twice is once. Announces AmbassadorEnded."""
    if row.state != "ended":
        row.state, row.until = "ended", clock.now()
        announce(AmbassadorEnded(row.id, row.person_id))
