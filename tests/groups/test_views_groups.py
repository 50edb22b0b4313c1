"""Founding, entering, caring, voting and listing, through the pages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.groups.actions import make_picks
from marketplace.groups.models import Group, JoinRequest, ListItem, Membership, Pick, PickVote
from marketplace.people.models import Person
from tests.cast import Cast

OPEN, CLOSED, SECRET = ("/groups/weisswein-zu-gemuese", "/groups/stiller-keller",
                        "/groups/geheime-runde")
WINE = "riesling-vom-schiefer"
NEW = {"name": "Brotzeit ohne Wurst", "purpose": "Was man abends aufs Brot legt.", "kind": "open",
       "subject": "wine", "lang": "de"}


def count(model: type) -> int:
    """How many rows a table has."""
    return db.session.scalar(db.select(db.func.count()).select_from(model)) or 0


def test_member_founds_a_group_and_stands_in_it(cast: Cast) -> None:
    """groups-3: one form of five inputs; the founder is its first member."""
    cleo = cast.browser("cleo")
    made = cast.post(cleo, "/groups/new", **NEW)
    assert made.status_code == 303
    assert made.location == "/groups/brotzeit-ohne-wurst"
    page = cleo.get(made.location).get_data(as_text=True)
    assert "Austreten" in page
    group = db.session.scalar(db.select(Group).where(Group.slug == "brotzeit-ohne-wurst"))
    assert group is not None and group.member_count == 1


def test_form_keeps_what_was_typed_and_names_each_fault(cast: Cast) -> None:
    """A missing sentence: 422, nothing founded, the name still in the field."""
    before = count(Group)
    said = cast.post(cast.browser("cleo"), "/groups/new", **{**NEW, "purpose": ""})
    assert said.status_code == 422
    assert 'value="Brotzeit ohne Wurst"' in said.get_data(as_text=True)
    assert count(Group) == before


def test_level_nought_is_told_what_opens_the_right(cast: Cast) -> None:
    """groups-3: the page says why; the form is refused and founds nothing."""
    with committing():
        db.session.execute(db.update(Person).where(Person.handle == "dan").values(trust_level=0))
    dan, before = cast.browser("dan"), count(Group)
    assert "gelieferte Bestellung" in dan.get("/groups/new").get_data(as_text=True)
    assert cast.post(dan, "/groups/new", **NEW).status_code == 403
    assert count(Group) == before


def test_fourth_group_of_a_month_waits(cast: Cast) -> None:
    """groups 3.1: at most 3 a month; gina founded three."""
    assert cast.post(cast.browser("gina"), "/groups/new", **NEW).status_code == 429


def test_joining_and_leaving_twice_is_once(cast: Cast) -> None:
    """One row, the same answer."""
    cleo = cast.browser("cleo")
    for _time in range(2):
        assert cast.post(cleo, f"{OPEN}/join").status_code == 303
    rows = db.session.scalars(db.select(Membership).where(
        Membership.person_id == cast.id("cleo"))).all()
    assert len(rows) == 1
    for _time in range(2):
        assert cast.post(cleo, f"{OPEN}/leave").status_code == 303
    group = db.session.scalar(db.select(Group).where(Group.slug == "weisswein-zu-gemuese"))
    assert group is not None and group.member_count == 1


def test_visitor_is_sent_to_sign_in(cast: Cast, client: FlaskClient) -> None:
    """Acting needs a person; nothing changes."""
    before = count(Membership)
    assert "/sign-in" in cast.post(client, f"{OPEN}/join").location
    assert count(Membership) == before


def test_request_is_asked_taken_back_refused_and_granted(cast: Cast) -> None:
    """groups-4: a closed group takes a request; a no without a reason is refused."""
    cleo, gina = cast.browser("cleo"), cast.browser("gina")
    cast.post(cleo, f"{CLOSED}/join", words="Ich koche viel Gemüse.")
    assert "Anfrage zurücknehmen" in cleo.get(CLOSED).get_data(as_text=True)
    cast.post(cleo, f"{CLOSED}/leave")
    cast.post(cleo, f"{CLOSED}/join", words="Doch, bitte.")
    row = db.session.scalar(db.select(JoinRequest).where(JoinRequest.result.is_(None)))
    assert row is not None
    decide = f"{CLOSED}/care/requests/{row.id}"
    assert "Doch, bitte." in gina.get(f"{CLOSED}/care").get_data(as_text=True)
    assert cast.post(gina, decide, answer="no").status_code == 422
    assert cast.post(cleo, decide, answer="yes").status_code == 403
    assert cast.post(gina, decide, answer="yes").status_code == 303
    assert cast.post(gina, decide, answer="yes").status_code == 404
    assert cleo.get(f"{CLOSED}/picks").status_code == 200


def test_words_of_a_request_are_kept_when_they_are_too_long(cast: Cast) -> None:
    """501 characters: 422 with the words still there, no request."""
    said = cast.post(cast.browser("cleo"), f"{CLOSED}/join", words="x" * 501)
    assert said.status_code == 422
    assert "x" * 501 in said.get_data(as_text=True)
    assert count(JoinRequest) == 0


@pytest.mark.parametrize("end", ["", "/picks", "/lists/new", "/care", "/lists/1/add"])
def test_secret_group_is_nowhere_for_others(cast: Cast, end: str) -> None:
    """groups-2: a guessed address answers as a free one does."""
    assert cast.browser("cleo").get(SECRET + end).status_code == 404
    assert cast.post(cast.browser("cleo"), f"{SECRET}/join").status_code == 404


def test_three_voters_make_a_pick(cast: Cast) -> None:
    """groups-14: two votes are none, three make the pick of the month."""
    month = clock.today().strftime("%Y-%m")
    for handle, picks in (("gina", 0), ("cleo", 0), ("eva", 1)):
        one = cast.browser(handle)
        cast.post(one, f"{OPEN}/join")
        assert cast.post(one, f"{OPEN}/picks", product=f"/products/{WINE}").status_code == 303
        with committing():
            assert make_picks(month) == picks
    assert db.session.scalar(db.select(Pick.votes)) == 3
    assert "3 Stimmen" in cast.browser("gina").get(f"{OPEN}/picks").get_data(as_text=True)


def test_fourth_vote_of_a_month_is_refused_and_a_second_takes_it_back(cast: Cast) -> None:
    """Three votes a month; the same again takes one back."""
    gina = cast.browser("gina")
    for slug in (WINE, "spaetburgunder-dorfkern", "literwein-fuer-alle-tage"):
        cast.post(gina, f"{OPEN}/picks", product=slug)
    assert cast.post(gina, f"{OPEN}/picks", product="muetze-deichwind").status_code == 409
    assert count(PickVote) == 3
    assert cast.post(gina, f"{OPEN}/picks", product=WINE).status_code == 303
    assert count(PickVote) == 2


def test_stranger_does_not_vote(cast: Cast) -> None:
    """Members vote; nothing changes for others."""
    assert cast.post(cast.browser("dan"), f"{OPEN}/picks", product=WINE).status_code == 403
    assert count(PickVote) == 0


def test_list_holds_who_and_why(cast: Cast) -> None:
    """groups-15: an item without why is refused; one with it stands there."""
    gina = cast.browser("gina")
    begun = cast.post(gina, f"{OPEN}/lists", title="Unter zwölf Euro", purpose="")
    add = begun.location
    assert add.endswith("/add")
    assert "Riesling vom Schiefer" in gina.get(f"{add}?q=riesling").get_data(as_text=True)
    here = add.removesuffix("/add")
    assert cast.post(gina, here, product=WINE, why="").status_code == 422
    assert count(ListItem) == 0
    assert cast.post(gina, here, product=WINE, why="Trocken und billig.").status_code == 303
    assert cast.post(gina, here, product=WINE, why="Noch einmal.").status_code == 409
    page = gina.get(here).get_data(as_text=True)
    assert "Trocken und billig." in page and "Gina" in page
    assert cast.post(cast.browser("dan"), here, product=WINE, why="Auch gut.").status_code == 403


def test_directory_by_language_and_tag(cast: Cast, client: FlaskClient) -> None:
    """groups-4, groups-22: tags have names in both languages and filter the directory."""
    from marketplace.groups.actions import ensure_tags

    with committing():
        ensure_tags()
        ensure_tags()
    kept = {"purpose": "Wir reden über Wein und Essen.", "tags": "cooking"}
    assert cast.post(cast.browser("gina"), f"{OPEN}/settings", **kept).status_code == 303
    page = client.get("/groups?tag=cooking").get_data(as_text=True)
    assert OPEN in page and CLOSED not in page and "Kochen" in page
    assert OPEN not in client.get("/groups?tag=vegan").get_data(as_text=True)
    assert OPEN not in client.get("/groups?spoken=en").get_data(as_text=True)
    assert OPEN in client.get("/groups?spoken=de&tag=nonsense").get_data(as_text=True)


def test_export_holds_what_the_group_wrote(cast: Cast) -> None:
    """groups-26: rules, lists, topics as JSON and as a page; for moderators."""
    import io
    import json
    import zipfile

    gina = cast.browser("gina")
    begun = cast.post(gina, f"{OPEN}/lists", title="Unter zwölf Euro", purpose="")
    cast.post(gina, begun.location.removesuffix("/add"), product=WINE, why="Trocken und billig.")
    cast.post(gina, f"/threads/new?about={OPEN}", kind="topic", step="send",
              title="Was zu Sellerie?", words="Ich frage mich das seit Jahren.")
    assert cast.post(cast.browser("cleo"), f"{OPEN}/export").status_code == 403
    given = cast.post(gina, f"{OPEN}/export")
    assert given.status_code == 200
    with zipfile.ZipFile(io.BytesIO(given.get_data())) as packed:
        held = json.loads(packed.read("group.json"))
        page = packed.read("index.html").decode()
    assert held["lists"][0]["items"][0]["why"] == "Trocken und billig."
    assert held["topics"][0]["title"] == "Was zu Sellerie?"
    assert "Ich frage mich das seit Jahren." in page and "Trocken und billig." in page


def test_feed_of_an_open_group(cast: Cast, client: FlaskClient) -> None:
    """groups-25: Atom for open groups, nothing for closed and secret ones."""
    from xml.etree import ElementTree

    cast.post(cast.browser("gina"), f"/threads/new?about={OPEN}", kind="topic", step="send",
              title="Was zu <Sellerie>?", words="Und & warum?")
    feed = ElementTree.fromstring(client.get(f"{OPEN}/feed.atom").get_data(as_text=True))
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert [e.text for e in feed.findall("a:entry/a:title", names)] == ["Was zu <Sellerie>?"]
    assert feed.find("a:updated", names) is not None and feed.find("a:id", names) is not None
    for path in (CLOSED, SECRET):
        assert client.get(f"{path}/feed.atom").status_code == 404


def test_votes_order_a_list_that_is_filled_by_vote(cast: Cast) -> None:
    """groups-15: what members find belongs there most stands first; who put it there takes it off.
    """
    gina, cleo = cast.browser("gina"), cast.browser("cleo")
    cast.post(cleo, f"{OPEN}/join")
    begun = cast.post(gina, f"{OPEN}/lists", title="Zu Fisch", purpose="", curated_by="vote")
    here = begun.location.removesuffix("/add")
    for slug in (WINE, "spaetburgunder-dorfkern"):
        cast.post(gina, here, product=slug, why="Weil er passt.")
    for _time in range(3):
        assert cast.post(cleo, f"{here}/vote", product="spaetburgunder-dorfkern"
                         ).status_code == 303
    page = gina.get(here).get_data(as_text=True)
    assert page.index("spaetburgunder-dorfkern") < page.index(WINE)
    assert cast.post(cleo, f"{here}/vote", product=WINE, act="off").status_code == 403
    assert cast.post(gina, f"{here}/vote", product=WINE, act="off").status_code == 303
    assert count(ListItem) == 1
