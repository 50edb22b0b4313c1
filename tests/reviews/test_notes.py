"""A note of the producer in the parcel: read by the buyer alone, counted by delight."""

from __future__ import annotations

from marketplace.foundation.database import committing, db
from marketplace.orders.actions import deliver, hand_over, mark_paid
from marketplace.orders.models import OrderLine
from marketplace.reviews.actions import Answer, rate
from marketplace.reviews.queries.notes import delight_by_note
from tests.cast import Cast
from tests.orders.hands import number_of, part, placed

RED = "spaetburgunder-dorfkern"


def received(cast: Cast, who: str, note: str, delight: str | None) -> int:
    """Somebody gets a bottle and says how it was."""
    (one,) = placed(cast, (RED, 1), who=who)
    with committing():
        mark_paid(one, "system")
        hand_over(one, "Ana", note=note)
        deliver(one, "buyer")
    line = db.session.scalars(db.select(OrderLine.id).where(OrderLine.seller_order_id == one)).one()
    with committing():
        rate(line, Answer(True, delight=delight), cast.id(who))
    return one


def test_lines_with_a_note_are_counted_apart(cast: Cast) -> None:
    """reviews-30: two with a note (delighted, okay), one without (disappointed), one unanswered."""
    received(cast, "cleo", "Trink ihn am ersten kalten Abend.", "delighted")
    received(cast, "eva", "Danke für deine Geduld!", "okay")
    received(cast, "gina", "", "disappointed")
    one = received(cast, "max", "", None)
    db.session.rollback()
    assert delight_by_note(part(one).producer_id) == {
        True: {"delighted": 1, "okay": 1}, False: {"disappointed": 1}}


def test_only_the_buyer_reads_it(cast: Cast) -> None:
    """orders-33: written while handing over, on the buyer's order page, nowhere public."""
    (one,) = placed(cast, (RED, 1), who="cleo")
    with committing():
        mark_paid(one, "staff", "Ana")
    ana, words = cast.browser("ana"), "Grüß deine Mutter. <b>Ana</b>"
    assert 'name="note"' in ana.get("/studio/orders").get_data(as_text=True)
    sent = cast.post(ana, f"/studio/orders/{part(one).number}/handed_over", note=words)
    assert sent.status_code == 303
    page = cast.browser("cleo").get(f"/orders/{number_of(one)}").get_data(as_text=True)
    assert "Grüß deine Mutter. &lt;b&gt;Ana&lt;/b&gt;" in page
    assert "Grüß deine Mutter" not in cast.app.test_client().get(
        f"/products/{RED}").get_data(as_text=True)
