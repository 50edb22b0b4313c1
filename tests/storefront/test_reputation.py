"""Reputation, versions, figures and imprint of a producer; no link to a platform that closed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from marketplace.dialogue.actions import count_figures
from marketplace.dialogue.rules import nearest_rank
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.kept import forget
from marketplace.insights.rules.returning import came_back
from marketplace.producers.actions import keep_fact
from marketplace.producers.queries import Fact, facts_of
from marketplace.producers.rules.differences import difference
from tests.cast import Cast
from tests.stories.test_circle import order_by, send

HOUSE = "/producers/weingut-kaltbach"
WINE = "riesling-vom-schiefer"
WORDS = {"place": "Kaltbach", "region": "Mosel", "teaser_de": "Wein vom Schiefer."}
ROOT = Path(__file__).resolve().parents[2]


def look(cast: Cast, path: str) -> str:
    """What a visitor reads now."""
    forget()
    db.session.rollback()
    answer = cast.app.test_client().get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def rated(cast: Cast, who: str, again: str, words: str) -> str:
    """A member buys and answers; the code of the answer."""
    browser = cast.browser(who)
    number = order_by(cast, browser, WINE)
    send(cast, "ana", f"{number}-1")
    line = db.session.scalar(db.text("SELECT max(id) FROM order_lines"))
    db.session.rollback()
    sent = cast.post(browser, f"/orders/{number}/lines/{line}/rating", again=again, words=words,
                     stars="5" if again == "yes" else "2")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    code = db.session.scalar(db.text("SELECT code FROM ratings ORDER BY id DESC LIMIT 1"))
    db.session.rollback()
    return str(code)


def test_reputation_shows_voices_replies_and_open_criticism(cast: Cast) -> None:
    """producers-25: good and critical words with reply; the choice "without a reply" holds what is
    open; nothing removed, and the way to the public log.
    """
    rated(cast, "cleo", "yes", "Passt wunderbar zum Fisch, sehr klar.")
    code = rated(cast, "eva", "no", "Leider war die Flasche korkig.")
    html = look(cast, f"{HOUSE}/reputation")
    assert "Passt wunderbar zum Fisch" in html and "Leider war die Flasche korkig." in html
    assert "Riesling vom Schiefer" in html and "Hier wurde nichts entfernt." in html
    opened = look(cast, f"{HOUSE}/reputation?which=open")
    assert "korkig" in opened.split('id="voices"')[1]
    assert "Passt wunderbar" not in opened.split('id="voices"')[1].split("<aside")[0]
    assert cast.post(cast.browser("ana"), f"/studio/ratings/{code}", words="Das tut uns leid, wir "
                     "ersetzen die Flasche sofort.").status_code == 303
    html = look(cast, f"{HOUSE}/reputation")
    assert "ersetzen die Flasche sofort" in html
    assert "Jede kritische Stimme hat eine Antwort." in look(cast, f"{HOUSE}/reputation?which=open")


def removed(cast: Cast, kind: str, code: str, reason: str, measure: str = "remove") -> None:
    """Somebody reports it, max decides."""
    reported = cast.post(cast.browser("dan"), f"/moderation/report/{kind}/{code}", kind=reason,
                         words="Bitte ansehen.", step="send")
    assert reported.status_code == 200
    number = db.session.scalar(db.text("SELECT number FROM matters ORDER BY id DESC LIMIT 1"))
    db.session.rollback()
    done = cast.post(cast.browser("max"), f"/moderation/matters/{number}", reason=reason,
                     measure=measure, facts="Steht so im Text.",
                     milder_why="Der ganze Satz ist es.")
    assert done.status_code == 303, done.get_data(as_text=True)


def test_removed_content_is_counted_by_reason(cast: Cast) -> None:
    """producers-25, moderation-15: two answers with private data, one insulting post in a thread of
    the house: 2 and 1, without the words; what was decided to stand, and other houses' matters, are
    not among them; the tombstones stand among the voices.
    """
    for who, words in (("cleo", "Frau Kalt wohnt im Kellerweg 5."), ("eva", "Ihre Nummer ist 77.")):
        removed(cast, "rating", rated(cast, who, "no", words), "personal_data")
    for words, reason, measure in (("Nur Idioten keltern so.", "insult", "remove"),
                                   ("Der Wein ist trüb.", "false_fact", "none")):
        asked = cast.post(cast.browser("gina"), f"/threads/new?about={HOUSE}", kind="question",
                          title="Wie keltert ihr?", words=words, openness="public", step="send")
        assert asked.status_code == 303
        post = db.session.scalar(db.text("SELECT code FROM posts ORDER BY id DESC LIMIT 1"))
        db.session.rollback()
        removed(cast, "post", str(post), reason, measure)
    html = look(cast, f"{HOUSE}/reputation")
    part = html.split('id="removed"')[1].split("</section>")[0]
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in part.split("<li>")[1:]]
    told = [" ".join(row) for row in rows]
    assert [row.startswith(words) for row, words in zip(told, (
        "zeigt private Daten: Worte entfernt 2 Mal", "beleidigt jemanden: Worte entfernt 1 Mal"),
        strict=True)] == [True, True], told
    assert "Kellerweg" not in html and "Idioten" not in html and "/moderation/log" in part
    voices = html.split('id="voices"')[1].split("<aside")[0]
    assert voices.count("Die Worte wurden entfernt: zeigt private Daten.") == 2, voices
    assert "Hier wurde nichts entfernt." in look(cast, "/producers/nordgarn/reputation")


def test_versions_of_words_show_what_changed(cast: Cast) -> None:
    """producers-6: both versions with their day and the shown name; new and taken out words are
    marked; old promises stand with their days.
    """
    ana = cast.browser("ana")
    for version, words in ((0, "Seit 1720 keltern wir Wein."), (1, "Seit 1820 keltern wir Wein.")):
        assert cast.post(ana, "/studio/profile", **WORDS, story_de=words,
                         v_story_de=str(version)).status_code == 303
    assert cast.post(ana, "/studio/promises", answer_hours="4", dispatch_days="2"
                     ).status_code == 303
    html = look(cast, f"{HOUSE}/history")
    assert "<del>1720 </del><ins>1820 </ins>" in html
    assert len(re.findall(r"Fassung \d", html)) == 2 and "von Weingut Kaltbach" in html
    promises = html.split('class="ruled note"')[-1]
    assert "4 offenen Stunden" in promises and "8 offenen Stunden" in promises
    assert " bis " in promises


def test_difference_is_word_by_word() -> None:
    """producers-6: hand-made: one word changed, one added at the end, one taken out at the start.
    """
    assert difference("a b c", "a x c") == [("same", "a "), ("out", "b "), ("in", "x "),
                                            ("same", "c")]
    assert difference("a b", "a b c") == [("same", "a "), ("out", "b"), ("in", "b c")]
    assert difference("a b", "b") == [("out", "a "), ("same", "b")]
    assert difference("", "neu") == [("in", "neu")]
    assert "".join(words for kind, words in difference("ein alter Satz", "ein neuer Satz")
                   if kind != "out") == "ein neuer Satz"


def test_promise_and_reality_stand_in_one_line(cast: Cast) -> None:
    """producers-5, -6: 41 of 46 sent in time: .7696 to .9527 on tap; four cases are too few; a
    figure older than a week says so.
    """
    house, today = cast.goods(WINE).producer_id, clock.today()
    db.session.rollback()
    with committing():
        keep_fact(Fact(house, "dispatch_kept", today - timedelta(days=180), today, 46, 41,
                       41 / 46, .7696, .9527),
                  Fact(house, "came_back", today - timedelta(days=180), today, 4, 2, .5, .1, .9))
    html = look(cast, HOUSE)
    line = html.split("Versendet in 2 Werktagen")[1].split("</details>")[0] if \
        "Versendet in 2 Werktagen" in html else html
    assert re.search(r"<b>41 von 46</b>", line)
    assert re.search(r"77\s*%", line) and re.search(r"95\s*%", line)
    page = look(cast, f"{HOUSE}/reputation")
    assert "41 von 46" in page and "Käufer, die wiederkamen: bisher zu wenige Fälle" in page
    assert "2 von 4" not in page
    with time_machine.travel(clock.now() + timedelta(days=8)):
        assert "nicht berechnet seit" in look(cast, f"{HOUSE}/reputation")


def test_no_address_writes_a_figure(cast: Cast) -> None:
    """producers-5: no route names a fact; `keep_fact` is called by jobs' actions alone."""
    calls = {path.relative_to(ROOT).as_posix() for path in (ROOT / "marketplace").rglob("*.py")
             if re.search(r"\bkeep_fact\(", path.read_text("utf-8"))}
    assert calls == {"marketplace/producers/actions/facts.py",
                     "marketplace/reviews/actions/handing.py",
                     "marketplace/dialogue/actions/figures.py",
                     "marketplace/orders/actions/figures.py",
                     "marketplace/insights/actions/figures.py"}


