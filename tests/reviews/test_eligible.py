"""Who may answer, on the page: goods in hands, one's own, and never the producer's people."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from marketplace.foundation.database import db
from marketplace.foundation.errors import NotYours
from marketplace.reviews.models import Rating, RatingVersion, Score
from tests.cast import Cast
from tests.reviews.hands import HAT, SECRET, WINE, bought, counts, say


def kept(cast: Cast) -> tuple[int, ...]:
    """How many rows an answer would change."""
    return tuple(db.session.scalar(db.select(db.func.count()).select_from(table)) or 0
                 for table in (Rating, RatingVersion, Score)) + counts(
                     cast.goods(WINE).product_id)


@pytest.mark.parametrize(("paid", "sent", "arrived", "status"), [
    (30, 20, 0.001, 303), (10, 7.01, None, 303), (10, 6.99, None, 403), (21.01, None, None, 303),
    (20.99, None, None, 403), (None, None, None, 403), (2, 1, None, 403)])
def test_each_date_opens_the_page(cast: Cast, paid: float | None, sent: float | None,
                                  arrived: float | None, status: int) -> None:
    """reviews-1: delivered; sent + 7 d; paid + 21 d where nothing was marked; else 403."""
    line = bought(cast, "cleo", paid=paid, sent=sent, arrived=arrived)
    cleo, before = cast.browser("cleo"), kept(cast)
    assert cleo.get(line.url).status_code == (200 if status == 303 else 403)
    assert cast.post(cleo, line.url, again="yes").status_code == status
    assert (kept(cast) == before) == (status == 403)


def test_order_with_other_goods_opens_nothing(cast: Cast) -> None:
    """reviews-1: 403 also when the order holds other goods; nothing changed."""
    mine, theirs = bought(cast, "cleo", HAT), bought(cast, "eva")
    cleo, before = cast.browser("cleo"), kept(cast)
    foreign = f"/orders/{mine.number}/lines/{theirs.id}/rating"
    for answer in (cleo.get(foreign), cast.post(cleo, foreign, again="yes")):
        assert answer.status_code == 403
    with pytest.raises(NotYours):
        say(cast, "cleo", theirs)
    db.session.rollback()
    assert kept(cast) == before


def test_strangers_do_not_learn_that_an_order_exists(cast: Cast, client: FlaskClient) -> None:
    """House: where existence is private, 404."""
    line = bought(cast, "cleo")
    for browser in (client, cast.browser("dan")):
        assert browser.get(line.url).status_code == 404
        assert cast.post(browser, line.url, again="yes").status_code == 404


def test_cancelled_lines_may_not_and_given_back_ones_may(cast: Cast) -> None:
    """Spec 3: withdrawn and refunded goods may be rated, cancelled before dispatch not."""
    from marketplace.foundation.database import committing
    from marketplace.orders.actions import declare_withdrawal

    cleo = cast.browser("cleo")
    gone = bought(cast, "cleo", HAT, cancelled=1, sent=None, arrived=None, paid=40)
    assert cast.post(cleo, gone.url, again="no").status_code == 403
    back = bought(cast, "cleo")
    with committing():
        declare_withdrawal("Cleo", "cleo@example.org", f"{back.number}-1", "")
    assert cast.post(cleo, back.url, again="no").status_code == 303
    assert counts(back.product_id) == (0, 1)


def test_own_people_and_goods_they_paid_are_refused(cast: Cast) -> None:
    """reviews-17: own staff gets 403; so does an order that the producer's people paid."""
    own = bought(cast, "ana")
    assert cast.post(cast.browser("ana"), own.url, again="yes").status_code == 403
    paid = bought(cast, "cleo", email="ana@example.org")
    answer = cast.post(cast.browser("cleo"), paid.url, again="yes")
    assert answer.status_code == 403
    assert "bezahlt" in answer.get_data(as_text=True)
    assert counts(own.product_id) == (0, 0)


def test_guest_answers_through_the_link(cast: Cast, client: FlaskClient) -> None:
    """Spec 4: guests answer through their order link, and only with it."""
    line = bought(cast, None)
    assert client.get(line.url).status_code == 404
    client.get(f"/orders/{line.number}?k=wrong")
    assert client.get(line.url).status_code == 404
    client.get(f"/orders/{line.number}?k={SECRET}")
    assert client.get(line.url).status_code == 200
    assert cast.post(client, line.url, again="yes").status_code == 303
    row = db.session.scalar(db.select(Rating))
    assert row is not None
    assert (row.person_id, row.guest_key, row.again) == (None, line.guest_key, True)
    assert cast.post(client, line.url, again="no").status_code == 303
    assert counts(line.product_id) == (0, 1)


def test_guest_with_another_address_is_another_buyer(cast: Cast) -> None:
    """A guest's key says whose line it is; a foreign key is refused."""
    one, other = bought(cast, None), bought(cast, None)
    with pytest.raises(NotYours):
        say(cast, None, type(one)(other.number, other.id, other.part_id, other.product_id,
                                  one.guest_key))


def test_nothing_lowers_the_weight_of_an_answer(cast: Cast) -> None:
    """reviews-26: trust level, block and mute change neither weight nor visibility."""
    from marketplace.foundation.database import committing
    from marketplace.people.actions import block
    from marketplace.people.models import Person

    with committing():
        db.session.execute(db.update(Person).where(Person.handle == "cleo").values(trust_level=0))
        block(cast.id("ana"), cast.id("cleo"))
    line = bought(cast, "cleo")
    cleo = cast.browser("cleo")
    assert cast.post(cleo, line.url, again="no").status_code == 303
    assert cast.post(cleo, line.url, words="Mir war er zu sauer, schade.").status_code == 303
    assert counts(line.product_id) == (0, 1)
    for who in ("ana", "dan"):
        page = cast.browser(who).get(f"/products/{WINE}").get_data(as_text=True)
        assert "zu sauer" in page
