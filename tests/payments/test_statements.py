"""Bank statements in the studio: looked into, taken once, every entry counted once."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html import unescape
from threading import Barrier

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from marketplace.foundation.codes import creditor_reference
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import cancel_part
from marketplace.orders.models import Refund
from marketplace.payments.actions import TakenEntry, TakenFile, count_entries, take_statement
from marketplace.payments.jobs import COUNT_AT_ONCE
from marketplace.payments.models import BankAccount, StatementEntry, StatementFile
from marketplace.payments.rules.matching import Owed
from marketplace.payments.rules.statements import Line, keys_of, meanings
from tests.cast import Cast
from tests.orders.hands import number_of, part, placed
from tests.payments.hands import RED, books

WHERE = "/studio/payments/statements"
DAY = "2026-10-05"


def csv_of(*entries: tuple[str, str, str]) -> bytes:
    """A statement of (amount, text, payer)."""
    return ("Date;Amount;Text;Payer\n" + "".join(
        f"{DAY};{amount};{text};{payer}\n" for amount, text, payer in entries)).encode()


def hand_in(cast: Cast, who: FlaskClient, body: bytes, **more: str) -> TestResponse:
    """Hand a file in."""
    return cast.post(who, WHERE, file=(io.BytesIO(body), "oktober.csv"), **more)


def take(cast: Cast, who: FlaskClient, look: TestResponse, **more: object) -> TestResponse:
    """Take what was looked into."""
    page = look.get_data(as_text=True)
    found = re.search(r'name="statement" value="([^"]+)"', page)
    assert found, page
    return cast.post(who, f"{WHERE}/take", statement=unescape(found.group(1)), **more)


def euros(minor: int) -> str:
    """6090 gives 60,90."""
    return f"{minor // 100},{minor % 100:02d}"


def test_paid_in_parts_too_much_and_too_late(cast: Cast) -> None:
    """payments-9, -23: each order stands as its entries say; what is over or late is owed back."""
    whole, parts, over, late = (placed(cast, (RED, 1))[0] for _ in range(4))
    total = part(whole).total_minor
    with committing():
        cancel_part(late, "buyer", None, "")
    assert part(late).state == "cancelled"
    ana = cast.browser("ana")
    look = hand_in(cast, ana, csv_of(
        (euros(total), part(whole).reference, "Cleo"),
        (euros(total - 90), part(parts).reference.lower(), "Cleo"),
        (euros(total + 10), f"Danke {part(over).reference}", "Cleo"),
        (euros(total), part(late).reference, "Cleo"), ("900,00", "Miete", "Frau M")))
    page = look.get_data(as_text=True)
    assert look.status_code == 200 and part(whole).number in page and "Miete" not in page
    assert part(whole).state == "awaiting_payment" and db.session.query(StatementFile).count() == 0
    taken = take(cast, ana, look)
    assert taken.status_code == 303
    assert part(whole).state == "paid"
    assert (part(parts).state, part(parts).paid_minor) == ("awaiting_payment", total - 90)
    assert (part(over).state, part(over).refunded_minor) == ("paid", 10)
    # the goods of the ended one are there again, so it goes on
    assert part(late).state == "paid"
    assert db.session.query(StatementEntry).count() == 4
    shown = ana.get(taken.location).get_data(as_text=True)
    assert part(parts).number in shown
    rest = hand_in(cast, ana, csv_of(("0,90", part(parts).reference, "Cleo")))
    take(cast, ana, rest)
    assert part(parts).state == "paid"
    assert sum(books().values()) == 0


def test_what_a_person_had_marked_as_paid(cast: Cast) -> None:
    """payments-9: the money is there by hand, then the bank tells of it: counted once, nothing goes
    back; the same amount once more is another payment and is owed back.
    """
    one = placed(cast, (RED, 1))[0]
    total, reference, ana = part(one).total_minor, part(one).reference, cast.browser("ana")
    assert cast.post(ana, f"/studio/orders/{part(one).number}/paid").status_code == 303
    look = hand_in(cast, ana, csv_of((euros(total), reference, "Cleo")))
    assert "schon gezählt" in look.get_data(as_text=True)
    take(cast, ana, look)
    assert (part(one).paid_minor, part(one).refunded_minor) == (total, 0)
    again = hand_in(cast, ana, csv_of((euros(total), reference, "Cleo"),
                                      (euros(total), f"{reference} again", "Cleo")))
    take(cast, ana, again)
    assert (part(one).paid_minor, part(one).refunded_minor) == (2 * total, total)


def test_the_same_file_and_files_that_overlap(cast: Cast) -> None:
    """payments-9: taken twice nothing changes; two equal payments of one day count twice."""
    one = placed(cast, (RED, 1))[0]
    reference, total = part(one).reference, part(one).total_minor
    ana = cast.browser("ana")
    body = csv_of((euros(total), reference, "Cleo"), (euros(total), reference, "Cleo"))
    take(cast, ana, hand_in(cast, ana, body))
    assert part(one).paid_minor == 2 * total and part(one).refunded_minor == total
    again = hand_in(cast, ana, body)
    assert again.status_code == 303
    wider = hand_in(cast, ana, body + f"{DAY};1,00;Miete;M\n".encode())
    assert 'name="statement" value=""' in wider.get_data(as_text=True)
    assert part(one).paid_minor == 2 * total


def test_two_tabs_take_one_file(cast: Cast) -> None:
    """payments-9: both previews are taken; the money is counted once."""
    one = placed(cast, (RED, 1))[0]
    ana = cast.browser("ana")
    body = csv_of((euros(part(one).total_minor), part(one).reference, "Cleo"))
    first, second = hand_in(cast, ana, body), hand_in(cast, ana, body)
    assert take(cast, ana, first).location == take(cast, ana, second).location
    assert part(one).paid_minor == part(one).total_minor
    assert db.session.query(StatementEntry).count() == 1


def test_one_file_taken_six_times_at_once(app: Flask, cast: Cast) -> None:
    """payments-9 under many hands: two files that overlap, three times each; counted once."""
    one = placed(cast, (RED, 1))[0]
    producer_id, total = part(one).producer_id, part(one).total_minor
    person, day = cast.id("ana"), date(2026, 10, 5)
    db.session.remove()
    start = Barrier(6)

    def take_it(number: int) -> int:
        start.wait(30)
        with app.app_context(), app.test_request_context(method="POST"), committing():
            file = take_statement(
                TakenFile(producer_id, str(number % 2) * 64, "csv", "", (day, day), {}, {}),
                [TakenEntry("key", day, total, "matched", one)], person, "Ana")
            count_entries(file, 10)
            return file

    with ThreadPoolExecutor(6) as pool:
        files = set(pool.map(take_it, range(6)))
    assert len(files) == 2
    assert part(one).paid_minor == total and part(one).state == "paid"
    assert db.session.query(StatementEntry).count() == 1


def test_a_person_confirms_what_only_names_the_order(cast: Cast) -> None:
    """payments-9: order number and amount fit: suggested; not confirmed, nothing is kept."""
    one, other = (placed(cast, (RED, 1))[0] for _ in range(2))
    ana = cast.browser("ana")
    body = csv_of((euros(part(one).total_minor), f"Bestellung {number_of(one)}", "Cleo"),
                  (euros(part(other).total_minor), f"Bestellung {number_of(other)}", "Cleo"))
    look = hand_in(cast, ana, body)
    keys = re.findall(r'name="yes" value="(\w+)"', look.get_data(as_text=True))
    assert len(keys) == 2
    take(cast, ana, look, yes=keys[0])
    assert part(one).state == "paid" and part(other).state == "awaiting_payment"
    rows = db.session.scalars(db.select(StatementEntry)).all()
    assert [(row.seller_order_id, row.confirmed) for row in rows] == [(one, True)]


def test_only_the_amount_fits(cast: Cast) -> None:
    """payments-9: listed in the preview, never kept."""
    one = placed(cast, (RED, 1))[0]
    ana = cast.browser("ana")
    page = hand_in(cast, ana, csv_of((euros(part(one).total_minor), "Wein", "Cleo Feld")))
    text = page.get_data(as_text=True)
    assert "Cleo Feld" in text and part(one).number in text
    assert 'name="statement" value=""' in text
    assert db.session.query(StatementFile).count() == 0


def test_a_refund_is_seen_leaving(cast: Cast) -> None:
    """payments-9: a debit with our code and the amount ends the refund."""
    one = placed(cast, (RED, 1))[0]
    total, ana = part(one).total_minor, cast.browser("ana")
    take(cast, ana, hand_in(cast, ana, csv_of((euros(total), part(one).reference, "Cleo"))))
    with committing():
        cancel_part(one, "seller", "Ana", "Frost")
    code = db.session.scalars(db.select(Refund.code)).one()
    wrong = hand_in(cast, ana, csv_of((f"-{euros(total - 1)}", f"R-{code}", "Cleo")))
    assert 'name="statement" value=""' in wrong.get_data(as_text=True)
    take(cast, ana, hand_in(cast, ana, csv_of((f"-{euros(total)}", f"R-{code}", "Cleo"))))
    db.session.rollback()
    assert db.session.scalars(db.select(Refund.state)).one() == "done"
    assert books() == {}


def test_many_entries_are_counted_in_the_background(cast: Cast) -> None:
    """payments 8: more than fit one transaction; the page tells how far it is."""
    one = placed(cast, (RED, 1))[0]
    reference, ana = part(one).reference, cast.browser("ana")
    many = COUNT_AT_ONCE + 20
    taken = take(cast, ana, hand_in(cast, ana, csv_of(*[("0,01", reference, "Cleo")] * many)))
    assert part(one).paid_minor == 0
    assert "<progress" in ana.get(taken.location).get_data(as_text=True)
    run_due()
    assert part(one).paid_minor == many
    assert "<progress" not in ana.get(taken.location).get_data(as_text=True)


def test_nothing_else_leaves_a_trace(cast: Cast) -> None:
    """payments-10, -33: no name, account or text of anybody is in the database."""
    one = placed(cast, (RED, 1))[0]
    ana = cast.browser("ana")
    take(cast, ana, hand_in(cast, ana, csv_of(
        (euros(part(one).total_minor), f"{part(one).reference} Geheimwort", "Zeuge Zufall"),
        ("12,00", "Arztrechnung", "Praxis"))))
    db.session.rollback()
    for row in (db.session.scalars(db.select(StatementFile)).one(),
                db.session.scalars(db.select(StatementEntry)).one()):
        said = " ".join(str(getattr(row, column.key)) for column in row.__table__.columns)
        assert not any(word in said for word in ("Zeuge", "Geheimwort", "Arzt", "Praxis"))
    assert db.session.scalars(db.select(StatementFile.counts)).one() == {
        "entries": 2, "known": 0, "other": 1, "taken": 1}


def test_refused_files_and_old_previews(cast: Cast) -> None:
    """payments-10: a sentence beside the field, nothing kept; another producer's token is none."""
    one = placed(cast, (RED, 1))[0]
    ana = cast.browser("ana")
    for body in (b"", b"Date;Amount;Text\n2026-13-05;1,00;x\n", b"\x00\x01"):
        answer = hand_in(cast, ana, body)
        assert answer.status_code == 422 and 'has-fault' in answer.get_data(as_text=True)
    assert cast.post(ana, f"{WHERE}/take", statement="tampered").status_code == 409
    look = hand_in(cast, ana, csv_of((euros(part(one).total_minor), part(one).reference, "C")))
    token = re.search(r'name="statement" value="([^"]+)"', look.get_data(as_text=True))
    assert token
    hat = cast.browser("bert")
    assert cast.post(hat, f"{WHERE}/take", statement=token.group(1)).status_code in (404, 409)
    assert part(one).state == "awaiting_payment"
    assert db.session.query(StatementFile).count() == 0


