"""Complaints and signals: rules, both sides, one case each, and the end by the buyer's click."""

from __future__ import annotations

import io
from datetime import date, timedelta
from hashlib import sha256

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from marketplace.dialogue.models import Case
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import deliver, hand_over, mark_paid
from marketplace.orders.actions.complaining import (
    NewComplaint,
    accept_offer,
    close,
    complain,
    decline_offer,
    offer,
    say,
    wait_for_buyers,
)
from marketplace.orders.models import Complaint, ComplaintStep, Order, OrderLine, Refund, Signal
from marketplace.orders.rules.complaints import KINDS, after, open_kinds
from tests.cast import Cast
from tests.orders.hands import number_of, part, placed

WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"
WORDS = "Eine Flasche war gebrochen, der Karton nass."


def test_what_can_be_complained_about() -> None:
    """orders 3.3, page table: nothing before dispatch; two years from delivery, 29 February too;
    disappointment only within the days of the seller's promise.
    """
    sent, came = date(2026, 3, 2), date(2026, 3, 4)
    assert open_kinds(None, None, came, 60) == ()
    assert open_kinds(sent, None, date(2026, 4, 1), None) == KINDS[:-1]
    assert open_kinds(sent, came, date(2026, 5, 3), 60) == KINDS
    assert open_kinds(sent, came, date(2026, 5, 4), 60) == KINDS[:-1]
    assert open_kinds(sent, came, date(2028, 3, 4), None) == KINDS[:-1]
    assert open_kinds(sent, came, date(2028, 3, 5), None) == ()
    assert open_kinds(sent, date(2028, 2, 29), date(2030, 3, 1), None) == ()


def test_what_may_follow_what() -> None:
    """orders 3.3: only what stands in the table; the second decline is a dispute."""
    assert after("offers", "open") == "offered" and after("silence", "offered") == "waiting"
    assert after("accepts", "waiting") == "accepted"
    assert (after("declines", "offered"), after("declines", "offered", 1)) == (
        "declined", "disputed")
    for act, state in (("accepts", "open"), ("declines", "accepted"), ("silence", "accepted"),
                       ("closes", "closed"), ("offers", "accepted"), ("staff_says", "closed")):
        assert after(act, state) is None, (act, state)


def sent(cast: Cast, *goods: tuple[str, int], who: str | None = "cleo") -> list[int]:
    """Parts that arrived."""
    parts = placed(cast, *goods, who=who)
    with committing():
        for one in parts:
            mark_paid(one, "system")
            hand_over(one, "Ana")
            deliver(one, "buyer")
    return parts


def opened(part_id: int, qty: int = 1, wish: str = "money", kind: str = "damaged") -> int:
    """A complaint about the first line."""
    db.session.rollback()
    line = db.session.scalar(sa.select(OrderLine.id).where(OrderLine.seller_order_id == part_id))
    db.session.rollback()
    with committing():
        return complain(part_id, NewComplaint(kind, wish, WORDS, {int(line or 0): qty})).id


def row(complaint_id: int) -> Complaint:
    """As it stands now."""
    db.session.rollback()
    return db.session.get_one(Complaint, complaint_id, populate_existing=True)


def test_one_event_one_case_with_owner_and_due_time(cast: Cast) -> None:
    """orders-9, dialogue-10: a complaint makes one case, the same sent twice too; the house's lead
    owns it; the seller's first word answers it.
    """
    (one,) = sent(cast, (WINE, 3))
    first = opened(one)
    assert opened(one) == first
    (case,) = db.session.scalars(sa.select(Case).where(Case.source == "complaint"))
    assert (case.source_id, case.state) == (first, "open") and case.owner_id and case.due_at
    with committing():
        say(first, "staff", "Ana", "Das tut uns leid.")
    assert db.session.scalar(sa.select(Case.state).where(Case.source == "complaint")) == "answered"
    assert row(first).state == "answered"


