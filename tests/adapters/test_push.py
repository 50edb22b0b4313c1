"""The web push door against a push service on this machine that reads as a browser does."""

from __future__ import annotations

import os
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from marketplace.adapters.push import PushGone, PushRefused, PushTarget
from marketplace.adapters.push.web import WebPush, encrypted, fresh_key
from marketplace.foundation.errors import OutsideDown


def signs(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class Service:
    """A push service that keeps what came and answers as told."""

    def __init__(self) -> None:
        self.status, self.came = 201, []
        service = self

        class Take(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.came.append((dict(self.headers), body))
                self.send_response(service.status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Take)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.server.shutdown()
    made.server.server_close()


BROWSER, AUTH = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
KEY = fresh_key()


def target(service: Service) -> PushTarget:
    point = BROWSER.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return PushTarget(f"{service.address}/send/abc", signs(point), signs(AUTH))


def test_only_the_browser_reads_what_was_sent(service: Service) -> None:
    """notify-22: RFC 8291 out and back; the sign of the market is valid for this service only."""
    door = WebPush(KEY, "mailto:office@market.example.org")
    door.send(target(service), b'{"class": "answer", "path": "/threads/abc"}')
    (headers, body), = service.came
    assert b"threads" not in body and headers["Content-Encoding"] == "aes128gcm"
    assert headers["TTL"] == str(6 * 3600)
    assert http_ece.decrypt(body, private_key=BROWSER, auth_secret=AUTH, version="aes128gcm") == (
        b'{"class": "answer", "path": "/threads/abc"}')
    assert f"k={door.public_key}" in headers["Authorization"]
    assert Vapid02.verify(headers["Authorization"])
    with pytest.raises(http_ece.ECEException):
        http_ece.decrypt(body, private_key=ec.generate_private_key(ec.SECP256R1()),
                         auth_secret=AUTH, version="aes128gcm")


@pytest.mark.parametrize(("status", "fault"), [
    (404, PushGone), (410, PushGone), (429, OutsideDown), (503, OutsideDown),
    (400, PushRefused), (413, PushRefused), (302, PushRefused)])
def test_what_the_service_says_is_understood(
    service: Service, status: int, fault: type[Exception],
) -> None:
    """notify-22: gone, later and never again are three things; a redirect is not followed."""
    service.status = status
    with pytest.raises(fault):
        WebPush(KEY, "https://market.example.org").send(target(service), b"{}")
    assert len(service.came) == 1


def test_service_that_is_away_is_asked_later() -> None:
    """notify-22: nobody listens there."""
    gone = PushTarget("http://127.0.0.1:9/x", target_keys()[0], target_keys()[1])
    with pytest.raises(OutsideDown):
        WebPush(KEY, "https://market.example.org").send(gone, b"{}")


def target_keys() -> tuple[str, str]:
    point = BROWSER.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return signs(point), signs(AUTH)


def test_keys_that_are_none_are_refused() -> None:
    """notify-22: a point that is not on the curve."""
    with pytest.raises(PushRefused):
        encrypted(PushTarget("https://x", signs(b"\4" + bytes(64)), signs(AUTH)), b"{}")
