"""catalog-12: mails that name goods for adults say from which age they are handed over."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from marketplace.catalog.actions import correct
from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.jobs import run_due
from tests.cast import Cast
from tests.stories.test_circle import order_by, send

WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"
AGE = "Übergabe ab 16 Jahren"


def letters(cast: Cast, words: str) -> list[str]:
    """Every kept letter with these words in its text, as text and as HTML."""
    run_due()
    with time_machine.travel(clock.now() + timedelta(minutes=10)):
        run_due()
    mail = cast.app.extensions["doors"].mail
    read = [mail.read(name) for name in mail.names()]
    return [part for one in read if one and words in one.text for part in (one.text, one.html)]


def test_order_mail_lists_goods_with_their_age(cast: Cast) -> None:
    """catalog-12: what was ordered of whom; 16 stands at the wine, nothing at the hat."""
    cleo = cast.browser("cleo")
    cast.post(cleo, "/basket/lines", variant=cast.goods(HAT).variant_id, qty=1)
    number = order_by(cast, cleo, WINE, 2)
    both = letters(cast, "2 × Riesling vom Schiefer")
    assert len(both) == 2
    for words in both:
        assert words.count(AGE) == 1
        assert "1 × Mütze Deichwind" in words and f"{number}-1" in words
        part = words.partition("1 × Mütze Deichwind")[2]
        assert AGE in part
    wine = next(one for one in ("1", "2") if f"Weingut Kaltbach · {number}-{one}" in both[0])
    send(cast, "ana", f"{number}-{wine}")
    sent = letters(cast, f"Teil {number}-{wine} deiner Bestellung ist unterwegs")
    assert len(sent) == 2 and all(AGE in words for words in sent)


def test_mails_about_a_product_say_its_age(cast: Cast) -> None:
    """catalog-12: told of wine that can be had again and of a recommended one; a hat says none."""
    goods, hat, cleo = cast.goods(WINE), cast.goods(HAT), cast.browser("cleo")
    for one in (goods, hat):
        with committing():
            correct(one.variant_id, 0)
        assert cast.post(cleo, f"/products/{one.slug}/watch", kind="back").status_code == 303
        with committing():
            correct(one.variant_id, 5)
    told = letters(cast, "Riesling vom Schiefer")
    assert told and all(AGE in words for words in told)
    told = letters(cast, "Mütze Deichwind")
    assert told and not any("Übergabe ab" in words for words in told)
    assert cast.post(cast.browser("eva"), f"/products/{WINE}/recommend", audience="person",
                     handle="cleo", to="cleo", step="send", reason="Salty, made for fish."
                     ).status_code in (303, 422)
