"""groups-1: every address of a group, for every part and kind; what is refused changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.groups.rules import KINDS, PARTS
from tests.cast import Cast
from tests.groups.hands import CLOSED, OPEN, SECRET, put_in
from tests.groups.test_rules import RIGHTS, SHORT
from tests.web.circles import date_form

SLUGS = dict(zip(KINDS, (OPEN, CLOSED, SECRET), strict=True))
WHO = {"visitor": "", "guest": "dan", "member": "eva", "moderator": "cleo", "founder": "gina"}
"""Nobody of the staff of a house or of the market: those have rights of another kind."""
TABLES = ("groups", "memberships", "join_requests", "invites", "exclusions", "group_rules",
          "proposals", "ballots", "candidacies", "group_lists", "list_items", "list_votes",
          "pick_votes", "picks", "dates", "attendances", "opened_consents", "group_tags",
          "threads", "posts", "talk_acts", "moderation_log")


@dataclass(frozen=True)
class Door:
    """One address of a group, and the right that opens it."""

    method: str
    path: str
    right: str
    form: dict[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = KINDS


READ = tuple(Door("GET", path, "read") for path in (
    "/topics", "/picks", "/ranking", "/proposals", "/proposals/{proposal}", "/dates",
    "/lists/{list}"))
DOORS = (
    Door("GET", "", "know"), Door("GET", "/people", "see_members"), *READ,
    Door("GET", "/feed.atom", "read", kinds=("open",)),
    Door("GET", "/dates.ics", "read", kinds=("open",)),
    Door("GET", "/proposals/new", "propose"), Door("GET", "/lists/new", "write"),
    Door("GET", "/lists/{list}/add", "write"), Door("GET", "/care", "care"),
    Door("GET", "/settings", "edit"), Door("GET", "/dates/new", "edit"),
    Door("GET", "/people/bert/exclude", "exclude"),
    Door("POST", "/picks", "write", {"product": "/products/riesling-vom-schiefer"}),
    Door("POST", "/lists", "write", {"title": "Zu Fisch", "purpose": ""}),
    Door("POST", "/lists/{list}", "write", {"product": "riesling-vom-schiefer",
                                            "why": "Weil er passt."}),
    Door("POST", "/lists/{list}/vote", "write", {"product": "muetze-deichwind"}),
    Door("POST", "/lists/{list}/basket", "read"),
    Door("POST", "/proposals/new", "propose", {"kind": "other", "title": "Ein Treffen im Juni",
                                               "why": "Weil es schön wäre, sich zu sehen."}),
    Door("POST", "/proposals/{proposal}/ballot", "ballot", {"choice": "yes"}),
    Door("POST", "/stand", "ballot", {"words": "Ich sehe gern nach dem Rechten."}),
    Door("POST", "/stand/no-more", "ballot"), Door("POST", "/open-older", "write"),
    Door("POST", "/shown", "leave", {"shown": "0"}),
    Door("POST", "/mail", "write", {"mail": "off"}),
    Door("POST", "/invites", "invite", {"uses": "2"}),
    Door("POST", "/invites/{invite}/revoke", "invite"),
    Door("POST", "/care/requests/{request}", "care", {"answer": "no", "why": "Schon voll."},
         ("closed",)),
    Door("POST", "/settings", "edit", {"purpose": "Wir reden über anderes."}),
    Door("POST", "/dates/new", "edit", date_form(title="Weinprobe")),
    Door("POST", "/export", "export"), Door("POST", "/bundle-order", "edit", {"step": "end"}),
    Door("POST", "/people/bert/exclude", "exclude", {"reason": "rule", "rule": "1", "days": "30",
                                                     "why": "Hat nur geworben, dreimal."}),
    Door("POST", "/people/bert/let-in", "exclude"),
    Door("POST", "/people/bert/role", "name_moderators", {"role": "moderator"}),
    Door("POST", "/hand-over", "hand_over", {"handle": "bert"}),
    Door("POST", "/leave", "leave"),
    Door("POST", "/join", "enter", kinds=("open", "secret")),
    Door("POST", "/join", "ask", {"words": "Ich koche gern."}, ("closed",)),
)
ACTS = tuple(Door("POST", "/threads/{topic}/care", "care", {"act": act, **form}) for act, form in (
    ("pin", {}), ("label", {"value": "tip"}), ("slow", {"value": "60"}),
    ("lock", {"words": "Alles ist gesagt."}),
    ("fold", {"value": "7", "reason": "off_topic", "words": "Gehört nicht zum Wein."}),
    ("away", {"reason": "duplicate", "words": "Steht hier schon."})))
TALK = (Door("GET", "/threads/{topic}/care", "care"), *ACTS)
"""groups-23: what moderators do with a topic; each with each part and kind."""
TOPIC = Door("POST", "/threads/new?about=/groups/{slug}", "write",
             {"kind": "topic", "openness": "public", "step": "send", "title": "Was zu Kohl?",
              "words": "Ich frage mich das seit Jahren."})


def parts_for(right: str, kind: str) -> set[str]:
    """Who may, by the table of the specification."""
    return {SHORT[letter] for letter in RIGHTS[right][KINDS.index(kind)]}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest, cast: Cast) -> str:
    """A group of each kind with people in it, a list, a vote that runs, a date and a link."""
    slug = SLUGS[request.param]
    put_in(cast, slug, "member", "eva", "bert")
    put_in(cast, slug, "moderator", "cleo")
    gina = cast.browser("gina")
    for path, form in (("/lists", {"title": "Zu Gemüse", "purpose": ""}),
                       ("/dates/new", date_form()), ("/invites", {"uses": "3"}),
                       ("/proposals/new", {"kind": "other", "title": "Ein Treffen im Mai",
                                           "why": "Wir kennen uns nur vom Schreiben."})):
        assert cast.post(gina, f"/groups/{slug}{path}", **form).status_code in (200, 303), path
    eva = cast.post(cast.browser("eva"), f"/threads/new?about=/groups/{slug}", kind="topic",
                    openness="public", step="send", title="Was zu Spargel?",
                    words="Ich suche etwas Leichtes.")
    assert eva.status_code == 303
    newest = numbers()["list"]
    cast.post(gina, f"/groups/{slug}/lists/{newest}", product="muetze-deichwind", why="Wärmt gut.")
    with committing():
        db.session.execute(sa.text("UPDATE memberships SET joined_at = :then"),
                           {"then": str(clock.now() - timedelta(days=90))[:26]})
        db.session.execute(sa.text("UPDATE proposals SET votes_from = :now, state = 'vote'"),
                           {"now": str(clock.now() - timedelta(hours=1))[:26]})
    if request.param == "closed":
        assert cast.post(cast.browser("ana"), f"/groups/{slug}/join",
                         words="Bitte.").status_code == 303
    return str(request.param)


def numbers() -> dict[str, Any]:
    """Ids of what stands in the group, and eva's topic with its words."""
    found: dict[str, Any] = {
        name: int(db.session.scalar(sa.text(f"SELECT max(id) FROM {table}")) or 0)
        for name, table in (("list", "group_lists"), ("proposal", "proposals"),
                            ("invite", "invites"), ("request", "join_requests"))}
    found["topic"], found["post"] = db.session.execute(sa.text(
        "SELECT t.code, p.code FROM threads t JOIN posts p ON p.thread_id = t.id"
        " WHERE t.title = 'Was zu Spargel?'")).first() or ("", "")
    db.session.rollback()
    return found


