"""Mail through an SMTP relay."""

from __future__ import annotations

import smtplib
import ssl

from marketplace.adapters.mail.contract import Mail, composed
from marketplace.foundation.database import outside_only
from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.meters import outside

TIMEOUT_SECONDS = 10


class MailRelay:
    """Hands mails to a relay, with STARTTLS where demanded."""

    def __init__(
        self, host: str, port: int, user: str = "", password: str = "", tls: bool = True
    ) -> None:
        self._host, self._port, self._user, self._password, self._tls = (
            host, port, user, password, tls)

    def forget(self, to: str) -> None:
        """Nothing lies here: what was handed over is with the relay."""

    def send(self, mail: Mail) -> None:
        """Send one mail. Raises OutsideDown when the relay does not take it now."""
        outside_only("mail")
        with outside("mail"):
            self._hand_over(mail)

    def _hand_over(self, mail: Mail) -> None:
        try:
            with smtplib.SMTP(self._host, self._port, timeout=TIMEOUT_SECONDS) as relay:
                if self._tls:
                    relay.starttls(context=ssl.create_default_context())
                if self._user:
                    relay.login(self._user, self._password)
                relay.send_message(composed(mail))
        except (OSError, smtplib.SMTPException) as fault:
            raise OutsideDown("The mail relay does not answer.", 60) from fault
