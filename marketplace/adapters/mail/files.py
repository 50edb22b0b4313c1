"""Mail as one .eml file each; works with nothing installed."""

from __future__ import annotations

import re
from email import policy
from email.parser import BytesParser
from pathlib import Path

from marketplace.adapters.mail.contract import FORM, Mail, composed
from marketplace.foundation import clock
from marketplace.foundation.database import outside_only


class MailFiles:
    """Writes mails into a folder; the same message is written once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, mail: Mail) -> None:
        """Write the mail unless its message id is there already."""
        outside_only("mail")
        self.folder.mkdir(parents=True, exist_ok=True)
        mark = re.sub(r"[^\w.-]", "", mail.message_id)
        if any(self.folder.glob(f"*-{mark}.eml")):
            return
        stamp = clock.now().strftime("%Y%m%d-%H%M%S-%f")
        path = self.folder / f"{stamp}-{mark}.eml"
        draft = path.with_suffix(".draft")
        draft.write_bytes(composed(mail).as_bytes(policy=FORM))
        draft.rename(path)

    def forget(self, to: str) -> None:
        """Delete every mail to this address."""
        outside_only("mail")
        for name in self.names(limit=1_000_000):
            mail = self.read(name)
            if mail is not None and mail.to.lower() == to.lower():
                (self.folder / name).unlink(missing_ok=True)

    def names(self, limit: int = 200) -> list[str]:
        """File names, newest first."""
        return sorted((path.name for path in self.folder.glob("*.eml")), reverse=True)[:limit]

    def read(self, name: str) -> Mail | None:
        """One written mail, or None."""
        path = self.folder / name
        if not re.fullmatch(r"[\w.-]{1,200}\.eml", name) or not path.is_file():
            return None
        message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        text, html = message.get_body(("plain",)), message.get_body(("html",))
        return Mail(
            to=str(message["To"]), subject=str(message["Subject"]), sender=str(message["From"]),
            message_id=str(message["Message-ID"]), text=text.get_content() if text else "",
            html=html.get_content() if html else "",
        )
