"""payments-3: the process is killed at each point of section 6, started again, and all is right."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import cancel_part
from marketplace.orders.models import Refund
from marketplace.payments.jobs import ask_again, sweep
from tests.orders.hands import number_of, part
from tests.payments.hands import RED, Shop, books, held_rows

HERE = Path(__file__).resolve().parent.parent.parent
CHILD = """
import json, os, signal, sys
from marketplace import create_app
from marketplace.adapters.payment.stripe_connect.door import StripeConnect
from marketplace.foundation.database import db
from marketplace.foundation.jobs import run_due
from sqlalchemy import event

plan = json.load(sys.stdin)

def die():
    os.kill(os.getpid(), signal.SIGKILL)

asked = StripeConnect._call

def call(self, act):
    here = sys._getframe(1).f_code.co_name
    if plan["at"] == "before " + here:
        die()
    found = asked(self, act)
    if plan["at"] == "after " + here:
        die()
    return found

StripeConnect._call = call
app = create_app()
with app.app_context():
    @event.listens_for(db.engine, "after_cursor_execute")
    def look(conn, cursor, statement, parameters, context, many):
        if statement.startswith(plan["at"]):
            die()
    if plan["do"] == "jobs":
        run_due()
client = app.test_client()
if plan["do"] == "hook":
    client.post("/hooks/stripe", data=plan["body"], headers={"Stripe-Signature": plan["sign"]})
if plan["do"] == "pay":
    client.set_cookie("session", plan["cookie"])
    client.post(plan["path"], data={"csrf_token": plan["token"]},
                headers={"Sec-Fetch-Site": "same-origin"})
if plan["at"] == "end":
    die()
