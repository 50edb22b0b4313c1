"""Buyers' words as pages draw them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.moderation.queries import reason_words
from marketplace.moderation.rules import ILLEGAL, TERMS
from marketplace.people.queries import lines
from marketplace.reviews.queries import ReviewRow, formula_in_force
from marketplace.reviews.queries.pictures import photo_view
from marketplace.reviews.rules.verdict import helpful_counts_shown
from marketplace.web.formats import month
from marketplace.web.shapes import (
    Gone,
    Label,
    Quote,
    Tombstone,
    Vote,
    first_sentence,
    nobody,
)
from marketplace.web.words import linked

RELATIONS = {"competitor": lambda: _("works for another producer of this trade"),
             "employee": lambda: _("works for the producer"),
             "family": lambda: _("belongs to the producer's family or friends"),
             "supplier": lambda: _("supplies the producer"),
             "free_sample": lambda: _("got it for free"),
             "discount": lambda: _("got a discount of their own"),
             "ambassador": lambda: _("speaks for the producer")}
ASIDE = {"check": lambda: _("is being checked, for 7 days at most"),
         "sham_review": lambda: _("set aside as a sham")}
STUBS = {"delete": lambda: _("Deleted by its author; the answer does not count any more."),
         "withdrawn": lambda: _("Taken back by its author; the answer does not count any more.")}


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The answer and words of one buyer."""

    id: str
    by: Any
    when: str
    again: bool | None
    words: str
    lang: str
    labels: Sequence[Label]
    occasion: str
    lot: str
    edited: str
    pictures: Sequence[tuple[Any, str, str]]
    reply: tuple[str, ...] | None
    vote: Vote | None
    report_url: str
    tombstone: Tombstone | None
    thing: tuple[str, str] | None = None
    folded: str = ""


def author(row: ReviewRow, people: Mapping[int, Any]) -> Any:
    """Who says it: the person, or "a buyer" where they chose that."""
    if row.gone:
        return nobody()
    if row.shown_as == "buyer" and row.person_id:
        return Gone(_("a buyer"))
    return people.get(row.person_id or 0) or (nobody() if row.person_id else Gone(_("a guest")))


def review_views(
    rows: Sequence[ReviewRow], viewer_id: int | None, people: Mapping[int, Any] | None = None
) -> list[ReviewView]:
    """Reviews with their authors. Loads: 1 statement, none where the `people` are known."""
    if people is None:
        people = lines({row.person_id for row in rows if row.person_id}, viewer_id)
    return [_view(row, author(row, people), viewer_id) for row in rows]


def removed_because(reason: str | None) -> str:
    """Why words were removed, as people say it."""
    return reason_words(reason) if reason in (*ILLEGAL, *TERMS) else _("against the rules")


def _view(row: ReviewRow, by: Any, viewer_id: int | None) -> ReviewView:
    gone, own = None, viewer_id is not None and viewer_id == row.person_id
    if row.words_standing == "erased":
        gone = Tombstone(STUBS.get(row.words_reason or "", STUBS["delete"])(), None, None, "")
    elif row.words_standing == "hidden":
        gone = Tombstone(_("The words were removed: %(reason)s. The answer still counts.",
                           reason=removed_because(row.words_reason)), None, None,
                         url_for("moderation.log"))
    photos = [(photo_view(p, row.lang), f"/files/{p.file}", p.alt) for p in row.photos]
    return ReviewView(
        row.code, by, month(row.given_at), None if row.words_standing == "erased" else row.again,
        words_of(row), row.lang, _labels_of(row), row.occasion,
        row.lot, _("changed in %(month)s", month=month(row.changed_at)) if row.changed_at else "",
        photos, _reply_of(row), None if own else helpful_vote(row, viewer_id),
        "" if own else url_for("moderation.report", kind="rating", ref=row.code), gone,
        folded=_("Folded by a decision: %(reason)s", reason=removed_because(row.words_reason))
        if row.words_standing == "collapsed" else "")


def _reply_of(row: ReviewRow) -> Any:
    """The producer's reply as the part draws it, with what stands where its words were removed."""
    if row.reply is None:
        return None
    name, _comma, role = row.reply.shown_name.partition(", ")
    gone = Tombstone(_("The words were removed: %(reason)s.",
                       reason=removed_because(row.reply.gone)), None, None,
                     url_for("moderation.log")) if row.reply.gone else None
    return (name, role, row.reply.words, row.reply.lang, month(row.reply.at), row.reply.changed,
            gone, url_for("moderation.report", kind="reply", ref=row.code))


def _labels_of(row: ReviewRow) -> list[Label]:
    """Purchase checked; how the author has to do with the producer; why it does not count."""
    labels: list[Label] = [(_("purchase checked"), "checked")]
    if row.relation:
        labels.append((RELATIONS[row.relation](), "relation"))
        if row.benefit:
            labels.append((_("benefit: %(what)s", what=row.benefit), "relation"))
    if row.standing == "aside" and row.words_standing != "erased":
        words = ASIDE.get(row.aside_reason or "", lambda: _("not counted"))()
        labels.append((words, "relation"))
    return labels


def words_of(row: ReviewRow) -> str:
    """Title and words; links are links only of people who are no newcomers."""
    text = f"{row.title}. {row.words}" if row.title else row.words
    return linked(text) if row.may_link else text


def helpful_vote(row: ReviewRow, viewer_id: int | None) -> Vote:
    """Helpful or not; counts hidden from 5 votes and 7 days on pull nobody."""
    days = (clock.now() - row.given_at).total_seconds() / 86_400
    formula = formula_in_force()
    shown = helpful_counts_shown(row.helpful_up + row.helpful_down, days, formula.helpful_votes,
                                 formula.helpful_days)
    mine = {True: "up", False: "down", None: ""}[row.own_vote]
    return Vote(row.code, url_for("reviews.helpful", code=row.code),
                row.helpful_up if shown else None, row.helpful_down if shown else None, mine, "",
                viewer_id is not None and viewer_id != row.person_id)


def quote_of(row: ReviewRow | None, people: Mapping[int, Any]) -> Quote | None:
    """One sentence of a review for a first screen."""
    if row is None:
        return None
    return Quote(first_sentence(row.words), row.lang, author(row, people),
                 _("bought it, %(month)s", month=month(row.given_at)), row.again)
