"""Changes of `dialogue`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, func, select, update

from marketplace.bundles.actions import demand_contact
from marketplace.bundles.models import Bundle
from marketplace.dialogue.actions.care import demand_open
from marketplace.dialogue.actions.cases import open_case
from marketplace.dialogue.events import (
    AnswerGiven,
    PostPublished,
    ThreadOpened,
)
from marketplace.dialogue.models import (
    KINDS,
    Case,
    Post,
    PostVote,
    Support,
    Thread,
    ThreadPerson,
)
from marketplace.dialogue.queries import answer_due, posts_today
from marketplace.dialogue.rules import (
    LINK,
    MOST_TITLE,
    MOST_WORDS,
    NAMED,
    PUBLIC_CHOICE,
    state_after,
)
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours, TooMany
from marketplace.foundation.events import announce
from marketplace.groups.queries import kind_of
from marketplace.people.actions import opens_at
from marketplace.people.rules.levels import LINKS_A_POST, MENTIONS_A_POST, POSTS_A_DAY
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, staff_ids
from marketplace.producers.queries.dealing import takes_no_messages_of
from marketplace.web.masking import masked

SAME_WITHIN = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class NewThread:
    """What somebody wants to say, to whom, and who may read it."""

    kind: str
    title: str
    words: str
    visibility: str
    lang: str
    product_id: int | None = None
    producer_id: int | None = None
    group_id: int | None = None
    bundle_id: int | None = None
    seller_order_id: int | None = None
    ask_id: int | None = None
    praised_id: int | None = None


def check(new: NewThread) -> None:
    """Refuse what cannot become a thread, before anything is written. Raises Invalid."""
    faults = {}
    if new.kind not in KINDS:
        faults["kind"] = _("Please choose what it is.")
    if new.kind in PUBLIC_CHOICE and new.visibility not in ("public", "private"):
        faults["visibility"] = _("Please choose: public or private.")
    if not 3 <= len(new.title) <= MOST_TITLE:
        faults["title"] = _("3 to 120 characters.")
    if not 3 <= len(new.words) <= MOST_WORDS:
        faults["words"] = _("3 to 8,000 characters.")
    if faults:
        raise Invalid(faults)


def open_thread(person_id: int, trust_level: int, new: NewThread) -> Thread:
    """Begin a thread with its first post. Raises Invalid, TooMany.

    Changes threads, posts, thread_people, cases; announces ThreadOpened and PostPublished.
    """
    check(new)
    demand_open_ear(new.producer_id, new.seller_order_id, person_id)
    _demand_contact(new.bundle_id, person_id)
    _not_too_many(person_id, trust_level, new.words)
    same = _said_just_now(person_id, new.words, new.lang)
    if same is not None:
        begun = db.session.get_one(Thread, same.thread_id)
        if _place(begun) == _place(new):
            return begun
    now, public = clock.now(), new.visibility != "private"
    thread = Thread(
        code=secret_code(96), kind=new.kind, author_id=person_id, lang=new.lang,
        title=masked(new.title, new.lang) if public else new.title, visibility=new.visibility,
        product_id=new.product_id, producer_id=new.producer_id, group_id=new.group_id,
        bundle_id=new.bundle_id, seller_order_id=new.seller_order_id, ask_id=new.ask_id,
        praised_id=new.praised_id if new.kind == "praise" else None,
        written_as=kind_of(new.group_id) if new.group_id else None,
        made_at=now, last_post_at=now,
        promised_by=answer_due(new.producer_id, now) if new.producer_id else None)
    db.session.add(thread)
    db.session.flush()
    _take_part(thread.id, person_id, "asker")
    for staff in staff_ids(new.producer_id) if new.producer_id else ():
        _take_part(thread.id, staff, "staff")
    announce(ThreadOpened(thread.id, person_id, new.kind, new.producer_id, new.group_id,
                          new.bundle_id))
    _post(thread, person_id, new.words, "asker", None, None)
    if new.kind == "complaint" and new.producer_id:
        open_case("thread", thread.id, new.producer_id)
    return thread


def demand_open_ear(producer_id: int | None, seller_order_id: int | None, person_id: int) -> None:
    """Refuse messages to a producer that takes none of this person; own orders always may be
    talked about. Raises NotYours.
    """
    if producer_id is None or seller_order_id is not None:
        return
    if takes_no_messages_of(producer_id, person_id):
        raise NotYours(_("This house takes no messages from you. Your orders and reviews go on as "
                         "before, and the marketplace answers under “Help”."))


def _demand_contact(bundle_id: int | None, person_id: int) -> None:
    """Who blocked each other say nothing about each other's bundles. Raises NotYours."""
    if bundle_id is not None:
        demand_contact(db.session.scalar(
            select(Bundle.author_id).where(Bundle.id == bundle_id)), person_id)


