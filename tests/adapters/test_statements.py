"""Reading bank statements: two versions of camt.053, CSV of three banks, and what is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from marketplace.adapters.statements import MOST_BYTES, StatementFault, read_statement

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
IBAN = "DE02120300000000202051"


def camt(entries: str, version: str = "08", kind: str = "053") -> bytes:
    """A statement of one account."""
    return (f'{HEAD}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version}">'
            f"<BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>{IBAN}</IBAN></Id></Acct>{entries}"
            "</Stmt></BkToCstmrStmt></Document>").encode()


def entry(amount: str, text: str, *, side: str = "CRDT", state: str = "<Cd>BOOK</Cd>",
          reference: str = "", currency: str = "EUR", more: str = "",
          party: str = "<Pty><Nm>Cleo</Nm></Pty>") -> str:
    """One entry with one payment in it."""
    bank = f"<AcctSvcrRef>{reference}</AcctSvcrRef>" if reference else ""
    return (f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>{more}'
            f"<Sts>{state}</Sts><BookgDt><Dt>2026-10-05</Dt></BookgDt>{bank}<NtryDtls><TxDtls>"
            f"<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr>{party}</Dbtr>"
            f"</RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>")


@pytest.mark.parametrize(("version", "state", "party"), [
    ("08", "<Cd>BOOK</Cd>", "<Pty><Nm>Cleo</Nm></Pty>"), ("02", "BOOK", "<Nm>Cleo</Nm>")])
def test_both_versions(version: str, state: str, party: str) -> None:
    """payments-10: states and names stand elsewhere in version 02 than in version 08."""
    read = read_statement(camt(
        entry("60.90", "RF17 K7M3 Q9TB 1", state=state, party=party, reference="B1")
        + entry("6.50", "Miete", side="DBIT", state=state)
        + entry("1.00", "later", state=state.replace("BOOK", "PDNG"))
        + entry("1.00", "francs", state=state, currency="CHF"), version))
    first, second = read.entries
    assert (first.minor, first.text, first.name, first.reference, first.booked_on) == (
        6090, "RF17 K7M3 Q9TB 1", "Cleo", "B1", date(2026, 10, 5))
    assert second.minor == -650 and second.reference == ""
    assert (read.account, read.pending, read.foreign) == (IBAN, 1, 1)


def test_a_batch_gives_each_payment_by_itself() -> None:
    """payments-10: 60.90 + 18.50 in one entry of 79.40; each has a key of its own."""
    body = ('<Ntry><Amt Ccy="EUR">79.40</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
            "<BookgDt><DtTm>2026-10-05T09:00:00</DtTm></BookgDt><AcctSvcrRef>B7</AcctSvcrRef>"
            "<NtryDtls>" + "".join(
                f'<TxDtls><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RmtInf><Strd>'
                f"<CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>"
                for amount, reference in (("60.90", "RF17K7M3Q9TB1"), ("18.50", "RF87K7M3Q9TB2")))
            + "</NtryDtls></Ntry>")
    read = read_statement(camt(body))
    assert [(one.minor, one.text, one.reference) for one in read.entries] == [
        (6090, "RF17K7M3Q9TB1", "B7/0"), (1850, "RF87K7M3Q9TB2", "B7/1")]


def test_what_the_bank_took_back() -> None:
    """payments 3.8: the reversal indicator."""
    read = read_statement(camt(entry("60.90", "RF17K7M3Q9TB1", side="DBIT",
                                     more="<RvslInd>true</RvslInd>")))
    assert read.entries[0].returned and read.entries[0].minor == -6090


def test_a_zip_of_days() -> None:
    """payments-10: several statements of one account in a ZIP."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("b.xml", camt(entry("2.00", "zwei")))
        made.writestr("a.xml", camt(entry("1.00", "eins")))
    assert [one.minor for one in read_statement(packed.getvalue()).entries] == [100, 200]


SPARKASSE = (
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";'
    '"Kundenreferenz (End-to-End)";"Beguenstigter/Zahlungspflichtiger";"Betrag";"Waehrung";'
    '"Info"\r\n'
    f'"{IBAN}";"05.10.26";"05.10.26";"GUTSCHR. UEBERWEISUNG";"RF17K7M3Q9TB1 Grüße";"";"Cleo";'
    '"1.060,90";"EUR";"Umsatz gebucht"\r\n'
    f'"{IBAN}";"05.10.26";"05.10.26";"GUTSCHRIFT";"später";"";"Cleo";"1,00";"EUR";'
    '"Umsatz vorgemerkt"\r\n').encode("cp1252")
