"""Threads and posts as pages draw them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from marketplace.dialogue.models import Post, Thread
from marketplace.dialogue.queries.care import label_words
from marketplace.dialogue.queries.threads import ThreadRow
from marketplace.foundation import clock
from marketplace.people.queries import lines
from marketplace.producers.queries import cards as producer_cards
from marketplace.web.formats import moment, short_day
from marketplace.web.shapes import Gone, ThreadCard, Tombstone, Vote, nobody, plain_words
from marketplace.web.words import prose

KIND_WORDS = {
    "question": lambda: _("Question"), "complaint": lambda: _("Criticism"),
    "praise": lambda: _("Praise"), "idea": lambda: _("Idea"), "wish": lambda: _("Wish"),
    "topic": lambda: _("Topic"), "news": lambda: _("News"), "notice": lambda: _("Notice"),
    "comment": lambda: _("Comment"),
}


@dataclass(frozen=True, slots=True)
class PostView:
    """One contribution to a thread."""

    id: str
    by: Any
    when: str
    role: str
    role_words: str
    words: Any
    lang: str
    edited: str
    support_url: str
    supports: int
    supported: bool
    report_url: str
    tombstone: Any
    first: bool = False
    folded: str = ""
    care_url: str = ""
    number: int = 0
    attachments: Sequence[Any] = ()
    vote: Vote | None = None


def thread_kind(kind: str) -> str:
    """A kind of thread in words."""
    return KIND_WORDS[kind]()


def matter_words() -> dict[str, str]:
    """What a producer can tell, in words."""
    return {"news": _("News"), "offer": _("An offer"), "date": _("A date"),
            "story": _("A story"), "change": _("What we changed"),
            "correction": _("A correction"), "recall": _("A recall")}


def thread_state(row: Any) -> tuple[str, str]:
    """A thread's state as (word for the style, words for people)."""
    if row.outcome:
        words = {"solved": _("solved"), "partly": _("partly solved"), "unsolved": _("not solved")}
        return "closed", words[row.outcome]
    if row.first_answer_at is not None:
        return "answered", _("answered")
    if row.kind == "news" and not row.replies:
        return "open", ""
    if row.producer_id is None:
        return ("answered", _("has answers")) if row.replies else ("open", _("open"))
    late = row.promised_by is not None and row.promised_by < clock.now()
    return ("overdue", _("past its promise")) if late else ("open", _("open"))


def thread_cards(
    rows: Sequence[ThreadRow], viewer_id: int | None, people: Mapping[int, Any] | None = None
) -> list[ThreadCard]:
    """Threads in a list. Loads: 1 statement, none where the `people` are known."""
    if people is None:
        people = lines({row.author_id for row in rows if row.author_id}, viewer_id)
    cards = []
    for row in rows:
        state, words = thread_state(row)
        cards.append(ThreadCard(
            row.url, row.title, row.lang, thread_kind(row.kind), words, state,
            people.get(row.author_id or 0, nobody()), short_day(row.last_post_at), row.replies,
            plain_words(row.last_words or "", 120), row.supports, row.visibility == "private",
            topic_labels(row)))
    return cards


def topic_labels(row: Any) -> list[tuple[str, str]]:
    """What the moderators of its group say of a topic: pinned, what it is, locked."""
    if row.group_id is None:
        return []
    found = [(_("pinned"), "state")] if row.pinned else []
    found += [(label_words(row.label), "state")] if row.label else []
    return found + ([(_("locked"), "state")] if row.locked else [])


def comment_posts(rows: Sequence[tuple[Thread, Post]], people: Mapping[int, Any]
                  ) -> list[PostView]:
    """Comments under a bundle; `people` holds their authors."""
    return [PostView(
        post.code, people.get(post.author_id or 0, nobody()), moment(post.at), "member", "",
        prose(post.words), post.lang, "", "", 0, False, _report_url(post), None)
        for _thread, post in rows]


def _report_url(post: Post) -> str:
    return url_for("moderation.report", kind="post", ref=post.code)


def post_views(
    rows: Sequence[Post], viewer_id: int | None, lang: str, votes: Mapping[int, int],
    people: Mapping[int, Any], opened: frozenset[int] | None = None,
    speak: Mapping[int, str] = MappingProxyType({}),
) -> list[PostView]:
    """Posts of a thread: staff signed with name and role, hidden words as a mark of what stood
    there. `votes`: the viewer's own by post; `people`: the authors; `opened`: the only authors
    whose words this viewer may read; `speak`: authors who are ambassadors of what the thread is
    about, with what they have from it. Loads: at most 1 statement.
    """
    makers = producer_cards({post.staff_of for post in rows if post.staff_of}, lang)
    return [_not_opened(post)
            if opened is not None and post.author_id not in opened
            else _post(post, people, makers, votes, viewer_id, speak) for post in rows]


def _not_opened(post: Post) -> PostView:
    """Words of a time when fewer people read this group."""
    gone = Tombstone(_("Written when only members read this; its author has not opened it"),
                     post.at, None, "")
    return PostView(post.code, nobody(), moment(post.at), "member", "", prose(""), post.lang, "",
                    "", 0, False, "", gone)


def _post(
    post: Post, people: Mapping[int, Any], makers: Mapping[int, Any], votes: Mapping[int, int],
    viewer_id: int | None, speak: Mapping[int, str],
) -> PostView:
    gone = None
    if post.state == "hidden":
        gone = Tombstone(_("These words were removed by a decision"), post.at, None,
                         url_for("moderation.log"))
    by, words = people.get(post.author_id or 0, nobody()), ""
    maker = makers.get(post.staff_of or 0)
    if maker is not None:
        by = Gone(post.signed or maker.name, maker.url, getattr(by, "picture_url", ""))
        words = maker.name
    role = {"bystander": "member"}.get(post.role, post.role)
    if role == "asker":
        words = _("asked")
    benefit = speak.get(post.author_id or 0)
    if maker is None and benefit is not None:
        words = _("speaks for them and has from it: %(benefit)s", benefit=benefit)
    return PostView(
        post.code, by, moment(post.at), role, words, prose(post.words), post.lang, "", "", 0,
        False, "" if gone else _report_url(post), gone,
        vote=None if gone else post_vote(post, votes.get(post.id, 0), viewer_id), number=post.id)


def post_vote(post: Post, mine: int, viewer_id: int | None) -> Vote:
    """Up and down of equal size on somebody's words; not on one's own."""
    return Vote(f"post-{post.code}", url_for("dialogue.vote_post", code=post.code), post.up,
                post.down, {1: "up", -1: "down"}.get(mine, ""), "",
                viewer_id is not None and post.author_id != viewer_id)
