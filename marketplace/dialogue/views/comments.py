"""Comments under a bundle."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.bundles.actions import demand_named
from marketplace.bundles.queries import BundleRow, bundle_for
from marketplace.dialogue import actions
from marketplace.dialogue.actions import NewThread
from marketplace.dialogue.forms import WordsForm
from marketplace.dialogue.queries import comment_thread
from marketplace.dialogue.views import pages
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.web.access import demand_confirmed, person_id, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import sent
from marketplace.web.limits import limiter
from marketplace.web.shapes import Composer, ContextChip


@dataclass(frozen=True, slots=True)
class WordsPage:
    """Words that could not be taken, kept for another try."""

    title: str
    context: ContextChip
    composer: Composer


@pages.post("/bundles/<slug>/comments")
@limiter.limit("120 per hour")
def comment(slug: str) -> Response:
    """Say something about a bundle."""
    me, row, form = person_id(), bundle_for(slug, viewer_id()), WordsForm(sent())
    demand_named(row.blind_until)
    try:
        form.demand()
        demand_confirmed("words")
        with committing():
            _say(row, me, str(form.words.data))
    except Invalid as fault:
        page = WordsPage(
            _("Your comment"), ContextChip(row.title, row.url),
            Composer(url_for("dialogue.comment", slug=slug), _("Your comment"), _("Say it"),
                     str(form.words.data or ""), fault.faults.get("words", "")))
        return answer("dialogue/words.html", page, 422)
    return see_other(f"{row.url}#words")


def _say(row: BundleRow, me: int, words: str) -> None:
    """Add to the bundle's comments, or begin them. Raises Invalid, TooMany."""
    known, level = comment_thread(row.id), current_user.trust_level
    if known is not None:
        actions.say(known, me, level, words, None)
        return
    actions.open_thread(me, level, NewThread("comment", row.title, words, "public", row.lang,
                                             bundle_id=row.id))
