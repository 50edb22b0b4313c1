"""What groups do to their topics: a proposal opens one, another kind closes or keeps them."""

from __future__ import annotations

from sqlalchemy import update

from marketplace.dialogue.actions.threads import begin_topic
from marketplace.dialogue.models import Thread
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.groups.models import Group, Proposal


def topic_of_proposal(proposal_id: int) -> Thread:
    """The place where a group talks about a proposal. Changes threads, posts; announces."""
    row = db.session.get_one(Proposal, proposal_id)
    group, now = db.session.get_one(Group, row.group_id), clock.now()
    topic = Thread(
        code=secret_code(96), kind="topic", author_id=row.person_id, lang=group.lang,
        title=row.title[:120], visibility=visibility_in(group.kind), group_id=group.id,
        written_as=group.kind, proposal_id=row.id, made_at=now, last_post_at=now)
    begin_topic(topic, row.person_id, row.why or row.title)
    return topic


def visibility_in(kind: str) -> str:
    """Who reads what is written in a group of a kind."""
    return "public" if kind == "open" else "group"


def kind_changed(group_id: int, before: str, after: str) -> None:
    """What was public is for members now; what was not stays so until its author says otherwise.

    Changes threads.
    """
    if before == "open" and after != "open":
        db.session.execute(update(Thread).where(Thread.group_id == group_id,
                                                Thread.visibility == "public")
                           .values(visibility="group"))
    if before != "open" and after == "open":
        db.session.execute(update(Thread).where(Thread.group_id == group_id,
                                                Thread.written_as == "open")
                           .values(visibility="public"))
