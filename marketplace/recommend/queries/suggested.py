"""Suggestions with true reasons: who speaks for a thing, and the proof of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import bindparam, select

from marketplace.catalog.models import Product
from marketplace.foundation.database import db
from marketplace.foundation.kept import kept
from marketplace.foundation.meters import timed
from marketplace.groups.queries import named_by_groups
from marketplace.people.queries import Beside, lines
from marketplace.recommend.queries.given import Recommender, recommenders
from marketplace.recommend.queries.newcomers import newcomer_reason, newcomers
from marketplace.recommend.queries.offer import VISITOR, Left, left_out
from marketplace.recommend.queries.stored import Peer, Reckoned
from marketplace.recommend.queries.taste import reckon
from marketplace.recommend.rules.reasons import VERDICT_FROM
from marketplace.reviews.models import Score
from marketplace.reviews.queries import formula_in_force
from marketplace.web.shapes import Reason


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product suggested to somebody, with its reason and the parts of its score."""

    product_id: int
    score: float
    reason: Reason | None
    reckoned: Reckoned | None = None
    again: bool = False
    fresh: bool = False


def why(
    product_ids: Collection[int], viewer_id: int | None, lang: str,
    known: Mapping[int, Sequence[Recommender]] | None = None,
    people: Mapping[int, Any] | None = None, named: Mapping[int, tuple[str, str]] | None = None,
) -> Mapping[int, Reason]:
    """The first true reason of each product; products without one are left out.

    `known` and `people`: recommenders and their lines where the page has loaded them; `named`:
    slug and name of the viewer's groups by what they named, where that is known. Loads: at most 2
    statements for visitors, 3 for members.
    """
    ids = list(product_ids)
    if not ids:
        return {}
    said = recommenders("product", ids, viewer_id) if known is None else {
        i: known[i] for i in ids if i in known}
    if people is None:
        people = lines({r.author_id for rows in said.values() for r in rows[:2]}, viewer_id)
    found = {i: _recommended(rows, people) for i, rows in said.items() if rows}
    if viewer_id is not None:
        in_groups = named_by_groups(viewer_id) if named is None else named
        for product_id, reason in _picked(ids, in_groups).items():
            if product_id not in found or not _close(said[product_id][0]):
                found[product_id] = reason
    return found


def _close(who: Recommender) -> bool:
    return who.trusted or who.followed or who.audience == "person"


def _recommended(rows: Sequence[Recommender], people: Mapping[int, object]) -> Reason:
    first = rows[0]
    who = people.get(first.author_id)
    name = getattr(who, "name", None) or _("a former member")
    others = len({row.author_id for row in rows}) - 1
    url = f"/suggestions/r-{first.code}"
    if first.audience == "person":
        return Reason(_("%(name)s recommended it to you", name=name), url, "person")
    if first.trusted:
        return Reason(_("%(name)s, whom you trust, recommends it", name=name), url, "person")
    if first.followed:
        return Reason(_("%(name)s, whom you follow, recommends it", name=name), url, "person")
    if others:
        return Reason(ngettext("recommended by %(name)s and %(num)s more",
                               "recommended by %(name)s and %(num)s more", others, name=name),
                      url, "person")
    return Reason(_("recommended by %(name)s", name=name), url, "person")


def _picked(ids: Sequence[int], named: Mapping[int, tuple[str, str]]) -> Mapping[int, Reason]:
    """Picks and lists of the viewer's own groups."""
    return {i: Reason(_("picked by %(group)s", group=named[i][1]), f"/groups/{named[i][0]}",
                      "group") for i in ids if i in named}


@timed("suggestions")
def suggestions(
    viewer_id: int | None, lang: str, limit: int, offset: int = 0, choice: str = "",
    beside: Beside | None = None,
) -> Sequence[Suggestion]:
    """What to look at next, best first, each with a reason that is true; none without one.

    `choice`: taste, people (only whom I follow or trust), verdict (everybody's order, without what
    is mine or refused), plain (nothing personal: the same list and reasons for everybody); without
    it what the person chose. `beside`: the persons of the page, so that all are read together.
    Loads: 2 statements for visitors and a third once a minute, at most 6 for members once the
    arrays are in memory.
    """
    beside = beside or Beside(viewer_id)
    left = left_out(viewer_id) if viewer_id is not None else VISITOR
    choice = choice or left.order_by
    if viewer_id is None or choice == "plain":
        return [] if choice == "people" else _by_verdict(
            None, lang, limit, offset, _age_only(left), beside)
    if choice == "verdict":
        return _by_verdict(viewer_id, lang, limit, offset, left, beside)
    reckoned = reckon(viewer_id, people_only=choice == "people", left=left)
    if not reckoned:
        return [] if choice == "people" else _by_verdict(
            viewer_id, lang, limit, offset, left, beside)
    told = _told(reckoned if left.fewer else reckoned[:offset + limit], viewer_id, lang, beside)
    if left.fewer:
        told.sort(key=lambda one: one.reason is not None and one.reason.kind in left.fewer)
    return told[offset:offset + limit] if choice == "people" else _with_fresh(
        told[:offset + limit], left)[offset:]


def _with_fresh(told: Sequence[Suggestion], left: Left) -> list[Suggestion]:
    """The list with newcomers at places 4, 11, 18, labelled; a reason of people stays theirs."""
    from marketplace.recommend.rules.arrangement import with_newcomers

    by_id = {one.product_id: one for one in told}
    order, shown = with_newcomers([one.product_id for one in told], newcomers(left),
                                  formula_in_force().newcomer_share)
    return [replace(by_id.get(i, Suggestion(i, 0.0, newcomer_reason())), fresh=i in shown)
            for i in order]


