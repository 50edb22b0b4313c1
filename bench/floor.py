"""The market with two more pages to measure against, neither with a statement.

`/floor` is the site's layout alone. `/bare` is Flask and Jinja without anything of ours: an app
of its own behind the same server, so that figures can be held against other programs' figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, render_template, render_template_string

from marketplace import create_app

PAGE = """{% extends 'layout.html' %}{% block title %}Floor{% endblock %}
{% block main %}<h1>Floor</h1><p>The layout, and no statement.</p>{% endblock %}"""
BARE = """<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>
<ul>{% for row in rows %}<li>{{ row }}</li>{% endfor %}</ul>"""

market = create_app()
market.jinja_env.auto_reload = False  # as in production
template = market.jinja_env.from_string(PAGE)
bare = Flask("bare")


@market.get("/floor")
def floor() -> str:
    """The layout alone."""
    return render_template(template, page=None)


@bare.get("/bare")
def nothing_of_ours() -> str:
    """Ten lines by Flask and Jinja."""
    return render_template_string(BARE, title="Bare", rows=range(10))


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The bare page by the bare app, everything else by the market."""
    known = bare if environ["PATH_INFO"] == "/bare" else market
    return known.wsgi_app(environ, start_response)
