"""Words of people as safe HTML: a little Markdown, links marked as theirs."""

from __future__ import annotations

from functools import lru_cache

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup

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


def init_app(app: Flask) -> None:
    """Offer `prose` as a template filter."""
    app.jinja_env.filters["prose"] = prose