def test_offers_and_who_made_them_stay(cast: Cast) -> None:
    """orders-9, orders-10, dialogue: offer and facts of both sides are kept, with the name; what
    was said can be neither changed nor deleted.
    """
    (one,) = sent(cast, (WINE, 3))
    first = opened(one)
    for what, minor, field in (("gift", None, "offer"), ("part_refund", 0, "minor"),
                               ("part_refund", 10**6, "minor")):
        with pytest.raises(Invalid) as fault, committing():
            offer(first, what, minor, "", "Ana")
        assert list(fault.value.faults) == [field]
    with committing():
        offer(first, "part_refund", 500, "Als Ausgleich.", "Ana")
    with committing():
        decline_offer(first, "Zu wenig.")
    with committing():
        offer(first, "full_refund", None, "", "Ben")
    assert row(first).offer_minor == 1140
    with committing():
        accept_offer(first)
    (refund,) = db.session.scalars(sa.select(Refund))
    assert (refund.cause, refund.minor, refund.by_name) == ("complaint", 1140, "Ben")
    steps = [(s.actor, s.name, s.kind, s.minor) for s in db.session.scalars(
        sa.select(ComplaintStep).order_by(ComplaintStep.id))]
    assert steps == [
        ("buyer", None, "opened", None), ("staff", "Ana", "offered", 500),
        ("buyer", None, "declined", 500), ("staff", "Ben", "offered", 1140),
        ("buyer", None, "accepted", 1140)]
    db.session.rollback()
    for change in ("UPDATE complaint_steps SET words = 'anders'", "DELETE FROM complaint_steps"):
        with pytest.raises(sa.exc.DBAPIError), committing():
            db.session.execute(sa.text(change))


def test_only_the_buyer_says_how_it_ended(cast: Cast) -> None:
    """orders-10: an accepted offer does not solve anything by itself, nor do fourteen silent days;
    declined twice is a dispute; the end is the buyer's click, once.
    """
    (one,) = sent(cast, (WINE, 3))
    first = opened(one)
    with committing():
        offer(first, "replacement", None, "Kommt morgen.", "Ana")
        db.session.get_one(Complaint, first).state_at = clock.now() - timedelta(days=15)
        db.session.flush()
    with committing():
        assert wait_for_buyers() == 1
    with committing():
        assert wait_for_buyers() == 0
    assert (row(first).state, row(first).outcome) == ("waiting", None)
    with committing():
        decline_offer(first, "")
        offer(first, "repair", None, "", "Ana")
        decline_offer(first, "Nein.")
    assert (row(first).state, row(first).outcome) == ("disputed", None)
    with pytest.raises(Invalid), committing():
        close(first, "great")
    with committing():
        close(first, "partly")
    assert (row(first).state, row(first).outcome) == ("closed", "partly")
    with pytest.raises(Conflict), committing():
        close(first, "solved")
    with pytest.raises(Conflict), committing():
        offer(first, "repair", None, "", "Ana")


def test_bad_input_has_a_sentence_each(cast: Cast) -> None:
    """orders 6: every field at once; nothing before dispatch."""
    (one,) = sent(cast, (WINE, 1))
    with pytest.raises(Invalid) as fault, committing():
        complain(one, NewComplaint("disappointed", "x", "kurz", {}))
    assert sorted(fault.value.faults) == ["kind", "pieces", "wish", "words"]
    (two,) = placed(cast, (WINE, 1))
    with pytest.raises(Conflict), committing():
        complain(two, NewComplaint("damaged", "money", WORDS, {}))