def test_the_columns_of_an_unknown_bank(cast: Cast) -> None:
    """payments-10: chosen once, remembered for the next file."""
    one, two = (placed(cast, (RED, 1))[0] for _ in range(2))
    ana = cast.browser("ana")

    def body(part_id: int) -> bytes:
        return (f"Tag;Summe;Wofuer\n05.10.2026;{euros(part(part_id).total_minor)};"
                f"{part(part_id).reference}\n").encode()

    asked = hand_in(cast, ana, body(one))
    assert asked.status_code == 422 and "<option>Wofuer</option>" in asked.get_data(as_text=True)
    take(cast, ana, hand_in(cast, ana, body(one), column_date="Tag", column_amount="Summe",
                            column_text="Wofuer"))
    take(cast, ana, hand_in(cast, ana, body(two)))
    assert part(one).state == part(two).state == "paid"


def test_a_statement_of_another_account(cast: Cast) -> None:
    """payments-10: an account that is not the producer's own is refused, named half."""
    placed(cast, (RED, 1))
    ana = cast.browser("ana")
    own = db.session.scalars(db.select(BankAccount.iban)).first()
    assert own and own != "DE02120300000000202051"
    answer = hand_in(cast, ana, b"Auftragskonto;Buchungstag;Betrag;Verwendungszweck\n"
                                b"DE02120300000000202051;05.10.2026;1,00;x\n")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "DE02 … 2051" in page
    assert "DE02120300000000202051" not in page


def line(minor: int, text: str, reference: str = "") -> Line:
    """An entry of that day."""
    return Line(1, reference, date(2026, 10, 5), minor, text, "Cleo", False)


def test_entries_of_one_file_follow_each_other() -> None:
    """payments-9 by hand: 60.90 open; 60.00 is a part, 0.90 completes it, 5.00 more is over."""
    ref = creditor_reference("K7M3Q9TB", 1)
    owed = {ref: Owed(1, ref, "K7M3Q9TB-1", "awaiting_payment", 6090, 6090)}
    found = meanings([line(6000, ref), line(90, ref), line(500, ref)], owed, {}, set())
    assert [(one.outcome, one.over_minor) for one in found] == [
        ("part", 0), ("matched", 0), ("over", 500)]


def test_keys() -> None:
    """payments 3.8: the bank's reference makes the key; without it equal ones are counted."""
    first, second, banked = line(1, "a"), line(1, "a"), line(1, "a", "B1")
    keys = keys_of([first, second, banked])
    assert len(set(keys)) == 3
    assert keys_of([first, second]) == keys[:2] and keys_of([banked]) == keys[2:]