def begin_topic(topic: Thread, person_id: int | None, words: str) -> None:
    """Begin a topic that a group's own step opened; None: the house did it.

    Changes threads, posts, thread_people; announces ThreadOpened and PostPublished.
    """
    db.session.add(topic)
    db.session.flush()
    if person_id is not None:
        _take_part(topic.id, person_id, "asker")
    announce(ThreadOpened(topic.id, person_id, "topic", None, topic.group_id, None))
    _post(topic, person_id, words, "machine" if person_id is None else "asker", None, None)


def begin_thread(thread: Thread, person_id: int, words: str, role: Role) -> None:
    """Begin a thread of a producer's own, signed by one of its people.

    Changes threads, posts, thread_people; announces ThreadOpened and PostPublished.
    """
    db.session.add(thread)
    db.session.flush()
    _take_part(thread.id, person_id, "staff")
    announce(ThreadOpened(thread.id, person_id, thread.kind, thread.producer_id, None, None))
    _post(thread, person_id, words, "staff", role.producer_id, signature(role))


def signature(role: Role) -> str:
    """How a person of a producer signs."""
    return f"{role.shown_name}, {role.title or role.name}"[:80]


def _not_too_many(person_id: int, trust_level: int, words: str) -> None:
    """Refuse more posts a day, links or people named than a level of trust allows."""
    if posts_today(person_id) >= POSTS_A_DAY[trust_level]:
        raise TooMany(_("That was a lot for today. Tomorrow you can write again.") + " "
                      + opens_at(POSTS_A_DAY, trust_level), 3600)
    links, named = len(LINK.findall(words)), len(NAMED.findall(words))
    if links > LINKS_A_POST[trust_level]:
        raise Invalid({"words": ngettext(
            "Here you can put %(num)s link into a post.", "Here you can put %(num)s links into a "
            "post.", LINKS_A_POST[trust_level]) + " " + opens_at(LINKS_A_POST, trust_level)})
    if named > MENTIONS_A_POST[trust_level]:
        raise Invalid({"words": ngettext(
            "Here you can name %(num)s person in a post.", "Here you can name %(num)s people in "
            "a post.", MENTIONS_A_POST[trust_level]) + " "
            + opens_at(MENTIONS_A_POST, trust_level)})


def _place(about: NewThread | Thread) -> tuple[object, ...]:
    """What makes two beginnings the same: kind, thing and who reads it."""
    return (about.kind, about.visibility, about.product_id, about.producer_id, about.group_id,
            about.bundle_id, about.seller_order_id, about.ask_id)


def _said_just_now(person_id: int, words: str, lang: str) -> Post | None:
    return db.session.scalar(
        select(Post).where(Post.author_id == person_id,
                           Post.words.in_((words, masked(words, lang))),
                           Post.at > clock.now() - SAME_WITHIN)
        .order_by(Post.id.desc()).limit(1))


def _take_part(thread_id: int, person_id: int, part: str) -> None:
    if db.session.get(ThreadPerson, (thread_id, person_id)) is None:
        db.session.add(ThreadPerson(thread_id=thread_id, person_id=person_id, part=part))
        db.session.flush()