def test_the_pages_of_both_sides(app: Flask, cast: Cast) -> None:
    """orders-10, R-002-4: form with photo beside the public answer, private; the seller answers
    and offers, the buyer takes it; another house finds nothing.
    """
    wine, _hat = sent(cast, (WINE, 2), (HAT, 1))
    number, sold = number_of(wine), part(wine).number
    cleo, ana, bert = (cast.browser(name) for name in ("cleo", "ana", "bert"))
    choose = cleo.get(f"/orders/{number}/complaint").get_data(as_text=True)
    assert f"/orders/{number}/complaint?part=2" in choose
    page = cleo.get(f"/orders/{number}/complaint?part=1").get_data(as_text=True)
    assert "/rating" in page and 'value="disappointed"' not in page
    path = f"/orders/{number}/parts/1/complaint"
    short = cast.post(cleo, path, words="kurz")
    assert short.status_code == 422 and ">kurz</textarea>" in short.get_data(as_text=True)
    shot = io.BytesIO()
    Image.new("RGB", (60, 60), "#8A2F3C").save(shot, "PNG")
    good = cast.post(cleo, path, kind="damaged", wish="money", words=WORDS,
                     photos=(io.BytesIO(shot.getvalue()), "karton.png"))
    assert good.status_code == 303, good.get_data(as_text=True)
    code = good.location.rsplit("#c-", 1)[1]
    assert WORDS in ana.get(f"/studio/orders/{sold}").get_data(as_text=True)
    assert code in ana.get("/studio").get_data(as_text=True)
    answer = f"/studio/orders/{sold}/complaints/{code}"
    assert cast.post(bert, answer, act="say", words="Hallo").status_code == 404
    assert cast.post(ana, answer, act="offer", offer="part_refund", sum="").status_code == 422
    assert cast.post(ana, answer, act="offer", offer="part_refund", sum="5,00").status_code == 303
    order = cleo.get(f"/orders/{number}").get_data(as_text=True)
    assert "5,00" in order and "Ana" in order
    act = f"/orders/{number}/complaints/{code}"
    assert cast.post(cast.browser("dan"), act, act="accept").status_code == 404
    for step in ("say", "accept", "close:solved"):
        assert cast.post(cleo, act, act=step, words="Danke.").status_code == 303, step
    assert cast.post(cleo, act, act="close:partly").status_code == 409
    assert db.session.scalar(sa.select(Refund.minor)) == 500
    run_due()


def test_three_signals_stand_together(cast: Cast, client: FlaskClient) -> None:
    """orders-8, orders-9: one tap at every step, a guest too; a double tap is one; three of one
    buyer are one entry in the studio; one answer reaches the buyer.
    """
    (one,) = placed(cast, (WINE, 1), who=None)
    number = number_of(one)
    with committing():
        db.session.execute(sa.update(Order).where(Order.number == number).values(
            guest_secret_hash=sha256(b"secret").hexdigest()))
    client.get(f"/orders/{number}?k=secret")
    tap = f"/orders/{number}/parts/1/signal"
    for step in (None, mark_paid, hand_over):
        if step is not None:
            db.session.rollback()
            with committing():
                step(one, "system")
        assert cast.post(client, tap).status_code == 303
        assert cast.post(client, tap).status_code == 303
    assert cast.post(client, tap, words="Der Karton ist offen.").status_code == 303
    assert [row.step for row in db.session.scalars(sa.select(Signal).order_by(Signal.id))] == [
        "awaiting_payment", "paid", "dispatched"]
    ana = cast.browser("ana")
    studio = ana.get("/studio").get_data(as_text=True)
    assert studio.count("#signals") == 2, "one entry, linked twice: its words and its button"
    assert "Der Karton ist offen." in studio
    sold = f"/studio/orders/{part(one).number}"
    assert cast.post(ana, f"{sold}/signals", words="").status_code == 422
    assert cast.post(ana, f"{sold}/signals", words="Wir schicken neu.").status_code == 303
    assert cast.post(ana, f"{sold}/signals", words="Noch eins.").status_code == 409
    assert "Wir schicken neu." in client.get(f"/orders/{number}").get_data(as_text=True)
    assert "#signals" not in ana.get("/studio").get_data(as_text=True)
