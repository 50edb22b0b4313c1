"""The end of a house: by its owner, with its name typed; what stays and what goes."""

from __future__ import annotations

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.producers.models import Producer, ProducerFollow, Staff
from tests.cast import Cast
from tests.stories.test_circle import order_by

HOUSE = "/producers/weingut-kaltbach"
WINE = "riesling-vom-schiefer"


def ended(cast: Cast, name: str = "Weingut Kaltbach") -> int:
    """Ana ends her house; the status of the answer."""
    return int(cast.post(cast.browser("ana"), "/studio/end", name=name).status_code)


def state() -> str:
    """The state of ana's house."""
    db.session.rollback()
    return str(db.session.scalar(db.select(Producer.state).where(
        Producer.slug == "weingut-kaltbach")))


def test_end_wants_the_name_and_the_owner(cast: Cast) -> None:
    """producers 3.10: another word ends nothing; whoever is no owner is refused."""
    assert ended(cast, "Weingut") == 422
    assert ended(cast, "") == 422
    assert cast.post(cast.browser("bert"), "/studio/end?producer=weingut-kaltbach",
                     name="Weingut Kaltbach").status_code == 404
    assert state() == "selling"


def test_ended_house_keeps_page_and_reviews_and_sells_nothing(cast: Cast) -> None:
    """producers-20: the page says so and stays with its reputation; goods go off sale; nobody
    follows and nobody acts for it any more; a second end finds nothing.
    """
    cleo = cast.browser("cleo")
    assert cast.post(cleo, f"{HOUSE}/follow", follow="yes").status_code == 303
    assert ended(cast, "weingut kaltbach") == 303
    assert state() == "ended"
    row = db.session.execute(db.select(Producer.ended_on, Producer.follower_count).where(
        Producer.slug == "weingut-kaltbach")).one()
    assert tuple(row) == (clock.today(), 0)
    assert db.session.scalar(db.select(db.func.count()).select_from(ProducerFollow)) == 0
    assert db.session.scalar(db.select(db.func.count(Staff.id)).where(
        Staff.until.is_(None), Staff.producer_id == cast.goods(WINE).producer_id)) == 0
    db.session.rollback()
    visitor = cast.app.test_client()
    html = visitor.get(HOUSE).get_data(as_text=True)
    assert "Dieses Haus hat aufgehört." in html
    assert visitor.get(f"{HOUSE}/reputation").status_code == 200
    assert visitor.get(f"/products/{WINE}").status_code == 200
    added = cast.post(visitor, "/basket/lines", variant=cast.goods(WINE).variant_id, qty="1")
    assert added.status_code in (404, 409)
    assert cast.browser("ana").get("/studio").status_code == 404


def test_open_orders_are_finished_before_the_people_leave(cast: Cast) -> None:
    """producers 3.10: with an open order ana still sends it; then her part ends by itself."""
    number = order_by(cast, cast.browser("cleo"), WINE)
    assert ended(cast) == 303
    ana = cast.browser("ana")
    for step in ("paid", "handed_over", "delivered"):
        assert ana.get("/studio/orders").status_code == 200
        sent = cast.post(ana, f"/studio/orders/{number}-1/{step}", age_check="carrier")
        assert sent.status_code == 303, step
    assert ana.get("/studio").status_code == 404


def test_following_works_and_a_pause_keeps_it(cast: Cast) -> None:
    """producers-20: follow and unfollow count once each; a paused house keeps page and followers.
    """
    cleo = cast.browser("cleo")
    for follow, count in (("yes", 1), ("yes", 1), ("no", 0), ("no", 0), ("yes", 1)):
        assert cast.post(cleo, f"{HOUSE}/follow", follow=follow).status_code == 303
        db.session.rollback()
        assert db.session.scalar(db.select(Producer.follower_count).where(
            Producer.slug == "weingut-kaltbach")) == count
    until = clock.today().replace(year=clock.today().year + 1).isoformat()
    assert cast.post(cast.browser("ana"), "/studio/pause", until=until, words="Umbau"
                     ).status_code == 303
    html = cast.app.test_client().get(HOUSE).get_data(as_text=True)
    assert "Umbau" in html and "1 Person folgt" in html
    assert cast.app.test_client().get(f"{HOUSE}/reputation").status_code == 200


def test_draft_that_ends_was_never_seen(cast: Cast) -> None:
    """A house that was never public stays nowhere."""
    from tests.producers.houses import SLUG, opened

    dan = opened(cast)
    assert cast.post(dan, "/studio/end", name="Mühle am Bach").status_code == 303
    assert cast.app.test_client().get(f"/producers/{SLUG}").status_code == 404
    assert "Mühle am Bach" not in cast.app.test_client().get("/producers").get_data(as_text=True)
