"""Looking after a topic: what moderators of its group can do with it, and take back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.dialogue import actions
from marketplace.dialogue.models import Post, TalkAct, Thread
from marketplace.dialogue.queries import code_of_proposal, post_by_code, thread_by_code
from marketplace.dialogue.queries.care import (
    acts_on,
    cannot_decide,
    holds,
    label_words,
    reason_words,
    time_words,
    why_of,
)
from marketplace.dialogue.rules import (
    CARE_REASONS,
    FOLD_DAYS,
    LABELS,
    MOST_WHY,
    SLOW_SECONDS,
)
from marketplace.dialogue.views import pages
from marketplace.dialogue.views.reading import Reading, reading
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound, NotYours
from marketplace.groups.rules import may_care
from marketplace.people.queries import lines
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day
from marketplace.web.forms import clean
from marketplace.web.limits import limiter
from marketplace.web.shapes import plain_words

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ActRow:
    """Something a moderator did."""

    id: int
    words: str
    why: str
    by: str
    when: str
    ended: bool


@dataclass(frozen=True, slots=True)
class CarePage:
    """What a moderator can do with one topic, or with words in it."""

    thread: tuple[str, str]
    group: tuple[str, str]
    url: str
    barred: str
    orders: bool
    decides: bool
    most_why: int
    post: tuple[str, str] | None
    pinned: bool
    locked: bool
    away: bool
    slow: str
    label: str
    slows: Choices
    labels: Choices
    days: Choices
    reasons: Choices
    acts: Sequence[ActRow]
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    report_url: str
    log_url: str


@pages.get("/threads/of-proposal/<int:proposal_id>")
def of_proposal(proposal_id: int) -> Response:
    """Where a group talks about a proposal."""
    code = code_of_proposal(proposal_id)
    if code is None:
        raise NotFound(_("There is nothing at this address."))
    return see_other(f"/threads/{reading(code).thread.code}")


def _cared_for(code: str) -> Reading:
    """A topic whose group this person looks after. Raises NotFound, NotYours."""
    seen = reading(code)
    if seen.thread.kind != "topic" or seen.thread.group_id is None:
        raise NotFound(_("There is nothing at this address."))
    if seen.group is None or not may_care(seen.group.role or "guest"):
        raise NotYours(_("Moderators of the group decide this."))
    return seen


@pages.get("/threads/<code>/care")
@signed_in
def care(code: str) -> Response:
    """What can be done here."""
    post = request.args.get("post", "")
    return _page(_cared_for(code), {"post": post}, {})


@pages.post("/threads/<code>/care", endpoint="care_post")
@signed_in
@limiter.limit("120 per hour")
def care_post(code: str) -> Response:
    """Do it, with a reason where somebody's words are concerned; or take it back."""
    seen, me = _cared_for(code), person_id()
    typed = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            _do(seen, me, typed)
    except Invalid as fault:
        return _page(seen, typed, fault.faults, 422)
    flash(_("Done. Whoever is concerned is told, and the public log has an entry."), "good")
    return see_other(url_for("dialogue.care", code=code))


def _do(seen: Reading, me: int, typed: Mapping[str, str]) -> None:
    row = thread_by_code(seen.thread.code)
    assert row is not None
    undone = typed.get("undo", "")
    if undone:
        actions.take_back(row, me, int(undone) if undone.isdecimal() and len(undone) < 18 else 0)
        return
    actions.care(row, me, actions.NewCare(
        typed.get("act", ""), typed.get("value", ""), typed.get("reason", ""),
        typed.get("words", ""), typed.get("post", "")))


def _page(seen: Reading, typed: Mapping[str, str], faults: Mapping[str, str], status: int = 200
          ) -> Response:
    row, me, group = seen.thread, person_id(), seen.group
    assert group is not None
    post, acts = _words(row, typed.get("post", "")), acts_on(row.id)
    author = row.author_id if post is None else post.author_id
    orders = not cannot_decide(row, author, me, "pin")
    decides = orders and not cannot_decide(row, author, me, "lock")
    page = CarePage(
        (row.title, url_for("dialogue.thread", code=row.code)), (group.name, group.url),
        url_for("dialogue.care_post", code=row.code),
        _barred(orders, decides), orders, decides, MOST_WHY,
        (post.code, plain_words(post.words, 280)) if post else None, row.pinned, row.locked,
        row.standing == "away", str(row.slow_seconds), row.label or "",
        [("0", _("as fast as people write")), *(
            (str(n), _("one post every %(time)s", time=time_words(n))) for n in SLOW_SECONDS[1:])],
        [("", _("no label")), *((one, label_words(one)) for one in LABELS)],
        [(str(n), ngettext("%(num)s day", "%(num)s days", n)) for n in FOLD_DAYS],
        [(one, reason_words(one)) for one in CARE_REASONS], _rows(acts, me), typed, faults,
        url_for("moderation.report", kind="post" if post else "thread",
                ref=post.code if post else row.code), url_for("moderation.log"))
    return answer("dialogue/care.html", page, status)


def _words(row: Thread, code: str) -> Post | None:
    """The words that may be folded. Raises NotFound where they stand elsewhere."""
    post = post_by_code(code) if code else None
    if code and (post is None or post.thread_id != row.id):
        raise NotFound(_("There is nothing at this address."))
    return post


def _barred(orders: bool, decides: bool) -> str:
    """Why this moderator does not decide here."""
    if decides:
        return ""
    if orders:
        return _("It is your own topic: you can pin and label it. Everything else is decided by "
                 "another person.")
    return _("You are part of this or tied to somebody who is; another person decides it.")


def _rows(acts: Sequence[TalkAct], me: int) -> list[ActRow]:
    people = lines({act.by_id for act in acts}, me)
    return [ActRow(act.id, act_words(act), why_of(act),
                   people[act.by_id].name if act.by_id in people else "", day(act.at),
                   not holds(act)) for act in acts]


def act_words(act: TalkAct) -> str:
    """What was done, in words."""
    if act.act == "slow":
        seconds = int(act.value)
        return _("one post every %(time)s", time=time_words(seconds)) if seconds \
            else _("as fast as people write")
    if act.act == "label":
        return label_words(act.value) if act.value else _("no label")
    return {"pin": _("pinned"), "lock": _("locked"), "away": _("not in this group"),
            "fold": _("folded")}[act.act]
