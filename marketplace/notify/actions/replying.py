"""Answering a letter about a thread by mail: the words land in the thread."""

from __future__ import annotations

from datetime import timedelta
from hmac import compare_digest

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.dialogue.actions import say
from marketplace.dialogue.models import Post, Thread
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound, NotYours
from marketplace.groups import rules as groups
from marketplace.groups.queries import role_in
from marketplace.notify.queries import sees
from marketplace.notify.rules.incoming import Incoming
from marketplace.people.models import Person
from marketplace.people.queries import email_of
from marketplace.producers.actions import mark_seen
from marketplace.producers.queries import Role, roles_of
from marketplace.web.masking import masked
from marketplace.web.tokens import keyed_hash

AGAIN_WITHIN = timedelta(days=7)


def reply_address(box: str, person_id: int | None, code: str) -> str:
    """Where a person answers in a thread by mail: the mailbox for answers, signed for both; ""
    without a mailbox.
    """
    if not box or person_id is None:
        return ""
    thread_id = db.session.scalar(select(Thread.id).where(Thread.code == code))
    if thread_id is None:
        return ""
    name, _at, domain = box.rpartition("@")
    return f"{name}+{thread_id}-{person_id}-{_signature(thread_id, person_id)}@{domain}"


def _signature(thread_id: int, person_id: int) -> str:
    return keyed_hash("reply", f"{thread_id} {person_id}")[:20]


def writer_of(where: tuple[int, int, str]) -> Person | None:
    """Whom an address for answers was made for; None where it is not ours or nobody is there."""
    thread_id, person_id, signature = where
    if not compare_digest(_signature(thread_id, person_id), signature):
        return None
    who = db.session.get(Person, person_id)
    return who if who is not None and who.state == "active" else None


def take_reply(who: Person, thread_id: int, mail: Incoming) -> Post:
    """Say in a thread what somebody answered by mail, as the form on its page would.

    The same mail twice is said once. Raises Invalid, NotFound, NotYours, TooMany. Changes posts,
    threads, cases; announces PostPublished.
    """
    thread = db.session.get(Thread, thread_id)
    if thread is None or not sees(who.id, f"/threads/{thread.code}"):
        raise NotFound(_("This conversation is not there any more."))
    _demand_own_address(who.id, mail.sender)
    if thread.group_id is not None and not groups.may_write(
            groups.part_of(role_in(thread.group_id, who.id), True)):
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    if not mail.words:
        raise Invalid({"words": _(
            "There were no words of yours in the mail, only what it quotes.")})
    same = _said_before(thread, who.id, mail.words)
    if same is not None:
        return same
    role = _role(thread, who.id)
    post = say(thread, who.id, who.trust_level, mail.words, role)
    if role is not None:
        mark_seen(role.producer_id, [("thread", thread.id)], who.id)
    return post


def _demand_own_address(person_id: int, sender: str) -> None:
    known = email_of(person_id)
    if known is None or known[0].strip().lower() != sender:
        raise NotYours(_("Please answer from the address of your account, or on the page of the "
                         "conversation."))
    if not known[1]:
        raise NotYours(_("Please confirm your e-mail address first: the link is in your mail. "
                         "Under “Account” you can have it sent once more."))


def _said_before(thread: Thread, person_id: int, words: str) -> Post | None:
    return db.session.scalar(select(Post).where(
        Post.thread_id == thread.id, Post.author_id == person_id,
        Post.words.in_((words, masked(words, thread.lang))),
        Post.at > clock.now() - AGAIN_WITHIN).limit(1))


def _role(thread: Thread, person_id: int) -> Role | None:
    """The writer's role at the producer who was asked."""
    own = thread.author_id == person_id and thread.kind != "news"
    if thread.producer_id is None or own:
        return None
    return next((role for role in roles_of(person_id)
                 if role.producer_id == thread.producer_id), None)
