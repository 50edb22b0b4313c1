"""Putting an ask to people and groups who know, and what becomes of it where nobody answers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, insert, literal, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.groups.queries import groups_for
from marketplace.recommend.events import AskRouted, AskUnanswered
from marketplace.recommend.models import Ask, AskRoute, Recommendation
from marketplace.recommend.queries.knowing import (
    asked_lately,
    not_to_ask,
    rated_in,
)
from marketplace.recommend.rules.asking import MOST_GROUPS, UNANSWERED_AFTER, is_open, who_knows

AT_ONCE = 200


def put(ask_id: int) -> None:
    """Put an ask to those who know, once. Changes ask_routes; announces AskRouted for each."""
    for person_id, rated in keep_routes(ask_id):
        announce(AskRouted(ask_id, person_id, rated))


def keep_routes(ask_id: int) -> Sequence[tuple[int, int]]:
    """Choose and keep who is asked, with how much they rated; nobody a second time.

    An ask to a group is put to its members only. Changes ask_routes.
    """
    ask = db.session.scalar(select(Ask).where(Ask.id == ask_id).with_for_update())
    if ask is None or ask.subject_id is None or not is_open(ask.state, ask.until, clock.today()):
        return []
    if db.session.scalar(select(func.count()).where(AskRoute.ask_id == ask_id)):
        return []
    rated = rated_in(ask.subject_id, ask.group_id)
    chosen = who_knows(rated, asked_lately(rated), not_to_ask(ask.person_id))
    groups = [] if ask.audience == "group" else groups_for(ask.subject_id, limit=MOST_GROUPS)
    now = clock.now()
    rows = [{"ask_id": ask_id, "person_id": who, "group_id": None, "rated": n, "at": now}
            for who, n in chosen]
    rows += [{"ask_id": ask_id, "person_id": None, "group_id": group, "rated": 0, "at": now}
             for group in groups]
    if rows:
        db.session.execute(insert(AskRoute), rows)
    return chosen


def note_unanswered() -> int:
    """Let asks that nobody answered in 48 hours stand on the request board, each once.

    Changes asks; announces AskUnanswered for each; how many.
    """
    now = clock.now()
    answered = select(literal(1)).where(Recommendation.ask_id == Ask.id,
                                        Recommendation.state == "visible").exists()
    ids = db.session.scalars(
        select(Ask.id).where(Ask.state == "open", Ask.until >= clock.today(),
                             Ask.board_at.is_(None), Ask.made_at <= now - UNANSWERED_AFTER,
                             ~answered).order_by(Ask.id).limit(AT_ONCE)).all()
    moved = 0
    for ask_id in ids:
        person = db.session.scalar(
            update(Ask).where(Ask.id == ask_id, Ask.board_at.is_(None), Ask.state == "open")
            .values(board_at=now).returning(Ask.person_id))
        if person is not None:
            moved += 1
            announce(AskUnanswered(ask_id, person))
    return moved


def keep_board(ask_id: int, code: str) -> None:
    """Note where an ask stands on the request board. Changes asks."""
    db.session.execute(update(Ask).where(Ask.id == ask_id).values(board_code=code)
                       .execution_options(synchronize_session=False))
