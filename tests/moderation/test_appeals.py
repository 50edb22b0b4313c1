"""Who may appeal, until when, who decides, and what a changed decision gives back."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from marketplace.dialogue.models import Post
from marketplace.foundation.database import committing, db
from marketplace.moderation.models import Appeal, AuditEntry, Decision, ModerationLogEntry
from marketplace.moderation.rules import appeal_until, chained, log_entry, results_of
from marketplace.people.models import Standing
from tests.cast import Cast
from tests.moderation.appealed import (
    appealed,
    decided,
    moderate,
    one,
    question,
    reported,
    settle,
)


@pytest.mark.parametrize(("decided_on", "last"), [
    (date(2026, 8, 31), date(2027, 2, 28)), (date(2027, 8, 31), date(2028, 2, 29)),
    (date(2026, 11, 30), date(2027, 5, 30)), (date(2026, 1, 15), date(2026, 7, 15))])
def test_six_months_end_on_the_same_day_or_the_last(decided_on: date, last: date) -> None:
    """moderation-9: the vector of the spec, 2026-08-31 -> 2027-02-28; a leap year; plain months."""
    assert appeal_until(decided_on) == last


def test_log_vector_of_an_appeal() -> None:
    """moderation-12: entries 1 and 2 of the spec have its hashes."""
    said = {"level": "no", "object": "rating_words", "reason": "personal_data"}
    first = log_entry(1, date(2026, 11, 2), "mod-7f3a", "decision", {**said, "measure": "remove"},
                      None)
    second = log_entry(2, date(2026, 11, 4), "mod-21c9", "appeal", {**said, "measure": "restore"},
                       1)
    one_hash = chained("0" * 64, first)
    assert one_hash == "b6fb96db26bfc59d8dcce52b2785468ec1dc2db1cf8ec463fe6514c6dc6acc41"
    assert chained(one_hash, second) == (
        "4986a73a8b3d39f04ea392566a5ed00d29806c6c7c015a3298eb0b863939fc44")


def test_what_was_kept_cannot_be_restored() -> None:
    """3, measures: `restore` is only the result of an appeal against something that was taken."""
    assert results_of("none", "bundle") == (
        "upheld", "hint", "label", "collapse", "hold", "remove")
    assert results_of("remove", "post") == ("upheld", "restore", "hint", "hold")


def test_author_reporter_and_producer_appeal_once_each(cast: Cast) -> None:
    """moderation-9: each of the three once; strangers see nothing; the second time is refused."""
    reported(cast, "dan", f"post/{question(cast)}")
    number = decided(cast, "none")
    for who in ("eva", "dan", "ana"):
        page = cast.browser(who).get(f"/moderation/decisions/{number}").get_data(as_text=True)
        assert 'name="words"' in page, who
        appealed(cast, who, number)
        again = cast.post(cast.browser(who), f"/moderation/decisions/{number}",
                          words="Noch einmal dasselbe Anliegen.")
        assert again.status_code == 409
    for who in ("gina", "bert", "cleo"):
        assert cast.browser(who).get(f"/moderation/decisions/{number}").status_code == 404
        assert cast.post(cast.browser(who), f"/moderation/decisions/{number}",
                         words="Ich habe auch eine Meinung.").status_code == 404
    rows = db.session.execute(sa.select(Appeal.side, Appeal.at, Appeal.due_at)).all()
    assert sorted(row.side for row in rows) == ["affected", "author", "reporter"]
    assert {(row.due_at - row.at).days for row in rows} == {14}
    assert one(sa.text("SELECT state FROM matters")) == "appealed"


def test_short_words_are_kept_and_nothing_is_filed(cast: Cast) -> None:
    """moderation-9: an appeal says what is wrong in own words; too short ones come back."""
    reported(cast, "dan", f"post/{question(cast)}")
    number = decided(cast)
    sent = cast.post(cast.browser("eva"), f"/moderation/decisions/{number}", words="Nein.")
    assert sent.status_code == 422 and ">Nein.</textarea>" in sent.get_data(as_text=True)
    assert one(sa.select(sa.func.count(Appeal.id))) == 0


def test_after_six_months_it_is_too_late(cast: Cast) -> None:
    """moderation-9: decided on 31 August 2026: on 28 February 2027 yes, on 1 March no."""
    with time_machine.travel(datetime(2026, 8, 31, 10, tzinfo=UTC), tick=False):
        reported(cast, "dan", f"post/{question(cast)}")
        number = decided(cast)
    with time_machine.travel(datetime(2027, 3, 1, 10, tzinfo=UTC), tick=False):
        late = cast.post(cast.browser("eva"), f"/moderation/decisions/{number}",
                         words="Das war Lob für die Flasche.")
        page = cast.browser("eva").get(f"/moderation/decisions/{number}").get_data(as_text=True)
        assert late.status_code == 409 and "was possible until" in page
        assert 'name="words"' not in page
    assert one(sa.select(sa.func.count(Appeal.id))) == 0
    with time_machine.travel(datetime(2027, 2, 28, 22, tzinfo=UTC), tick=False):
        appealed(cast, "eva", number)


def test_a_guest_appeals_by_the_link_of_the_report(cast: Cast, client: FlaskClient) -> None:
    """moderation-9: who reported without an account, by the secret link; another link opens
    nothing.
    """
    key = reported(cast, None, f"post/{question(cast)}", name="Uta Gast", email="uta@example.org",
                   good_faith="1")
    before = cast.post(client, f"/moderation/reports/{key}", words="Bitte noch einmal ansehen.")
    assert before.status_code == 404
    decided(cast, "none")
    assert 'name="words"' in client.get(f"/moderation/reports/{key}").get_data(as_text=True)
    sent = cast.post(client, f"/moderation/reports/{key}", words="Bitte noch einmal ansehen.")
    assert sent.status_code == 303
    assert cast.post(client, f"/moderation/reports/{key}", words="Und noch einmal, bitte."
                     ).status_code == 409
    row = db.session.execute(sa.select(Appeal)).scalar_one()
    assert (row.side, row.person_id) == ("reporter", None)
    page = client.get(f"/moderation/reports/{key}").get_data(as_text=True)
    assert row.number in page and 'name="words"' not in page


def test_first_decider_parties_and_tied_people_never_decide(cast: Cast) -> None:
    """moderation-8, moderation-9: not who decided first, who reported, who is tied to the author
    or the reporter, and not the operator while a moderator can; nothing changes by their tries.
    """
    reported(cast, "dan", f"post/{question(cast)}")
    number = decided(cast)
    appeal = appealed(cast, "eva", number)
    for who in ("dan", "gina", "cleo", "bert"):
        moderate(cast, who)
    assert cast.post(cast.browser("cleo"), "/members/eva/follow").status_code == 303
    assert cast.post(cast.browser("dan"), "/members/gina/follow").status_code == 303
    for who in ("max", "dan", "gina", "cleo"):
        page = cast.browser(who).get(f"/moderation/appeals/{appeal}").get_data(as_text=True)
        assert 'name="result"' not in page, who
        assert settle(cast, who, appeal) == 403, who
    assert settle(cast, "olga", appeal) == 403
    assert one(sa.select(Appeal.result)) is None and one(sa.select(Post.state)) == "hidden"
    moderate(cast, "bert", False)
    assert settle(cast, "olga", appeal) == 303
    assert one(sa.select(Appeal.decided_by)) == cast.id("olga")


def test_the_table_itself_refuses_the_first_decider(cast: Cast) -> None:
    """2: CHECK decided_by <> the first decider."""
    reported(cast, "dan", f"post/{question(cast)}")
    appealed(cast, "eva", decided(cast))
    with pytest.raises(IntegrityError), committing():
        db.session.execute(sa.text("UPDATE appeals SET decided_by = first_by, result = 'upheld', "
                                   "decided_at = at"))
    assert one(sa.select(Appeal.result)) is None


def test_two_decide_at_once_and_the_second_hears_it(cast: Cast) -> None:
    """6: the second gets 409; one result, one line of the log."""
    reported(cast, "dan", f"post/{question(cast)}")
    appeal = appealed(cast, "eva", decided(cast))
    moderate(cast, "gina")
    moderate(cast, "cleo")
    assert settle(cast, "gina", appeal, "upheld") == 303
    assert settle(cast, "cleo", appeal) == 409
    assert one(sa.select(Appeal.result)) == "upheld"
    assert one(sa.select(Post.state)) == "hidden"
    assert one(sa.select(sa.func.count(ModerationLogEntry.n))) == 2


def test_without_a_reason_nothing_is_decided(cast: Cast) -> None:
    """3: by a person, with a written reason; another measure needs its own ground."""
    reported(cast, "dan", f"post/{question(cast)}")
    appeal = appealed(cast, "eva", decided(cast))
    moderate(cast, "gina")
    assert settle(cast, "gina", appeal, facts="Nein.") == 422
    assert settle(cast, "gina", appeal, "remove") == 422
    assert settle(cast, "gina", appeal, "hold", reason="insult") == 422
    assert one(sa.select(Appeal.result)) is None and one(sa.select(Post.state)) == "hidden"


def test_changed_gives_back_and_stands_in_both_logs(cast: Cast, client: FlaskClient) -> None:
    """moderation-11: one line of kind appeal that names the first, without name or words; the
    table, CSV and page are equal; the operators' log has the reason; the measure is remembered
    against nobody.
    """
    code = question(cast)
    reported(cast, "dan", f"post/{code}")
    number = decided(cast)
    assert one(sa.select(Standing.upheld_at).where(Standing.person_id == cast.id("eva")))
    appeal = appealed(cast, "eva", number)
    moderate(cast, "gina")
    assert settle(cast, "gina", appeal) == 303
    assert one(sa.select(Post.state)) == "published"
    assert one(sa.select(Standing.upheld_at).where(Standing.person_id == cast.id("eva"))) is None
    entry = one(sa.select(ModerationLogEntry.entry).where(ModerationLogEntry.n == 2))
    assert {key: entry[key] for key in ("kind", "measure", "object", "of", "reason")} == {
        "kind": "appeal", "measure": "restore", "object": "post", "of": 1, "reason": "insult"}
    table = list(csv.DictReader(StringIO(client.get("/moderation/log.csv").get_data(as_text=True))))
    assert [(row["kind"], row["of"], row["measure"]) for row in table] == [
        ("appeal", "1", "restore"), ("decision", "", "remove")]
    page = client.get("/moderation/log?lang=en").get_data(as_text=True)
    assert "appeal about no. 1" in page and "eva" not in page and "Idioten" not in page
    acts = db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.n)).all()
    assert acts == ["decision.remove", "appeal.restore"]
    old, new = db.session.scalars(sa.select(Decision).order_by(Decision.id)).all()
    assert (old.replaced_by, new.measure, new.decided_by) == (new.id, "restore", cast.id("gina"))


def test_a_reporters_appeal_can_take_away_what_was_kept(cast: Cast) -> None:
    """moderation-9: nothing was done, the reporter appeals, another person removes it; now its
    author may appeal, the reporter not again.
    """
    reported(cast, "dan", f"post/{question(cast)}")
    number = decided(cast, "none")
    appeal = appealed(cast, "dan", number)
    moderate(cast, "gina")
    moderate(cast, "cleo")
    assert settle(cast, "gina", appeal, "remove", reason="insult",
                  milder_why="Er besteht nur daraus.") == 303
    assert one(sa.select(Post.state)) == "hidden"
    assert cast.post(cast.browser("dan"), f"/moderation/decisions/{number}",
                     words="Jetzt noch einmal von vorn.").status_code == 409
    again = appealed(cast, "eva", number)
    assert settle(cast, "gina", again) == 403 and settle(cast, "max", again) == 403
    assert settle(cast, "cleo", again) == 303
    assert one(sa.select(Post.state)) == "published"


def test_queue_shows_overdue_appeals_first(cast: Cast) -> None:
    """moderation-9: with their due day; the overdue one stands above."""
    with time_machine.travel(datetime(2026, 8, 1, 10, tzinfo=UTC), tick=False):
        reported(cast, "dan", f"post/{question(cast)}")
        old = appealed(cast, "eva", decided(cast))
    with time_machine.travel(datetime(2026, 8, 20, 10, tzinfo=UTC), tick=False):
        reported(cast, "dan", f"post/{question(cast, 'cleo')}")
        new = appealed(cast, "cleo", decided(cast))
        page = cast.browser("max").get("/moderation/appeals?lang=en").get_data(as_text=True)
        queue = cast.browser("max").get("/moderation?lang=en").get_data(as_text=True)
    assert page.index(old) < page.index(new)
    assert page.count("overdue since") == 1 and page.count("matter-overdue") == 1
    assert "/moderation/appeals" in queue
