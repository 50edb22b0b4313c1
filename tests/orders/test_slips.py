"""Packing slips: what lies in the parcel says nothing that is nobody's business."""

from __future__ import annotations

import re
import zlib

from marketplace.adapters.paper import Slip, SlipLine, packing_slips
from marketplace.foundation.database import db
from marketplace.payments.queries import balance
from tests.cast import Cast
from tests.orders.hands import part, placed

RED, HAT = "spaetburgunder-dorfkern", "muetze-deichwind"


def drawn(pdf: bytes) -> bytes:
    """Everything the pages draw."""
    found = b""
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:  # a packed stream whose last byte is a line's end loses that byte of its checksum here
            found += zlib.decompressobj().decompress(stream)
        except zlib.error:
            found += stream
    return found


def squares(pdf: bytes) -> int:
    """Dark runs of codes on the pages."""
    return len(re.findall(rb" re\s+f", drawn(pdf)))


def test_a_producer_prints_the_slip_of_an_own_part(cast: Cast) -> None:
    """orders-34, catalog-17, reviews-8: a PDF with the product's code; another house sees none."""
    one, _two = placed(cast, (RED, 2), (HAT, 1))
    path = f"/studio/orders/{part(one).number}/slip.pdf"
    given = cast.browser("ana").get(path)
    assert given.status_code == 200 and given.get_data().startswith(b"%PDF-")
    assert given.mimetype == "application/pdf" and squares(given.get_data()) > 100
    assert "no-store" in given.headers["Cache-Control"]
    assert cast.browser("bert").get(path).status_code == 404
    assert cast.browser("cleo").get(path).status_code == 404
    cast.post(cast.browser("ana"), f"/studio/orders/{part(one).number}/paid")
    assert path in cast.browser("ana").get("/studio/orders").get_data(as_text=True)


def slip(lines: int, warning: str = "") -> bytes:
    """A slip of so many different goods."""
    return packing_slips([Slip(
        "Lieferschein", "K7M3Q9TB-1", ["Hof A", "Weg 1"], ["Cleo", "Feldweg 3"],
        [SlipLine(1, f"Ware {n} mit einem langen Namen, der auf eine zweite Zeile reicht, sogar "
                     "noch etwas weiter", f"W7K3Q{n}", f"http://x/p/W7K3Q{n}")
         for n in range(lines)], warning, "Wie war es? Sag es allen.")])


def test_six_codes_at_most() -> None:
    """orders 4: up to six goods have theirs, of more goods one stands for all."""
    one = squares(slip(1))
    assert squares(slip(6)) > 5 * one
    assert squares(slip(7)) < 2 * one


def test_a_long_slip_goes_on(cast: Cast) -> None:
    """Sixty goods take several pages; the warning of age stands on it."""
    assert slip(60, "Ab 18").count(b"/Type /Page\n") >= 3
    assert len(slip(1, "Ab 18")) > len(slip(1))


def test_card_orders_are_not_marked_paid_by_hand(cast: Cast) -> None:
    """payments 3.2: who is paid through a service cannot say so alone; nothing changes."""
    (one,) = placed(cast, (RED, 1), method="stripe")
    ana, number = cast.browser("ana"), part(one).number
    assert "Das Geld ist da" not in ana.get("/studio/orders").get_data(as_text=True)
    assert cast.post(ana, f"/studio/orders/{number}/paid").status_code == 409
    db.session.rollback()
    assert part(one).state == "awaiting_payment"
    assert balance(f"producer:{part(one).producer_id}") == 0
