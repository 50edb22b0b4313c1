"""The shapes that several pages draw: one frozen dataclass per part, as its macro expects it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.web.languages import current_lang
from marketplace.web.paging import Pages
from marketplace.web.sharing import passed_on

Label = tuple[str, str]
Link = tuple[str, str]
Tab = tuple[str, str, bool, int | None]


@dataclass(frozen=True, slots=True)
class PagerView:
    """Numbered pages as links."""

    number: int
    last: int
    links: Sequence[tuple[int, str]]
    previous_url: str
    next_url: str


def pager(pages: Pages[Any]) -> PagerView:
    """The pager of a list."""
    return PagerView(
        pages.number, pages.last,
        [(n, pages.url(n)) for n in pages.shown if n is not None],
        pages.previous_url or "", pages.next_url or "")


@dataclass(frozen=True, slots=True)
class Vote:
    """Up and down of equal size; counts None while hidden."""

    id: str
    url: str
    up: int | None
    down: int | None
    mine: str
    hidden_words: str
    may: bool


@dataclass(frozen=True, slots=True)
class FollowTrust:
    """Follow, and trust on subjects."""

    follow_url: str
    following: bool
    follow_id: str
    trust_url: str = ""
    subjects: Sequence[tuple[str, str, bool]] = ()
    sign_in_url: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something stands here, with a link to its proof."""

    words: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stood here and why it is gone."""

    words: str
    on: date | datetime | None
    number: int | None
    log_url: str


@dataclass(frozen=True, slots=True)
class Share:
    """The ways to pass a page on; nothing is loaded before the click, nothing posted by itself.

    `text`: what is said of it, to select or copy, with the link behind it.
    """

    url: str
    title: str
    links: Sequence[Link]
    mastodon_url: str
    text: str = ""


def share(title: str, words: str = "") -> Share:
    """The ways to pass this page on: its title or `words` of somebody, and the link.

    Prices and addresses are taken out of both.
    """
    lang, address = current_lang(), str(current_app.config["ZURUF_URL"]) + request.path
    title = passed_on(title, lang)
    said = passed_on(words, lang) or title
    return Share(address, title, ways(said, address), url_for("storefront.share_mastodon"),
                 f"{said} {address}".strip())


def ways(words: str, address: str) -> list[Link]:
    """Where words and a link can be passed on: each opens a form there, for the person to send."""
    text, link = quote(words), quote(address)
    return [
        (_("E-mail"), f"mailto:?subject={text}&body={link}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={link}"),
        ("X", f"https://twitter.com/intent/tweet?text={text}&url={link}"),
        ("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?url={link}"),
        ("Xing", f"https://www.xing.com/spi/shares/new?url={link}"),
        ("WhatsApp", f"https://wa.me/?text={text}%20{link}"),
    ]


@dataclass(frozen=True, slots=True)
class OrderLine:
    """By what a list is ordered, in words."""

    words: str
    choices: Sequence[tuple[str, str, bool]]
    ranking_url: str
    personal_url: str
    personal: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """Filters as a form: groups of (title, name, [(value, label, count, chosen)])."""

    url: str
    open: bool
    kept: Sequence[tuple[str, str]]
    groups: Sequence[tuple[str, str, Sequence[tuple[str, str, int | None, bool]]]]
    price: tuple[str, str] | None = None
    bands: Sequence[tuple[str, str, int]] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence of a person."""

    words: str
    lang: str
    by: Any
    context: str
    again: bool | None


@dataclass(frozen=True, slots=True)
class Composer:
    """Where words are written."""

    url: str
    label: str
    button: str
    typed: str = ""
    fault: str = ""
    hint: str = ""
    expected: str = ""
    attach: bool = False
    preview: bool = False
    kept: Sequence[tuple[str, str]] = ()
    locked: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for an answer or an act."""

    words: str
    about: str
    url: str
    act: str
    due: str
    state: str
    icon: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question with answers of equal size."""

    words: str
    url: str
    name: str
    mine: str
    choices: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class ContextChip:
    """What a question or report is about."""

    words: str
    url: str
    remove_url: str = ""
    picture: Any = None


@dataclass(frozen=True, slots=True)
class ThreadCard:
    """A thread in a list."""

    url: str
    title: str
    lang: str
    kind_words: str
    state_words: str
    state: str
    by: Any
    when: str
    posts: int
    last: str
    supports: int
    private: bool
    labels: Sequence[Label] = ()


@dataclass(frozen=True, slots=True)
class BundleCard:
    """A bundle in a list."""

    url: str
    title: str
    lang: str
    picture: Any
    author: Any
    parts: int
    price: Any
    vote: Vote | None
    labels: Sequence[Label] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who is no member any more, as the author of kept words."""

    name: str
    url: str = ""
    picture_url: str = ""
    handle: str = ""
    labels: Sequence[Label] = ()


def nobody() -> Gone:
    """The author line of an erased person."""
    return Gone(_("former member"))


def sign_in_url() -> str:
    """Where a visitor signs in and comes back; empty for a signed-in person."""
    if current_user.is_authenticated:
        return ""
    return url_for("people.sign_in", next=request.full_path.rstrip("?"))


def plain_words(text: str, most: int = 160) -> str:
    """The beginning of somebody's words, cut at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + " …"


def first_sentence(text: str, most: int = 90) -> str:
    """The first whole sentence if it is short enough, else the words up to a break."""
    flat = " ".join(text.split())
    for end in range(1, min(len(flat), most)):
        if flat[end] in ".;:!?" and end >= 12 and (end + 1 == len(flat) or flat[end + 1] == " "):
            return flat[: end + 1].rstrip(";:") + ("." if flat[end] in ";:" else "")
    return plain_words(flat, most)
