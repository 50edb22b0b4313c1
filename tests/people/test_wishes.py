"""What is told once is not asked again, belongs to its owner, and is used where it says."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid
from marketplace.people import actions
from marketplace.people.models import Person, Wish
from marketplace.people.queries import sizes_of, wish_words
from marketplace.people.rules.wishes import KINDS, wish_fault
from tests.cast import Cast
from tests.stories.test_circle import order_by


def into_basket(cast: Cast, who: FlaskClient) -> None:
    """A bottle."""
    goods = cast.goods("riesling-vom-schiefer")
    assert cast.post(who, "/basket/lines", variant=goods.variant_id, qty="1").status_code == 303


ADDRESS = {"name": "Cleo Winter", "street": "Deich 1", "postcode": "26506", "city": "Norden",
           "country": "DE", "email": "cleo@example.org"}


def at_delivery(cast: Cast, who: FlaskClient) -> str:
    """The page of delivery, after the contact."""
    into_basket(cast, who)
    sent = cast.post(who, "/checkout/contact", **ADDRESS)
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return who.get("/checkout/delivery?lang=en").get_data(as_text=True)


def test_delivery_wish_is_kept_by_a_tick_and_filled_in(cast: Cast) -> None:
    """people-13: unticked it is kept nowhere; ticked, the next checkout has it filled in."""
    cleo = cast.browser("cleo")
    page = at_delivery(cast, cleo)
    assert "Keep the wish for next time" in page
    assert 'name="keep_wish" value="1" checked' not in page
    note = f"note-{cast.goods('riesling-vom-schiefer').producer_id}"
    cast.post(cleo, "/checkout/delivery", **{note: "Beim Nachbarn", "born": "1980-01-01"})
    assert wish_words(cast.id("cleo"), "delivery") == ""
    cast.post(cleo, "/checkout/delivery", **{note: "Beim Nachbarn", "born": "1980-01-01",
                                             "keep_wish": "1"})
    assert wish_words(cast.id("cleo"), "delivery") == "Beim Nachbarn"
    with committing():
        db.session.execute(sa.text("DELETE FROM checkouts"))
    assert 'value="Beim Nachbarn"' in at_delivery(cast, cast.browser("cleo"))


def test_second_order_asks_for_no_address_again(cast: Cast) -> None:
    """people-13: the second order begins past the page of contact and address."""
    cleo = cast.browser("cleo")
    order_by(cast, cleo, "riesling-vom-schiefer")
    into_basket(cast, cleo)
    went = cast.post(cleo, "/checkout/begin")
    assert went.status_code == 303 and not went.location.endswith("/contact"), went.location
    page = cleo.get(went.location).get_data(as_text=True)
    assert 'name="street"' not in page and 'name="email"' not in page


def test_size_is_marked_and_chosen(cast: Cast) -> None:
    """people-13: a size told once is known by its folded words."""
    with committing():
        actions.tell_wish(cast.id("cleo"), "size", {"words": " M "})
        actions.tell_wish(cast.id("cleo"), "size", {"words": "42"})
    assert sizes_of(cast.id("cleo")) == {"m", "42"}
    assert sizes_of(cast.id("eva")) == frozenset()


def test_wishes_are_edited_deleted_and_say_where_they_are_used(cast: Cast) -> None:
    """people-14: each with "where used"; a foreign one is not found; the last word counts."""
    cleo = cast.browser("cleo")
    cast.post(cleo, "/account/wishes", kind="like", subject="wine", words="Trocken und salzig")
    page = cleo.get("/account/wishes?lang=en").get_data(as_text=True)
    assert "Trocken und salzig" in page and "Where is this used?" in page and "Only you see" in page
    wish = db.session.scalar(sa.select(Wish.id))
    db.session.rollback()
    assert cast.browser("eva").get(f"/account/wishes/{wish}").status_code == 404
    assert cast.post(cast.browser("eva"), f"/account/wishes/{wish}/drop").status_code == 404
    cast.post(cleo, f"/account/wishes/{wish}", kind="like", subject="wine", words="Leicht")
    assert db.session.scalar(sa.select(Wish.value))["words"] == "Leicht"
    cast.post(cleo, f"/account/wishes/{wish}/drop")
    assert db.session.scalar(sa.select(sa.func.count(Wish.id))) == 0
    for words in ("Beim Nachbarn", "In die Garage"):
        cast.post(cleo, "/account/wishes", kind="delivery", words=words)
    assert [value["words"] for value in db.session.scalars(sa.select(Wish.value))] == [
        "In die Garage"]


def test_no_producer_reads_a_wish(cast: Cast) -> None:
    """people-14: what somebody likes or expects stands on no page of a house, order or thread."""
    cleo = cast.browser("cleo")
    for kind in ("like", "expectation"):
        cast.post(cleo, "/account/wishes", kind=kind, words=f"Geheimer Wunsch {kind}")
    number = order_by(cast, cleo, "riesling-vom-schiefer")
    ana = cast.browser("ana")
    for path in ("/studio/orders", f"/studio/orders/{number}-1", "/members/cleo",
                 "/studio/orders.csv"):
        assert "Geheimer Wunsch" not in ana.get(path).get_data(as_text=True)
    asks = cleo.get("/asks/new").get_data(as_text=True)
    assert "Geheimer Wunsch like" in asks and "Geheimer Wunsch expectation" not in asks


@pytest.mark.parametrize(("answer", "goes"), [
    ("fits", "/account/wishes"), ("change", "/account/wishes"),
    ("less", "/account/notices/settings"), ("leave", "/account/close")])
def test_one_click_of_the_yearly_question(cast: Cast, answer: str, goes: str) -> None:
    """people-15: notes the look, or opens frequency or the closing page; nothing else changes."""
    cleo = cast.browser("cleo")
    cast.post(cleo, "/account/wishes", kind="like", words="Trocken")
    before = db.session.execute(sa.select(Wish.value, Wish.said_at, Wish.checked_at)).one()
    db.session.rollback()
    sent = cast.post(cleo, f"/account/check-in/{answer}")
    assert sent.location.split("?")[0] == goes
    after = db.session.execute(sa.select(Wish.value, Wish.said_at, Wish.checked_at)).one()
    assert after[:2] == before[:2]
    assert (after[2] > before[2]) == (answer in ("fits", "change"))
    assert db.session.scalar(sa.select(Person.state).where(Person.handle == "cleo")) == "active"
    assert cast.post(cleo, "/account/check-in/never").status_code == 422


def test_goal_moves_where_it_stands(cast: Cast) -> None:
    """people-15: the stored goal itself, and only that one."""
    cleo = cast.id("cleo")
    with committing():
        first = actions.tell_wish(cleo, "occasion", {"words": "Fisch am Freitag"})
        actions.tell_wish(cleo, "like", {"words": "Trocken"})
    sent = cast.post(cast.browser("cleo"), f"/account/wishes/{first}", kind="occasion",
                     words="Fisch am Sonntag")
    assert sent.status_code == 303
    got = sorted(value["words"] for value in db.session.scalars(sa.select(Wish.value)))
    assert got == ["Fisch am Sonntag", "Trocken"]


@pytest.mark.parametrize(("kind", "value", "fault"), [
    ("size", {"words": "M"}, None), ("budget", {"minor": 1500}, None),
    ("budget", {"minor": 0}, "amount"), ("budget", {"minor": 10_000_001}, "amount"),
    ("budget", {"words": "viel"}, "amount"), ("contact", {"words": "phone"}, "way"),
    ("contact", {"words": "mail"}, None), ("like", {"words": " "}, "words"),
    ("like", {"words": "x" * 301}, "long"), ("income", {"words": "x"}, "kind")])
def test_values_by_kind(kind: str, value: dict[str, object], fault: str | None) -> None:
    """2: each kind has its value."""
    assert wish_fault(kind, value) == fault


def test_every_kind_of_the_table_is_there(cast: Cast) -> None:
    """2: the nine kinds; another one is refused by the database too."""
    assert KINDS == ("like", "dislike", "size", "budget", "occasion", "delivery", "contact",
                     "expectation", "exit")
    with pytest.raises(Invalid), committing():
        actions.tell_wish(cast.id("cleo"), "mood", {"words": "x"})


def test_address_book_leaves_orders_alone(cast: Cast) -> None:
    """people-35: a change in the book leaves placed orders and points to their own form."""
    cleo = cast.browser("cleo")
    number = order_by(cast, cleo, "riesling-vom-schiefer")
    before = db.session.scalar(sa.text("SELECT ship_to FROM orders"))
    address = db.session.scalar(sa.text("SELECT max(id) FROM addresses"))
    db.session.rollback()
    page = cleo.get("/account/addresses?lang=en").get_data(as_text=True)
    assert "An order has a form of its own" in page
    sent = cast.post(cleo, f"/account/addresses/{address}", name="Cleo", lines="Anderswo 9",
                     postcode="10115", city="Berlin", country="DE", label="")
    assert sent.status_code == 303
    assert db.session.scalar(sa.text("SELECT ship_to FROM orders")) == before
    assert db.session.scalar(sa.text("SELECT city FROM addresses")) == "Berlin"
    assert cleo.get(f"/orders/{number}/address").status_code in (200, 303)


def test_orders_and_addresses_are_nobody_elses(cast: Cast) -> None:
    """people-7: under no setting do orders, basket or addresses appear to others."""
    cleo = cast.browser("cleo")
    number = order_by(cast, cleo, "riesling-vom-schiefer")
    cast.post(cleo, "/account/privacy", **{f"level-{name}": "everyone" for name in (
        "about", "region", "ratings", "recommendations", "bundles", "groups", "follows")})
    address = db.session.execute(sa.text("SELECT lines, postcode FROM addresses")).one()
    row = db.session.scalar(sa.text("SELECT max(id) FROM addresses"))
    db.session.rollback()
    for who in ("", "eva", "bert", "max"):
        client = cast.browser(who) if who else cast.app.test_client()
        page = client.get("/members/cleo").get_data(as_text=True)
        assert number not in page and address[0] not in page and address[1] not in page
        assert client.get(f"/orders/{number}").status_code == 404
        assert client.get(f"/account/addresses/{row}").status_code in (303, 404)


def test_wish_is_shown_by_a_tick_to_one_house_in_one_thread(cast: Cast) -> None:
    """people-14: the house of this thread reads what is ticked, nobody else and nowhere else;
    unticked or taken back it is gone; foreign wishes and threads of others are refused.
    """
    cleo, eva, ana = (cast.browser(who) for who in ("cleo", "eva", "ana"))
    cast.post(cleo, "/account/wishes", kind="size", words="Größe M")
    cast.post(cleo, "/account/wishes", kind="expectation", words="Bitte ehrlich")
    cast.post(eva, "/account/wishes", kind="like", words="Evas Sache")
    ids = dict(db.session.execute(sa.select(sa.cast(Wish.value, sa.String), Wish.id)).all())
    size, other = (next(i for words, i in ids.items() if part in words)
                   for part in ("M", "Evas"))
    db.session.rollback()
    paths = []
    for title in ("Passt das mir?", "Und dieses auch?"):
        sent = cast.post(cleo, "/threads/new?about=/producers/weingut-kaltbach", kind="question",
                         title=title, words=f"Was meint ihr: {title}", openness="public",
                         step="send")
        paths.append("/threads/" + str(sent.location).rsplit("/", 1)[1].split("#")[0])
    assert "Größe M" not in ana.get(paths[0]).get_data(as_text=True)
    assert cast.post(cleo, f"{paths[0]}/wishes", wish=[size, other]).status_code == 303
    assert "Größe M" in ana.get(paths[0]).get_data(as_text=True)
    for who, path in ((ana, paths[1]), (eva, paths[0]), (cast.app.test_client(), paths[0]),
                      (cast.browser("bert"), paths[0])):
        page = who.get(path).get_data(as_text=True)
        assert "Größe M" not in page and "ehrlich" not in page
    assert "Evas Sache" not in ana.get(paths[0]).get_data(as_text=True)
    assert cast.post(eva, f"{paths[0]}/wishes", wish=[other]).status_code == 403
    assert cast.post(cleo, f"/account/wishes/{size}/drop").status_code == 303
    assert "Größe M" not in ana.get(paths[0]).get_data(as_text=True)


def test_yearly_question_stands_where_the_wishes_stand(cast: Cast) -> None:
    """people-15, notify-28: a year after the last look, not a day before; told only to who turned
    it on, once, also if the work runs twice; one click and it is gone.
    """
    from marketplace.notify.actions import choose
    from marketplace.notify.jobs.tending import yearly
    from marketplace.notify.models import Notice

    people = {who: cast.browser(who) for who in ("cleo", "eva")}
    for one in people.values():
        cast.post(one, "/account/wishes", kind="like", words="Trocken")
    db.session.rollback()
    with committing():
        choose(cast.id("cleo"), "yearly", "app", True)
    for days, asked in ((364, False), (366, True)):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            db.session.rollback()
            yearly()
            yearly()
            cleo = cast.browser("cleo")
            assert ("Passt das noch?" in cleo.get("/account/wishes").get_data(
                as_text=True)) is asked
            db.session.rollback()
            assert list(db.session.execute(sa.select(Notice.person_id, Notice.count).where(
                Notice.title == "yearly"))) == ([(cast.id("cleo"), 1)] if asked else [])
            db.session.rollback()
            if asked:
                cast.post(cleo, "/account/check-in/fits")
                assert "Passt das noch?" not in cleo.get("/account/wishes").get_data(as_text=True)


def test_told_size_is_marked_on_the_page_of_goods(cast: Cast) -> None:
    """people-13: who told M reads that it is theirs where goods come in sizes; others do not."""
    from marketplace.catalog.actions import NewVariant
    from marketplace.catalog.actions.products import add_variant
    from marketplace.catalog.models import Product, Variant

    goods = cast.goods("fischerpullover")
    with committing():
        db.session.execute(sa.update(Variant).where(Variant.id == goods.variant_id)
                           .values(label_de="Größe M", label_en="Size M"))
        add_variant(db.session.get_one(Product, goods.product_id), NewVariant(
            "N-PUL-L", 14900, 5, 1, "piece", "Größe L", "Size L"), 2, cast.id("bert"))
        actions.tell_wish(cast.id("cleo"), "size", {"words": " m "})
    page = cast.browser("cleo").get("/products/fischerpullover").get_data(as_text=True)
    assert "Größe M · deine Größe" in page and "Größe L · deine Größe" not in page
    assert "deine Größe" not in cast.browser("eva").get("/products/fischerpullover").get_data(
        as_text=True)
