"""What was typed on the page of an answer, and what was said before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _

from marketplace.catalog.queries import occasions
from marketplace.foundation.errors import Invalid
from marketplace.reviews.actions import Answer
from marketplace.reviews.models import Rating
from marketplace.reviews.queries.asking import occasions_of
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang

FIELDS = ("words", "delight", "value", "stars", "used_for", "used_for_words", "shown_as",
          "relation", "benefit", "private_words", "alt")
YES_NO = {"yes": True, "no": False}


def drafted(form: Mapping[str, Any]) -> dict[str, str]:
    """The fields that are kept as a draft."""
    return {name: clean(str(form.get(name, ""))) or "" for name in FIELDS}


def known_fields(known: Rating | None) -> dict[str, str]:
    """What was said or drafted before, to go on from."""
    if known is None:
        return {}
    if known.draft:
        return {name: str(value) for name, value in known.draft.items()}
    slugs = {one.id: one.slug for one in occasions().values()}
    used = occasions_of([known.id]).get(known.id, [])
    return {
        "words": known.words, "delight": known.delight or "",
        "value": {True: "yes", False: "no", None: ""}[known.value],
        "stars": str(known.stars or ""), "private_words": known.to_producer,
        "used_for": slugs.get(used[0], "") if used else "",
        "used_for_words": known.used_for or "", "shown_as": known.shown_as,
        "relation": known.relation or "", "benefit": known.benefit or ""}


def answer_of(known: Rating | None, said: str | None) -> Answer:
    """The answer this form gives; a bare tap keeps the words said before. Raises Invalid."""
    form = request.form
    again = said == "yes" if said in YES_NO else bool(known and known.again)
    if "words" not in form:
        return _same_words(again, known)
    stars = form.get("stars", "")
    if stars and not (stars.isdecimal() and len(stars) == 1):
        raise Invalid({"stars": _("One to five.")})
    slugs = {one.slug: one.id for one in occasions().values()}
    return Answer(
        again, form.get("delight") or None, int(stars) if stars else None,
        YES_NO.get(form.get("value", "")), known.title if known else "",
        clean(form.get("words", "")) or "", clean(form.get("private_words", "")) or "",
        [slugs[form["used_for"]]] if form.get("used_for") in slugs else (),
        form.get("shown_as") or "handle", current_lang(),
        (clean(form.get("used_for_words", "")) or "")[:400] or None,
        form.get("relation") or None, clean(form.get("benefit", "")) or None)


def _same_words(again: bool, known: Rating | None) -> Answer:
    """A tap alone."""
    if known is None:
        return Answer(again, lang=current_lang())
    return Answer(again, known.delight, known.stars, known.value, known.title, known.words,
                  known.to_producer, None, known.shown_as, known.lang,
                  known.used_for, known.relation, known.benefit)
