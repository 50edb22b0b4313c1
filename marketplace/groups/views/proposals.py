"""Rules of a group and what it decides: the list, one proposal, a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotFound, NotYours
from marketplace.groups import actions
from marketplace.groups.models import Group, Proposal
from marketplace.groups.queries import (
    GroupCard,
    ballots_cast,
    candidates_of,
    own_choices,
    proposal,
    proposals_of,
    rule_versions,
    rules_text,
    uncounted_ballots,
)
from marketplace.groups.queries.words import (
    Tab,
    kind_name,
    proposal_url,
    result_of,
    state_of,
    tabs_of,
    title_of,
    when_of,
)
from marketplace.groups.rules.votes import SEATS
from marketplace.groups.views import pages
from marketplace.groups.views.entering import readable, writes
from marketplace.people.queries import lines
from marketplace.web.access import person_id, signed_in, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day, moment
from marketplace.web.forms import clean
from marketplace.web.limits import limiter
from marketplace.web.shapes import nobody

FIELDS = ("kind", "title", "why", "after", "after_kind")


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal in a list."""

    title: str
    url: str
    state: tuple[str, str]
    when: str
    result: str


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """Rules that were or are in force."""

    number: int
    since: str
    words: Sequence[str]
    url: str


@dataclass(frozen=True, slots=True)
class ProposalsPage:
    """What is decided here, and the rules."""

    group: tuple[str, str]
    lang: str
    tabs: Sequence[Tab]
    open: Sequence[ProposalRow]
    past: Sequence[ProposalRow]
    rules: RuleVersion | None
    earlier: Sequence[RuleVersion]
    new_url: str
    stand_url: str
    resting: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who stands."""

    id: int
    by: Any
    words: str
    mine: bool


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One proposal: before and after, talk, vote, result."""

    group: tuple[str, str]
    lang: str
    title: str
    kind: str
    state: tuple[str, str]
    when: str
    by: Any
    why: str
    before: Sequence[str]
    after: Sequence[str]
    topic_url: str
    ballot_url: str
    own: frozenset[str]
    cast: int
    needed: int
    result: str
    uncounted: str
    veto_why: str
    review: str
    candidates: Sequence[Candidate]
    seats: int
    stand_url: str
    stand_no_more_url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProposePage:
    """A new proposal."""

    group: tuple[str, str]
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    kinds: Sequence[tuple[str, str, str]]
    group_kinds: Sequence[tuple[str, str]]


def _row(card: GroupCard, row: Proposal) -> ProposalRow:
    return ProposalRow(title_of(row), proposal_url(card, row.id), state_of(row), when_of(row),
                       result_of(row))


@pages.get("/groups/<slug>/proposals")
def proposals(slug: str) -> Response:
    """Open ones first; rules in force and before."""
    card, part = readable(slug)
    rows = proposals_of(card.id)
    versions = [RuleVersion(v.version, day(v.from_at), v.words.splitlines(),
                            proposal_url(card, v.proposal_id) if v.proposal_id else "")
                for v in rule_versions(card.id)]
    open_ = [row for row in rows if row.state in ("talk", "vote")]
    alive = card.state == "alive"
    page = ProposalsPage(
        (card.name, card.url), card.lang, tabs_of(card, "rules"),
        [_row(card, row) for row in open_],
        [_row(card, row) for row in rows if row not in open_],
        versions[0] if versions else None, versions[1:],
        url_for("groups.propose", slug=slug) if writes(part) and alive else "",
        url_for("groups.stand", slug=slug) if writes(part) and not alive else "",
        card.state == "resting")
    return answer("groups/proposals.html", page)


@pages.get("/groups/<slug>/proposals/<int:proposal_id>")
def proposal_page(slug: str, proposal_id: int) -> Response:
    """One proposal, with one's own ballot."""
    card, part = readable(slug)
    return answer("groups/proposal.html", shown(card, part, proposal_id, {}, {}))


