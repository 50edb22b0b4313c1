"""What I told once: cards by subject, each to be changed or taken back, and where it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.kept import kept
from marketplace.people import actions
from marketplace.people.models import Subject
from marketplace.people.queries import (
    Told,
    open_purposes,
    own_health_wishes,
    subjects,
    wishes_of,
)
from marketplace.people.queries.wishes import kind_words, said_words
from marketplace.people.rules.consents import HEALTH
from marketplace.people.rules.wishes import (
    BY_SUBJECT,
    CHECK_IN,
    HEALTH_KINDS,
    OFFERED,
    check_in_due,
)
from marketplace.people.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.languages import current_lang

TEXT_VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class WishCard:
    """One wish in words, with where it is used."""

    kind: str
    words: str
    used: str
    said_at: object
    change_url: str
    drop_url: str


@dataclass(frozen=True, slots=True)
class WishesPage:
    """Cards by subject, the form for one more or a change, and health."""

    cards: Sequence[tuple[str, Sequence[WishCard]]]
    kinds: Sequence[tuple[str, str]]
    subjects: Sequence[tuple[str, str]]
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    url: str
    changing: int
    health_agreed: bool
    health: Sequence[tuple[str, str, str]]
    health_kinds: Sequence[tuple[str, str]]
    check_in: Sequence[tuple[str, str]]


def used_words() -> dict[str, str]:
    """Where a kind of wish is used."""
    asked = _("Only you see it; it stands beside the form in which you ask others for advice.")
    shown = _("Only you see it, and a house to which you show it in a conversation "
              "or at an order.")
    return {
        "like": asked, "dislike": asked, "occasion": asked, "budget": shown,
        "size": _("On product pages with sizes yours is marked."),
        "delivery": _("Filled in at the checkout as your wish to the carrier."),
        "expectation": shown,
    }


def _page(typed: Mapping[str, str], faults: Mapping[str, str], changing: int = 0,
          status: int = 200) -> Response:
    me, kinds = person_id(), kind_words()
    known, told = kept("subjects", subjects), wishes_of(me)
    names = {s.id: _name(s) for s in known}
    by: dict[int | None, list[WishCard]] = {}
    for one in (one for one in told if one.kind in OFFERED):
        by.setdefault(one.subject_id, []).append(_card(one))
    url = url_for("people.change_wish_post", wish_id=changing) if changing else url_for(
        "people.wishes_post")
    page = WishesPage(
        [(names.get(i or 0, _("Everywhere")), cards) for i, cards in by.items()],
        [(kind, kinds[kind]) for kind in OFFERED],
        [("", _("everything")), *((s.slug, _name(s)) for s in known)],
        typed, faults, url, changing,
        HEALTH in open_purposes(me),
        [(kinds[kind], words, url_for("people.drop_health", wish_id=i))
         for i, kind, words in own_health_wishes(me)],
        [(kind, kinds[kind]) for kind in HEALTH_KINDS],
        _check_in() if check_in_due([one.checked_at for one in told], clock.now()) else [])
    return answer("people/wishes.html", page, status)


def _check_in() -> list[tuple[str, str]]:
    """The yearly question: where each answer goes, in words."""
    words = {"fits": _("It all fits"), "change": _("I change something"),
             "less": _("Fewer messages, please"), "leave": _("I want to leave")}
    return [(url_for("people.check_in", answer=name), words[name]) for name in CHECK_IN]


def _name(subject: Subject) -> str:
    return subject.name_de if current_lang() == "de" else subject.name_en


def _card(one: Told) -> WishCard:
    return WishCard(kind_words()[one.kind], said_words(one), used_words()[one.kind], one.said_at,
                    url_for("people.change_wish", wish_id=one.id),
                    url_for("people.drop_wish", wish_id=one.id))


def _typed(kind: str, words: str) -> dict[str, Any]:
    """The value of a kind out of what was typed. Raises Invalid."""
    if kind != "budget":
        return {"words": words}
    try:
        return {"minor": int(Decimal(words.replace(",", ".").replace("€", "").strip()) * 100)}
    except (InvalidOperation, ValueError, OverflowError):
        return {"minor": 0}


@pages.get("/account/wishes")
@signed_in
def wishes() -> Response:
    """What I told."""
    return _page({"kind": request.args.get("kind", "like"), "subject": "", "words": ""}, {})


@pages.post("/account/wishes", endpoint="wishes_post")
@signed_in
def wishes_post() -> Response:
    """Tell one more."""
    return _keep(0)


@pages.get("/account/wishes/<int:wish_id>")
@signed_in
def change_wish(wish_id: int) -> Response:
    """The form with a wish of mine in it."""
    found = next((one for one in wishes_of(person_id()) if one.id == wish_id), None)
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    slug = next((s.slug for s in kept("subjects", subjects) if s.id == found.subject_id), "")
    words = f"{found.value['minor'] / 100:.2f}" if found.kind == "budget" else str(
        found.value.get("words", ""))
    return _page({"kind": found.kind, "subject": slug, "words": words}, {}, wish_id)


@pages.post("/account/wishes/<int:wish_id>", endpoint="change_wish_post")
@signed_in
def change_wish_post(wish_id: int) -> Response:
    """Put other words in its place."""
    return _keep(wish_id)


def _keep(wish_id: int) -> Response:
    typed = {name: request.form.get(name, "").strip() for name in ("kind", "subject", "words")}
    subject = next((s.id for s in kept("subjects", subjects) if s.slug == typed["subject"]), None)
    try:
        with committing():
            actions.tell_wish(person_id(), typed["kind"], _typed(typed["kind"], typed["words"]),
                              subject if typed["kind"] in BY_SUBJECT else None, wish_id)
    except Invalid as fault:
        return _page(typed, fault.faults, wish_id, 422)
    flash(_("Kept. Nobody asks you that again."), "good")
    return see_other(url_for("people.wishes"))


@pages.post("/account/wishes/<int:wish_id>/drop")
@signed_in
def drop_wish(wish_id: int) -> Response:
    """Take it back."""
    with committing():
        actions.take_back_wish(person_id(), wish_id)
    flash(_("Taken back."), "good")
    return see_other(url_for("people.wishes"))


@pages.post("/account/wishes/health")
@signed_in
def health() -> Response:
    """Agree, take it back, or tell an allergy or a diet."""
    me, act = person_id(), request.form.get("act", "")
    try:
        with committing():
            if act == "agree":
                actions.give_consent(me, HEALTH, TEXT_VERSION, "wishes")
            elif act == "withdraw":
                actions.withdraw_consent(me, HEALTH)
            else:
                actions.tell_health(me, request.form.get("kind", ""),
                                    request.form.get("health", ""))
    except Invalid as fault:
        return _page({"kind": "like", "subject": "", "words": "",
                      "health": request.form.get("health", "")}, fault.faults, 0, 422)
    return see_other(url_for("people.wishes") + "#health")


@pages.post("/account/wishes/health/<int:wish_id>/drop")
@signed_in
def drop_health(wish_id: int) -> Response:
    """Take one back."""
    with committing():
        actions.take_back_health(person_id(), wish_id)
    return see_other(url_for("people.wishes") + "#health")


@pages.post("/account/check-in/<answer>")
@signed_in
def check_in(answer: str) -> Response:
    """One click in the yearly question."""
    with committing():
        goes = actions.answer_check_in(person_id(), answer)
    flash(_("Noted."), "good")
    return see_other(url_for({"wishes": "people.wishes", "notices": "notify.settings",
                              "close": "people.close"}[goes]))
