"""Recommending something: to all, to a group, to one person; with a look before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.catalog.queries import occasions, visible_product_id
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.groups.queries import of_person
from marketplace.people.queries import person_by_handle
from marketplace.recommend import actions
from marketplace.recommend.actions import NewRecommendation
from marketplace.recommend.forms import RecommendForm
from marketplace.recommend.queries import ThingView, thing_by
from marketplace.recommend.queries.words import honest_labels, relation_choices
from marketplace.recommend.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, back, see_other
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.masking import masked
from marketplace.web.shapes import Label

View = TypeVar("View", bound=Callable[..., Any])
KINDS = {"product": "products", "bundle": "bundles", "producer": "producers"}


def for_each_thing(end: str, **options: Any) -> Callable[[View], View]:
    """One view at the address of every kind of thing, as `/products/<slug>/<end>`."""

    def add(view: View) -> View:
        for thing, plural in KINDS.items():
            pages.add_url_rule(f"/{plural}/<slug>/{end}", view_func=view,
                               defaults={"thing": thing}, **options)
        return view

    return add


@dataclass(frozen=True, slots=True)
class Look:
    """How a recommendation will look."""

    words: str
    by: Any
    to_words: str
    occasion: str
    labels: Sequence[Label]


@dataclass(frozen=True, slots=True)
class RecommendPage:
    """The form of a recommendation, or its preview."""

    step: str
    thing: ThingView
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    audiences: Sequence[tuple[str, str, str]]
    groups: Sequence[tuple[str, str]]
    occasions: Sequence[tuple[str, str]]
    relations: Sequence[tuple[str, str]]
    preview: Look | None
    others_url: str
    help_url: str


def known_thing(thing: str, slug: str) -> ThingView:
    """A public thing. Raises NotFound."""
    found = thing_by(thing, slug, current_lang())
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    return found


def _groups() -> Mapping[str, tuple[int, str]]:
    """One's own groups by address part."""
    me = person_id()
    return {card.slug: (card.id, card.name) for card in of_person(me, current_lang(), me)}


def _audiences(groups: Mapping[str, tuple[int, str]]) -> list[tuple[str, str, str]]:
    rows = [("all", _("Everybody"), _("Stands on its page and on yours.")),
            ("members", _("Members"), _("Seen by people who are signed in.")),
            ("person", _("One person"), _("They are told; you need their handle."))]
    if groups:
        rows.insert(2, ("group", _("A group"), _("Seen by the members of one of your groups.")))
    return rows


def _page(found: ThingView, slug: str, typed: Mapping[str, str], faults: Mapping[str, str],
          status: int = 200, preview: Look | None = None) -> Response:
    lang, groups = current_lang(), _groups()
    page = RecommendPage(
        "preview" if preview else "write", found,
        url_for("recommend.recommend_post", thing=found.thing, slug=slug), typed, faults,
        _audiences(groups), [(key, name) for key, (_id, name) in groups.items()],
        [("", _("no answer")), *((o.slug, o.name(lang)) for o in occasions().values())],
        [("", _("no")), *relation_choices()], preview,
        url_for("recommend.recommenders", thing=found.thing, slug=slug),
        url_for("dialogue.new", about=found.url))
    return answer("recommend/recommend.html", page, status)


@for_each_thing("recommend", endpoint="recommend", methods=["GET"])
@signed_in
def recommend(thing: str, slug: str) -> Response:
    """The form; nothing is chosen in advance."""
    return _page(known_thing(thing, slug), slug, {}, {})


@for_each_thing("recommend", endpoint="recommend_post", methods=["POST"])
@signed_in
@limiter.limit("60 per hour")
def recommend_post(thing: str, slug: str) -> Response:
    """Show how it will look, send it, or go back to writing."""
    found, form = known_thing(thing, slug), RecommendForm(sent())
    typed = {name: str(bound.data or "") for name, bound in form._fields.items()}
    step = request.form.get("step", "preview")
    if step == "back":
        return _page(found, slug, typed, {})
    try:
        form.demand()
        new = _new(found, form)
        actions.check(person_id(), new)
        if step != "send":
            return _page(found, slug, typed, {}, preview=_look(new, form))
        with committing():
            actions.recommend(person_id(), new)
    except Invalid as fault:
        return _page(found, slug, typed, fault.faults, 422)
    flash(_("Recommended. Under “Recommendations” in your account you see what comes of it."),
          "good")
    return see_other(found.url)


def _new(found: ThingView, form: RecommendForm) -> NewRecommendation:
    """What the form says. Raises Invalid for a group that is not one's own."""
    audience, group = str(form.audience.data or ""), None
    if audience == "group":
        group = _groups().get(str(form.group.data or ""))
        if group is None:
            raise Invalid({"group": _("Please choose one of your groups.")})
    who = person_by_handle(str(form.person.data or "").lstrip("@")) if audience == "person" \
        else None
    known = {o.slug: o.id for o in occasions().values()}
    return NewRecommendation(
        found.thing, found.id, audience, str(form.reason.data or ""), current_lang(),
        known.get(str(form.occasion.data or "")), group[0] if group else None,
        who.id if who and who.state == "active" else None,
        str(form.relation.data or "") or None, str(form.benefit.data or "") or None)


def _look(new: NewRecommendation, form: RecommendForm) -> Look:
    lang = current_lang()
    known = occasions().get(new.occasion_id or 0)
    groups = dict(_groups().values())
    to_words = {
        "all": _("Everybody sees this."), "members": _("Members see this."),
        "group": _("The members of %(name)s see this.", name=groups.get(new.group_id or 0, "")),
        "person": _("Only @%(handle)s sees this.", handle=str(form.person.data).lstrip("@")),
    }[new.audience]
    labels = honest_labels(new.relation, new.benefit, "", False)
    return Look(masked(new.reason, lang), current_user, to_words, known.name(lang) if known else "",
                labels)


@pages.post("/products/<slug>/feedback")
@limiter.limit("240 per hour")
def feedback(slug: str) -> Response:
    """Not for me, or I know it; a second time takes it back."""
    me, product = person_id(), visible_product_id(slug)
    if product is None:
        raise NotFound(_("There is no such product here."))
    with committing():
        actions.give_feedback(me, product, request.form.get("kind", ""))
    flash(_("Kept. Your suggestions go by it from now on."), "good")
    return back(url_for("storefront.for_you"))