def test_nearest_rank_counts_what_still_waits() -> None:
    """Spec dialogue: .5, 1, 1, 2, 3, 5, 8, 26 h and one unanswered since 40 h: median 3 h, nine of
    ten more than 40 h.
    """
    waits = [(hours, False) for hours in (.5, 1, 1, 2, 3, 5, 8, 26)] + [(40.0, True)]
    assert nearest_rank(waits, .5) == (3, False)
    assert nearest_rank(waits, .9) == (40, True)
    with pytest.raises(ValueError, match="nothing"):
        nearest_rank([], .5)


def test_figures_are_counted_from_threads(cast: Cast) -> None:
    """producers-5: six questions, five answered after one, two, two, three and four open hours:
    answered 5 of 6, median of all six 2 h.
    """
    house = cast.goods(WINE).producer_id
    begin = datetime(2027, 1, 12, 8, tzinfo=UTC)
    for n, hours in enumerate((1, 2, 2, 3, 4, None)):
        with time_machine.travel(begin + timedelta(minutes=n), tick=False):
            here = str(cast.post(cast.browser("cleo"), f"/threads/new?about={HOUSE}",
                                 kind="question", title=f"Frage Nummer {n}", openness="public",
                                 words=f"Was kostet das? {n}", step="send").location)
        if hours:
            with time_machine.travel(begin + timedelta(minutes=n, hours=hours), tick=False):
                assert cast.post(cast.browser("ana"), here, words=f"Antwort {n}."
                                 ).status_code == 303
    with time_machine.travel(begin + timedelta(hours=12), tick=False):
        db.session.rollback()
        with committing():
            count_figures([house])
        facts = facts_of([house])
    answered, half = facts[house, "answered"], facts[house, "first_answer_median"]
    assert (answered.k, answered.n) == (5, 6)
    assert (half.value, half.high, half.n) == (2, 2, 6)


