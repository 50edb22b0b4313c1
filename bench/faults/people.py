"""Guests who buy and sellers who send: what they ask is asked again when nobody answers."""

from __future__ import annotations

import http.client
import random
import re
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench.faults.houses import Good

PATIENCE_SECONDS, PAUSE_SECONDS = 180, .1
HIDDEN = re.compile(r'name="(attempt_key|shown_minor|basket_version|csrf_token)" value="([^"]*)"')
ADDRESS = {"name": "Kim Beispiel", "street": "Feldweg 3", "postcode": "10115", "city": "Berlin",
           "country": "DE"}


@dataclass(frozen=True)
class Heard:
    """What came back: status, where to go next, the page."""

    status: int
    to: str
    text: str


class Window:
    """A browser window: it keeps cookies and asks again after a broken line or a fault."""

    def __init__(self, url: str, cookies: Mapping[str, str] | None = None) -> None:
        self._host = urlsplit(url).netloc
        self._cookies = dict(cookies or {})
        self.again = 0

    def get(self, path: str) -> Heard:
        """A page."""
        return self._until_answered("GET", path, "")

    def post(self, path: str, **form: object) -> Heard:
        """A form that is sent until somebody answers."""
        return self._until_answered("POST", path, urlencode(form))

    def _until_answered(self, verb: str, path: str, body: str) -> Heard:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                heard = self._once(verb, path, body)
            except (OSError, http.client.HTTPException):
                heard = Heard(0, "", "")
            if heard.status and heard.status < 500:
                return heard
            self.again += 1
            time.sleep(PAUSE_SECONDS)
        words = re.sub(r"<[^>]+>", " ", heard.text.partition("<main")[2]).split()
        raise TimeoutError(f"{verb} {path}: {heard.status} {' '.join(words)[:300]}")

    def _once(self, verb: str, path: str, body: str) -> Heard:
        line = http.client.HTTPConnection(self._host, timeout=30)
        head = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items()),
                "Sec-Fetch-Site": "same-origin"}
        if verb == "POST":
            head["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(verb, path, body or None, head)
            answer = line.getresponse()
            text = answer.read().decode()
            for said in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = said.partition(";")[0].partition("=")
                self._cookies[name] = value
            return Heard(answer.status, answer.headers.get("Location") or "", text)
        finally:
            line.close()


@dataclass
class Attempt:
    """An order somebody wanted: its key, the sum they saw, and the number they were told."""

    key: str
    shown_minor: int
    number: str = ""


@dataclass
class Market:
    """Everything the people of one run share."""

    url: str
    fake: Any
    goods: Sequence[Good]
    sellers: Mapping[int, Window]
    parts_of: Any
    attempts: list[Attempt] = field(default_factory=list)
    again: int = 0


def buy(market: Market, number: int, chance: random.Random) -> None:
    """One guest: basket, steps, order, payment; sometimes a change of mind."""
    window = Window(market.url)
    method = "bank_transfer" if chance.random() < .2 else "stripe"
    for good in chance.sample(list(market.goods), chance.randint(1, 4)):
        window.post("/basket/lines", variant=good.variant_id, qty=chance.randint(1, 2))
    attempt = _order(window, market, number, method, chance)
    if attempt is not None and attempt.number:
        if method == "stripe":
            _pay(window, market, attempt.number, chance)
        else:
            _transfer(market, attempt.number, chance)
        if chance.random() < .4:
            _go_on(window, market, attempt.number, chance)
    market.again += window.again


def _order(window: Window, market: Market, number: int, method: str, chance: random.Random
           ) -> Attempt | None:
    token = dict(HIDDEN.findall(window.get("/checkout").text)).get("csrf_token", "")
    window.post("/checkout/contact", csrf_token=token, email=f"kim{number}@example.org", **ADDRESS)
    window.post("/checkout/delivery", csrf_token=token)
    window.post("/checkout/payment", csrf_token=token, method=method)
    hidden = dict(HIDDEN.findall(window.get("/checkout/review").text))
    if "attempt_key" not in hidden:
        return None
    attempt = Attempt(hidden["attempt_key"], int(hidden["shown_minor"]))
    market.attempts.append(attempt)
    times = 2 if chance.random() < .2 else 1
    with ThreadPoolExecutor(times) as pool:
        for heard in [one.result() for one in [
                pool.submit(window.post, "/checkout", **hidden) for _ in range(times)]]:
            found = re.search(r"/orders/([2-9A-Z]{8})", heard.to)
            attempt.number = found.group(1) if found else attempt.number
    return attempt


def _token(window: Window, path: str) -> str:
    return dict(HIDDEN.findall(window.get(path).text)).get("csrf_token", "")


def _pay(window: Window, market: Market, number: str, chance: random.Random) -> None:
    """To the page of the payment service, where most pay and some do not."""
    token = _token(window, f"/orders/{number}/pay")
    heard = window.post(f"/orders/{number}/pay/card", csrf_token=token)
    found = re.search(r"/pay/(cs_test_\w+)", heard.to)
    if found and chance.random() < .85:
        market.fake.pay(found.group(1))
        window.get(f"/orders/{number}/pay?back=1")


def _transfer(market: Market, number: str, chance: random.Random) -> None:
    """Each seller sees the money, most of them."""
    for part, producer_id, _state in market.parts_of(number):
        if chance.random() < .8:
            _step(market, producer_id, part, "paid")


def _step(market: Market, producer_id: int, part: str, step: str) -> None:
    seller = market.sellers[producer_id]
    token = _token(seller, "/studio/orders")
    seller.post(f"/studio/orders/{part}/{step}", csrf_token=token)


def _go_on(window: Window, market: Market, number: str, chance: random.Random) -> None:
    """The seller sends or cancels, or the buyer cancels, as soon as it is paid."""
    until = time.monotonic() + 2
    while time.monotonic() < until and not any(
            state == "paid" for _part, _producer, state in market.parts_of(number)):
        time.sleep(.1)
    if chance.random() < .3:
        token = _token(window, f"/orders/{number}")
        window.post(f"/orders/{number}/cancel", csrf_token=token)
        return
    for part, producer_id, state in market.parts_of(number):
        if state == "paid":
            steps = ("cancel",) if chance.random() < .3 else ("handed_over", "delivered")
            for step in steps:
                _step(market, producer_id, part, step)
