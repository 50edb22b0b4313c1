"""Every score that any page prints: its count, its period, and the way to how it was computed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask

from marketplace.foundation.database import committing, db
from marketplace.foundation.kept import forget
from marketplace.groups.actions import join
from marketplace.groups.models import Group
from tests.cast import Cast
from tests.reviews.hands import WINE, answered, bought, lot, many
from tests.web.places import everything
from tests.web.test_access import GET, rows_of

SCORE = re.compile(r"(?<!passt zusammen: )\b\d+ von \d+\b(?=[\s·,(:]*(?:\(|würden"
                   r"|bei euch|waren begeistert|fanden es|·|$|,|\)|;))")
"""Counts of buyers' answers; how members voted on what goes together is no verdict on goods."""
MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
PERIOD = re.compile(rf"(?:{MONTHS}) \d{{4}} bis (?:{MONTHS}) \d{{4}}|Zahlen der letzten 365 Tage")
HOW = "/how-reviews-are-checked"
NO_SCORES = {"storefront.parts", "reviews.studio"}
"""Samples; and how a house answers beside the stars of single answers."""
AROUND = {"section", "article", "tr", "main"}
VOID = {"br", "img", "input", "meta", "link", "source", "hr", "rect", "path", "use", "circle"}


@dataclass
class Node:
    """A piece of a page: its words with all that is read out, and where its links lead."""

    tag: str
    words: str = ""
    links: list[str] = field(default_factory=list)
    closes: str = ""


class Scores(HTMLParser):
    """Collects printed scores that lack a period or the way to how they are computed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[Node] = [Node("main")]
        self.found: list[str] = []
        self.bare: list[str] = []
        self._waiting: list[tuple[str, list[Node]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into a piece; titles belong to all pieces around."""
        given = dict(attrs)
        for node in self.open:
            node.words += f" {given.get('title') or ''} "
            if given.get("href"):
                node.links.append(given["href"] or "")
        if tag not in VOID:
            block = "verdict" in (given.get("class") or "").split()
            self.open.append(Node("article" if block else tag, closes=tag))
            if given.get("href"):
                self.open[-1].links.append(given["href"] or "")
            self.open[-1].words += f" {given.get('title') or ''} "

    def handle_endtag(self, tag: str) -> None:
        """Leave a piece; whole blocks of text are looked at when they end."""
        if tag in VOID or tag not in [node.closes for node in self.open[1:]]:
            return
        while True:
            node = self.open.pop()
            if node.closes in ("p", "td", "th", "a", "li", "span", "dd", "figcaption"):
                said = re.sub(r"\s+", " ", node.words).strip()
                if SCORE.search(said):
                    self._waiting.append((said, [one for one in self.open if one.tag in AROUND]
                                          + [node]))
            if node.closes == tag:
                return

    def handle_data(self, data: str) -> None:
        """Words belong to all pieces around."""
        for node in self.open:
            node.words += data

    def close(self) -> None:
        """Judge every score by the nearest piece around it that has both."""
        super().close()
        for said, around in self._waiting:
            self.found.append(said)
            if not any(PERIOD.search(node.words) and any(HOW in link for link in node.links)
                       for node in around if node.tag != "main") and not (
                    PERIOD.search(around[-1].words) and any(
                        HOW in link for link in around[-1].links)):
                self.bare.append(said)


def scores(page: str) -> Scores:
    """All scores of a page."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.S)
    reader = Scores()
    reader.feed(body)
    reader.close()
    return reader


def filled(app: Flask, cast: Cast) -> Any:
    """The market of the access table, with twelve answers of all kinds on the wine and its lots."""
    places = everything(app, cast)
    db.session.rollback()
    old, new = lot(cast, "2023", 1), lot(cast, "2024", 2)
    many(cast, 10, 2, stars=4, value=True, delight="delighted", words="Ein Satz, den man liest.",
         lot_id=old)
    many(cast, 6, 1, lot_id=new)
    many(cast, 6, 1, "literwein-fuer-alle-tage")
    group = db.session.scalar(db.select(Group).where(Group.kind == "open"))
    assert group is not None
    db.session.rollback()
    for who in ("ana", "bert", "cleo", "dan", "eva", "olga", "max"):
        with committing():
            join(group, cast.id(who))
    for who in ("bert", "dan", "eva", "gina", "max"):
        answered(cast, who, True)
    bought(cast, "cleo", "literwein-fuer-alle-tage")
    from marketplace.foundation.jobs import kinds

    kinds()["insights.nightly"].run()
    db.session.rollback()
    return places


def test_every_printed_score_says_its_period_and_how(app: Flask, cast: Cast) -> None:
    """reviews-4: on every page of every kind, for visitors, buyer, house, operator."""
    places = filled(app, cast)
    seen, bare = 0, []
    for who in ("", "cleo", "ana", "olga"):
        browser = cast.browser(who) if who else app.test_client()
        for rule in rows_of(app, "GET"):
            if GET[rule.endpoint].get(who) != 200 or rule.endpoint in NO_SCORES:
                continue
            forget()
            answer = browser.get(places.address(app, rule))
            if answer.mimetype == "text/html":
                read = scores(answer.get_data(as_text=True))
                seen += len(read.found)
                bare += [f"{rule.endpoint} {who}: {said[:150]}" for said in read.bare]
    assert seen > 30
    assert not bare, "\n".join(sorted(set(bare)))


def test_reader_of_scores_can_fail() -> None:
    """Planted: a count without period, one without link, one with both, one that is no score."""
    link = f'<a href="{HOW}?product=x">'
    for page, found, wrong in (
            ("<section><p>9 von 10 würden es wieder kaufen</p></section>", 1, 1),
            (f"<section><p>{link}9 von 10 würden</a></p></section>", 2, 2),
            ("<section><p>9 von 10 würden</p><p>Mai 2024 bis Juni 2026</p></section>", 1, 1),
            (f"<section><p>9 von 10 würden</p><p>Mai 2024 bis Juni 2026 {link}wie</a></p>"
             "</section>", 1, 0), ("<section><p>Seite 2 von 3 Seiten</p></section>", 0, 0),
            ("<section><p>passt zusammen: 1 von 1</p></section>", 0, 0)):
        read = scores(page)
        assert (len(read.found), len(read.bare)) == (found, wrong), page


def test_machines_get_the_same_with_every_score(app: Flask, cast: Cast) -> None:
    """reviews-4: JSON of a product and of lists, and JSON-LD: n, period, the way; AggregateRating
    stays out below ten stars.
    """
    filled(app, cast)
    client, told = app.test_client(), []

    def look(value: Any) -> None:
        if isinstance(value, dict):
            if {"k", "n", "q10", "how_url"} <= value.keys():
                told.append(value)
                assert HOW in value["how_url"]
                assert not value["n"] or (value["since"] and value["until"]), value
            for part in value.values():
                look(part)
        elif isinstance(value, list):
            for part in value:
                look(part)

    for path in (f"/products/{WINE}", "/products", "/", "/producers",
                 "/producers/weingut-kaltbach"):
        look(client.get(path, headers={"Accept": "application/json"}).get_json())
    assert len([one for one in told if one["n"]]) >= 5
    page = client.get(f"/products/{WINE}").get_data(as_text=True)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert data
    whole = json.loads(data.group(1))["aggregateRating"]
    assert whole["ratingCount"] == 12 and HOW in whole["url"]
    assert re.fullmatch(r"\d{4}-\d\d to \d{4}-\d\d, n = 12", whole["description"])
    other = client.get("/products/literwein-fuer-alle-tage").get_data(as_text=True)
    assert "aggregateRating" not in other
