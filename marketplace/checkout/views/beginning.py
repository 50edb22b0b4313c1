"""From the basket to the first step that still has to be answered."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from marketplace.checkout import actions
from marketplace.checkout.actions.checking import age_known, highest_age
from marketplace.checkout.queries import BasketView, loaded_basket
from marketplace.checkout.queries.lasting import last_choices
from marketplace.checkout.rules.age import too_young
from marketplace.checkout.views import pages
from marketplace.checkout.views.ages import result_of
from marketplace.checkout.views.paying import methods
from marketplace.checkout.views.steps import known_contact
from marketplace.checkout.views.way import seen_under
from marketplace.foundation.database import committing
from marketplace.people.queries import stated_age
from marketplace.web.access import basket_key, viewer_id
from marketplace.web.answers import see_other

ADDRESS = ("email", "name", "street", "postcode", "city", "country")


@pages.post("/checkout/begin", endpoint="begin")
def begin() -> Response:
    """Go on with everything in the basket."""
    return _begin(None)


@pages.post("/checkout/only", endpoint="only")
def only() -> Response:
    """Order from one producer alone; the others' goods stay in the basket."""
    asked = request.form.get("producer", "")
    return _begin(int(asked) if asked.isdecimal() and len(asked) < 18 else None)


def _begin(producer_id: int | None) -> Response:
    """Keep what is known already, and go to what is not."""
    loaded = loaded_basket(viewer_id(), basket_key())
    if loaded is None:
        return see_other(url_for("checkout.basket"))
    answers: dict[str, Any] = {**loaded.answers, "only": producer_id}
    if not seen_under(loaded, answers).parts:
        return see_other(url_for("checkout.basket"))
    known = _known(known_contact(loaded.basket), answers)
    view = seen_under(loaded, known)
    step, more = _where_to(view, known, loaded.basket.person_id)
    with committing():
        actions.keep_draft(loaded.basket, {**known, **more}, step)
    return see_other(url_for(f"checkout.{step}"))


def _known(contact: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    """Answers so far, filled from the account where nothing was said."""
    whole = all(contact.get(name) for name in ADDRESS) and not answers.get("street")
    return {**answers, **contact} if whole else answers


def _where_to(view: BasketView, known: dict[str, Any], person_id: int | None
              ) -> tuple[str, dict[str, Any]]:
    """The first step that has to be answered, and what is known of those before.

    A member who ordered before chose it all: two pages from the basket to the order.
    """
    if not all(known.get(name) for name in ADDRESS):
        return "contact", {}
    if person_id is None:
        return "delivery", {}
    last = last_choices(person_id, [part.producer_id for part in view.parts])
    if last is None:
        return "delivery", {}
    more = _as_last(view, known, last.ways, last.notes)
    age, need = age_told(person_id, known), highest_age(view)
    more |= {"age": age} if age else {}
    if any(part.not_sent for part in view.parts) or need > age_known({**known, **more}):
        return "delivery", more
    method = known.get("method") or last.method
    if method not in {name for name, *_rest in methods(view)}:
        return "payment", more
    return "review", {**more, "method": method}


def _as_last(view: BasketView, known: dict[str, Any], ways: Any, notes: Any) -> dict[str, Any]:
    """Each producer's way and wish as last time, where it is possible now."""
    said, wishes = known.get("delivery") or {}, known.get("notes") or {}
    delivery = {str(p.producer_id): said.get(str(p.producer_id)) or (
        ways[p.producer_id] if ways.get(p.producer_id) in dict(p.sums.ways) else p.sums.method)
        for p in view.parts}
    note = {str(p.producer_id): wishes.get(str(p.producer_id)) or notes.get(p.producer_id, "")
            for p in view.parts}
    return {"delivery": delivery, "notes": note}


def age_told(person_id: int, known: dict[str, Any]) -> dict[str, Any] | None:
    """What the account said of the age counts as declared."""
    if age_known(known):
        return None
    stated = stated_age(person_id)
    return result_of("stated", stated) if stated and not too_young(stated, stated) else None
