"""Every measure that is offered for a kind of thing does something that people can see."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict
from marketplace.groups.models import Group, HiddenGroup, Membership
from marketplace.moderation.actions import appeal, decide, decide_appeal, report
from marketplace.moderation.actions.carrying import EMPTY
from marketplace.moderation.actions.deciding import NewReport
from marketplace.moderation.models import Decision, Matter, ModerationLogEntry
from marketplace.moderation.queries import Party
from marketplace.moderation.rules import CARRIED, KINDS, MEASURES, NOTHING_DONE, fault, measures_of
from marketplace.people.models import HiddenProfile, Person, Subject
from marketplace.reviews.models import ImportedRating, Rating, RatingPhoto, Reply, ReplyVersion
from tests.bundles.test_views_bundles import WINE
from tests.cast import Cast
from tests.moderation.appealed import decided, moderate, newest, one, reported
from tests.moderation.test_tending import made
from tests.reviews.hands import answered

ANSWER = "Danke, wir haben die Keller getauscht."
PAIRS = [(kind, measure) for kind in KINDS for measure in CARRIED[kind]]
FACTS = "Angesehen und mit anderen verglichen."


def things(cast: Cast, kind: str) -> tuple[int, str, str]:
    """One thing of a kind: its id, a page of it, and its words."""
    if kind in ("rating", "reply"):
        row = answered(cast, "cleo", False, words="Frau Kalt hat mir Essig verkauft.")
        assert cast.post(cast.browser("ana"), f"/ratings/{row.code}/reply", words=ANSWER,
                         step="publish").status_code == 303
        words = "Essig verkauft" if kind == "rating" else "Keller getauscht"
        return (row.id if kind == "rating" else one(sa.select(Reply.id)),
                f"/products/{WINE}", words)
    if kind == "product":
        return cast.goods(WINE).product_id, f"/products/{WINE}", "Schiefer"
    if kind == "person":
        with committing():
            db.session.execute(sa.update(Person).where(Person.handle == "eva").values(
                display_name="Eva Brennt", about="Ihr seid alle dumm."))
        return cast.id("eva"), "/members/eva", "alle dumm"
    if kind == "group":
        return group_of(cast), "/groups/die-lauten", "laut und grob"
    if kind == "imported":
        with committing():
            row = ImportedRating(
                source="Altladen", source_ref="a1", product_id=cast.goods(WINE).product_id,
                source_person="k", value=1.0, scale="1-5", words="Ganz aus Essig gemacht.",
                at=clock.now())
            db.session.add(row)
            db.session.flush()
            return row.id, f"/products/{WINE}", "Ganz aus Essig"
    found = made(cast)
    if kind == "post":
        kind, words = "thread", "Idioten"
        return one(sa.text("SELECT MIN(id) FROM posts")), thread_page(), words
    pages = {"thread": thread_page(), "bundle": f"/bundles/{newest('bundles.slug')}",
             "poll": f"/polls/{newest('polls.code')}", "ask": f"/asks/{newest('asks.code')}",
             "recommendation": "/members/eva", "panel": ""}
    words = {"thread": "keltert ihr", "bundle": "Riesling vom Schiefer", "poll": "Soll ich?",
             "ask": "Etwas zu Forelle", "recommendation": "Trocken und salzig"}
    return found[kind][0], pages[kind], words.get(kind, "")


def thread_page() -> str:
    """The page of the first thread."""
    code = one(sa.text("SELECT code FROM threads ORDER BY id LIMIT 1"))
    return f"/threads/{code}"


def group_of(cast: Cast) -> int:
    """A group with two members."""
    with committing():
        row = Group(slug="die-lauten", name="Die Lauten", purpose="Wir sind laut und grob.",
                    subject_id=db.session.scalar(sa.select(Subject.id).limit(1)), lang="de",
                    founder_id=cast.id("eva"), founded_on=clock.today(), last_act_at=clock.now())
        db.session.add(row)
        db.session.flush()
        db.session.add(Membership(group_id=row.id, person_id=cast.id("eva"), role="founder",
                                  joined_at=clock.now()))
        db.session.flush()
        return row.id


def seen(cast: Cast, kind: str, object_id: int, page: str, words: str) -> tuple[object, ...]:
    """What others read of it: answer, words, labels, whether it is folded or out of lists."""
    if kind == "panel":
        return (one(sa.text(f"SELECT standing FROM panel_votes WHERE id = {object_id}")),)
    reader = cast.browser("dan") if page.startswith("/members/") else cast.app.test_client()
    answer = reader.get(f"{page}?lang=de")
    text = re.sub(r"<head>.*?</head>", "", answer.get_data(as_text=True), flags=re.S)
    text = re.sub(r"<form.*?</form>", "", text, flags=re.S)
    lists = cast.app.test_client().get("/bundles").get_data(as_text=True) \
        if kind == "bundle" else ""
    standing = one(sa.select(Rating.standing).where(Rating.id == object_id)) \
        if kind == "rating" else ""
    return (answer.status_code, words in text, "Vermerk einer Entscheidung" in text,
            "zugeklappt" in text, page in lists, standing)


def report_of(cast: Cast, kind: str, object_id: int, reason: str) -> Matter:
    """The matter of a report of dan."""
    with committing():
        row = report(NewReport(kind, object_id, "/", reason, "Bitte ansehen.", cast.id("dan"),
                               None, None, True))
        matter = db.session.get_one(Matter, row.matter_id)
        matter.state = "open"
        db.session.flush()
        return matter


@pytest.mark.parametrize(("kind", "measure"), PAIRS)
def test_what_is_offered_changes_what_is_read_and_comes_back(
    cast: Cast, kind: str, measure: str
) -> None:
    """3, measures, moderation-9: a measure that is taken is seen; undone, all is as before."""
    moderate(cast, "gina")
    object_id, page, words = things(cast, kind)
    before = seen(cast, kind, object_id, page, words)
    reason = "sham_review" if (kind, measure) == ("rating", "label") else "insult"
    matter = report_of(cast, kind, object_id, reason)
    with committing():
        decide(matter.number, cast.id("max"), reason, measure, FACTS, "Es besteht nur daraus.")
    after = seen(cast, kind, object_id, page, words)
    assert after != before
    with committing():
        party = Party("reporter", one(sa.text("SELECT MAX(id) FROM reports")), cast.id("dan"))
        filed = appeal(matter, party, "Es ist doch in Ordnung so.")
        decide_appeal(filed.number, cast.id("gina"), "restore", FACTS)
    assert seen(cast, kind, object_id, page, words) == before


@pytest.mark.parametrize(("kind", "measure"), [
    (kind, measure) for kind in KINDS for measure in MEASURES
    if measure not in (*NOTHING_DONE, *CARRIED[kind])])
def test_what_cannot_be_carried_out_is_refused(kind: str, measure: str) -> None:
    """moderation-4: a measure without effect on a kind is none of its measures."""
    assert measure not in measures_of(kind)
    assert fault("insult", measure, kind, "Es besteht nur daraus.") == "measure"


def test_the_form_offers_only_what_can_be_done(cast: Cast) -> None:
    """moderation-4: a profile cannot be folded; sent all the same it is refused with the text
    kept, and nothing is decided.
    """
    reported(cast, "dan", "person/eva")
    url, max_ = f"/moderation/matters/{newest('matters.number')}", cast.browser("max")
    page = max_.get(url).get_data(as_text=True)
    assert 'value="remove"' in page and 'value="collapse"' not in page
    said = cast.post(max_, url, reason="insult", measure="collapse", milder_why="Weil es so ist.",
                     facts="Der Satz setzt einen Menschen herab.")
    assert said.status_code == 422
    assert "setzt einen Menschen herab" in said.get_data(as_text=True)
    assert one(sa.select(sa.func.count(Decision.id))) == 0
    assert one(sa.select(sa.func.count(ModerationLogEntry.n))) == 0


def hidden(cast: Cast, kind: str, object_id: int) -> Matter:
    """Removed by max."""
    matter = report_of(cast, kind, object_id, "insult")
    with committing():
        decide(matter.number, cast.id("max"), "insult", "remove", FACTS, "Es besteht nur daraus.")
    return matter


def test_a_removed_reply_leaves_its_place_and_a_new_one_shows(cast: Cast) -> None:
    """moderation-5 for houses: who answered stays, with the reason; also in the history; what is
    written anew shows, and after six months only the removed version goes.
    """
    object_id, page, _words = things(cast, "reply")
    code = one(sa.select(Rating.code))
    reported(cast, "dan", f"reply/{code}")
    decided(cast)
    visitor = cast.app.test_client()
    text = visitor.get(f"{page}?lang=de").get_data(as_text=True)
    assert "Keller getauscht" not in text and "Die Worte wurden entfernt: beleidigt" in text
    assert "Keller getauscht" not in visitor.get(f"/ratings/{code}").get_data(as_text=True)
    cast.post(cast.browser("ana"), f"/ratings/{code}/reply", words="Wir prüfen das Fass.",
              step="publish")
    assert "Wir prüfen das Fass" in visitor.get(page).get_data(as_text=True)
    with committing():
        EMPTY["reply"](object_id)
    assert db.session.scalars(sa.select(ReplyVersion.words).order_by(ReplyVersion.n)).all() == [
        "", "Wir prüfen das Fass."]
    assert one(sa.select(Reply.words)) == "Wir prüfen das Fass."


def test_a_removed_product_stays_what_its_house_made_of_it(cast: Cast) -> None:
    """3, measures: not found, seen or bought; a safety stop set meanwhile holds afterwards."""
    from marketplace.catalog.actions.hiding import hide_product
    from marketplace.catalog.actions.publishing import pause, publish, withdraw
    from marketplace.catalog.actions.stops import stop

    object_id, page, _words = things(cast, "product")
    hidden(cast, "product", object_id)
    answer = cast.app.test_client().get(f"{page}?lang=de")
    assert answer.status_code == 404 and "weggenommen" in answer.get_data(as_text=True)
    assert page not in cast.app.test_client().get("/products").get_data(as_text=True)
    for change in (publish, lambda it: withdraw(it, "Ausverkauft."), lambda it: pause(it, "Leer.")):
        with pytest.raises(Conflict), committing():
            change(object_id)
    assert one(sa.select(Product.state).where(Product.id == object_id)) == "draft"
    with committing():
        stop(object_id, "Glassplitter")
    assert cast.app.test_client().get(page).status_code == 404
    with committing():
        hide_product(object_id, False)
    assert one(sa.select(Product.state).where(Product.id == object_id)) == "stopped"


def test_a_removed_profile_is_the_handle_and_keeps_what_is_new(cast: Cast) -> None:
    """3, measures: account and tie stay; what the person writes anew is not overwritten by the
    old words, and these go after six months.
    """
    object_id, page, _words = things(cast, "person")
    hidden(cast, "person", object_id)
    text = cast.browser("dan").get(page).get_data(as_text=True)
    assert "Eva Brennt" not in text and "alle dumm" not in text and "eva" in text
    assert one(sa.select(Person.state).where(Person.id == object_id)) == "active"
    with committing():
        db.session.execute(sa.update(Person).where(Person.id == object_id).values(about="Ich."))
        EMPTY["person"](object_id)
    assert one(sa.select(sa.func.count(HiddenProfile.person_id))) == 0
    assert one(sa.select(Person.about).where(Person.id == object_id)) == "Ich."


def test_a_removed_group_keeps_its_members(cast: Cast) -> None:
    """3, measures: name and words go, nobody is excluded."""
    object_id, page, _words = things(cast, "group")
    hidden(cast, "group", object_id)
    text = cast.app.test_client().get(page).get_data(as_text=True)
    assert "Die Lauten" not in text and f"Gruppe {object_id}" in text
    assert one(sa.select(sa.func.count(Membership.person_id)).where(
        Membership.group_id == object_id)) == 1
    assert one(sa.select(HiddenGroup.name)) == "Die Lauten"


def test_photos_go_and_come_back_with_the_words(cast: Cast) -> None:
    """moderation-5: a picture beside removed words is not shown."""
    object_id, page, _words = things(cast, "rating")
    with committing():
        db.session.add(RatingPhoto(rating_id=object_id, file="essig.avif", alt="Essig im Glas",
                                   width=10, height=10, tint="#000000", renditions=[], position=1))
    visitor = cast.app.test_client()
    assert "essig.avif" in visitor.get(page).get_data(as_text=True)
    hidden(cast, "rating", object_id)
    assert "essig.avif" not in visitor.get(page).get_data(as_text=True)
