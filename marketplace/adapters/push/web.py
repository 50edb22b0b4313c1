"""Web push: encrypted for the browser (RFC 8291), signed by the market (RFC 8292)."""

from __future__ import annotations

import os
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import urlsplit

import http_ece
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from marketplace.adapters.push.contract import (
    LASTS_SECONDS,
    PushGone,
    PushRefused,
    PushTarget,
)
from marketplace.foundation.database import outside_only
from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.meters import outside

TIMEOUT_SECONDS = 10
SIGNED_SECONDS = 12 * 3600
RETRY_SECONDS = 120
GONE, LATER = (404, 410), (408, 425, 429)


def fresh_key() -> str:
    """A new private key of the market (P-256), as ZURUF_PUSH_KEY takes it."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return _signs(number.to_bytes(32, "big"))


def _signs(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _raw(signs: str) -> bytes:
    return urlsafe_b64decode(signs + "=" * (-len(signs) % 4))


class WebPush:
    """Sends over HTTPS to the address that a browser got from its maker; follows no redirects."""

    def __init__(self, key: str, contact: str) -> None:
        self._signer = Vapid02.from_raw(key.encode())
        self._contact = contact
        self.public_key = _signs(self._signer.public_key.public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint))

    def send(self, to: PushTarget, message: bytes) -> None:
        """Hand over one message. Raises PushGone, PushRefused, OutsideDown."""
        outside_only("push")
        body = encrypted(to, message)
        with outside("push"):
            self._hand_over(to, body)

    def _hand_over(self, to: PushTarget, body: bytes) -> None:
        try:
            answer = requests.post(
                to.endpoint, data=body, timeout=TIMEOUT_SECONDS, allow_redirects=False,
                headers={**self._signed(to.endpoint), "Content-Encoding": "aes128gcm",
                         "Content-Type": "application/octet-stream", "TTL": str(LASTS_SECONDS)})
        except requests.RequestException as fault:
            raise OutsideDown("The push service does not answer.", RETRY_SECONDS) from fault
        _judge(answer.status_code)

    def _signed(self, endpoint: str) -> dict[str, str]:
        where = urlsplit(endpoint)
        headers: dict[str, str] = self._signer.sign({
            "aud": f"{where.scheme}://{where.netloc}", "sub": self._contact,
            "exp": int(time.time()) + SIGNED_SECONDS})
        return headers


def encrypted(to: PushTarget, message: bytes) -> bytes:
    """The message as only this browser can read it. Raises PushRefused where its keys are none."""
    try:
        return bytes(http_ece.encrypt(
            message, salt=os.urandom(16), private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=_raw(to.p256dh), auth_secret=_raw(to.auth), version="aes128gcm"))
    except (ValueError, http_ece.ECEException) as fault:
        raise PushRefused from fault


def _judge(status: int) -> None:
    """Source: RFC 8030, section 5 to 7."""
    if status in GONE:
        raise PushGone
    if status in LATER or status >= 500:
        raise OutsideDown("The push service asks to come later.", RETRY_SECONDS)
    if status >= 300:
        raise PushRefused
