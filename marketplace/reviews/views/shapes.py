"""What the pages of `reviews` draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from marketplace.web.shapes import ContextChip, PagerView, Question, Tab


@dataclass(frozen=True, slots=True)
class ShareOffer:
    """A text to pass on, ticked by nobody but the person."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class RatePage:
    """The answer of a buyer; blind: no score and no other voice on it."""

    title: str
    url: str
    picture: Any
    seller: str
    lot: str
    when: str
    question: Question
    answered: bool
    saved_words: str
    once_words: str
    form_url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    delights: Sequence[tuple[str, str, str]]
    stars: Sequence[tuple[str, str]]
    worths: Sequence[tuple[str, str, str]]
    occasions: Sequence[tuple[str, str]]
    relations: Sequence[tuple[str, str]]
    shown: Sequence[tuple[str, str]]
    help_url: str
    pictures: Sequence[tuple[Any, str, str]] = ()
    removable: Sequence[tuple[str, str]] = ()
    preview: Sequence[str] = ()
    hidden_kinds: str = ""
    undo: bool = False
    history_url: str = ""
    share: ShareOffer | None = None


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of an answer or of a reply."""

    words: str
    lang: str
    facts: Sequence[str]
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """All that an author said of a purchase, and all that the producer replied."""

    context: ContextChip | None
    by: Any
    versions: Sequence[VersionView]
    replies: Sequence[VersionView]
    reply_by: str
    public_url: str
    report_url: str


@dataclass(frozen=True, slots=True)
class StudioVoice:
    """A buyer's answer in the studio, with what may be done about it: reply, nothing else."""

    code: str
    title: str
    url: str
    by: Any
    when: str
    again: bool
    words: str
    lang: str
    private_words: str
    facts: Sequence[tuple[str, str]]
    reply: str
    draft: str
    draft_words: str
    reply_url: str
    may_read: bool
    history_url: str
    report_url: str
    fault: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True)
class StudioReviewsPage:
    """All voices of a producer's buyers, unanswered ones first."""

    producer: tuple[str, str]
    tabs: Sequence[Tab]
    voices: Sequence[StudioVoice]
    figures: Sequence[tuple[str, str]]
    pager: PagerView
    help_url: str


def relation_choices() -> list[tuple[str, str]]:
    """How an author may have to do with a producer, to choose from."""
    return [("employee", _("I work or worked there")), ("family", _("family or friends")),
            ("supplier", _("I supply them")), ("competitor", _("I make the same myself")),
            ("free_sample", _("I got it for free")), ("discount", _("I got a discount for me")),
            ("ambassador", _("I speak for them"))]


def delight_words(delight: str | None) -> str:
    """How it was compared with what was expected."""
    return {"disappointed": _("worse than expected"), "okay": _("as expected"),
            "delighted": _("better than expected")}.get(delight or "", "")


def answer_words(again: bool) -> str:
    """The answer in words."""
    return _("would buy it again") if again else _("would not buy it again")
