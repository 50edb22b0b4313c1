"""Ballots, candidacies, consent to older words, and the operator's veto."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Response, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.groups import actions
from marketplace.groups.models import Group, Proposal
from marketplace.groups.queries import passed_lately, proposal
from marketplace.groups.queries.words import proposal_url, result_of, state_of, title_of
from marketplace.groups.rules.votes import VETO_WITHIN
from marketplace.groups.views import pages
from marketplace.groups.views.entering import readable
from marketplace.groups.views.proposals import shown
from marketplace.web.access import operators_only, person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day
from marketplace.web.forms import clean
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """What a group decided lately."""

    title: str
    url: str
    group: tuple[str, str]
    state: tuple[str, str]
    when: str
    result: str
    veto_why: str
    veto_url: str
    why: str
    fault: str


@dataclass(frozen=True, slots=True)
class DecidedPage:
    """Decisions of groups, for the operator."""

    rows: Sequence[DecidedRow]


@pages.post("/groups/<slug>/proposals/<int:proposal_id>/ballot")
@signed_in
@limiter.limit("120 per hour")
def ballot(slug: str, proposal_id: int) -> Response:
    """Vote; a later ballot replaces an earlier one until the end."""
    card, part = readable(slug)
    row = proposal(card.id, proposal_id)
    if row is None:
        raise NotFound(_("There is no such proposal here."))
    try:
        with committing():
            actions.cast(row, person_id(), set(request.form.getlist("choice")))
    except Invalid as fault:
        return answer("groups/proposal.html", shown(card, part, proposal_id, {}, fault.faults),
                      422)
    flash(_("Your ballot counts. You can change it until the end."), "good")
    return see_other(proposal_url(card, proposal_id))


@pages.post("/groups/<slug>/stand")
@signed_in
@limiter.limit("30 per hour")
def stand(slug: str) -> Response:
    """Stand for election; in a resting group this wakes it."""
    card, part = readable(slug)
    words, group = clean(request.form.get("words")) or "", db.session.get_one(Group, card.id)
    running = next((row for row in _open_elections(card.id)), None)
    try:
        with committing():
            actions.stand(group, person_id(), current_user.trust_level, words)
    except Invalid as fault:
        if running is None:
            raise
        return answer("groups/proposal.html",
                      shown(card, part, running.id, {"words": words}, fault.faults), 422)
    flash(_("You stand. The others see your words."), "good")
    found = _open_elections(card.id)
    return see_other(proposal_url(card, found[0].id) if found else f"{card.url}/proposals")


def _open_elections(group_id: int) -> Sequence[Proposal]:
    return db.session.scalars(db.select(Proposal).where(
        Proposal.group_id == group_id, Proposal.kind == "election",
        Proposal.state.in_(("talk", "vote")))).all()


@pages.post("/groups/<slug>/stand/no-more")
@signed_in
@limiter.limit("30 per hour")
def stand_no_more(slug: str) -> Response:
    """Withdraw before the vote begins."""
    card, _part = readable(slug)
    with committing():
        actions.stand_no_more(card.id, person_id())
    flash(_("You do not stand any more."), "good")
    return see_other(f"{card.url}/proposals")


@pages.post("/groups/<slug>/open-older")
@signed_in
@limiter.limit("30 per hour")
def open_older(slug: str) -> Response:
    """Let those whom the group admits now read one's own older words."""
    card, _part = readable(slug)
    with committing():
        actions.let_older_be_seen(card.id, person_id())
    flash(_("Your older words can be read now."), "good")
    return see_other(card.url)


@pages.get("/operator/groups")
@operators_only
def decided() -> Response:
    """What groups decided in the last thirty days."""
    return _decided_page({})


def _decided_page(typed: Mapping[int, tuple[str, str]], status: int = 200) -> Response:
    now = clock.now()
    rows = [DecidedRow(
        title_of(row), f"/groups/{slug}/proposals/{row.id}", (name, f"/groups/{slug}"),
        state_of(row), day(row.decided_at) if row.decided_at else "", result_of(row),
        row.veto_why or "",
        url_for("groups.veto", proposal_id=row.id)
        if row.state == "passed" and row.decided_at and now - row.decided_at <= VETO_WITHIN
        else "", *typed.get(row.id, ("", "")))
        for row, slug, name in passed_lately(now - timedelta(days=30))]
    return answer("groups/decided.html", DecidedPage(rows), status)


@pages.post("/operator/groups/proposals/<int:proposal_id>/veto")
@operators_only
@limiter.limit("30 per hour")
def veto(proposal_id: int) -> Response:
    """Stop what passed, with a reason everybody reads."""
    row, why = db.session.get(Proposal, proposal_id), clean(request.form.get("why")) or ""
    if row is None:
        raise NotFound(_("There is no such proposal here."))
    try:
        with committing():
            actions.veto(row, person_id(), why)
    except Invalid as fault:
        return _decided_page({proposal_id: (why, fault.faults.get("why", ""))}, 422)
    flash(_("Stopped. Your reason stands beside it."), "good")
    return see_other(url_for("groups.decided"))
