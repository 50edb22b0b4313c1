"""What a mail is, and what every mail door does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from typing import Protocol

FORM = policy.SMTP.clone(max_line_length=900)
"""Addresses in headers stay whole: a folded one would be encoded and no mail program reads it."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A PDF that goes with a letter."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter, ready to go; `message_id` is fixed before sending so that none goes twice."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    sender: str
    headers: Mapping[str, str] = field(default_factory=dict)
    enclosed: Sequence[Enclosed] = ()


class MailDoor(Protocol):
    """Sends one mail. Raises OutsideDown where it may work later."""

    def send(self, mail: Mail) -> None:
        """Hand the mail over."""

    def forget(self, to: str) -> None:
        """Let go of every mail to this address that still lies here."""


def composed(mail: Mail) -> EmailMessage:
    """The mail in the form of RFC 5322: text and HTML of the same words."""
    message = EmailMessage(FORM)
    message["From"], message["To"] = mail.sender, mail.to
    message["Subject"] = " ".join(mail.subject.split())
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    for paper in mail.enclosed:
        message.add_attachment(paper.body, maintype="application", subtype="pdf",
                               filename=paper.name)
    return message
