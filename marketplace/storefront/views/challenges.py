"""Challenges: the list, and one with its entries; authors and counts only after the end."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from marketplace.bundles import queries as bundles
from marketplace.bundles.queries import ChallengeRow, Entry
from marketplace.bundles.queries.asking import left_words
from marketplace.bundles.rules import MOST_VOICES
from marketplace.foundation.kept import kept
from marketplace.groups.queries import of_person
from marketplace.storefront.queries.cards import bundle_cards
from marketplace.storefront.views import pages
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import moment
from marketplace.web.languages import current_lang
from marketplace.web.shapes import BundleCard


@dataclass(frozen=True, slots=True)
class ChallengeLine:
    """A challenge in a list."""

    theme: str
    url: str
    lang: str
    group: tuple[str, str] | None
    left_words: str
    entries_words: str
    ended: bool


@dataclass(frozen=True, slots=True)
class ChallengesPage:
    """All challenges a viewer may see."""

    rows: Sequence[ChallengeLine]
    new: Sequence[tuple[str, str]]
    new_url: str
    bundles_url: str
    help_url: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry: its card; whether one may vote for it or voted; after the end its place."""

    id: int
    card: BundleCard
    may: bool
    mine: bool
    own: bool
    place_words: str


@dataclass(frozen=True, slots=True)
class ChallengePage:
    """One challenge."""

    theme: str
    words: str
    lang: str
    group: tuple[str, str] | None
    phase: str
    phase_words: str
    left_words: str
    dates: Sequence[tuple[str, datetime]]
    prize_words: str
    entries: Sequence[EntryView]
    voices_words: str
    enter_url: str
    drafts: Sequence[tuple[str, str, str]]
    new_url: str
    vote_url: str
    leave_url: str
    sign_in: bool
    list_url: str
    help_url: str


@pages.get("/bundles/challenges")
def challenges() -> Response:
    """What is called for, and what was."""
    me = viewer_id()
    rows = bundles.challenges_shown(me)
    page = ChallengesPage([ChallengeLine(
        row.theme, row.url, row.lang, row.group, phase_words(row), ngettext(
            "%(num)s bundle takes part", "%(num)s bundles take part", row.entries),
        row.phase == "ended") for row in rows], _may_call(me),
        url_for("bundles.new_challenge") if me is not None and current_user.is_operator else "",
        url_for("storefront.bundles"),
        url_for("dialogue.new", about="/bundles/challenges"))
    return answer("bundles/challenges.html", page)


def _may_call(me: int | None) -> list[tuple[str, str]]:
    """The groups in which one may call for bundles, with the address of the form."""
    if me is None:
        return []
    return [(group.name, url_for("bundles.new_challenge", group=group.slug))
            for group in of_person(me, current_lang(), me)
            if group.role in ("founder", "moderator")]


def phase_words(row: ChallengeRow) -> str:
    """What can be done now and how much time is left for it."""
    left = left_words(row.until)
    return {"entering": _("take part: %(left)s", left=left),
            "voting": _("vote: %(left)s", left=left)}.get(row.phase, left)


@pages.get("/bundles/challenges/<slug>")
def challenge(slug: str) -> Response:
    """The theme, the time left, what takes part; blind until the end."""
    me = viewer_id()
    row = bundles.challenge_for(slug, me)
    # visitors have nothing by which they could be told apart: each look is another viewer
    entries = bundles.entries_of(row, me, str(me) if me else secrets.token_hex(4))
    return answer("bundles/challenge.html", _page(row, entries, me))


def _page(row: ChallengeRow, entries: Sequence[Entry], me: int | None) -> ChallengePage:
    lang, left = current_lang(), MOST_VOICES - sum(entry.mine for entry in entries)
    own = sum(entry.own for entry in entries)
    cards = bundle_cards([entry.bundle for entry in entries], lang, me)
    voting, entering = row.phase == "voting", row.phase == "entering"
    return ChallengePage(
        row.theme, row.words, row.lang, row.group, row.phase,
        {"entering": _("Entries are taken"), "voting": _("People vote"),
         "ended": _("Decided")}[row.phase], left_words(row.until),
        [(_("Entries until"), row.closes_at), (_("Votes until"), row.voting_ends_at)],
        _("Prize: %(what)s, paid for by %(by)s.", what=row.prize_what, by=row.prize_by)
        if row.prize_what else "",
        [_entry(entry, card, voting and me is not None and (left > 0 or entry.mine))
         for entry, card in zip(entries, cards, strict=True)],
        ngettext("You have %(num)s voice left.", "You have %(num)s voices left.", left)
        if voting and me is not None else "",
        url_for("bundles.enter", slug=row.slug)
        if entering and me is not None and own < row.max_entries else "",
        [(*one, "") for one in bundles.may_enter(me)] if entering and me is not None else [],
        url_for("bundles.new"),
        url_for("bundles.vote_entry", slug=row.slug),
        url_for("bundles.leave_challenge", slug=row.slug) if entering else "",
        me is None and row.phase != "ended",
        url_for("storefront.challenges"), url_for("dialogue.new", about=row.url))


def _entry(entry: Entry, card: BundleCard, may: bool) -> EntryView:
    words = ""
    if entry.rank is not None:
        words = _("Place %(rank)s", rank=entry.rank) + " · " + ngettext(
            "%(num)s voice", "%(num)s voices", entry.voices or 0)
    return EntryView(entry.id, card, may and not entry.own, entry.mine, entry.own, words)


def taking_part(bundle_id: int) -> tuple[str, str, str] | None:
    """The challenge of a bundle: a sentence, its address, the words of the link.

    Loads: 1 statement a minute.
    """
    row = kept(("challenge of", bundle_id), lambda: bundles.challenge_of(bundle_id))
    if row is None:
        return None
    words = _("It took part in “%(theme)s”.", theme=row.theme) if row.phase == "ended" else \
        _("It takes part in “%(theme)s”. Its author is named after %(when)s.", theme=row.theme,
          when=moment(row.voting_ends_at))
    return words, row.url, _("To the challenge")
