"""Follow, trust, block, mute: both ways, through every route; who sees what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import TooMany
from marketplace.foundation.jobs import run_due
from marketplace.people import actions
from marketplace.people.models import Block, Follow, Person, Trust, Visibility
from marketplace.people.queries import hears, lines, profile, tied
from marketplace.people.rules.levels import FOLLOWS_A_DAY
from marketplace.people.rules.visibility import DEFAULTS, LEVELS, Viewer, shown_fields
from tests.cast import Cast
from tests.databases import sent_statements

FIVE: Mapping[str, Viewer] = {
    "visitor": Viewer(), "member": Viewer(signed_in=True),
    "followed": Viewer(signed_in=True, followed_by_owner=True),
    "blocked": Viewer(signed_in=True, followed_by_owner=True, blocked=True),
    "owner": Viewer(is_owner=True, signed_in=True)}
WINE = "riesling-vom-schiefer"
SEES = {"everyone": {"visitor", "member", "followed", "blocked", "owner"},
        "members": {"member", "followed", "owner"}, "followed": {"followed", "owner"},
        "me": {"owner"}}
"""Level -> who sees it: the table of 3.6."""


@pytest.mark.parametrize("level", LEVELS)
def test_five_viewers_times_all_fields(level: str) -> None:
    """people-6: the visibility table holds for 5 kinds of viewer x all fields."""
    for field in DEFAULTS:
        seen = {who for who, viewer in FIVE.items()
                if field in shown_fields({field: level}, viewer)}
        assert seen == SEES[level], field


def test_new_account_shows_visitors_handle_month_and_drawn_picture(cast: Cast) -> None:
    """people-6: nothing else, on the page and as JSON."""
    with committing():
        actions.change_profile(cast.id("eva"), "Eva Nachtigall", "Ich mag Nebel.", "Juist",
                               "0" * 40 + ".webp", "Friesisch")
    seen = profile("eva", None)
    assert seen is not None and seen.shown == frozenset()
    visitor = cast.app.test_client()
    for accept in ("text/html", "application/json"):
        page = visitor.get("/members/eva", headers={"Accept": accept}).get_data(as_text=True)
        assert not [word for word in ("Nachtigall", "Nebel", "Juist", "Friesisch", "0" * 40)
                    if word in page]
    member = cast.browser("cleo").get("/members/eva").get_data(as_text=True)
    assert all(word in member for word in ("Nachtigall", "Nebel", "Juist", "Friesisch"))


def test_vector_about_for_followed(cast: Cast) -> None:
    """people-6, the vector of 3.6: about = followed."""
    eva, cleo, dan, gina = (cast.id(who) for who in ("eva", "cleo", "dan", "gina"))
    with committing():
        actions.change_profile(eva, "", "Ich mag Nebel.", "")
        actions.set_visibility(eva, {"about": "followed"})
        actions.follow(eva, cleo)
        actions.follow(eva, gina)
        db.session.add(Block(owner_id=gina, other_id=eva, at=clock.now()))
    got = {who: profile("eva", viewer).about is not None  # type: ignore[union-attr]
           for who, viewer in (("visitor", None), ("dan", dan), ("cleo", cleo), ("gina", gina),
                               ("eva", eva))}
    assert got == {"visitor": False, "dan": False, "cleo": True, "gina": False, "eva": True}


def test_preview_shows_what_that_viewer_would_see(cast: Cast) -> None:
    """The profile page draws the profile for a visitor, a member and somebody followed."""
    cleo = cast.browser("cleo")
    cast.post(cleo, "/account/profile", display_name="", about="Nebel.", lang="de", region="",
              **{"level-about": "followed"})
    got = {who: "Nebel." in cleo.get(f"/account/profile?as={who}").get_data(as_text=True)
           for who in ("visitor", "member", "followed")}
    assert got == {"visitor": False, "member": False, "followed": True}


def test_follow_and_unfollow_without_script(cast: Cast) -> None:
    """people-4: plain forms, 303 back; the network page shows and removes in a click."""
    cleo = cast.browser("cleo")
    assert cast.post(cleo, "/members/eva/follow").status_code == 303
    assert "/members/eva" in cleo.get("/account/network").get_data(as_text=True)
    assert cast.post(cleo, "/members/eva/follow", follow="no").status_code == 303
    assert "/members/eva" not in cleo.get("/account/network").get_data(as_text=True)


def test_trust_is_shown_explained_and_removed(cast: Cast) -> None:
    """people-5: by subject, with since when and what it does, removed in one click."""
    cleo = cast.browser("cleo")
    cast.post(cleo, "/members/eva/trust", subject="wine")
    page = cleo.get("/account/network?lang=en").get_data(as_text=True)
    assert "on Wine since" in page and "their word counts first there" in page
    assert tied(cast.id("eva"), cast.id("cleo")) and tied(cast.id("cleo"), cast.id("eva"))
    assert cast.post(cleo, "/members/eva/untrust").status_code == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Trust)) == 0
    changed = db.session.scalar(sa.text("SELECT count(*) FROM taste_changes WHERE what='follows'"))
    assert changed, "the recommender hears of it"


def test_tied_is_follow_or_trust_either_way(cast: Cast) -> None:
    """people-30: and nothing else ties."""
    ana, bert, cleo, dan = (cast.id(who) for who in ("ana", "bert", "cleo", "dan"))
    assert not tied(ana, bert)
    with committing():
        actions.follow(ana, bert)
        actions.mute(cleo, dan)
    assert tied(ana, bert) and tied(bert, ana) and not tied(cleo, dan)


def routes(cast: Cast, who: FlaskClient, other: str) -> dict[str, tuple[int, str]]:
    """What each route to somebody answers: status, and where it leads or what it says."""
    got = {}
    for name, path, data in (
        ("follow", f"/members/{other}/follow", {}),
        ("trust", f"/members/{other}/trust", {"subject": "wine"}),
        ("recommend", f"/products/{WINE}/recommend",
         {"audience": "person", "person": other, "step": "send", "reason": "Salzig und klar."})):
        sent = cast.post(who, path, **data)
        page = sent.get_data(as_text=True).replace(other, "X") if sent.status_code == 422 else ""
        said = "takes no personal recommendations" in page or "keine persönlichen" in page
        got[name] = (sent.status_code, str(said))
    return got


@pytest.mark.parametrize(("owner", "other"), [("eva", "cleo"), ("cleo", "eva")])
def test_block_holds_both_ways_and_names_nothing(cast: Cast, owner: str, other: str) -> None:
    """people-8: follow, trust and recommend answer a blocked person as one who accepts nothing."""
    with committing():
        actions.follow(cast.id("eva"), cast.id("cleo"))
        actions.follow(cast.id("cleo"), cast.id("eva"))
        actions.block(cast.id(owner), cast.id(other))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Follow)) == 0
    with committing():
        db.session.execute(sa.text(
            "INSERT INTO recommend_choices (person_id, named, order_by, accepts, asked) "
            "VALUES (:dan, true, 'taste', 'nobody', false)"), {"dan": cast.id("dan")})
    for here, there in ((owner, other), (other, owner)):
        blocked = routes(cast, cast.browser(here), there)
        closed = routes(cast, cast.browser("gina"), "dan")
        assert blocked == closed
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Follow).where(
        Follow.follower_id != cast.id("gina"))) == 0


def test_profile_of_a_blocker_is_as_of_one_who_shows_nothing(cast: Cast) -> None:
    """people-8: the response equals that of a person whose fields are all for themselves."""
    def page(shown_to: str, of: str) -> str:
        client = cast.browser(shown_to)
        client.get("/account")
        text = client.get(f"/members/{of}?lang=en").get_data(as_text=True)
        return text.split("<main")[1].split("</main>")[0]

    with committing():
        for who in ("eva", "dan"):
            actions.change_profile(cast.id(who), "", "", "")
        actions.set_visibility(cast.id("dan"), dict.fromkeys(DEFAULTS, "me"))
        actions.block(cast.id("eva"), cast.id("cleo"))
    import re

    def plain(text: str, who: str) -> str:
        text = re.sub(r'value="[\w.-]{40,}"', "", text).replace(who.title(), "X").replace(who, "X")
        return re.sub(r"portraits/\d+", "portraits/0", text)

    assert plain(page("cleo", "eva"), "eva") == plain(page("cleo", "dan"), "dan")


def test_muted_words_are_folded_and_send_no_notice(cast: Cast) -> None:
    """3.7: folded in the owner's views only, and no notice; the muted person sees no difference."""
    sent = cast.post(cast.browser("cleo"), f"/threads/new?about=/products/{WINE}", kind="question",
                     step="send", title="Passt er zu Spargel?", words="Oder zu salzig?",
                     openness="public")
    thread = sent.location
    run_due()
    with committing():
        actions.mute(cast.id("cleo"), cast.id("dan"))
    assert not hears(cast.id("cleo"), cast.id("dan")) and hears(cast.id("cleo"), cast.id("eva"))
    said = cast.post(cast.browser("dan"), thread, words="Zu grünem sicher.")
    assert said.status_code == 303
    run_due()
    folded = "muted who says this"
    pages = {who: cast.browser(who).get(f"{thread}?lang=en").get_data(as_text=True)
             for who in ("cleo", "dan", "eva")}
    assert [who for who, page in pages.items() if folded in page] == ["cleo"]
    assert all("Zu grünem sicher." in page for page in pages.values())
    count = sa.text("SELECT count(*) FROM notices WHERE person_id = :who")
    assert db.session.scalar(count, {"who": cast.id("cleo")}) == 0
    cast.post(cast.browser("eva"), thread, words="Zu weißem nie.")
    run_due()
    assert db.session.scalar(count, {"who": cast.id("cleo")}) == 1


