"""The words and faces of a producer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, flash, request
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.producers import actions
from marketplace.producers.actions.words import TwiceEdited, claims_in
from marketplace.producers.queries import Role
from marketplace.producers.queries.said import part_words
from marketplace.producers.queries.words import faces_of, own_lines, versions_of
from marketplace.producers.views import pages
from marketplace.producers.views.frame import StudioPage, frame, here, house
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Box, Field, PlainForm, Section
from marketplace.web.forms import clean

TEXTS = ("story", "place", "method", "people", "returns", "terms")
LANGS = ("de", "en")
LINES = ("teaser_de", "teaser_en", "place", "region")
MOST = 6_000
Known = Mapping[tuple[str, str], tuple[int, str]]
"""The newest version and words of each text."""


@dataclass(frozen=True, slots=True)
class ProfilePage(StudioPage):
    """Words and faces; `theirs` are words somebody else kept meanwhile; faces with their way out.
    """

    theirs: list[tuple[str, str, str]]
    faces: list[tuple[str, str, str]]


@pages.get("/studio/profile")
@signed_in
def profile() -> Response:
    """Texts in both languages with the versions they stand on."""
    role = house("texts")
    known = versions_of(role.producer_id)
    return _page(role, _now(role, known), {}, {}, 200, known)


@pages.post("/studio/profile", endpoint="profile_post")
@signed_in
def profile_post() -> Response:
    """Keep the words; what another person changed meanwhile comes back with both versions."""
    role = house("texts")
    words = {name: clean(value) or "" for name, value in request.form.items()}
    texts = {(part, lang): words.get(f"{part}_{lang}", "") for part in TEXTS for lang in LANGS}
    seen = {key: int(words.get(f"v_{key[0]}_{key[1]}") or 0)
            if words.get(f"v_{key[0]}_{key[1]}", "").isdecimal() else 0 for key in texts}
    lines = {name: words.get(name, "") for name in LINES}
    try:
        _demand_short(words)
        hints = claims_in(role.producer_id, lines, texts)[1]
        with committing():
            actions.keep_words(role, lines, texts, seen, person_id())
    except TwiceEdited as fault:
        return _page(role, words, fault.faults, fault.theirs, 409)
    except Invalid as fault:
        return _page(role, words, fault.faults, {}, 422)
    flash(_("Kept."), "good")
    for words_of_hint in hints.values():
        flash(words_of_hint, "info")
    return see_other(here("producers.profile", role))


def _demand_short(words: Mapping[str, str]) -> None:
    faults = {f"{part}_{lang}": _("At most 6,000 characters.") for part in TEXTS for lang in LANGS
              if len(words.get(f"{part}_{lang}", "")) > MOST}
    faults |= {name: _("At most 80 characters.") for name in ("place", "region")
               if len(words.get(name, "")) > 80}
    if not words.get("place"):
        faults["place"] = _("Please fill this in.")
    if faults:
        raise Invalid(faults)


@pages.post("/studio/faces", endpoint="face_post")
@signed_in
def face_post() -> Response:
    """Show a person with their consent, or take one out."""
    role = house("texts")
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            if words.get("out", "").isdecimal():
                actions.take_face_out(role, int(words["out"]))
            else:
                actions.add_face(
                    role, words.get("face_name", "")[:60],
                    (words.get("face_role_de", "")[:80], words.get("face_role_en", "")[:80]),
                    (words.get("face_words_de", "")[:300], words.get("face_words_en", "")[:300]),
                    words.get("consent") == "1")
    except Invalid as fault:
        known = versions_of(role.producer_id)
        return _page(role, {**_now(role, known), **words}, fault.faults, {}, 422, known)
    flash(_("Kept."), "good")
    return see_other(here("producers.profile", role) + "#faces")


def _now(role: Role, known: Known) -> dict[str, str]:
    words = {f"{part}_{lang}": text for (part, lang), (_n, text) in known.items()}
    return {**own_lines(role.producer_id), **words}


def _page(role: Role, words: Mapping[str, str], faults: Mapping[str, str],
          theirs: Mapping[tuple[str, str], str], status: int, known: Known | None = None
          ) -> Response:
    named, versions = part_words(), known or versions_of(role.producer_id)
    hidden = [("house", role.slug), *(
        (f"v_{part}_{lang}", str(versions.get((part, lang), (0, ""))[0]))
        for part in TEXTS for lang in LANGS)]
    form = PlainForm(here("producers.profile_post", role), _sections(words), faults, _("Keep"),
                     hidden)
    languages = {"de": _("in German"), "en": _("in English")}
    return answer("producers/profile.html", ProfilePage(
        frame(role, "producers.profile"), _("Words and faces"),
        _("What people read about you. Every version of a text is kept and can be compared."),
        [("warn", _("Somebody else changed this while you wrote. Both versions are here."))]
        if theirs else [], [form, _face_form(role, words, faults)],
        [Box(_("On your page"), [(_("One language is enough; the other shows the same words."), ""),
                                 (_("No claim without proof: “eco” or “fair” need evidence."),
                                  "")])],
        [(f"{named[part][0]}, {languages[lang]}", lang, text)
         for (part, lang), text in theirs.items()],
        [(face.name, face.role_de or face.role_en, str(face.id))
         for face in faces_of(role.producer_id)]), status)


def _sections(words: Mapping[str, str]) -> list[Section]:
    def one(name: str, label: str, length: int, lang: str = "", kind: str = "text") -> Field:
        return Field(name, label, words.get(name, ""), length=length, lang=lang, kind=kind)

    parts = [Section(_("In one sentence"), "", [
        one("teaser_de", _("In German"), 200, lang="de"),
        one("teaser_en", _("In English"), 200, lang="en"),
        one("place", _("Town"), 80), one("region", _("Region"), 80)])]
    parts += [Section(title, note, [
        one(f"{part}_de", _("In German"), MOST, kind="area", lang="de"),
        one(f"{part}_en", _("In English"), MOST, kind="area", lang="en")])
        for part, (title, note) in part_words().items()]
    return parts


def _face_form(role: Role, words: Mapping[str, str], faults: Mapping[str, str]) -> PlainForm:
    def one(name: str, label: str, length: int, lang: str = "") -> Field:
        return Field(name, label, words.get(name, ""), length=length, lang=lang,
                     optional=name != "face_name")

    return PlainForm(here("producers.face_post", role), [Section(
        _("Show a person"), _("With their own words, and only as long as they agree."), [
            one("face_name", _("Name"), 60), one("face_role_de", _("What they do, in German"), 80),
            one("face_role_en", _("What they do, in English"), 80),
            one("face_words_de", _("A sentence of theirs, in German"), 300, "de"),
            one("face_words_en", _("A sentence of theirs, in English"), 300, "en"),
            Field("consent", _("This person agrees to be shown here"),
                  hint=_("Taking a face out removes it at once."), kind="switch")])],
        {name: words for name, words in faults.items()
         if name in ("face_name", "consent")}, _("Show this person"), [("house", role.slug)])
