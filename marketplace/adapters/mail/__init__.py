"""Sending one prepared mail: as a file, or through an SMTP relay."""

from marketplace.adapters.mail.contract import Enclosed, Mail, MailDoor
from marketplace.adapters.mail.files import MailFiles
from marketplace.adapters.mail.smtp import MailRelay

__all__ = ["Enclosed", "Mail", "MailDoor", "MailFiles", "MailRelay"]