"""


def killed(shop: Shop, folder: Path, at: str, do: str, **more: Any) -> None:
    """Another process on the same database does something, and is killed at this point."""
    settings = shop.cast.app.config["ZURUF"]
    db.session.remove()
    env = {**{k: v for k, v in os.environ.items() if not k.startswith("ZURUF_")},
           "ZURUF_ENV": "test", "ZURUF_INSTANCE": str(folder), "ZURUF_DEMO": "on",
           "ZURUF_SECRET_KEY": settings.secret_key, "ZURUF_DATABASE_URL": settings.database_url,
           "ZURUF_PAYMENT": "bank_transfer,test_card,stripe", "ZURUF_STRIPE_KEY": "sk_test_x",
           "ZURUF_STRIPE_HOOKS": "whsec_test", "ZURUF_STRIPE_API": shop.fake.url,
           "ZURUF_RATE_LIMITS": "off", "ZURUF_URL": "http://localhost", "ZURUF_LOG_LEVEL": "error"}
    done = subprocess.run([sys.executable, "-c", CHILD], cwd=HERE, env=env, capture_output=True,
                          text=True, timeout=180, input=json.dumps({"at": at, "do": do, **more}))
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr


def later(rounds: int = 6) -> None:
    """The server runs again: its jobs, its sweeps, hour after hour."""
    for hour in range(1, rounds * 3, 3):
        with time_machine.travel(clock.now() + timedelta(hours=hour), tick=False):
            db.session.rollback()
            sweep()
            run_due()
    db.session.rollback()


def everything_is_right(shop: Shop, one: int) -> None:
    """One order state, one transfer, one refund; the book holds nothing; nothing is kept."""
    assert part(one).state == "cancelled"
    assert db.session.scalars(db.select(Refund.state)).one() == "done"
    world = shop.fake.world
    assert [len(world.all(kind)) for kind in ("checkout.session", "charge", "transfer",
                                              "transfer_reversal", "refund")] == [1] * 5
    said = books()
    assert f"buyer:{part(one).order_id}" not in said and f"held:{one}" not in said
    assert held_rows() == 0
    assert db.session.scalar(db.text("SELECT sum(reserved) FROM variants")) == 0


def cancelled(one: int) -> None:
    """The house cannot send it."""
    db.session.rollback()
    with committing():
        cancel_part(one, "seller", "Ute", "Frost")


@pytest.mark.slow
@pytest.mark.parametrize("at", ["before open_page", "after open_page"])
def test_killed_while_the_page_is_made(shop: Shop, folder: Path, at: str) -> None:
    """payments-3: after the commit, before the page; page made, its number not stored."""
    (one,) = shop.order((RED, 1))
    cleo, path = shop.cast.browser("cleo"), f"/orders/{number_of(one)}/pay/card"
    page = cleo.get(path.removesuffix("/card")).get_data(as_text=True)
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    cookie = cleo.get_cookie("session")
    assert cookie is not None
    killed(shop, folder, at, "pay", cookie=cookie.value, path=path, token=token)
    assert part(one).state == "awaiting_payment" and held_rows() == 1
    sent = shop.cast.post(cleo, path)
    assert sent.status_code == 303
    shop.fake.pay(sent.location.rsplit("/", 1)[1])
    shop.told()
    cancelled(one)
    later()
    everything_is_right(shop, one)


@pytest.mark.slow
@pytest.mark.parametrize("at", ["INSERT INTO payment_notices", "end"])
def test_killed_in_the_hook(shop: Shop, folder: Path, at: str) -> None:
    """payments-3: before its commit the provider repeats; after it the job waits."""
    (one,) = shop.order((RED, 1))
    shop.fake.pay(shop.page(one))
    event = next(e for e in shop.fake.world.events if e["type"] == "checkout.session.completed")
    body, sign = shop.fake.hooks.signed(event)
    killed(shop, folder, at, "hook", body=body.decode(), sign=sign)
    kept = db.session.scalar(db.text("SELECT count(*) FROM payment_notices"))
    assert kept == (at == "end") and part(one).state == "awaiting_payment"
    if not kept:
        shop.told()
    run_due()
    cancelled(one)
    later()
    everything_is_right(shop, one)


@pytest.mark.slow
@pytest.mark.parametrize("at", ["UPDATE seller_orders", "before hand_over", "after hand_over"])
def test_killed_while_it_is_applied_and_handed_over(shop: Shop, folder: Path, at: str) -> None:
    """payments-3: inside applying; paid, before the transfer; transfer made, not stored."""
    (one,) = shop.order((RED, 1))
    shop.fake.pay(shop.page(one))
    with time_machine.travel(clock.now() - timedelta(minutes=1), tick=False):
        client = shop.cast.app.test_client()
        while not shop.fake.hooks.waiting.empty():
            body, sign = shop.fake.hooks.signed(shop.fake.hooks.waiting.get_nowait())
            client.post("/hooks/stripe", data=body, headers={"Stripe-Signature": sign})
    killed(shop, folder, at, "jobs")
    later()
    assert part(one).state == "paid" and f"held:{one}" not in books()
    cancelled(one)
    later()
    everything_is_right(shop, one)


@pytest.mark.slow
@pytest.mark.parametrize("at", ["after take_back", "before refund", "after refund"])
def test_killed_while_it_goes_back(shop: Shop, folder: Path, at: str) -> None:
    """payments-3: taken back, not stored; taken back, not refunded; refunded, not stored."""
    (one,) = shop.paid(shop.order((RED, 1)))
    cancelled(one)
    killed(shop, folder, at, "jobs")
    later()
    everything_is_right(shop, one)


@pytest.mark.slow
def test_a_lost_message_while_the_server_was_away(shop: Shop) -> None:
    """payments-3: nobody told; the page is asked about, and the order is paid once."""
    (one,) = shop.order((RED, 1))
    shop.fake.pay(shop.page(one))
    shop.fake.hooks.waiting.queue.clear()
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        ask_again()
        run_due()
    cancelled(one)
    later()
    everything_is_right(shop, one)
