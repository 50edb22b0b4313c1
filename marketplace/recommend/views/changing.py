"""Changing one's recommendation, and what it said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import occasions
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.recommend import actions
from marketplace.recommend.forms import RecommendForm
from marketplace.recommend.queries import (
    ThingView,
    recommendation_by_code,
    things,
    versions_of,
)
from marketplace.recommend.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class ChangePage:
    """The words of a recommendation, to change, and those it had before."""

    thing: ThingView
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    occasions: Sequence[tuple[str, str]]
    lang: str
    earlier: Sequence[tuple[str, str]]
    back_url: str


def _page(code: str, typed: Mapping[str, str] | None, faults: Mapping[str, str],
          status: int = 200) -> Response:
    """The form of one's own standing recommendation. Raises NotFound."""
    row, lang = recommendation_by_code(code), current_lang()
    key = (row.thing, row.thing_id) if row else ("", 0)
    thing = things([key], lang).get(key)
    if row is None or thing is None or row.author_id != person_id() or row.state != "visible":
        raise NotFound(_("There is nothing at this address."))
    known = occasions()
    had = known.get(row.occasion_id or 0)
    return answer("recommend/change.html", ChangePage(
        thing, url_for("recommend.change_post", code=code),
        typed or {"reason": row.reason, "occasion": had.slug if had else ""}, faults,
        [("", _("no answer")), *((o.slug, o.name(lang)) for o in known.values())], row.lang,
        [(old.reason, _("until %(day)s", day=day(old.said_until))) for old in versions_of(row.id)],
        url_for("recommend.suggestion", ref=f"r-{code}")), status)


@pages.get("/recommendations/<code>/change")
@signed_in
def change(code: str) -> Response:
    """The words as they stand, and as they stood."""
    return _page(code, None, {})


@pages.post("/recommendations/<code>/change", endpoint="change_post")
@signed_in
@limiter.limit("60 per hour")
def change_post(code: str) -> Response:
    """Keep other words; the former ones stay in the history."""
    form = RecommendForm(sent())
    known = {o.slug: o.id for o in occasions().values()}
    try:
        form.demand()
        with committing():
            actions.change(code, person_id(), str(form.reason.data or ""),
                           known.get(str(form.occasion.data or "")))
    except Invalid as fault:
        return _page(code, {"reason": str(form.reason.data or ""),
                            "occasion": str(form.occasion.data or "")}, fault.faults, 422)
    flash(_("Changed. What it said before stays in its history."), "good")
    return see_other(url_for("recommend.suggestion", ref=f"r-{code}"))
