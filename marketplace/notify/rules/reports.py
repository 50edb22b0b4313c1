"""What mail servers report of a letter: that it came back, waits, or was called a nuisance. Pure.

Sources: RFC 3464 (delivery status), RFC 3463 (status codes), RFC 5965 (feedback), RFC 6533.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string, policy
from email.message import Message

STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
MESSAGE_ID = re.compile(r"<[^<>\s]{1,200}>")
OF_THE_LETTER = frozenset(("2.2", "2.3", "3.4"))
"""Subject and detail of lasting faults that say nothing of the address: full, too long."""
NO_COMPLAINT = frozenset(("not-spam",))


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a letter: "hard" (the address does not work), "soft" (not now), "complaint";
    under which message ids it may be known here.
    """

    what: str
    message_ids: tuple[str, ...]


def read_report(raw: bytes) -> Report | None:
    """The report in a mail; None where it is none, or tells of nothing bad."""
    mail = message_from_bytes(raw, policy=policy.compat32)
    if mail.get_content_type() != "multipart/report":
        return None
    parts = list(_parts(mail))
    what = next(filter(None, map(_said, parts)), None)
    return Report(what, _ids(parts, mail)) if what else None


def _parts(mail: Message) -> Iterator[Message]:
    payload = mail.get_payload()
    return iter([one for one in payload if isinstance(one, Message)]
                if isinstance(payload, list) else [])


def _said(part: Message) -> str | None:
    kind = part.get_content_type()
    if kind in ("message/delivery-status", "message/global-delivery-status"):
        found = {_became(block) for block in _blocks(part)}
        return next((what for what in ("hard", "soft") if what in found), None)
    if kind == "message/feedback-report":
        types = [str(block.get("Feedback-Type", "")).strip().lower() for block in _blocks(part)]
        return "complaint" if any(one and one not in NO_COMPLAINT for one in types) else None
    return None


def _blocks(part: Message) -> list[Message]:
    """The blocks of fields in a report; servers send them bare or as a message of their own."""
    payload = part.get_payload()
    if isinstance(payload, list):
        inner = [one for one in payload if isinstance(one, Message)]
        return inner + [message_from_string(str(one.get_payload())) for one in inner
                        if isinstance(one.get_payload(), str)]
    return [message_from_string(block) for block in re.split(r"\r?\n\r?\n", str(payload))]


def _became(block: Message) -> str | None:
    """What became of a letter for one receiver."""
    action, code = str(block.get("Action", "")).strip().lower(), STATUS.search(
        str(block.get("Status", "")))
    if action == "delayed":
        return "soft"
    if action != "failed":
        return None
    if code is None:
        return "hard"
    lasting = code[1] == "5" and code[2] not in ("6", "7") \
        and f"{code[2]}.{code[3]}" not in OF_THE_LETTER
    return "hard" if lasting else "soft"


def _ids(parts: list[Message], mail: Message) -> tuple[str, ...]:
    """Message ids of the letter that is told of: of its copy, else of what the report answers."""
    found: list[str] = []
    for part in parts:
        kind, payload = part.get_content_type(), part.get_payload()
        if kind in ("message/rfc822", "message/global", "message/rfc822-headers") \
                and isinstance(payload, list):
            found += [str(one.get("Message-ID", "")) for one in payload
                      if isinstance(one, Message)]
        elif kind in ("text/rfc822-headers", "message/global-headers"):
            text = part.get_payload(decode=True)
            words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(payload)
            found.append(str(message_from_string(words).get("Message-ID", "")))
    found += [str(mail.get(name, "")) for name in ("In-Reply-To", "References")]
    return tuple(dict.fromkeys(one for words in found for one in MESSAGE_ID.findall(words)))
