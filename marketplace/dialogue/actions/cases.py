"""Critical matters with their due time, and words hidden by a decision."""

from __future__ import annotations

from sqlalchemy import case, exists, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.dialogue.events import CaseOpened
from marketplace.dialogue.models import Case, Post, TalkAct, Thread
from marketplace.dialogue.queries import answer_due
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.producers.queries import lead_of


def open_case(source: str, source_id: int, producer_id: int) -> None:
    """Something critical that must be answered; one case per source, with the lead of the house
    as its owner. Announces CaseOpened.
    """
    now = clock.now()
    row = Case(source=source, source_id=source_id, producer_id=producer_id, opened_at=now,
               due_at=answer_due(producer_id, now), owner_id=lead_of(producer_id))
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return
    announce(CaseOpened(row.id, producer_id))


def close_case(source: str, source_id: int) -> None:
    """The critical voice was answered. Changes cases."""
    db.session.execute(update(Case).where(Case.source == source, Case.source_id == source_id)
                       .values(state="answered"))


def hide_post(post_id: int, hidden: bool) -> None:
    """Hide or show words by a decision; what its author took back stays so. Changes posts."""
    before, after = ("published", "hidden") if hidden else ("hidden", "published")
    db.session.execute(update(Post).where(Post.id == post_id, Post.state == before)
                       .values(state=after))


def hide_thread(thread_id: int, hidden: bool) -> None:
    """Hide or show a thread by a decision; what a group let go stays so. Changes threads."""
    found = update(Thread).where(Thread.id == thread_id)
    if hidden:
        db.session.execute(found.values(standing="hidden"))
        return
    let_go = exists().where(TalkAct.thread_id == thread_id, TalkAct.act == "away",
                            TalkAct.ended_at.is_(None))
    db.session.execute(found.where(Thread.standing == "hidden").values(
        standing=case((let_go, "away"), else_="visible")))


def empty_post(post_id: int) -> None:
    """Words that a decision removed long ago go; their place stays. Changes posts."""
    db.session.execute(update(Post).where(Post.id == post_id, Post.state == "hidden")
                       .values(words=""))


def empty_thread(thread_id: int) -> None:
    """Of a thread that a decision removed long ago the title goes, and what its author wrote in it.

    Changes threads, posts.
    """
    author = select(Thread.author_id).where(Thread.id == thread_id, Thread.standing == "hidden")
    db.session.execute(
        update(Post).where(Post.thread_id == thread_id, Post.author_id == author.scalar_subquery())
        .values(words="").execution_options(synchronize_session=False))
    db.session.execute(update(Thread).where(Thread.id == thread_id, Thread.standing == "hidden")
                       .values(title="").execution_options(synchronize_session=False))


def empty_board(ask_id: int) -> None:
    """The thread that repeats an ask goes with the ask's words. Changes threads, posts."""
    for thread_id in db.session.scalars(select(Thread.id).where(Thread.ask_id == ask_id)).all():
        empty_thread(thread_id)


def hide_board(ask_id: int, hidden: bool) -> None:
    """An ask was taken away by a decision, or is back; its thread repeats its words.

    Changes threads.
    """
    db.session.execute(update(Thread).where(Thread.ask_id == ask_id)
                       .values(standing="hidden" if hidden else "visible"))


def count_again(producer_id: int) -> None:
    """After days without orders began or ended, what waits is due by the open days that are left.

    Changes threads, cases.
    """
    open_threads = db.session.execute(select(Thread.id, Thread.made_at).where(
        Thread.producer_id == producer_id, Thread.promised_by.is_not(None),
        Thread.first_answer_at.is_(None), Thread.outcome.is_(None))).all()
    for thread_id, made_at in open_threads:
        db.session.execute(update(Thread).where(Thread.id == thread_id).values(
            promised_by=answer_due(producer_id, made_at)))
    open_cases = db.session.execute(select(Case.id, Case.opened_at).where(
        Case.producer_id == producer_id, Case.state == "open")).all()
    for case_id, opened_at in open_cases:
        db.session.execute(update(Case).where(Case.id == case_id).values(
            due_at=answer_due(producer_id, opened_at)))
