"""Questions to the panel, their results and words, and who wants to hear of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.notify.models import Choice
from marketplace.notify.rules import PANEL
from marketplace.touchpoints.models import Panel, PanelMember, PanelVote
from marketplace.touchpoints.rules import is_open, is_over

MOST_PANELS = 100
MOST_COMMENTS = 200


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One question; words are pairs of German and English. `own` is the viewer's vote."""

    id: int
    title: tuple[str, str]
    words: tuple[str, str]
    about: tuple[str, str]
    link: str
    closes_on: date
    state: str
    votes: int
    decision: str | None
    reason: tuple[str, str]
    decided_at: datetime | None
    own: tuple[int, str] | None = None

    @property
    def open(self) -> bool:
        """Whether one may vote."""
        return is_open(self.state, self.closes_on, clock.today())

    @property
    def over(self) -> bool:
        """Whether voting ended and the decision is to come."""
        return is_over(self.state, self.closes_on, clock.today())


def panel_rows(viewer_id: int | None, panel_id: int | None = None, drafts: bool = False
               ) -> Sequence[PanelRow]:
    """Questions with the viewer's own vote, the newest first. Loads: 1 statement."""
    every = aliased(PanelVote)
    count = (select(func.count(every.id)).where(every.panel_id == Panel.id)
             .correlate(Panel).scalar_subquery())
    found = (select(Panel, count.label("votes"), PanelVote.score, PanelVote.words)
             .outerjoin(PanelVote, (PanelVote.panel_id == Panel.id) & (
                 PanelVote.person_id == (viewer_id or 0)))
             .order_by(Panel.id.desc()).limit(MOST_PANELS))
    if not drafts:
        found = found.where(Panel.state != "draft")
    if panel_id is not None:
        found = found.where(Panel.id == panel_id)
    return [_row(row, votes, None if score is None else (score, words))
            for row, votes, score, words in db.session.execute(found)]


def _row(row: Panel, votes: int, own: tuple[int, str] | None) -> PanelRow:
    return PanelRow(
        row.id, (row.title_de, row.title_en), (row.words_de, row.words_en),
        (row.about_de, row.about_en), row.link, row.closes_on, row.state, votes, row.decision,
        (row.reason_de, row.reason_en), row.decided_at, own)


def panel_counts(panel_id: int) -> Mapping[int, int]:
    """How often each score was given. Loads: 1 statement."""
    return dict(db.session.execute(
        select(PanelVote.score, func.count()).where(PanelVote.panel_id == panel_id)
        .group_by(PanelVote.score)).all())


@dataclass(frozen=True, slots=True)
class PanelComment:
    """Words of a vote under its number; `mine` where the viewer said them."""

    number: int
    score: int
    words: str
    code: str
    at: datetime
    mine: bool


def panel_comments(panel_id: int, viewer_id: int | None) -> Sequence[PanelComment]:
    """Words that stand with votes, by number. Loads: 1 statement."""
    return [PanelComment(row.number, row.score, row.words, row.code, row.at,
                         viewer_id is not None and row.person_id == viewer_id)
            for row in db.session.execute(
                select(PanelVote.number, PanelVote.score, PanelVote.words, PanelVote.code,
                       PanelVote.at, PanelVote.person_id)
                .where(PanelVote.panel_id == panel_id, PanelVote.words != "",
                       PanelVote.standing == "visible")
                .order_by(PanelVote.number).limit(MOST_COMMENTS))]


def in_panel(person_id: int) -> bool:
    """Whether somebody is of the panel. Loads: 1 statement."""
    return db.session.scalar(select(PanelMember.person_id).where(
        PanelMember.person_id == person_id)) is not None


def panel_members() -> int:
    """How many are of the panel. Loads: 1 statement."""
    return db.session.scalar(select(func.count()).select_from(PanelMember)) or 0


def panel_hears(panel_id: int, voted: bool) -> Sequence[int]:
    """Members who turned on to be told of questions, in order; `voted`: those who voted on this
    one. Loads: 1 statement.
    """
    found = select(PanelMember.person_id).where(PanelMember.person_id.in_(
        select(Choice.person_id).where(Choice.class_ == PANEL, Choice.on)))
    if voted:
        found = found.where(PanelMember.person_id.in_(
            select(PanelVote.person_id).where(PanelVote.panel_id == panel_id)))
    return list(db.session.scalars(found.order_by(PanelMember.person_id)))
