"""What people do in a thread: answer, support, vote, say how it ended."""

from __future__ import annotations

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.dialogue import actions
from marketplace.dialogue.actions.wishes import show_wishes
from marketplace.dialogue.forms import WordsForm
from marketplace.dialogue.models import Thread
from marketplace.dialogue.queries import post_by_code, thread_by_code
from marketplace.dialogue.views import pages
from marketplace.dialogue.views.reading import Reading, reading
from marketplace.dialogue.views.threads import thread_page
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours, TooMany
from marketplace.producers.actions import mark_seen
from marketplace.web.access import demand_confirmed, person_id
from marketplace.web.answers import answer, back, see_other
from marketplace.web.forms import sent
from marketplace.web.limits import limiter


def _fresh(seen: Reading) -> Thread:
    """The thread as it is inside the open change."""
    row = thread_by_code(seen.thread.code)
    assert row is not None
    return row


@pages.post("/threads/<code>")
@limiter.limit("120 per hour")
def say(code: str) -> Response:
    """Say something; staff of the producer who was asked answer signed."""
    me, seen, form = person_id(), reading(code), WordsForm(sent())
    if not seen.writes:
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    try:
        form.demand()
        demand_confirmed("words")
        with committing():
            row = _fresh(seen)
            post = actions.say(row, me, current_user.trust_level, str(form.words.data), seen.role)
            if seen.role is not None:
                mark_seen(seen.role.producer_id, [("thread", row.id)], me)
    except Invalid as fault:
        page = thread_page(seen, str(form.words.data or ""), fault.faults.get("words", ""))
        return answer("dialogue/thread.html", page, 422)
    except (Conflict, TooMany) as fault:
        return _not_now(code, str(form.words.data or ""), fault)
    return see_other(f"{seen.bundle_url or url_for('dialogue.thread', code=code)}"
                     f"#post-{post.code}")


def _not_now(code: str, typed: str, fault: Conflict | TooMany) -> Response:
    """The thread with what was typed, and why it was not said or when it can be."""
    page = thread_page(reading(code), typed, fault.sentence)
    said = answer("dialogue/thread.html", page, fault.status)
    if isinstance(fault, TooMany):
        said.headers["Retry-After"] = str(fault.retry_seconds)
    return said


@pages.post("/threads/<code>/support")
@limiter.limit("240 per hour")
def support(code: str) -> Response:
    """It concerns me too, or no longer."""
    me, seen = person_id(), reading(code)
    with committing():
        actions.support(_fresh(seen), me)
    return see_other(url_for("dialogue.thread", code=code))


@pages.post("/posts/<code>/votes")
@limiter.limit("240 per hour")
def vote_post(code: str) -> Response:
    """Up, down or taken back on somebody's words."""
    me, post = person_id(), post_by_code(code)
    if post is None:
        raise NotFound(_("There is nothing at this address."))
    own = reading(db.session.get_one(Thread, post.thread_id).code)
    value = {"up": 1, "down": -1}.get(request.form.get("vote", ""), 0)
    with committing():
        actions.vote(code, me, value)
    return back(url_for("dialogue.thread", code=own.thread.code))


@pages.post("/threads/<code>/outcome")
@limiter.limit("60 per hour")
def outcome(code: str) -> Response:
    """The asker says how it ended."""
    me, seen = person_id(), reading(code)
    with committing():
        actions.set_outcome(_fresh(seen), me, request.form.get("outcome", ""))
    flash(_("Thank you. That helps the next person who asks."), "good")
    return see_other(url_for("dialogue.thread", code=code))


@pages.post("/threads/<code>/seen")
@limiter.limit("240 per hour")
def seen(code: str) -> Response:
    """Staff say that they read it."""
    me, found = person_id(), reading(code)
    if found.role is None:
        raise NotFound(_("There is nothing at this address."))
    with committing():
        mark_seen(found.role.producer_id, [("thread", found.thread.id)], me)
    return back(url_for("dialogue.studio"))


@pages.post("/threads/<code>/wishes", endpoint="show_wishes")
@limiter.limit("60 per hour")
def show_wishes_post(code: str) -> Response:
    """Show the house exactly what is ticked."""
    me, seen = person_id(), reading(code)
    wanted = [int(one) for one in request.form.getlist("wish") if one.isdecimal()]
    with committing():
        n = show_wishes(_fresh(seen), me, wanted)
    flash(_("The house sees it here, and nobody else.") if n
          else _("Nothing of it is shown here."), "good")
    return see_other(url_for("dialogue.thread", code=code))
