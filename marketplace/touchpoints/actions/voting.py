"""Being of the panel: joining with a consent, voting, and going again."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.notify.actions import call_off, choose
from marketplace.notify.rules import PANEL
from marketplace.people.actions import give_consent, withdraw_consent
from marketplace.people.rules.consents import PANEL as CONSENT
from marketplace.touchpoints.models import Panel, PanelMember, PanelVote
from marketplace.touchpoints.rules import LONGEST_COMMENT, is_open, vote_faults

TEXT_VERSION = "2026-11"
"""The words on the page of the panel that are agreed to."""


def join_panel(person_id: int) -> None:
    """Somebody agrees to be asked. Changes consents, panel_members."""
    give_consent(person_id, CONSENT, TEXT_VERSION, "panel")
    if db.session.get(PanelMember, person_id) is None:
        db.session.add(PanelMember(person_id=person_id, joined_at=clock.now()))
        db.session.flush()


def leave_panel(person_id: int, with_votes: bool) -> None:
    """Nothing more is asked of somebody, what was told of it and not read goes, and their votes go
    too or stay without their name. Changes consents, panel_members, panel_votes, choices, letters,
    notices.
    """
    gone = db.session.execute(delete(PanelMember).where(PanelMember.person_id == person_id))
    if not gone.rowcount:  # type: ignore[attr-defined]
        return
    for panel_id in db.session.scalars(select(Panel.id).where(Panel.state != "draft")).all():
        call_off(person_id, PANEL, panel_key(panel_id))
    for channel in ("app", "mail", "push"):
        choose(person_id, PANEL, channel, False, place="panel")
    own = PanelVote.person_id == person_id
    if with_votes:
        db.session.execute(delete(PanelVote).where(own))
    else:
        db.session.execute(update(PanelVote).where(own).values(person_id=None))
    db.session.flush()
    withdraw_consent(person_id, CONSENT)


def panel_key(panel_id: int) -> str:
    """Under which notices and letters about a question come together."""
    return f"panel {panel_id}"


def vote_panel(panel_id: int, person_id: int, score: str, words: str) -> PanelVote:
    """A member's vote, or another one in its place until the last day. Raises Invalid, NotFound for
    who is no member, Conflict after the end. Changes panel_votes, letters, notices.
    """
    row = _open_to(panel_id, person_id)
    faults = vote_faults(score, words)
    if faults:
        sentences = {"score": _("Please choose a number from 0 to 10."),
                     "words": _("At most %(most)s characters.", most=LONGEST_COMMENT)}
        raise Invalid({name: sentences[name] for name in faults})
    vote = db.session.scalar(select(PanelVote).where(
        PanelVote.panel_id == row.id, PanelVote.person_id == person_id))
    if vote is None:
        last = db.session.scalar(select(func.max(PanelVote.number)).where(
            PanelVote.panel_id == row.id)) or 0
        vote = PanelVote(code=new_code(10), panel_id=row.id, person_id=person_id, number=last + 1)
        db.session.add(vote)
    vote.score, vote.words, vote.at = int(score), words, clock.now()
    db.session.flush()
    call_off(person_id, PANEL, panel_key(panel_id))
    return vote


def take_vote_back(panel_id: int, person_id: int) -> None:
    """A member's vote goes, until the last day. Raises NotFound, Conflict. Changes panel_votes."""
    _open_to(panel_id, person_id)
    db.session.execute(delete(PanelVote).where(PanelVote.panel_id == panel_id,
                                               PanelVote.person_id == person_id))


def _open_to(panel_id: int, person_id: int) -> Panel:
    """A question that a member may vote on, locked so that numbers are given one by one."""
    row = db.session.get(Panel, panel_id, with_for_update=True, populate_existing=True)
    member = db.session.get(PanelMember, person_id)
    if row is None or row.state == "draft" or member is None:
        raise NotFound(_("There is nothing at this address."))
    if not is_open(row.state, row.closes_on, clock.today()):
        raise Conflict(_("The voting is over. The result stands below."))
    return row


def hide_panel_words(vote_id: int, hidden: bool) -> None:
    """Take the words of a vote out of sight by a decision, or back. Changes panel_votes."""
    db.session.execute(update(PanelVote).where(PanelVote.id == vote_id)
                       .values(standing="hidden" if hidden else "visible"))


def empty_panel_words(vote_id: int) -> None:
    """Words that a decision removed long ago go; the vote stays. Changes panel_votes."""
    db.session.execute(update(PanelVote).where(PanelVote.id == vote_id,
                                               PanelVote.standing == "hidden").values(words=""))
