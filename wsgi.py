"""The application for WSGI servers: `granian --interface wsgi wsgi:app`."""

import sys
from pathlib import Path

from marketplace import create_app
from marketplace.foundation.jobs import Runner

app = create_app()

if app.config["ZURUF"].jobs == "embedded" and Path(sys.argv[0]).name != "flask":
    Runner(app).start()