def test_buyers_who_came_back() -> None:
    """producers 3.5: a second order 120 days after the first counts, a day later it does not."""
    first = clock.now()
    assert came_back([first, first + timedelta(days=120)])
    assert not came_back([first, first + timedelta(days=121)])
    assert not came_back([first])


@pytest.mark.parametrize("start", [f"/products/{WINE}", "/basket", "order"])
def test_imprint_is_two_clicks_away(cast: Cast, start: str) -> None:
    """producers-13: from product, basket and order; "trader" stands beside the name."""
    cleo = cast.browser("cleo")
    if start == "order":
        start = f"/orders/{order_by(cast, cleo, WINE)}"
    elif start == "/basket":
        cast.post(cleo, "/basket/lines", variant=cast.goods(WINE).variant_id, qty="1")
    html = cleo.get(start).get_data(as_text=True)
    assert "Unternehmer" in html or "gewerblich" in html or "Händler" in html
    links = set(re.findall(r'href="(/[^"#?]+)', html))
    here = f"{HOUSE}/imprint"
    near = here in links or any(
        here in cleo.get(link).get_data(as_text=True) for link in links
        if link.startswith("/producers/"))
    assert near, start


def test_imprint_says_what_the_law_asks(cast: Cast) -> None:
    """producers-13: § 5 DDG data, the sentence of § 36 VSBG, which follows the house's choice."""
    html = look(cast, f"{HOUSE}/imprint")
    for words in ("§ 5 DDG", "Dorfstraße 1", "weder bereit noch verpflichtet", "§ 36 VSBG"):
        assert words in html
    assert cast.post(cast.browser("ana"), "/studio/choices", voices_mail="none", arbitration="1"
                     ).status_code == 303
    assert "nimmt an Streitbeilegungsverfahren" in look(cast, f"{HOUSE}/imprint")


def test_no_link_to_the_closed_platform() -> None:
    """producers-13, L-18: the ODR platform closed on 2025-07-20; nothing links there."""
    wrong = []
    for top in ("templates", "marketplace", "static/js", "docs"):
        for path in (ROOT / top).rglob("*.*"):
            if path.suffix in (".html", ".txt", ".py", ".md", ".po", ".js"):
                text = path.read_text("utf-8").lower()
                if re.search(r"ec\.europa\.eu/(consumers/)?odr|webgate\.ec\.europa\.eu/odr", text):
                    wrong.append(str(path))
    assert not wrong