def test_24_authors_take_one_statement(cast: Cast) -> None:
    """8: name, picture, follow, trust and mute of 24 authors in one statement, as of 3."""
    cleo = cast.id("cleo")
    with committing():
        actions.follow(cleo, cast.id("eva"))
        actions.mute(cleo, cast.id("dan"))
        for n in range(24):
            db.session.add(Person(handle=f"gast-{n}", handle_folded=f"gast-{n}", picture_seed=n + 1,
                                  joined_on=clock.today()))
    ids = list(db.session.scalars(sa.select(Person.id)))
    db.session.rollback()
    with sent_statements() as sent:
        known = lines(ids[-24:], cleo)
    assert len(known) == 24 and len([s for s in sent if s.startswith("SELECT")]) == 1
    known = lines(ids, cleo)
    eva, dan = known[cast.id("eva")], known[cast.id("dan")]
    assert (eva.follows, eva.muted, dan.muted, dan.follows) == (True, False, True, False)


@pytest.mark.parametrize("followers", [0, 10_000])
def test_profile_takes_four_statements(cast: Cast, followers: int) -> None:
    """8: queries.profile takes at most 4 statements at 0 and at 10,000 follows."""
    eva, cleo = cast.id("eva"), cast.id("cleo")
    with committing():
        rows = [{"handle": f"f-{n}", "handle_folded": f"f-{n}", "picture_seed": 1, "lang": "de",
                 "joined_on": clock.today()} for n in range(followers)]
        if rows:
            db.session.execute(sa.insert(Person), rows)
            ids = db.session.scalars(sa.select(Person.id).where(Person.handle.like("f-%"))).all()
            db.session.execute(sa.insert(Follow), [
                {"follower_id": i, "followed_id": eva, "at": clock.now()} for i in ids])
    with sent_statements() as sent:
        assert profile("eva", cleo) is not None
    assert len([s for s in sent if s.startswith("SELECT")]) <= 4


