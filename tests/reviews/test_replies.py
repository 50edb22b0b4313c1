"""The producer's reply: draft, second read, one in public; the studio; figures of replies."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.actions import choose
from marketplace.notify.models import Letter, Notice
from marketplace.people.models import Person
from marketplace.producers.models import Staff
from marketplace.producers.queries import own_role
from marketplace.reviews.actions import reply
from marketplace.reviews.models import Reply, ReplyVersion
from marketplace.reviews.queries import reply_figures
from tests.cast import Cast
from tests.reviews.hands import HAT, WINE, ago, answered, given

KIND = "Danke, der nächste Jahrgang liegt länger im Fass."


def colleague(cast: Cast, handle: str, role: str) -> None:
    """Somebody works at Ana's house."""
    with committing():
        db.session.add(Staff(producer_id=cast.goods(WINE).producer_id, person_id=cast.id(handle),
                             role=role, shown_name=handle.title(), since=ago(9).date()))


def test_draft_second_read_and_publication(cast: Cast) -> None:
    """reviews-16: nobody outside sees a draft; the second read is another person's."""
    colleague(cast, "gina", "service")
    row = answered(cast, "cleo", False, words="Zu sauer für meinen Geschmack.")
    url = f"/ratings/{row.code}/reply"
    ana, gina, dan = (cast.browser(name) for name in ("ana", "gina", "dan"))
    assert cast.post(ana, url, words=KIND, step="draft").status_code == 303
    assert KIND not in dan.get(f"/products/{WINE}").get_data(as_text=True)
    assert cast.post(ana, url, step="read").status_code == 409
    assert KIND in gina.get("/studio/reviews").get_data(as_text=True)
    assert cast.post(gina, url, step="read").status_code == 303
    found = db.session.scalar(db.select(Reply).execution_options(populate_existing=True))
    assert found is not None
    assert (found.state, found.read_by, found.version) == ("read", cast.id("gina"), 0)
    db.session.rollback()
    assert cast.post(ana, url, words=KIND).status_code == 303
    page = dan.get(f"/products/{WINE}").get_data(as_text=True)
    assert KIND in page and own_role(cast.id("ana")).shown_name in page
    assert len(db.session.scalars(db.select(ReplyVersion)).all()) == 1


def test_draft_of_a_change_stands_beside_the_published_reply(cast: Cast) -> None:
    """A new draft does not take the published words away."""
    row = answered(cast, "cleo", False, words="Zu sauer für meinen Geschmack.")
    ana = cast.browser("ana")
    cast.post(ana, f"/ratings/{row.code}/reply", words=KIND)
    cast.post(ana, f"/ratings/{row.code}/reply", words="Noch ein Gedanke dazu.", step="draft")
    page = cast.browser("dan").get(f"/products/{WINE}").get_data(as_text=True)
    assert KIND in page and "Noch ein Gedanke" not in page


def test_only_staff_with_the_right_replies(cast: Cast) -> None:
    """Strangers and other houses 404, the role "shipping" 403, short words 422 and kept."""
    colleague(cast, "gina", "shipping")
    row = answered(cast, "cleo", False, words="Zu sauer für meinen Geschmack.")
    url = f"/ratings/{row.code}/reply"
    wanted = {"cleo": 404, "bert": 404, "max": 404, "olga": 404, "gina": 403}
    for who, status in wanted.items():
        assert cast.post(cast.browser(who), url, words=KIND).status_code == status, who
    assert db.session.scalars(db.select(Reply)).all() == []
    db.session.rollback()
    answer = cast.post(cast.browser("ana"), url, words="Kurz.")
    assert answer.status_code == 422 and ">Kurz.<" in answer.get_data(as_text=True)