def everything_there() -> dict[str, list[str]]:
    """All rows that a group can be changed by."""
    found = {name: sorted(str(tuple(row)) for row in db.session.execute(
        sa.text(f"SELECT * FROM {name}"))) for name in TABLES}
    db.session.rollback()
    return found


def knock(cast: Cast, browser: FlaskClient, slug: str, door: Door) -> int:
    """The status of an address; 401 where it leads to the sign-in page."""
    there = numbers()
    where = door.path.format(slug=slug, **there)
    address = where if where.startswith("/threads") else f"/groups/{slug}{where}"
    form = {**door.form, "post": there["post"]} if door in ACTS else door.form
    sent = browser.get(address) if door.method == "GET" else cast.post(browser, address, **form)
    return 401 if "/sign-in" in (sent.location or "") else sent.status_code


def browsers(app: Flask, cast: Cast) -> dict[str, FlaskClient]:
    return {part: cast.browser(who) if who else app.test_client() for part, who in WHO.items()}


def refused(kind: str) -> Iterator[tuple[Door, str]]:
    """Each address with each part that may not."""
    for door in (*DOORS, *TALK, TOPIC):
        if kind in door.kinds:
            yield from ((door, part) for part in PARTS
                        if part not in parts_for(door.right, kind))


SETTLED = {("enter", "member"), ("enter", "moderator"), ("enter", "founder"),
           ("ask", "member"), ("ask", "moderator"), ("ask", "founder"), ("leave", "guest")}
