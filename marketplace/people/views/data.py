"""What is kept and why, taking it along, and leaving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, current_app, flash, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from marketplace.adapters.doors import doors
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.people import actions
from marketplace.people.models import Takeout
from marketplace.people.queries import last_takeout
from marketplace.people.queries.login import has_password
from marketplace.people.queries.personal import declared
from marketplace.people.rules.personal import FACTS
from marketplace.people.views import pages
from marketplace.people.views.data_words import fact_words, forget_words, room_words
from marketplace.people.views.strong import is_strong, strong
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of data: what for, by which right, for how long, seen by whom, in which columns."""

    purpose: str
    basis: str
    retention: str
    public: bool
    columns: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class DataPage:
    """The map of data, and the take-out."""

    kinds: Sequence[Kept]
    takeout: str
    ready_url: str
    until: object
    faults: str
    ask_url: str
    close_url: str


@pages.get("/account/data")
@signed_in
def data() -> Response:
    """What is kept of me and why, and taking it along."""
    last = last_takeout(person_id())
    state, url = _state(last)
    page = DataPage(_kinds(), state, url, last.expires_at if last else None,
                    (last.fault or "") if last and state == "ready" else "",
                    url_for("people.export_post"), url_for("people.close"))
    return answer("people/data.html", page)


def _state(last: Takeout | None) -> tuple[str, str]:
    if last is None or (last.expires_at is not None and last.expires_at < clock.now()):
        return "none", ""
    if last.ready_at is None:
        return "making", ""
    return "ready", url_for("people.takeout", takeout_id=last.id)


def _kinds() -> list[Kept]:
    """The declarations by kind, in words."""
    words, rooms, ways = fact_words(), room_words(), forget_words()
    found: dict[str, list[tuple[str, str, str]]] = {}
    for one in declared():
        for key, names in one.facts.items():
            found.setdefault(key, []).append(
                (rooms.get(one.room, one.room), f"{one.table}: {', '.join(names)}",
                 ways[one.forget]))
    return [Kept(words[key][0], FACTS[key].basis, words[key][1], FACTS[key].public, found[key])
            for key in FACTS if key in found]


@pages.get("/account/export", endpoint="export")
@signed_in
def export() -> Response:
    """The part of the page that tells of the take-out."""
    return see_other(url_for("people.data") + "#takeout")


@pages.post("/account/export", endpoint="export_post")
@strong
def export_post() -> Response:
    """Have my data put together."""
    with committing():
        actions.ask_takeout(person_id())
    flash(_("Your data are being put together. You get a mail once they lie ready."), "info")
    return see_other(url_for("people.data") + "#takeout")


@pages.get("/account/data/takeout/<int:takeout_id>")
@strong
def takeout(takeout_id: int) -> Response:
    """My file, for seven days."""
    last = last_takeout(person_id())
    if last is None or last.id != takeout_id or not last.file or _state(last)[0] != "ready":
        raise NotFound(_("There is nothing at this address."))
    given = send_file(doors().storage.path(last.file), mimetype="application/zip",
                      as_attachment=True, download_name=f"zuruf-{current_user.handle}.zip",
                      max_age=0, etag=False)
    given.headers["Cache-Control"] = "private, no-store"
    return given


@dataclass(frozen=True, slots=True)
class ClosePage:
    """One page: what happens, a choice, a reason if one likes, a button."""

    faults: Mapping[str, str]
    url: str
    asks_password: bool
    typed: Mapping[str, str]
    data_url: str


def _close_page(faults: Mapping[str, str], typed: Mapping[str, str], status: int = 200
                ) -> Response:
    page = ClosePage(faults, url_for("people.close_post"), not is_strong(), typed,
                     url_for("people.data"))
    return answer("people/close.html", page, status)


@pages.get("/account/close")
@signed_in
def close() -> Response:
    """Leaving, on one page; who has no password shows by a passkey that it is them."""
    if not is_strong() and not has_password(person_id()):
        return see_other(url_for("people.again", next=url_for("people.close")))
    return _close_page({}, {"choice": "", "reason": ""})


@pages.post("/account/close", endpoint="close_post")
@signed_in
def close_post() -> Response:
    """The account is closed; for seven days a link in the mail opens it again."""
    typed = {name: request.form.get(name, "") for name in ("choice", "reason")}
    try:
        if not is_strong():
            actions.demand_password(person_id(), request.form.get("password", ""))
        with committing():
            actions.begin_closing(person_id(), typed["choice"], typed["reason"])
    except Invalid as fault:
        return _close_page(fault.faults, typed, 422)
    logout_user()
    flash(_("Your account is closed. In seven days it is erased; until then the link in the mail "
            "opens it again."), "info")
    return see_other(url_for("storefront.home"))


@dataclass(frozen=True, slots=True)
class ReopenPage:
    """One button, because mail scanners open links."""

    url: str


@pages.get("/account/reopen/<token>")
def reopen(token: str) -> Response:
    """The page behind the link in the mail."""
    return answer("people/reopen.html", ReopenPage(url_for("people.reopen_post", token=token)))


@pages.post("/account/reopen/<token>", endpoint="reopen_post")
def reopen_post(token: str) -> Response:
    """The account is as it was."""
    with committing():
        actions.undo_closing(token)
    flash(_("Welcome back. Everything is as it was; please sign in."), "good")
    return see_other(url_for("people.sign_in"))


@pages.get("/about/data")
def data_map() -> Response:
    """The map of data for everybody, without an account."""
    return answer("people/data_map.html", MapPage(_kinds(), current_app.config["MARKET_NAME"]))


@dataclass(frozen=True, slots=True)
class MapPage:
    """The map alone."""

    kinds: Sequence[Kept]
    market: str
