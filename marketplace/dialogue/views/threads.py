"""The page of one thread: question, answers, how it ended, where to go on writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, current_app, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from marketplace.dialogue.models import Post, Thread
from marketplace.dialogue.queries import (
    TakingPart,
    ThreadRow,
    lively,
    posts_of,
    taking_part,
)
from marketplace.dialogue.queries.cards import (
    PostView,
    post_views,
    thread_cards,
    thread_kind,
    thread_state,
    topic_labels,
)
from marketplace.dialogue.rules import PUBLIC_CHOICE
from marketplace.dialogue.views import pages
from marketplace.dialogue.views.cared import cared_of
from marketplace.dialogue.views.places import chip_of
from marketplace.dialogue.views.reading import Reading, reading
from marketplace.dialogue.views.wishes import WishesBox, wishes_box
from marketplace.foundation.errors import NotFound
from marketplace.foundation.kept import kept
from marketplace.groups.queries import benefits
from marketplace.people.actions.seeing import thread_read
from marketplace.people.queries import Beside
from marketplace.producers.queries import cards, seen_refs
from marketplace.producers.queries.staff import praised
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import moment, short_day
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page
from marketplace.web.paging import Pages, asked_page
from marketplace.web.readers import looked_at
from marketplace.web.shapes import (
    Composer,
    ContextChip,
    Link,
    PagerView,
    Share,
    pager,
    share,
)

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class SupportView:
    """It concerns me too."""

    url: str
    n: int
    mine: bool


JUST_ASKED = "just_asked"
"""In the session: the code of the thread that was opened last in this browser."""


@dataclass(frozen=True, slots=True)
class OutcomeForm:
    """How it ended, for the asker to say."""

    url: str
    choices: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """One thread."""

    title: str
    lang: str
    kind_words: str
    state_words: str
    state: str
    private: bool
    private_words: str
    breadcrumb: Sequence[Link]
    context: ContextChip | None
    question: PostView
    outcome: tuple[str, str] | None
    first_answer: PostView | None
    posts: Sequence[PostView]
    pager: PagerView
    expected: str
    support: SupportView
    outcome_form: OutcomeForm | None
    composer: Composer
    people_words: str
    seen_url: str
    similar: Sequence[Any]
    share: Share | None
    report_url: str
    help_url: str
    labels: Sequence[Any] = ()
    tags: Sequence[Any] = ()
    solved_too: Any = None
    pinned: PostView | None = None
    slow_words: str = ""
    visibility_url: str = ""
    visibility_words: str = ""
    follow_url: str = ""
    following: bool = False
    idea: Any = None
    poll_url: str = ""
    feed_url: str = ""
    json_ld: str = ""
    ask_mail_url: str = ""
    ask_push: Any = None
    rest_url: str = ""
    care_url: str = ""
    cared: Sequence[str] = ()
    wishes: WishesBox | None = None


@pages.get("/threads/<code>")
@visitor_page
def thread(code: str) -> Response:
    """A thread for those who may read it; a comment leads to its bundle."""
    seen = reading(code)
    if seen.bundle_url:
        return see_other(f"{seen.bundle_url}#words")
    looked_at("view.thread", "thread", seen.thread.id)
    if current_user.is_authenticated:
        thread_read(current_user.id, current_user.trust_level, seen.thread.id)
    return answer("dialogue/thread.html", replace(
        thread_page(seen), ask_mail_url=_ask_mail(seen), ask_push=_ask_push(seen),
        wishes=wishes_box(seen, viewer_id())))


def _ask_mail(seen: Reading) -> str:
    """Where an asker who has just sent the question says whether the answer comes by mail too."""
    if not _just_asked(seen):
        return ""
    where: str = current_app.extensions["ask_mail"](viewer_id(), "answer")
    return where


def _ask_push(seen: Reading) -> Any:
    """What an asker who has just sent the question needs so that this browser tells of answers."""
    return current_app.extensions["ask_push"](viewer_id()) if _just_asked(seen) else None


def _just_asked(seen: Reading) -> bool:
    me = viewer_id()
    return (session.get(JUST_ASKED) == seen.thread.code and me is not None
            and seen.thread.author_id == me)


def thread_page(seen: Reading, typed: str = "", fault: str = "") -> ThreadPage:
    """The page of a thread, with what was typed. Loads: at most 12 statements."""
    row, me, lang = seen.thread, viewer_id(), current_lang()
    number, talk = asked_page(2000), cared_of(seen)
    part, similar = taking_part(row.id, me), _similar(row)
    beside = Beside(me, [other.author_id for other in similar])
    head, views, total = _posts(seen, lang, number, part, beside)
    head, *views = talk.on([head, *views])
    first = next((v for v in views if v.role in ("staff", "owner")), None) if number == 1 else None
    state, words = thread_state(row)
    private, own = row.visibility == "private", me is not None and row.author_id == me
    return ThreadPage(
        title=row.title, lang=row.lang, kind_words=_kind_words(row), state_words=words,
        state=state, private=private, private_words=_private_words(seen) if private else "",
        breadcrumb=_breadcrumb(seen), context=chip_of(row, seen.group, seen.role is not None),
        question=head, outcome=_outcome(row), first_answer=first,
        posts=[view for view in views if view is not first],
        pager=pager(Pages(views, number, A_PAGE, total)), expected=_expected(row),
        support=SupportView(
            "" if own or private or row.kind == "comment" or row.standing == "away"
            else url_for("dialogue.support", code=row.code), row.supports,
            part.supports),
        outcome_form=_outcome_form(row) if own else None,
        composer=talk.of_composer(_composer(seen, own, typed, fault)),
        people_words=_people_words(row, part.people),
        seen_url=_seen_url(seen), similar=thread_cards(similar, me, beside.of()),
        share=share(row.title)
        if row.visibility == "public" and row.standing == "visible" else None,
        report_url=url_for("moderation.report", kind="thread", ref=row.code),
        help_url=url_for("dialogue.new", about=f"/threads/{row.code}"),
        rest_url=f"/account/notices/rest/thread/{row.code}" if me is not None else "",
        labels=topic_labels(row), slow_words=talk.slow, care_url=talk.url, cared=talk.cared)


def _kind_words(row: Thread) -> str:
    """The kind in words; praise names whom it is for as long as they agree."""
    name = praised(row.praised_id) if row.praised_id else ""
    return _("Praise for %(name)s", name=name) if name else thread_kind(row.kind)


def _posts(seen: Reading, lang: str, number: int, part: TakingPart, beside: Beside
           ) -> tuple[PostView, list[PostView], int]:
    """The question, the answers of this page, and how many answers there are."""
    row, first = seen.thread, number == 1
    rows, total = posts_of(row.id, 0 if first else 1 + (number - 1) * A_PAGE, A_PAGE + first)
    head: Sequence[Post] = [] if first else posts_of(row.id, 0, 1)[0]
    if not (head or rows):
        raise NotFound(_("There is nothing at this address."))
    authors = {post.author_id for post in (*head, *rows)}
    speak = benefits({one for one in authors if one}, producer_id=row.producer_id,
                     product_id=row.product_id, group_id=row.group_id)
    views = post_views([*head, *rows], viewer_id(), lang, part.votes, beside.of(authors),
                       seen.opened, speak)
    return views[0], views[1:], total - 1


def _private_words(seen: Reading) -> str:
    row = seen.thread
    found = cards([row.producer_id], current_lang()).get(row.producer_id) if row.producer_id \
        else None
    name = found.name if found else _("the people who run the market")
    if seen.role is not None:
        return _("Only who asked and %(name)s read this.", name=name)
    return _("Only you and %(name)s read this.", name=name)


def _breadcrumb(seen: Reading) -> list[Link]:
    if seen.group is not None:
        return [(_("Groups"), url_for("storefront.groups")), (seen.group.name, seen.group.url)]
    return [(_("Questions and wishes"), url_for("dialogue.threads"))]


def _outcome(row: Thread) -> tuple[str, str] | None:
    if not row.outcome:
        return None
    words = {"solved": _("Settled, says who asked"), "partly": _("Partly settled, says who asked"),
             "unsolved": _("Not settled, says who asked")}
    return words[row.outcome], moment(row.last_post_at)


def _expected(row: Thread) -> str:
    if row.first_answer_at is not None or row.promised_by is None or row.outcome:
        return ""
    return _("Answer promised by %(when)s", when=moment(row.promised_by))


def _outcome_form(row: Thread) -> OutcomeForm | None:
    if row.kind not in PUBLIC_CHOICE or row.outcome or not row.replies:
        return None
    return OutcomeForm(url_for("dialogue.outcome", code=row.code),
                       [("solved", _("Yes")), ("partly", _("Partly")), ("unsolved", _("No"))])


def _composer(seen: Reading, own: bool, typed: str, fault: str) -> Composer:
    locked, label, hint = "", _("Your answer"), ""
    if viewer_id() is None:
        locked = _("Sign in to answer.")
    elif not seen.writes:
        locked = _("Members of the group answer here.")
    elif seen.role is not None:
        label = _("Answer as %(name)s", name=f"{seen.role.shown_name}, {seen.role.name}")
        hint = _("Signed with your name; it counts as the answer of the producer.")
    elif own:
        label = _("Write on")
    if seen.thread.visibility == "public":
        hint = hint or _("Everybody reads this. Addresses and numbers are hidden by themselves.")
    return Composer(url_for("dialogue.say", code=seen.thread.code), label, _("Send"), typed, fault,
                    hint, locked=locked)


def _people_words(row: Thread, count: int) -> str:
    return ngettext("%(num)s person takes part, begun on %(day)s",
                    "%(num)s people take part, begun on %(day)s", count, day=short_day(row.made_at))


def _seen_url(seen: Reading) -> str:
    """Where staff say that they read it; reading alone marks nothing."""
    if seen.role is None or ("thread", seen.thread.id) in seen_refs(seen.role.producer_id):
        return ""
    return url_for("dialogue.seen", code=seen.thread.code)


def _similar(row: Thread) -> Sequence[ThreadRow]:
    """What else was asked about the same product. Loads: 1 statement a minute."""
    product_id = row.product_id
    if product_id is None or row.visibility != "public":
        return []
    found = kept(("asked of", product_id), lambda: lively(4, product_id))
    return [other for other in found if other.code != row.code][:3]