DKB = (
    "\ufeffGirokonto;DE02 1203\n\nKontostand vom 06.10.2026:;12,00 €\n\n"
    '"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";'
    '"Verwendungszweck";"Betrag (€)"\n'
    '"05.10.2026";"05.10.2026";"Gebucht";"Cleo";"Hof";"RF17K7M3Q9TB1";"1060,90"\n').encode()
ENGLISH = (b"Date,Payer,Amount,Currency,Description\n"
           b'2026-10-05,Cleo,"1,060.90",EUR,RF17K7M3Q9TB1\n\n2026-10-05,Cleo,1.00,USD,other\n')


@pytest.mark.parametrize(("body", "pending", "foreign"), [
    (SPARKASSE, 1, 0), (DKB, 0, 0), (ENGLISH, 0, 1)])
def test_files_of_three_banks(body: bytes, pending: int, foreign: int) -> None:
    """payments-10: latin-1 with thousands, lines before the header, English decimals."""
    read = read_statement(body)
    assert [(one.minor, one.booked_on, one.name) for one in read.entries] == [
        (106090, date(2026, 10, 5), "Cleo")]
    assert "RF17K7M3Q9TB1" in read.entries[0].text
    assert (read.pending, read.foreign) == (pending, foreign)


def test_columns_that_a_person_names() -> None:
    """payments-10: an unknown bank's columns are offered, then used as chosen."""
    body = b"Tag;Summe;Wofuer;Wer\n05.10.2026;-6,50;R-4F7K2M9Q;Cleo\n"
    with pytest.raises(StatementFault) as fault:
        read_statement(body)
    assert fault.value.code == "columns"
    assert fault.value.args_["header"] == ["Tag", "Summe", "Wofuer", "Wer"]
    read = read_statement(body, {"date": "Tag", "amount": "Summe", "text": "Wofuer", "name": ""})
    assert [(one.minor, one.text) for one in read.entries] == [(-650, "R-4F7K2M9Q")]


BOMB = (f'{HEAD}<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
        "<Document>&b;</Document>").encode()
OUTSIDE = f'{HEAD}<!DOCTYPE x SYSTEM "file:///etc/passwd"><Document/>'.encode()


def zip_of(size: int) -> bytes:
    """A small file that unpacks to `size` bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(size // MOST_BYTES):
            made.writestr(f"{number}.xml", b"<" + b" " * (MOST_BYTES - 1))
        made.writestr("last.xml", b" " * (size % MOST_BYTES))
    return packed.getvalue()


@pytest.mark.parametrize(("body", "code"), [
    (b"", "empty"), (b"  \n", "empty"), (BOMB, "entities"), (OUTSIDE, "entities"),
    (b"<" + b" " * 6 * 1024 * 1024, "bytes"), (zip_of(51 * 1024 * 1024), "unpacked"),
    (b"PK\x03\x04 no zip", "broken_zip"), (camt("")[:-40], "broken_xml"),
    (camt("", kind="052"), "kind"), (b"<html></html>", "kind"),
    (b"\x89PNG\x00\x00", "no_statement"),
    (b"one;two\n", "no_statement"),
    (b"Date;Amount;Text\n" + b"2026-10-05;1,00;x\n" * 10_001, "entries"),
])
def test_what_is_refused(body: bytes, code: str) -> None:
    """payments-10: bombs, 6 MB, 51 MB unpacked, broken and foreign files, too many entries."""
    with pytest.raises(StatementFault) as fault:
        read_statement(body)
    assert fault.value.code == code


def test_broken_rows_are_named() -> None:
    """payments-10: rows 3 and 4 of the file; camt by the number of the entry."""
    with pytest.raises(StatementFault) as fault:
        read_statement(b"Date;Amount;Text\n2026-10-05;1,00;a\n31.02.2026;1,00;b\n2026-10-05;x;c\n")
    assert (fault.value.code, fault.value.args_["rows"]) == ("rows", [3, 4])
    with pytest.raises(StatementFault) as fault:
        read_statement(camt(entry("1.00", "a") + entry("1.005", "b")))
    assert (fault.value.code, fault.value.args_["rows"]) == ("rows", [2])
