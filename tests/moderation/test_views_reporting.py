"""Saying that something is wrong: the form names what it is about."""

from __future__ import annotations

from flask.testing import FlaskClient


def test_report_names_the_thing(client: FlaskClient) -> None:
    """moderation, report: a product by its title, a person and a group by their names."""
    for address, words in (("product/riesling-vom-schiefer", "Riesling vom Schiefer"),
                           ("person/eva", "Profil: Eva"),
                           ("group/weisswein-zu-gemuese", "Gruppe: Weißwein zu Gemüse")):
        html = client.get(f"/moderation/report/{address}").get_data(as_text=True)
        assert words in html, address
