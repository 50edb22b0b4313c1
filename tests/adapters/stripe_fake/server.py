"""The address that answers like Stripe's: checked requests, kept keys, lost answers, pages."""

from __future__ import annotations

import json
import re
import socket
from threading import Thread
from typing import Any

from flask import Flask, Request, Response, redirect, request
from werkzeug.serving import make_server

from tests.adapters.stripe_fake.acts import ACTS
from tests.adapters.stripe_fake.hooks import Hooks
from tests.adapters.stripe_fake.typed import fault_of, nested, routes
from tests.adapters.stripe_fake.world import No, Thing, World

KEYS_FORGOTTEN = 86_400
DECLINED = {"4000000000000002": "card_declined", "4000000000009995": "insufficient_funds"}
ASKS, LATE, DISPUTED = "4000002500003155", "DE89370400440532013000", "4000000000000259"


class FakeStripe:
    """A running server. Use as a context; `url` is the base address for the client.

    `faults` holds (pattern of "VERB path", how) for coming requests: `before` loses the request,
    `after` the answer, `500` is an error that the key remembers; each is used once.
    """

    def __init__(self, secret: str = "whsec_test") -> None:
        self.world = World()
        self.hooks = Hooks(secret)
        self.world.tell = self.hooks.told
        self.faults: list[tuple[str, str]] = []
        self.asked: list[str] = []
        self._keys: dict[str, tuple[int, str, int, str]] = {}
        self._server = make_server("127.0.0.1", 0, self._app(), threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.world.things["_host"] = {"object": "_host", "url": self.url}

    def __enter__(self) -> FakeStripe:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.hooks.stop()
        self._server.shutdown()
        self._server.server_close()

    def _app(self) -> Flask:
        app = Flask("stripe_fake")
        app.add_url_rule("/<any(v1,v2):version>/<path:rest>", "api", self._api,
                         methods=["GET", "POST", "DELETE"])
        app.add_url_rule("/pay/<session_id>", "pay", self._pay, methods=["GET", "POST"])
        app.add_url_rule("/confirm/<session_id>", "confirm", self._confirm, methods=["POST"])
        app.add_url_rule("/onboard/<account_id>", "onboard", self._onboard,
                         methods=["GET", "POST"])
        return app

    def _api(self, version: str, rest: str) -> Response:
        path = f"/{version}/{rest}"
        self.asked.append(f"{request.method} {path}")
        how = self._planned(f"{request.method} {path}")
        if how == "before":
            return _cut(request)
        with self.world.lock:
            status, body = self._kept(version, path, how)
        if how == "after":
            return _cut(request)
        return Response(body, status, content_type="application/json")

    def _planned(self, line: str) -> str:
        for number, (pattern, how) in enumerate(self.faults):
            if re.search(pattern, line):
                del self.faults[number]
                return how
        return ""

    def _kept(self, version: str, path: str, how: str) -> tuple[int, str]:
        """The answer for this key: the first one again, for a day."""
        key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
        params = _params(request, version)
        print_of = f"{request.method} {path} {json.dumps(params, sort_keys=True)}"
        at, before, status, body = self._keys.get(key, (0, "", 0, ""))
        if key and at > self.world.now() - KEYS_FORGOTTEN:
            if before != print_of:
                refusal = No(400, "idempotency_key_in_use", "The key was used with other "
                             "parameters.", kind="idempotency_error")
                return refusal.status, json.dumps(refusal.body)
            return status, body
        if how == "500":
            status, body = 500, json.dumps({"error": {"type": "api_error", "message": "trouble"}})
        else:
            status, body = self._done(path, params)
        if key:
            self._keys[key] = (self.world.now(), print_of, status, body)
        return status, body

    def _done(self, path: str, params: Thing) -> tuple[int, str]:
        try:
            return 200, json.dumps(self._act(path, params))
        except No as refusal:
            return refusal.status, json.dumps(refusal.body)

    def _act(self, path: str, params: Thing) -> Thing:
        if not request.headers.get("Authorization", "").startswith("Bearer sk_test"):
            raise No(401, "", "Invalid API key.", kind="authentication_error")
        for verb, pattern, template in routes():
            found = pattern.match(path)
            if verb == request.method and found:
                break
        else:
            raise No(404, "", f"Unrecognized request URL ({request.method}: {path}).")
        fault = fault_of(verb, template, params)
        if fault is not None:
            raise No(400, fault[0], fault[2], fault[1])
        made = ACTS.get((verb, template))
        if made is None:
            raise No(501, "", f"{verb} {template} is real but not simulated")
        answer = dict(made(self.world, found.groups(), params))
        return _shown(self.world, answer, params.get("expand") or [])

    def _pay(self, session_id: str) -> Any:
        """What the payer sees: one field for a card, and what cards are for what."""
        with self.world.lock:
            session = self.world.get(session_id)
            total = f"{session['amount_total'] / 100:.2f} {session['currency'].upper()}"
            if session["status"] != "open":
                return _page("This page is closed", "")
            if request.method == "GET":
                return _page(f"Pay {total}", "<form method=post><label>Card "
                             "<input name=card></label><button>Pay</button></form>")
            card = "".join(request.form.get("card", "").split())
            if card in DECLINED:
                return _page("Your card was declined", "<a href=''>Again</a>")
            if card == ASKS:
                return _page("Is it you?", f"<form method=post action='/confirm/{session_id}'>"
                             "<button name=sure value=yes>Yes</button>"
                             "<button name=sure value=no>No</button></form>")
            return self._complete(session, card)

    def _confirm(self, session_id: str) -> Any:
        with self.world.lock:
            session = self.world.get(session_id)
            if request.form.get("sure") != "yes":
                return _page("Not confirmed", f"<a href='/pay/{session_id}'>Again</a>")
            return self._complete(session, ASKS)

    def _complete(self, session: Thing, card: str) -> Any:
        self.pay(session["id"], card)
        return redirect(session["success_url"], 303)

    def pay(self, session_id: str, card: str = "4242424242424242") -> Thing:
        """Somebody pays on a page; late methods leave it unpaid until `settle`."""
        with self.world.lock:
            session = self.world.get(session_id)
            inner = session["_inner"]
            intent = self.world.new(
                "pi", "payment_intent", amount=session["amount_total"], status="processing",
                currency=session["currency"], transfer_group=inner.get("transfer_group"),
                metadata=inner.get("metadata") or {}, latest_charge=None)
            session.update(status="complete", payment_intent=intent["id"])
            if card != LATE:
                charge = self.world.charge(intent)
                session["payment_status"] = "paid"
            self.world.emit("checkout.session.completed", session)
            if card == DISPUTED:
                self.world.dispute(charge)
            return session

    def settle(self, session_id: str, paid: bool) -> None:
        """A late method ends."""
        with self.world.lock:
            session = self.world.get(session_id)
            intent = self.world.get(session["payment_intent"])
            if paid:
                self.world.charge(intent)
                session["payment_status"] = "paid"
            else:
                intent["status"] = "requires_payment_method"
            self.world.emit("checkout.session.async_payment_"
                            + ("succeeded" if paid else "failed"), session)

    def _onboard(self, account_id: str) -> Any:
        if request.method == "POST":
            self.complete_account(account_id)
        return _page("Your account", "<form method=post><button>Complete</button></form>")

    def complete_account(self, account_id: str) -> None:
        """The producer gave everything that was missing."""
        self.world.get(account_id).update(transfers="active", missing=[])


def _params(asked: Request, version: str) -> Thing:
    if asked.method == "POST" and version == "v2":
        sent = asked.get_json(silent=True)
        return dict(sent) if isinstance(sent, dict) else {}
    source = asked.args if asked.method == "GET" else asked.form
    return nested((key, value) for key, value in source.items(multi=True))


def _shown(world: World, answer: Thing, expand: list[str]) -> Thing:
    """An answer without our notes, with the inner objects that were asked for."""
    shown = {key: value for key, value in answer.items() if not key.startswith("_")}
    for way in expand:
        here = shown
        for name in way.split("."):
            inner = here.get(name)
            if isinstance(inner, str) and inner in world.things:
                here[name] = dict(world.things[inner])
            if not isinstance(here.get(name), dict):
                break
            here = here[name]
    return shown


def _page(title: str, body: str) -> str:
    return f"<!doctype html><html lang=en><title>{title}</title><h1>{title}</h1>{body}</html>"


def _cut(asked: Request) -> Response:
    """Close the line, so that the asker hears nothing."""
    line: socket.socket | None = asked.environ.get("werkzeug.socket")
    if line is not None:
        line.shutdown(socket.SHUT_RDWR)
    return Response(status=500)
