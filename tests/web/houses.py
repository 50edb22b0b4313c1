"""Examples of what stands in the studio of a house, made by its people."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

from marketplace.adapters.payment.contract import Disputed
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.payments.actions import (
    TakenEntry,
    TakenFile,
    count_entries,
    keep_disputes,
    take_statement,
)
from tests.cast import Cast

WINE = "riesling-vom-schiefer"


def a_lot(cast: Cast) -> int:
    """The vintage of the wine."""
    from marketplace.catalog.actions import NewLot, first_lot

    goods = cast.goods(WINE)
    db.session.rollback()
    with committing():
        return first_lot(goods.product_id, NewLot("2022", "vintage")).id


def a_stop(cast: Cast) -> int:
    """A lot that ana stopped."""
    from marketplace.catalog.actions import NewLot, first_lot, stop

    goods, ana = cast.goods("spaetburgunder-dorfkern"), cast.id("ana")
    db.session.rollback()
    with committing():
        lot_id = first_lot(goods.product_id, NewLot("2021", "vintage")).id
        stop(goods.product_id, "Der Kork schließt nicht.", lot_id, ana)
    found = db.session.scalar(db.text("SELECT max(id) FROM safety_stops"))
    db.session.rollback()
    return int(found)


def a_mention(cast: Cast) -> int:
    """What a newspaper says of the wine."""
    from marketplace.touchpoints.actions import note_mention

    olga = cast.id("olga")
    db.session.rollback()
    with committing():
        return note_mention({
            "about": f"/products/{WINE}", "url": "https://zeitung.example.org/riesling",
            "source": "Ahrbote", "published_on": "2026-05-04", "kind": "press", "mood": "praise",
            "excerpt": "Ein Riesling, der zuhört."}, olga).id


def an_import(cast: Cast) -> int:
    """Ana hands in a file with a row that lacks its price."""
    sent = cast.post(cast.browser("ana"), "/studio/import", mode="drafts",
                     file=(BytesIO(b"sku;title;category\nNEU-1;Neues Fass;white-wine"), "a.csv"))
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return int(sent.location.rsplit("/", 1)[1])


def a_dispute(number: str) -> int:
    """A bank asks about the payment of the order."""
    run_due()
    with committing():
        db.session.execute(db.text(
            "UPDATE payments SET charge = 'ch_places' WHERE order_id = "
            "(SELECT id FROM orders WHERE number = :number)"), {"number": number})
        keep_disputes("ch_places", [Disputed("dp_places", "open", 500, until=clock.now())])
    found = db.session.scalar(db.text("SELECT max(id) FROM disputes"))
    db.session.rollback()
    return int(found)


def a_statement(cast: Cast, number: str) -> int:
    """Ana's bank took something back; the file she handed in."""
    part_id = db.session.scalar(db.text("SELECT id FROM seller_orders WHERE number = :number"),
                                {"number": f"{number}-1"})
    day, ana = date(2026, 10, 5), cast.id("ana")
    producer_id = cast.goods(WINE).producer_id
    db.session.rollback()
    with committing():
        file = take_statement(
            TakenFile(producer_id, "0" * 64, "csv", "oktober.csv", (day, day), {}, {}),
            [TakenEntry("k", day, -100, "returned", part_id)], ana, "Ana")
        count_entries(file, 1)
    return file


def _link(cast: Cast) -> str:
    """Ana invites somebody to her house."""
    made = cast.post(cast.browser("ana"), "/studio/staff", step="invite", role="service")
    found = re.search(r"/studio/join/([\w-]+)", made.get_data(as_text=True))
    assert found
    return found.group(1)


def of_houses(cast: Cast) -> dict[str, dict[str, Any]]:
    """A confirmation with its document, a house without an owner, and an invitation."""
    proof, away, link = ({"evidence_id": _proof(cast)}, {"slug": _away(cast)},
                         {"secret": _link(cast)})
    return {"producers.proof": proof, "producers.proof_post": proof, "producers.document": proof,
            "producers.owner": away, "producers.owner_post": away, "producers.join": link,
            "producers.join_post": link}


def _proof(cast: Cast) -> int:
    """Ana's confirmation that waits for olga."""
    sent = cast.post(cast.browser("ana"), "/studio/evidence", kind="organic", issuer="ABCERT",
                     number="DE-ÖKO-006", until="2099-12-31",
                     document=(BytesIO(b"%PDF-1.7\n%%EOF\n"), "zertifikat.pdf"))
    assert sent.status_code == 303
    found = db.session.scalar(db.text("SELECT max(id) FROM evidence"))
    db.session.rollback()
    return int(found)


def _away(cast: Cast) -> str:
    """A house on whose behalf nobody acts any more; its address."""
    from marketplace.people.models import Subject
    from marketplace.producers.actions import go_public, open_producer, release_staff

    dan, subject = cast.id("dan"), db.session.scalar(db.select(db.func.min(Subject.id)))
    db.session.rollback()
    with committing():
        who = open_producer(dan, "alte-muehle", "Alte Mühle", subject or 0, "Rhön", "Bachtal",
                            "DE")
        go_public(who.id, "open")
        release_staff(who.id)
    return "alte-muehle"