def _told(chosen: Sequence[Reckoned], viewer_id: int, lang: str, beside: Beside
          ) -> list[Suggestion]:
    """Suggestions with their reasons; those without a true one are left out."""
    told = _why([r.product_id for r in chosen], viewer_id, lang, beside,
                {p.person_id for r in chosen for p in r.peers if p.person_id})
    peers = beside.of()
    made = [Suggestion(r.product_id, r.score, told.get(r.product_id) or _taste_reason(r, peers),
                       r, r.again) for r in chosen]
    return [suggestion for suggestion in made if suggestion.reason]


def told_reason(viewer_id: int, lang: str, product_id: int, reckoned: Reckoned | None
                ) -> Reason | None:
    """The reason that a member's own list gives for a product. Loads: at most 4 statements."""
    if reckoned is None:
        return why([product_id], viewer_id, lang).get(product_id)
    told = _told([reckoned], viewer_id, lang, Beside(viewer_id))
    return told[0].reason if told else None


def _taste_reason(reckoned: Reckoned, peers: Mapping[Any, Any]) -> Reason | None:
    """Who of like taste speaks for it; names only of people who agreed to be named."""
    url = f"/suggestions/p-{reckoned.product_id}"
    heard = [p for p in reckoned.peers if p.weight > 0 and (reckoned.from_ties or _alike(p))]
    named = [p for p in reckoned.peers[:3] if p in heard and p.person_id in peers]
    name = getattr(peers[named[0].person_id], "name", "") if named else ""
    if reckoned.from_ties and named:
        return Reason(_("%(name)s, whom you follow, would buy it again", name=name), url, "person")
    if not heard or reckoned.taste_share <= 0:
        return verdict_reason(reckoned.k, reckoned.n, url)
    if not named:
        return Reason(ngettext("%(num)s member of like taste would buy it again",
                               "%(num)s members of like taste would buy it again", len(heard)),
                      url, "taste")
    same, both, others = named[0].same, named[0].common, len(heard) - 1
    if others:
        return Reason(ngettext(
            "%(name)s and %(num)s more of like taste; you two agreed on %(same)s of %(both)s",
            "%(name)s and %(num)s more of like taste; you two agreed on %(same)s of %(both)s",
            others, name=name, same=same, both=both), url, "taste")
    return Reason(_("%(name)s would buy it again; you two agreed on %(same)s of %(both)s",
                    name=name, same=same, both=both), url, "taste")


def _alike(peer: Peer) -> bool:
    """Not somebody who was compared and agreed on nothing."""
    return peer.same > 0 or peer.common == 0


def verdict_reason(k: int, n: int, url: str) -> Reason | None:
    """The buyers' verdict as a reason, from five answers on."""
    if n < VERDICT_FROM:
        return None
    return Reason(_("by the verdict of all buyers"), url, "verdict")


def _why(ids: Sequence[int], viewer_id: int | None, lang: str, beside: Beside,
         also: Collection[int] = ()) -> Mapping[int, Reason]:
    """`why` with all persons read together, those of `also` too."""
    said = recommenders("product", ids, viewer_id)
    authors = {row.author_id for rows in said.values() for row in rows[:2]}
    return why(ids, viewer_id, lang, said, beside.of({*authors, *also}))


def _age_only(left: Left) -> Left:
    """What everybody is spared whose age is not known, and what minors are."""
    return replace(VISITOR, from_age=min(left.from_age, VISITOR.from_age))


def _by_verdict(viewer_id: int | None, lang: str, limit: int, offset: int, left: Left,
                beside: Beside) -> list[Suggestion]:
    """By the verdict's careful estimate, at most three of a producer."""
    wanted = 3 * (offset + limit) + 12 + len(left.out)
    rows: Sequence[Any] = kept(("by verdict", wanted), lambda: db.session.execute(
        _best(), {"wanted": wanted}).all())
    chosen, seen = [], dict[int, int]()
    for row in rows:
        if left.shows(row.product_id, row.age_class):
            seen[row.producer_id] = seen.get(row.producer_id, 0) + 1
            if seen[row.producer_id] <= 3:
                chosen.append(row)
    chosen = chosen[:offset + limit]
    told = _why([row.product_id for row in chosen], viewer_id, lang, beside)
    new = frozenset(newcomers(left))
    made = [Suggestion(row.product_id, row.q10, told.get(row.product_id) or verdict_reason(
        row.k, row.n, f"/how-reviews-are-checked?product={row.slug}") or (
            newcomer_reason() if row.product_id in new else None),
        again=row.product_id in left.again) for row in chosen]
    return _with_fresh([one for one in made if one.reason], left)[offset:]


@cache
def _best() -> Any:
    return (select(Score.product_id, Score.q10, Score.k, Score.n, Product.producer_id,
                   Product.slug, Product.age_class)
            .join(Product, Product.id == Score.product_id)
            .where(Score.lot_id.is_(None), Product.state == "published", Product.in_stock)
            .order_by(Score.q10.desc(), Score.product_id).limit(bindparam("wanted")))


def explain(viewer_id: int, product_id: int) -> Reckoned | None:
    """All parts of one suggestion's score, for the explanation page."""
    return next((r for r in reckon(viewer_id, everything=True) if r.product_id == product_id), None)
