"""The application for WSGI servers: `granian --interface wsgi wsgi:app`."""

from marketplace import create_app

app = create_app()
