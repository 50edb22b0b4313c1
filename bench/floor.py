"""The market with one more page: the site's layout without any statement, to measure against."""

from __future__ import annotations

from flask import render_template

from marketplace import create_app

PAGE = """{% extends 'layout.html' %}{% block title %}Floor{% endblock %}
{% block main %}<h1>Floor</h1><p>The layout, and no statement.</p>{% endblock %}"""

app = create_app()
app.jinja_env.auto_reload = False  # as in production
template = app.jinja_env.from_string(PAGE)


@app.get("/floor")
def floor() -> str:
    """The layout alone."""
    return render_template(template, page=None)
