"""Words of people as safe HTML: a little Markdown, links marked as theirs."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "h2", "h3"}
_reader = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    ["newline", "emphasis", "list", "blockquote", "link", "paragraph", "heading", "escape"]
)


@lru_cache(4_000)
def prose(text: str) -> Markup:
    """Paragraphs, lists, emphasis and links; links carry rel="ugc nofollow noopener"."""
    html = _reader.render(text)
    return Markup(nh3.clean(html, tags=TAGS, attributes={"a": {"href"}},  # noqa: S704 - cleaned
                            url_schemes={"http", "https", "mailto"},
                            link_rel="ugc nofollow noopener"))


LINK = re.compile(r"\bhttps?://[^\s<>\"'()\[\]]+[^\s<>\"'()\[\].,;:!?]", re.I)


@lru_cache(4_000)
def linked(text: str) -> Markup:
    """Plain words in which web addresses are links, marked as their author's, not ours."""
    parts, at = [], 0
    for found in LINK.finditer(text):
        parts += [escape(text[at:found.start()]), Markup(
            '<a href="{0}" rel="ugc nofollow noopener">{0}</a>').format(found.group())]
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])


def init_app(app: Flask) -> None:
    """Offer `prose` as a template filter."""
    app.jinja_env.filters["prose"] = prose
