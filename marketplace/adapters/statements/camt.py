"""ISO 20022 statements, camt.053 in any of its versions.

Source: ISO 20022 message definitions camt.053.001.02 and .08; DK guidelines on remittance data.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from marketplace.adapters.statements.contract import (
    CURRENCY,
    MOST_BYTES,
    MOST_UNPACKED,
    BankEntry,
    Statement,
    StatementFault,
    counted,
)

NAMESPACE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:(camt\.\d{3})\.\d{3}\.\d{2}\}Document")
NO_REFERENCE = {"", "NONREF", "NOTPROVIDED"}
MOST_FILES = 400


@dataclass
class _Taken:
    """What was read so far."""

    entries: list[BankEntry] = field(default_factory=list)
    accounts: set[str] = field(default_factory=set)
    pending: int = 0
    foreign: int = 0


def read_xml(body: bytes) -> Statement:
    """The statement in an XML file. Raises StatementFault."""
    taken = _Taken()
    _read(body, taken)
    return _statement(taken)


def read_zip(body: bytes) -> Statement:
    """All statements in a ZIP, in the order of their names. Raises StatementFault."""
    taken = _Taken()
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            files = sorted((one for one in packed.infolist() if not one.is_dir()),
                           key=lambda one: one.filename)
            if not files:
                raise StatementFault("empty")
            if len(files) > MOST_FILES or sum(one.file_size for one in files) > MOST_UNPACKED:
                raise StatementFault("unpacked", most=MOST_UNPACKED, files=MOST_FILES)
            for one in files:
                with packed.open(one) as opened:
                    part = opened.read(MOST_BYTES + 1)
                if len(part) > MOST_BYTES:
                    raise StatementFault("bytes", most=MOST_BYTES)
                _read(part, taken)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as fault:
        raise StatementFault("broken_zip") from fault
    return _statement(taken)


def _statement(taken: _Taken) -> Statement:
    if len(taken.accounts) > 1:
        raise StatementFault("accounts")
    return Statement("camt.053", next(iter(taken.accounts), ""), counted(taken.entries),
                     taken.pending, taken.foreign)


def _read(body: bytes, taken: _Taken) -> None:
    try:
        root = fromstring(body, forbid_dtd=True)
    except DefusedXmlException as fault:
        raise StatementFault("entities") from fault
    except (ParseError, ValueError, LookupError) as fault:
        raise StatementFault("broken_xml", row=getattr(fault, "position", (0, 0))[0]) from fault
    kind = NAMESPACE.fullmatch(root.tag)
    if kind is None or kind.group(1) != "camt.053":
        raise StatementFault("kind", kind=kind.group(1) if kind else "")
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
    for statement in root.iterfind("./BkToCstmrStmt/Stmt"):
        taken.accounts |= {_text(statement, "Acct/Id/IBAN").replace(" ", "")} - {""}
        for entry in statement.iterfind("Ntry"):
            _entry(entry, taken)


def _entry(entry: Element, taken: _Taken) -> None:
    number = len(taken.entries) + taken.pending + taken.foreign + 1
    if (_text(entry, "Sts/Cd") or _text(entry, "Sts")) != "BOOK":
        taken.pending += 1
        return
    amount = entry.find("Amt")
    if amount is None or amount.get("Ccy") != CURRENCY:
        taken.foreign += 1
        return
    try:
        day = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm")
        booked = date.fromisoformat(day[:10])
        reference = _known(_text(entry, "AcctSvcrRef"))
        parts = list(_parts(entry))
        for place, (minor, part) in enumerate(parts):
            own = _known(_text(part, "Refs/AcctSvcrRef")) or (
                f"{reference}/{place}" if reference and len(parts) > 1 else reference)
            taken.entries.append(BankEntry(
                number, own[:140], booked, minor, _remittance(part, entry), _party(part, minor),
                _text(entry, "RvslInd") in ("true", "1")))
    except (ValueError, InvalidOperation) as fault:
        raise StatementFault("rows", rows=[number]) from fault


def _parts(entry: Element) -> Iterator[tuple[int, Any]]:
    """Signed amount and details of each payment in an entry; a batch has several.

    Where a batch does not tell the amount of each, it counts as one.
    """
    whole = _signed(_text(entry, "Amt"), _text(entry, "CdtDbtInd"))
    details = entry.findall("NtryDtls/TxDtls")
    if len(details) < 2:
        yield whole, details[0] if details else entry
        return
    given = []
    for one in details:
        amount = one.find("Amt") if one.find("Amt") is not None else one.find("AmtDtls/TxAmt/Amt")
        if amount is None or amount.get("Ccy") != CURRENCY:
            yield whole, entry
            return
        given.append((_signed(amount.text or "", _text(one, "CdtDbtInd")
                              or _text(entry, "CdtDbtInd")), one))
    yield from given


def _signed(amount: str, side: str) -> int:
    """Minor units, negative for a debit. Raises ValueError, InvalidOperation."""
    minor = Decimal(amount.strip()) * 100
    if minor != minor.to_integral_value() or not 0 <= minor <= 10**13:
        raise ValueError(amount)
    return {"CRDT": 1, "DBIT": -1}.get(side, 0) * int(minor) or _no_side(minor)


def _no_side(minor: Decimal) -> int:
    if minor:
        raise ValueError("neither credit nor debit")
    return 0


def _remittance(part: Element, entry: Element) -> str:
    """All words by which a payment may name what it is for."""
    found = [node.text or "" for node in part.iterfind("RmtInf/Ustrd")]
    for place in ("RmtInf/Strd/CdtrRefInf/Ref", "Refs/EndToEndId", "AddtlTxInf"):
        found += [node.text or "" for node in part.iterfind(place)]
    if part is entry or not any(found):
        found += [_text(entry, "AddtlNtryInf")]
    return " ".join(one for one in (word.strip() for word in found)
                    if one and one != "NOTPROVIDED")[:1000]


def _party(part: Element, minor: int) -> str:
    """Who is on the other side."""
    side = "Dbtr" if minor >= 0 else "Cdtr"
    return (_text(part, f"RltdPties/{side}/Pty/Nm") or _text(part, f"RltdPties/{side}/Nm"))[:140]


def _text(node: Any, path: str) -> str:
    found = node.find(path)
    return (found.text or "").strip() if found is not None else ""


def _known(reference: str) -> str:
    return "" if reference.upper() in NO_REFERENCE else reference
