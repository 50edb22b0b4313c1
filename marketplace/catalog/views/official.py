"""The official label for guarantees: put in by those who run the market, printed as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import NotAPicture, check, is_whole
from marketplace.catalog.actions.official import (
    OFFICIAL,
    Official,
    demand_checksum,
    put_official,
    take_official,
)
from marketplace.catalog.queries.official import OfficialView, official
from marketplace.catalog.views import pages
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.foundation.kept import forget
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import moment
from marketplace.web.forms import clean, sent

MOST = 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class OfficialPage:
    """What is printed now, and the form for another file."""

    title: str
    lead: str
    kinds: Sequence[tuple[str, str, bool]]
    what: str
    now: OfficialView | None
    broken: bool
    facts: Sequence[tuple[str, str]]
    url: str
    tree_url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    help_url: str


@pages.get("/operator/guarantee-label", endpoint="official")
@operators_only
def official_page() -> Response:
    """What is printed, from where it is, and the way to another one."""
    return _page({}, {}, 200)


@pages.post("/operator/guarantee-label", endpoint="official_post")
@operators_only
def official_post() -> Response:
    """Put the official file in, or take it out."""
    body = sent()
    typed = {name: clean(str(body.get(name, ""))) or "" for name in ("sha256", "source")}
    try:
        if body.get("step") == "out":
            with committing():
                take_official(OFFICIAL[_what()], person_id())
        else:
            _put(typed)
    except Invalid as fault:
        return _page(typed, fault.faults, 422)
    forget()
    flash(_("Kept."), "good")
    return see_other(url_for("catalog.official", what=_what()))


def _what() -> str:
    """Which of the official files this is about."""
    asked = request.values.get("what", "")
    return asked if asked in OFFICIAL else "label"


def _titles() -> dict[str, tuple[str, str]]:
    """Each file's name, and what it is for."""
    notice = _("Before each order the EU's notice on the legal guarantee is shown (Regulation "
               "2025/1960), in the language of the page. It is printed from the official file "
               "only; until it is there, it stands in words.")
    return {
        "label": (_("Label for guarantees"), _(
            "The EU has one label for guarantees of more than two years (Regulation 2025/1960). "
            "It is printed from the official file only, never drawn here; until it is there, the "
            "guarantee stands in words.")),
        "notice-de": (_("Notice on the legal guarantee, German"), notice),
        "notice-en": (_("Notice on the legal guarantee, English"), notice)}


def _put(typed: Mapping[str, str]) -> None:
    """Look at the file and keep it byte for byte. Raises Invalid."""
    given = request.files.get("file")
    body = given.read(MOST + 1) if given is not None else b""
    if given is not None:
        given.close()
    if not body:
        raise Invalid({"file": _("Please choose a file that holds something.")})
    if len(body) > MOST or not body.startswith(PNG):
        raise Invalid({"file": _("A PNG of at most 1 MB.")})
    try:
        seen = check(body)
    except NotAPicture as fault:
        raise Invalid({"file": _("This picture cannot be read.")}) from fault
    if not typed["source"].startswith("https://"):
        raise Invalid({"source": _("An address that begins with https://, of the authority that "
                                   "publishes it.")})
    checksum = demand_checksum(body, typed["sha256"])
    file = doors().storage.put(body, "png")
    with committing():
        put_official(OFFICIAL[_what()], Official(file, (seen.width, seen.height), typed["source"]),
                     checksum, person_id())


def _page(typed: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    what, titles = _what(), _titles()
    now = official(OFFICIAL[what])
    facts = [] if now is None else [
        (_("Checksum"), now.sha256), (_("From"), now.source), (_("Since"), moment(now.at)),
        (_("By"), now.by or _("nobody known"))]
    return answer("catalog/official.html", OfficialPage(
        *titles[what], [(titles[one][0], url_for("catalog.official", what=one), one == what)
                        for one in OFFICIAL], what, now, now is not None and not is_whole(
            doors().storage, now.file, now.sha256), facts, url_for("catalog.official_post"),
        url_for("catalog.categories"), {"sha256": "", "source": "", **typed}, faults,
        url_for("dialogue.new", about="/operator/guarantee-label")), status)