def shown(card: GroupCard, part: str, proposal_id: int, typed: Mapping[str, str],
          faults: Mapping[str, str]) -> ProposalPage:
    """The page of a proposal of a group that may be read. Raises NotFound."""
    row, me = proposal(card.id, proposal_id), viewer_id()
    if row is None:
        raise NotFound(_("There is no such proposal here."))
    standing = candidates_of(row.id) if row.kind == "election" else []
    people = lines({row.person_id or 0, *(c.person_id for c in standing)}, me)
    inside, running = writes(part), row.state in ("talk", "vote")
    names = {str(c.person_id): people[c.person_id].name for c in standing
             if c.person_id in people}
    stands = any(c.person_id == me for c in standing)
    extra = uncounted_ballots(row) if row.state not in ("talk", "vote") else 0
    own_url = url_for("groups.ballot", slug=card.slug, proposal_id=row.id)
    return ProposalPage(
        (card.name, card.url), card.lang, title_of(row), row.kind, state_of(row), when_of(row),
        people.get(row.person_id or 0), row.why, _words(row, row.before), _words(row, row.after),
        url_for("dialogue.of_proposal", proposal_id=row.id) if row.kind != "election" else "",
        own_url if inside and row.state == "vote" else "",
        own_choices(row.id, me) if me and inside else frozenset(),
        ballots_cast(row.id) if running else 0, row.needed,
        _elected(row, names) if row.kind == "election" else result_of(row),
        ngettext("%(num)s ballot of people who sell such goods is not counted.",
                 "%(num)s ballots of people who sell such goods are not counted.", extra)
        if extra else "", row.veto_why or "",
        _("It is asked again on %(day)s.", day=day(row.review_on)) if row.review_on else "",
        [Candidate(c.person_id, people.get(c.person_id, nobody()), c.words, c.person_id == me)
         for c in standing], SEATS,
        url_for("groups.stand", slug=card.slug)
        if row.kind == "election" and inside and row.state == "talk" and not stands else "",
        url_for("groups.stand_no_more", slug=card.slug)
        if stands and row.state == "talk" else "", typed, faults)


def _words(row: Proposal, words: str) -> Sequence[str]:
    if row.kind == "kind":
        return [kind_name(words)] if words else []
    return words.splitlines() if row.kind in ("rule", "other") else []


def _elected(row: Proposal, names: Mapping[str, str]) -> str:
    if row.state == "failed":
        return _("Nobody was elected.")
    chosen = [names[key] for key in row.after.split(",") if key in names]
    return _("Elected: %(names)s", names=", ".join(chosen)) if chosen else ""


def _written(slug: str) -> tuple[GroupCard, str]:
    card, part = readable(slug)
    if not writes(part):
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    return card, part


@pages.get("/groups/<slug>/proposals/new")
@signed_in
def propose(slug: str) -> Response:
    """The form; the rules in force stand in it to be changed."""
    card, _part = _written(slug)
    kind = request.args.get("kind", "")
    return _propose_page(card, {"kind": kind, "after": rules_text(card.id)}, {})


def _propose_page(card: GroupCard, typed: Mapping[str, str], faults: Mapping[str, str],
                  status: int = 200) -> Response:
    kinds = [("rule", _("Other rules"), _("You write the whole rules as they shall read.")),
             ("kind", _("Who reads and who joins"), _("Two thirds have to agree.")),
             ("moderators", _("Elect moderators"), _("If it passes, an election follows.")),
             ("dissolve", _("End the group"), _("Two thirds have to agree; 60 days later it "
                                                "ends.")),
             ("other", _("Something else"), _("What you decide together."))]
    page = ProposePage(
        (card.name, card.url), url_for("groups.propose_post", slug=card.slug), typed, faults,
        kinds, [(kind, kind_name(kind)) for kind in ("open", "closed", "secret")
                if kind != card.kind])
    return answer("groups/propose.html", page, status)


@pages.post("/groups/<slug>/proposals/new", endpoint="propose_post")
@signed_in
@limiter.limit("20 per hour")
def propose_post(slug: str) -> Response:
    """Put something to the group."""
    card, _part = _written(slug)
    typed = {name: clean(request.form.get(name)) or "" for name in FIELDS}
    after = typed["after_kind"] if typed["kind"] == "kind" else typed["after"]
    try:
        with committing():
            row = actions.propose(db.session.get_one(Group, card.id), person_id(), typed["kind"],
                                  typed["title"], typed["why"], after)
            proposal_id, begins = row.id, row.votes_from
    except Invalid as fault:
        return _propose_page(card, typed, fault.faults, 422)
    flash(_("Proposed. The group talks about it until %(moment)s, then it votes.",
            moment=moment(begins)), "good")
    return see_other(proposal_url(card, proposal_id))
