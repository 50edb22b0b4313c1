"""The application for WSGI servers: `granian --interface wsgi wsgi:app`."""

import os

from marketplace import create_app
from marketplace.foundation.jobs import Runner

app = create_app()

if app.config["ZURUF"].jobs == "embedded" and "FLASK_RUN_FROM_CLI" not in os.environ:
    Runner(app).start()  # not for commands: the first of them has no tables yet