@pytest.mark.parametrize("path", [
    "/account", "/account/profile", "/account/privacy", "/account/network", "/account/wishes",
    "/account/security", "/account/data", "/account/addresses", "/account/close"])
def test_account_pages_take_six_statements(cast: Cast, path: str) -> None:
    """8: account pages take at most 6 statements."""
    cleo = cast.browser("cleo")
    cast.post(cleo, "/members/eva/follow")
    cast.post(cleo, "/members/dan/block")
    cleo.get(path)
    with sent_statements() as sent:
        assert cleo.get(path).status_code == 200
    assert len([s for s in sent if s.startswith("SELECT")]) <= 6


def test_eleventh_follow_of_a_newcomer_is_refused(cast: Cast) -> None:
    """people-12: follows a day refuse with 429 and name the level that opens more."""
    dan = cast.id("dan")
    with committing():
        db.session.execute(sa.update(Person).where(Person.id == dan).values(trust_level=0))
        for n in range(FOLLOWS_A_DAY[0]):
            row = Person(handle=f"gast-{n}", handle_folded=f"gast-{n}", picture_seed=1,
                         joined_on=clock.today())
            db.session.add(row)
            db.session.flush()
            actions.follow(dan, row.id)
    sent = cast.post(cast.browser("dan"), "/members/eva/follow")
    assert sent.status_code == 429
    page = sent.get_data(as_text=True)
    assert "Stufe 1" in page or "Level 1" in page
    with committing():
        db.session.execute(sa.update(Follow).values(at=clock.now() - timedelta(hours=25)))
    assert cast.post(cast.browser("dan"), "/members/eva/follow").status_code == 303


def test_withdrawals_of_everything(cast: Cast) -> None:
    """people-27: the page of privacy lists and ends what later rooms do because of a yes."""
    cleo = cast.browser("cleo")
    cast.post(cleo, "/account/network/matching", agree="yes")
    cast.post(cleo, "/account/notices/settings", **{"mail-answer": "1", "app-answer": "1"})
    with committing():
        db.session.execute(sa.text(
            "INSERT INTO recommend_choices (person_id, named, order_by, accepts, asked) "
            "VALUES (:id, true, 'taste', 'followed', true)"), {"id": cast.id("cleo")})
    page = cleo.get("/account/privacy?lang=en").get_data(as_text=True)
    assert "Being compared" in page and "Asked for advice" in page
    assert cast.post(cleo, "/account/privacy/opt-ins/asked/end").status_code == 303
    assert cast.post(cleo, "/account/privacy/consents/taste_matching/withdraw").status_code == 303
    page = cleo.get("/account/privacy?lang=en").get_data(as_text=True)
    assert "Asked for advice" not in page and "taken back on" in page
    assert cast.post(cleo, "/account/privacy/opt-ins/nonsense/end").status_code == 404


def test_audiences_are_kept_only_where_they_differ(cast: Cast) -> None:
    """The table of 3.6: a level as usual takes no row; nonsense is refused beside its field."""
    cleo = cast.browser("cleo")
    cast.post(cleo, "/account/privacy", **{"level-about": "everyone", "level-region": "members"})
    rows = db.session.execute(sa.select(Visibility.field, Visibility.level)).all()
    assert [tuple(row) for row in rows] == [("about", "everyone")]
    assert cast.post(cleo, "/account/privacy", **{"level-about": "all"}).status_code == 422


def test_too_many_is_an_error_of_its_own() -> None:
    """A refusal by level is 429."""
    assert TooMany("x").status == 429
