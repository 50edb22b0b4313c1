"""What stands in a mail that somebody sends us. Pure but for the parts of a mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from html import unescape

BREAK = re.compile(r"<(?:br|/p|/div|/li|/blockquote|/tr)\b[^>]*>", re.I)
DROPPED = re.compile(r"<(style|script|head|blockquote)\b.*?</\1\s*>", re.I | re.S)
TAG = re.compile(r"<[^>]*>")
REPLY = re.compile(r"\+(\d{1,18})-(\d{1,18})-([0-9a-f]{20})@")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail: who sends it, to which addresses, its words without what it quotes, and whether a
    machine wrote it.
    """

    sender: str
    receivers: tuple[str, ...]
    words: str
    by_machine: bool


def read_mail(raw: bytes) -> Incoming:
    """The mail in these bytes."""
    mail = message_from_bytes(raw, policy=policy.default)
    receivers = [str(value) for name in ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
                 for value in mail.get_all(name, [])]
    senders = getaddresses([str(mail.get("From", ""))])
    return Incoming(senders[0][1].lower() if senders else "",
                    tuple(one.lower() for _name, one in getaddresses(receivers)),
                    own_words(_text(mail)), _by_machine(mail))


def _by_machine(mail: EmailMessage) -> bool:
    """Whether nobody wrote it: absence notes, lists and reports. Source: RFC 3834."""
    said = str(mail.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    return (said != "no" or mail.get_content_type() == "multipart/report"
            or str(mail.get("Precedence", "")).strip().lower() in ("bulk", "junk", "auto_reply")
            or str(mail.get("Return-Path", "")).strip() == "<>" or "X-Autoreply" in mail)


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        words = str(part.get_content())
    except LookupError:  # a character set that nobody knows
        words = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
    if part.get_content_type() == "text/html":
        words = unescape(TAG.sub("", BREAK.sub("\n", DROPPED.sub("", words))))
    return words.replace("\r\n", "\n").replace("\x00", "")


def own_words(text: str) -> str:
    """What somebody wrote, without the letter they answer, its header and their signature."""
    from mailparser_reply import EmailReplyParser

    replies = EmailReplyParser(languages=["de", "en"]).read(text=text).replies
    lines = (replies[0].body if replies else "").strip().splitlines()
    while lines and (lines[-1].startswith(">") or not lines[-1].strip()):
        lines.pop()
    return "\n".join(lines).strip()


def replied_to(receivers: tuple[str, ...]) -> tuple[int, int, str] | None:
    """Thread, person and signature of the first address that is one for answers."""
    found = next(filter(None, map(REPLY.search, receivers)), None)
    return (int(found[1]), int(found[2]), found[3]) if found else None
