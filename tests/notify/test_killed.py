"""notify-29: the sender is killed before and after the door, and starts again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from marketplace.adapters.doors import doors
from marketplace.foundation.database import db
from marketplace.foundation.jobs import run_due
from marketplace.notify.models import Letter
from tests.cast import Cast
from tests.notify.test_sending import became, leave, write

HERE = Path(__file__).resolve().parent.parent.parent
CHILD = """
import os, signal, sys
from marketplace import create_app
from marketplace.adapters.mail import MailFiles
from marketplace.notify.jobs.sending import send

whole = MailFiles.send

def handed(self, mail):
    if sys.argv[1] == "after":
        whole(self, mail)
    os.kill(os.getpid(), signal.SIGKILL)

MailFiles.send = handed
with create_app().app_context():
    send(int(sys.argv[2]))
"""


@pytest.mark.slow
@pytest.mark.parametrize(("at", "there"), [("before", 0), ("after", 1)])
def test_a_killed_sender_neither_loses_nor_doubles_a_letter(
    app: Flask, cast: Cast, at: str, there: int
) -> None:
    """notify-29: kill -9 between door and commit: the letter still waits, and goes once."""
    run_due()
    before = set(doors().mail.names())
    write(cast, "dispatch")
    number = db.session.scalars(db.select(Letter.id).where(Letter.class_ == "dispatch")).one()
    db.session.remove()
    settings = app.config["ZURUF"]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, at, str(number)], cwd=HERE, capture_output=True, text=True,
        timeout=180, check=False, env={
            **{k: v for k, v in os.environ.items() if not k.startswith("ZURUF_")},
            "ZURUF_ENV": "test", "ZURUF_INSTANCE": str(settings.instance), "ZURUF_DEMO": "on",
            "ZURUF_SECRET_KEY": settings.secret_key, "ZURUF_URL": "http://localhost",
            "ZURUF_DATABASE_URL": settings.database_url, "ZURUF_LOG_LEVEL": "error"})
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr
    assert len(set(doors().mail.names()) - before) == there
    assert became("dispatch") == [("waiting", None)]
    leave()
    assert became("dispatch") == [("sent", None)]
    assert len(set(doors().mail.names()) - before) == 1
