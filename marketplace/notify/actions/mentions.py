"""Who is named with @ in words that others read hears of it."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.dialogue.events import PostPublished
from marketplace.dialogue.models import Post, Thread, ThreadPerson
from marketplace.dialogue.rules import NAMED
from marketplace.foundation.database import db
from marketplace.notify.actions.reacting import name_of
from marketplace.notify.actions.telling import tell
from marketplace.notify.queries.objects import sees
from marketplace.people.models import Person
from marketplace.people.rules.levels import MENTIONS_A_POST


def named(event: PostPublished) -> None:
    """Who is named and may read it; who takes part hears of the answer anyway, and nobody of
    somebody with whom there is a block.
    """
    post = db.session.get_one(Post, event.post_id)
    handles = list(dict.fromkeys(one[1:].lower() for one in NAMED.findall(post.words)))
    if not handles or post.state != "published":
        return
    thread = db.session.get_one(Thread, post.thread_id)
    part = select(ThreadPerson.person_id).where(
        ThreadPerson.thread_id == thread.id, ThreadPerson.part.in_(("asker", "follower")))
    url = f"/threads/{thread.code}"
    for person in db.session.scalars(
            select(Person.id).where(
                Person.handle_folded.in_(handles[:max(MENTIONS_A_POST)]),
                Person.state == "active", Person.id.not_in(part)).order_by(Person.id)).all():
        if sees(person, url):
            tell(person, "mention", f"mention {thread.id}", "mentioned", url, by=event.person_id,
                 name=name_of(event.person_id), title=thread.title)