def test_studio_shows_unanswered_first_oldest_critical_on_top(cast: Cast) -> None:
    """Spec 4: unanswered voices first, oldest critical on top; no field but the reply."""
    rows = {name: answered(cast, None, again, words=f"Stimme {name} sagt etwas dazu.")
            for name, again in (("neu", False), ("alt", False), ("lob", True), ("fertig", False))}
    for name, days in (("neu", 2), ("alt", 9), ("lob", 20), ("fertig", 30)):
        given(rows[name], days)
    with committing():
        reply(rows["fertig"].id, own_role(cast.id("ana")), cast.id("ana"), KIND, "de")
    page = cast.browser("ana").get("/studio/reviews").get_data(as_text=True)
    assert re.findall(r"<p>Stimme (\w+) sagt", page) == ["alt", "neu", "lob", "fertig"]
    main = page.split("<main")[1].split("</main>")[0]
    fields = set(re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', main))
    assert fields == {"csrf_token", "words", "changed"}
    assert set(re.findall(r'name="step" value="(\w+)"', main)) <= {"publish", "draft", "read"}
    assert "entschuldige dich" in main


def test_studio_shows_month_and_chosen_name_only(cast: Cast) -> None:
    """reviews-19: studio and its JSON reveal neither order nor name nor e-mail."""
    row = answered(cast, "cleo", False, words="Zu sauer für meinen Geschmack.", shown_as="buyer")
    ana = cast.browser("ana")
    number = db.session.scalar(db.text("SELECT number FROM orders"))
    db.session.rollback()
    for accept in ("text/html", "application/json"):
        for url in ("/studio/reviews", f"/studio/ratings/{row.code}", f"/ratings/{row.code}"):
            text = ana.get(url, headers={"Accept": accept}).get_data(as_text=True)
            assert "zu sauer" in text.lower()
            for secret in ("Cleo", "cleo", "example.org", str(number), "Feldweg"):
                assert secret not in text, (url, secret)
            assert not re.search(rf"\b{row.given_at.day}\. {'November'}", text)


def test_figures_are_public_from_five_on(cast: Cast) -> None:
    """reviews-22: answered share and median wait, from n = 5, beside pooled counts, never mixed."""
    rows = [answered(cast, None, False, words=f"Kritik {n} in ganzen Worten.") for n in range(4)]
    answered(cast, None, True, words="Lob in ganzen Worten, ohne Antwort.")
    producer = cast.goods(WINE).producer_id
    found = reply_figures(producer)
    assert (found.critical, found.shown, found.median_hours) == (4, False, None)
    rows.append(answered(cast, None, False, HAT and WINE, words="Kritik 5 in ganzen Worten."))
    db.session.rollback()
    for number, row in enumerate(rows):
        given(row, 10 + number)
        with committing():
            reply(row.id, own_role(cast.id("ana")), cast.id("ana"), KIND, "de")
    found = reply_figures(producer)
    assert (found.answered, found.critical, found.replies) == (5, 5, 5)
    assert found.median_hours is not None and round(found.median_hours / 24) == 12
    page = cast.app.test_client().get("/producers/weingut-kaltbach").get_data(as_text=True)
    assert "Antwortet öffentlich auf kritische Stimmen" in page
    assert "5 von 5" in page and "<b>1 von 6</b>" in page


def told(title: str) -> list[str]:
    """Who got a notice, and who a letter, of this kind."""
    notices = db.session.scalars(db.select(Person.handle).join(
        Notice, Notice.person_id == Person.id).where(Notice.title == title)).all()
    letters = db.session.scalars(db.select(Person.handle).join(
        Letter, Letter.person_id == Person.id).where(Letter.template == title)).all()
    return sorted(notices) + [f"letter to {name}" for name in sorted(letters)]


@pytest.mark.parametrize("again", [True, False])
def test_author_hears_of_reply_and_change_only_if_chosen(cast: Cast, again: bool) -> None:
    """reviews-25: "beantwortet" and "hat etwas geändert" reach nobody but who chose them, by the
    way they chose, after a yes as after a no; the letters read well in German.
    """
    with committing():
        for class_ in ("reply", "changed"):
            choose(cast.id("eva"), class_, "app", True)
            choose(cast.id("dan"), class_, "mail", True)
    for who in ("cleo", "eva", "dan"):
        row = answered(cast, who, again, words="Zu sauer für meinen Geschmack.")
        with committing():
            reply(row.id, own_role(cast.id("ana")), cast.id("ana"), KIND, "de",
                  "Wir keltern eine Woche später.")
    expected = ["eva", "letter to dan"]
    assert told("reply") == expected and told("changed") == expected
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        run_due()
    door = cast.app.extensions["doors"].mail
    mails = [door.read(name) for name in door.names()]
    assert any("wegen deiner Worte zu „Riesling vom Schiefer“ geändert" in str(mail)
               for mail in mails), mails


def test_change_stands_with_the_reply_and_is_told_once(cast: Cast) -> None:
    """reviews-25, R-002-2: in public below the words and in every version; the same said again
    tells nobody anew; without a change nobody is told of one.
    """
    with committing():
        choose(cast.id("eva"), "changed", "app", True)
    row = answered(cast, "eva", False, words="Zu sauer für meinen Geschmack.")
    ana, url = cast.browser("ana"), f"/ratings/{row.code}/reply"
    cast.post(ana, url, words=KIND)
    assert told("changed") == []
    long = cast.post(ana, url, words=KIND, changed="x" * 281)
    assert long.status_code == 422 and "280" in long.get_data(as_text=True)
    for _twice in range(2):
        done = cast.post(ana, url, words=KIND, changed="Wir keltern später: 0171 2345678.")
        assert done.status_code == 303
    page = cast.app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
    assert "Was sich deswegen geändert hat:" in page and "Wir keltern später" in page
    assert "2345678" not in page
    assert told("changed") == ["eva"]
    found = db.session.scalar(db.select(Notice.count).where(Notice.title == "changed"))
    assert found == 1
    versions = db.session.scalars(db.select(ReplyVersion.changed).order_by(ReplyVersion.n)).all()
    assert versions[0] == "" and versions[1].startswith("Wir keltern später")