"""Who is in comes in once more, who is out goes: the same answer, and nothing changes (6)."""


def test_refusals_of_every_address_change_nothing(app: Flask, cast: Cast, kind: str) -> None:
    """groups-1: 5 parts x 3 kinds x every address: to the sign-in, 403, or 404 where what is inside
    is nowhere for them (a topic about it is one about nothing: 422); not a row differs afterwards.
    """
    slug, people, wrong = SLUGS[kind], browsers(app, cast), []
    before = everything_there()
    cells = list(refused(kind))
    for door, part in cells:
        status = knock(cast, people[part], slug, door)
        inside = part not in ("visitor", "guest")
        wanted = {401, 403} if inside or kind == "open" else {401, 404}
        if kind == "closed":
            wanted |= {403}
        if door is TOPIC and not inside and kind != "open":
            wanted |= {422}
        if (door.right, part) in SETTLED and (kind != "secret" or inside):
            wanted |= {303, 409}
        if status not in wanted:
            wrong.append(f"{door.method} {door.path} {part}: {status}, not {wanted}")
    assert not wrong, "\n" + "\n".join(wrong)
    after = everything_there()
    assert {name for name in TABLES if before[name] != after[name]} == set()
    assert len(cells) >= 70


def test_who_may_gets_through_at_every_address(app: Flask, cast: Cast, kind: str) -> None:
    """groups-1: the same table from its other side: whoever has the right is not sent away."""
    slug, people, wrong = SLUGS[kind], browsers(app, cast), []
    order = sorted((*DOORS, *TALK, TOPIC), key=lambda door: door.right in ("leave", "enter", "ask",
                                                                    "hand_over"))
    for door in order:
        if kind not in door.kinds:
            continue
        for part in PARTS:
            if part in parts_for(door.right, kind):
                status = knock(cast, people[part], slug, door)
                if status in (401, 403, 405) or status >= 500 or (
                        status == 404 and "{" not in door.path):
                    wrong.append(f"{door.method} {door.path} {part}: {status}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_address_of_a_group_stands_in_the_table(app: Flask) -> None:
    """groups-1: a new address under /groups/<slug> has to be added here."""
    known = {(door.method, door.path.replace("bert", "<handle>").replace("{list}", "<int:list_id>")
              .replace("{proposal}", "<int:proposal_id>").replace("{invite}", "<int:invite_id>")
              .replace("{request}", "<int:request_id>")) for door in DOORS}
    there = {(next(iter(rule.methods & {"GET", "POST"})), rule.rule.removeprefix("/groups/<slug>"))
             for rule in app.url_map.iter_rules() if rule.rule.startswith("/groups/<slug>")}
    assert there - known == {("POST", "/hand-over/answer"), ("POST", "/step-down")}, (
        "whoever was offered the group, or moderates it, answers for themself: test_leading")
    assert known <= there
