"""All who are concerned by a decision or an appeal get their letter, members and guests."""

from __future__ import annotations

import re
from datetime import timedelta

import sqlalchemy as sa
from flask.testing import FlaskClient

from marketplace.adapters.doors import doors
from marketplace.foundation.database import committing, db
from marketplace.journal.models import JournalEntry
from marketplace.journal.rules import TYPES
from marketplace.moderation.models import Appeal
from marketplace.moderation.queries import broken_at
from marketplace.notify.actions import stop_person
from marketplace.notify.models import Letter, Notice
from marketplace.people.actions import erase
from tests.cast import Cast
from tests.moderation.appealed import (
    WHY,
    appealed,
    decided,
    moderate,
    one,
    question,
    reported,
    settle,
)
from tests.notify.test_sending import leave
from tests.reviews.hands import answered


def letters(template: str) -> dict[str, tuple[str, str, str]]:
    """Subject, text and HTML of the letters of one kind by address, as they left."""
    leave(timedelta(0))
    ids = {row.message_id for row in db.session.scalars(
        sa.select(Letter).where(Letter.template == template, Letter.state == "sent"))}
    door = doors().mail
    read = [door.read(name) for name in door.names(80)]  # type: ignore[attr-defined]
    return {one.to: (one.subject, one.text, one.html) for one in read if one.message_id in ids}


def link(words: str) -> str:
    """The address a letter leads to, without the site."""
    found = re.search(r"https?://[^/\s]+(/moderation/\S+)", words)
    assert found, words
    return found.group(1)


def test_all_sides_hear_of_decision_and_result(cast: Cast) -> None:
    """notify-9, moderation-6: the author gets reason and facts, reporter and house the short form;
    all three the result with its reasons; who appeals a receipt; moderators a notice.
    """
    reported(cast, "dan", f"post/{question(cast)}")
    number = decided(cast)
    whole, short = letters("statement"), letters("decided")
    assert set(whole) == {"eva@example.org"}
    assert set(short) == {"dan@example.org", "ana@example.org"}
    text = whole["eva@example.org"][1]
    assert "setzt einen Menschen herab" in text and "insults somebody" in text
    assert link(text) == f"/moderation/decisions/{number}"
    moderate(cast, "gina")
    appeal = appealed(cast, "eva", number)
    receipt = letters("appeal")
    assert set(receipt) == {"eva@example.org"} and appeal in receipt["eva@example.org"][0]
    assert settle(cast, "gina", appeal) == 303
    results = letters("appeal_result")
    assert set(results) == {"eva@example.org", "dan@example.org", "ana@example.org"}
    for _subject, text, html in results.values():
        assert WHY in text and WHY in html and "gina" not in text
        assert "List-Unsubscribe" not in text and "/unsubscribe/" not in html
    titles = db.session.execute(sa.select(Notice.title, sa.func.count(Notice.id)).where(
        Notice.title.like("appeal%")).group_by(Notice.title))
    assert dict(titles.all()) == {"appeal_decided": 3, "appeal_due": 1, "appeal_filed": 1}
    kinds = db.session.scalars(sa.select(JournalEntry.type).where(
        JournalEntry.object_kind == "matter").order_by(JournalEntry.id)).all()
    names = {kind.number: name for name, kind in TYPES.items()}
    assert [names[one] for one in kinds] == ["report.filed", "decision.taken", "appeal.filed",
                                             "appeal.decided"]


def test_a_guest_who_reported_gets_letters_in_the_language_of_the_page(
    cast: Cast, client: FlaskClient
) -> None:
    """notify-9, moderation-2: decision, receipt and result by mail, leading to the secret link."""
    client.get("/?lang=en")
    page = cast.post(client, f"/moderation/report/post/{question(cast)}?lang=en", kind="insult",
                     words="Please look.", step="send", name="Uta Guest", email="uta@example.org",
                     good_faith="1")
    assert page.status_code == 200
    decided(cast, "none")
    _subject, text, html = letters("decided")["uta@example.org"]
    assert "free of charge" in text and "free of charge" in html and "/moderation/reports/" in html
    sent = cast.post(client, link(text), words="It is about a person after all.")
    assert sent.status_code == 303
    assert "Another person" in letters("appeal")["uta@example.org"][1]
    moderate(cast, "gina")
    appeal = str(one(sa.select(Appeal.number)))
    assert settle(cast, "gina", appeal, "upheld") == 303
    assert "the decision stays as it is" in letters("appeal_result")["uta@example.org"][1]


def test_a_guest_author_appeals_by_the_link_in_the_letter(cast: Cast, client: FlaskClient) -> None:
    """notify-9, 6: the statement goes to the order's address; its link shows the own words and
    takes the appeal; the words come back.
    """
    row = answered(cast, None, False, words="Frau Kalt hat mir Essig verkauft.")
    reported(cast, "dan", f"rating/{row.code}")
    decided(cast)
    (address, (_subject, text, _html)), = letters("statement").items()
    assert address.startswith("guest")
    page = client.get(link(text)).get_data(as_text=True)
    assert "Essig verkauft" in page and 'name="words"' in page
    assert cast.post(client, link(text), words="Der Wein war wirklich Essig.").status_code == 303
    assert client.get(link(text)[:-3]).status_code == 404
    moderate(cast, "gina")
    assert settle(cast, "gina", str(one(sa.select(Appeal.number)))) == 303
    assert address in letters("appeal") and address in letters("appeal_result")
    assert one(sa.text("SELECT words_standing FROM ratings")) == "visible"


def test_results_arrive_in_closed_groups_and_whatever_was_stopped(cast: Cast) -> None:
    """notify-9: a post in a closed group; its author stopped all letters and is not in the group
    any more.
    """
    gina = cast.browser("gina")
    group = str(one(sa.text("SELECT slug FROM groups WHERE kind = 'closed'")))
    assert gina.get(f"/groups/{group}").status_code == 200
    code = question(cast, "eva")
    with committing():
        db.session.execute(sa.text(
            "UPDATE threads SET visibility = 'group', producer_id = NULL, group_id = "
            "(SELECT id FROM groups WHERE kind = 'closed')"))
        stop_person(cast.id("eva"), "digest", "click", everything=True)
    assert cast.browser("eva").get(f"/groups/{group}").status_code in (200, 403, 404)
    reported(cast, "dan", f"post/{code}")
    number = decided(cast)
    moderate(cast, "cleo")
    assert settle(cast, "cleo", appealed(cast, "eva", number)) == 303
    assert {"eva@example.org", "dan@example.org"} == set(letters("appeal_result"))


def test_an_erased_appellant_leaves_no_words(cast: Cast) -> None:
    """moderation-30: after erasing who appealed their words are gone, the result stands, and both
    logs are whole.
    """
    reported(cast, "dan", f"post/{question(cast)}")
    number = decided(cast)
    moderate(cast, "gina")
    assert settle(cast, "gina", appealed(cast, "eva", number, "Mein Onkel heißt Sturmhut.")) == 303
    with committing():
        erase(cast.id("eva"))
    row = db.session.execute(sa.select(Appeal).execution_options(populate_existing=True)
                             ).scalar_one()
    assert "Sturmhut" not in row.words and row.result == "changed"
    assert set(broken_at().values()) == {None}
