"""A buyer's answer in the studio, with the producer's reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import cards
from marketplace.dialogue.actions import close_case
from marketplace.dialogue.forms import WordsForm
from marketplace.dialogue.queries import rating_by_code, reply_to
from marketplace.dialogue.views import pages
from marketplace.dialogue.views.studio import said_by
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.orders.queries import received
from marketplace.people.queries import lines
from marketplace.producers.actions import mark_seen
from marketplace.producers.queries import Role, roles_of, seen_refs
from marketplace.reviews import actions as reviews
from marketplace.reviews.models import Rating
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import month
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.shapes import Composer, ContextChip


@dataclass(frozen=True, slots=True)
class StudioRatingPage:
    """One answer of a buyer and the reply to it."""

    context: ContextChip | None
    by: Any
    when: str
    again: bool
    words: str
    lang: str
    private_words: str
    facts: Sequence[tuple[str, str]]
    composer: Composer
    seen_url: str
    public_url: str
    report_url: str
    help_url: str


def _asked(code: str) -> tuple[Rating, Role]:
    """An answer to one of the person's producers. Raises NotFound for everybody else."""
    row = rating_by_code(code)
    roles = {role.producer_id: role for role in roles_of(person_id())}
    if row is None or row.producer_id not in roles:
        raise NotFound(_("There is nothing at this address."))
    return row, roles[row.producer_id]


@pages.get("/studio/ratings/<code>")
@signed_in
def studio_rating(code: str) -> Response:
    """What the buyer said, and the form of the reply."""
    row, role = _asked(code)
    known = reply_to(row.id)
    return answer("dialogue/studio_rating.html", _page(row, role, known.words if known else ""))


@pages.post("/studio/ratings/<code>", endpoint="studio_rating_post")
@signed_in
@limiter.limit("120 per hour")
def studio_rating_post(code: str) -> Response:
    """Reply in public, signed; or only note that it was read."""
    row, role = _asked(code)
    if request.form.get("step") == "seen":
        with committing():
            mark_seen(role.producer_id, [("rating", row.id)], person_id())
        return see_other(url_for("dialogue.studio", producer=role.slug))
    form = WordsForm(sent())
    try:
        form.demand()
        with committing():
            reviews.reply(row.id, role, person_id(), str(form.words.data), current_lang())
            mark_seen(role.producer_id, [("rating", row.id)], person_id())
            close_case("rating", row.id)
    except Invalid as fault:
        page = _page(row, role, str(form.words.data or ""), fault.faults.get("words", ""))
        return answer("dialogue/studio_rating.html", page, 422)
    flash(_("Your reply stands below the words of the buyer."), "good")
    return see_other(url_for("dialogue.studio", producer=role.slug))


def _page(row: Rating, role: Role, typed: str, fault: str = "") -> StudioRatingPage:
    card = cards([row.product_id], current_lang()).get(row.product_id)
    people = lines({row.person_id} if row.person_id else set(), person_id())
    url = url_for("dialogue.studio_rating", code=row.code)
    hidden = row.words_standing in ("hidden", "erased")
    return StudioRatingPage(
        ContextChip(card.title, card.url, "", card.picture) if card else None,
        said_by(row, people), month(row.given_at), row.again,
        "" if hidden else f"{row.title}\n\n{row.words}".strip(), row.lang, row.to_producer,
        _facts(row),
        Composer(url, _("Answer as %(name)s", name=f"{role.shown_name}, {role.name}"),
                 _("Publish the reply"), typed, fault,
                 _("Answer the point and say what changes. Everybody reads it below the words.")),
        "" if ("rating", row.id) in seen_refs(role.producer_id) else url,
        f"{card.url}#review-{row.code}" if card else "",
        url_for("moderation.report", kind="rating", ref=row.code),
        url_for("dialogue.new", about="/studio"))


def _bought(row: Rating) -> str:
    """Whether a line of an order stands behind an answer; never whose."""
    line = received(row.order_line_id)
    if line is None or line.producer_id != row.producer_id or not line.delivered:
        return _("no delivered order stands behind it")
    return _("yes, the goods arrived in %(month)s", month=month(line.delivered_at)) \
        if line.delivered_at else _("yes")


def _facts(row: Rating) -> list[tuple[str, str]]:
    """What else was answered."""
    delight = {"disappointed": _("worse than expected"), "okay": _("as expected"),
               "delighted": _("better than expected")}.get(row.delight or "", "")
    facts = [(_("Bought from you"), _bought(row))]
    if delight:
        facts.append((_("Expectation"), delight))
    if row.value is not None:
        facts.append((_("Price"), _("worth it") if row.value else _("too much")))
    if row.stars is not None:
        facts.append((_("Stars"), _("%(n)s of 5", n=row.stars)))
    return facts
