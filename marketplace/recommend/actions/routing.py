"""Putting an ask to people and groups who know, and what becomes of it where nobody answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, insert, literal, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.groups.queries import carers, groups_for
from marketplace.producers.queries import staff_of
from marketplace.producers.rules import may
from marketplace.recommend.events import AskPutToProducer, AskRouted, AskUnanswered
from marketplace.recommend.models import Ask, AskRoute, Recommendation
from marketplace.recommend.queries.having import producers_having
from marketplace.recommend.queries.knowing import (
    asked_lately,
    not_to_ask,
    rated_in,
)
from marketplace.recommend.rules.asking import MOST_GROUPS, UNANSWERED_AFTER, is_open, who_knows
from marketplace.recommend.rules.routing import MOST_PRODUCERS, MOST_WRONG, WEIGHTS, best

AT_ONCE, A_GROUP = 200, 100 * WEIGHTS["category"]
FITS = {"yes": "asked", "no": "wrong"}


def put(ask_id: int) -> None:
    """Put an ask to those who know or have it, once; where there is nobody, on the request board.

    Changes ask_routes, asks; announces AskRouted, AskPutToProducer, AskUnanswered.
    """
    ask = db.session.scalar(select(Ask).where(Ask.id == ask_id).with_for_update())
    if ask is None or not is_open(ask.state, ask.until, clock.today()) or _was_put(ask_id):
        return
    rows = new_routes(ask)
    if rows:
        _keep(rows)
    elif ask.audience == "all":
        _to_board(ask_id)


def _was_put(ask_id: int) -> bool:
    return bool(db.session.scalar(select(func.count()).where(AskRoute.ask_id == ask_id)))


def new_routes(ask: Ask) -> list[dict[str, Any]]:
    """Whom an ask is put to at first: people who know, and of an ask to all also groups about it
    and producers that have it. Loads: at most 15 statements.
    """
    rated = rated_in(ask.subject_id, ask.group_id) if ask.subject_id is not None else {}
    chosen = who_knows(rated, asked_lately(rated), not_to_ask(ask.person_id))
    rows = [_row(ask.id, person_id=who, rated=n) for who, n in chosen]
    if ask.audience == "group":
        return rows
    return [*rows, *_groups(ask, MOST_GROUPS), *_producers(ask, MOST_PRODUCERS)]


def _row(ask_id: int, **more: Any) -> dict[str, Any]:
    return {"ask_id": ask_id, "person_id": None, "group_id": None, "producer_id": None,
            "rated": 0, "score": 0, "matched": [], "state": "asked", "at": clock.now(),
            "decided_at": None, **more}


def _groups(ask: Ask, most: int, taken: Collection[int] = ()) -> list[dict[str, Any]]:
    if ask.subject_id is None:
        return []
    about = [g for g in groups_for(ask.subject_id, limit=MOST_GROUPS + MOST_WRONG)
             if g not in taken]
    places = [n for n, chip in enumerate(ask.chips)
              if chip["kind"] == "category" and not chip["negated"]]
    return [_row(ask.id, group_id=group, score=A_GROUP, matched=places) for group in about[:most]]


def _producers(ask: Ask, most: int, taken: Collection[int] = ()) -> list[dict[str, Any]]:
    found = producers_having(ask.chips, ask.person_id)
    return [_row(ask.id, producer_id=one, score=round(100 * found[one][0]), matched=found[one][1])
            for one in best({key: value for key, (value, _places) in found.items()}, most, taken)]


def _keep(rows: Sequence[dict[str, Any]]) -> None:
    db.session.execute(insert(AskRoute), list(rows))
    for row in rows:
        if row["person_id"] is not None:
            announce(AskRouted(row["ask_id"], row["person_id"], row["rated"]))
        elif row["producer_id"] is not None:
            announce(AskPutToProducer(row["ask_id"], row["producer_id"]))


def say_fits(code: str, route_id: int, person_id: int, fits: str) -> None:
    """Say for one's house or group that a wish does not fit there, or that it does after all.

    The next of its kind is asked instead; after five that it did not fit, or with nobody left, the
    wish stands on the request board. `fits`: "yes" or "no". Raises NotFound, Invalid. Changes
    ask_routes, asks; announces AskPutToProducer, AskUnanswered.
    """
    ask = db.session.scalar(select(Ask).where(Ask.code == code).with_for_update())
    route = db.session.get(AskRoute, route_id) if ask and route_id < 2 ** 63 else None
    if ask is None or route is None or route.ask_id != ask.id \
            or person_id not in _speakers(route) or ask.state in ("withdrawn", "hidden"):
        raise NotFound(_("There is nothing at this address."))
    if fits not in FITS:
        raise Invalid({"fits": _("Please choose one of the buttons.")})
    if route.state != FITS[fits]:
        route.state, route.decided_at = FITS[fits], clock.now() if fits == "no" else None
        db.session.flush()
        if fits == "no":
            _ask_next(ask, route.producer_id is not None)


def _speakers(route: AskRoute) -> Collection[int]:
    """Who speaks for whom an ask was put to."""
    if route.group_id is not None:
        return carers(route.group_id)
    if route.producer_id is None:
        return ()
    return [row.person_id for row in staff_of(route.producer_id) if may(row.role, "answer")]


def _ask_next(ask: Ask, producer: bool) -> None:
    """One more of the kind that said no; with nobody left it is for everybody."""
    if not is_open(ask.state, ask.until, clock.today()):
        return
    routes = db.session.scalars(select(AskRoute).where(AskRoute.ask_id == ask.id)).all()
    wrong = sum(row.state == "wrong" for row in routes)
    taken = [row.producer_id if producer else row.group_id for row in routes]
    had = {one for one in taken if one is not None}
    more = [] if wrong >= MOST_WRONG else (_producers if producer else _groups)(ask, 1, had)
    if more:
        _keep(more)
    elif wrong >= MOST_WRONG or wrong == len(routes):
        _to_board(ask.id)


def note_unanswered() -> int:
    """Let asks that nobody answered in 48 hours stand on the request board, each once.

    Changes asks; announces AskUnanswered for each; how many.
    """
    ids = db.session.scalars(
        select(Ask.id).where(Ask.state == "open", Ask.until >= clock.today(),
                             Ask.board_at.is_(None),
                             Ask.made_at <= clock.now() - UNANSWERED_AFTER, ~_answered())
        .order_by(Ask.id).limit(AT_ONCE)).all()
    return sum(_to_board(ask_id) for ask_id in ids)


def _answered() -> Any:
    return select(literal(1)).where(Recommendation.ask_id == Ask.id,
                                    Recommendation.state == "visible").exists()


def _to_board(ask_id: int) -> bool:
    """Let an open ask that nobody answered stand on the request board, once."""
    person = db.session.scalar(
        update(Ask).where(Ask.id == ask_id, Ask.board_at.is_(None), Ask.state == "open",
                          ~_answered())
        .values(board_at=clock.now()).returning(Ask.person_id)
        .execution_options(synchronize_session=False))
    if person is not None:
        announce(AskUnanswered(ask_id, person))
    return person is not None


def keep_board(ask_id: int, code: str) -> None:
    """Note where an ask stands on the request board. Changes asks."""
    db.session.execute(update(Ask).where(Ask.id == ask_id).values(board_code=code)
                       .execution_options(synchronize_session=False))