def _post(
    thread: Thread, person_id: int | None, words: str, role: str, staff_of: int | None,
    signed: str | None,
) -> Post:
    now = clock.now()
    said = masked(words, thread.lang) if thread.visibility != "private" else words
    row = Post(code=secret_code(96), thread_id=thread.id, author_id=person_id, role=role,
               staff_of=staff_of, signed=signed, lang=thread.lang, words=said, at=now)
    db.session.add(row)
    db.session.flush()
    first = role == "staff" and thread.first_answer_at is None and thread.kind != "news"
    db.session.execute(update(Thread).where(Thread.id == thread.id).values(
        last_post_at=now, state=state_after(role, thread.state, thread.kind),
        replies=select(func.count(Post.id) - 1).where(
            Post.thread_id == thread.id, Post.state == "published").scalar_subquery(),
        first_answer_at=now if first else thread.first_answer_at)
        .execution_options(synchronize_session=False))
    announce(PostPublished(row.id, thread.id, person_id, role))
    if first and staff_of is not None:
        db.session.execute(update(Case).where(
            Case.source == "thread", Case.source_id == thread.id, Case.state == "open"
        ).values(state="answered"))
        announce(AnswerGiven(thread.id, staff_of, thread.author_id))
    return row


def say(thread: Thread, person_id: int, trust_level: int, words: str, role: Role | None) -> Post:
    """Say something in a thread; staff of its producer answer signed with name and role.

    Raises Invalid, TooMany, NotYours, Conflict. Changes posts, threads, cases; announces
    PostPublished.
    """
    if not 2 <= len(words) <= MOST_WORDS:
        raise Invalid({"words": _("2 to 8,000 characters.")})
    same = _said_just_now(person_id, words, thread.lang)
    if same is not None and same.thread_id == thread.id:
        return same
    if role is not None:
        demand(role, "answer")
        demand_open(thread, person_id)
        _take_part(thread.id, person_id, "staff")
        return _post(thread, person_id, words, "staff", role.producer_id, signature(role))
    demand_open(thread, person_id)
    _not_too_many(person_id, trust_level, words)
    demand_open_ear(thread.producer_id, thread.seller_order_id, person_id)
    _demand_contact(thread.bundle_id, person_id)
    own = thread.author_id == person_id
    _take_part(thread.id, person_id, "asker" if own else "follower")
    return _post(thread, person_id, words, "asker" if own else "bystander", None, None)


def support(thread: Thread, person_id: int) -> None:
    """It concerns me too; a second time takes it back. Raises Conflict on one's own."""
    if thread.author_id == person_id:
        raise Conflict(_("It is your own."))
    known = db.session.get(Support, (thread.id, person_id))
    if known is not None:
        db.session.delete(known)
    else:
        db.session.add(Support(thread_id=thread.id, person_id=person_id, at=clock.now()))
    db.session.flush()
    count = select(func.count()).where(Support.thread_id == thread.id).scalar_subquery()
    db.session.execute(update(Thread).where(Thread.id == thread.id).values(supports=count)
                       .execution_options(synchronize_session=False))


def vote(post_code: str, person_id: int, value: int) -> Post:
    """Up, down or taken back on a post. Raises NotFound, NotYours on one's own."""
    post = db.session.scalar(select(Post).where(Post.code == post_code))
    if post is None:
        raise NotFound(_("There is nothing at this address."))
    if post.author_id == person_id:
        raise NotYours(_("Others decide about your own words."))
    db.session.execute(delete(PostVote).where(PostVote.post_id == post.id,
                                              PostVote.person_id == person_id))
    if value in (1, -1):
        db.session.add(PostVote(post_id=post.id, person_id=person_id, value=value,
                                at=clock.now()))
    db.session.flush()
    sums = [select(func.count()).where(PostVote.post_id == post.id, PostVote.value == v)
            .scalar_subquery() for v in (1, -1)]
    db.session.execute(update(Post).where(Post.id == post.id).values(up=sums[0], down=sums[1])
                       .execution_options(synchronize_session=False))
    return post
