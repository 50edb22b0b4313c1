"""The words of legal and help pages: from the table, else the shipped drafts."""

from __future__ import annotations

from importlib import resources

from flask_babel import gettext as _
from sqlalchemy import func, select, text

from marketplace.adapters.doors import doors
from marketplace.adapters.fulltext.contract import IndexMissing
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.jobs import Job
from marketplace.storefront.models import Page

SLUGS = ("imprint", "privacy", "terms", "withdrawal", "shipping", "accessibility", "contact",
         "simple/order", "simple/withdraw", "simple/report", "simple/privacy")


def page_words(slug: str, lang: str) -> tuple[str, str]:
    """Title and Markdown of a page now in force. Loads: 1 statement."""
    row = db.session.execute(
        select(Page.title, Page.words).where(Page.slug == slug, Page.lang == lang,
                                             Page.valid_from <= clock.now())
        .order_by(Page.valid_from.desc()).limit(1)).first()
    if row is not None:
        return row.title, row.words
    shipped = resources.files("marketplace.storefront") / "words" / f"{slug}.{lang}.md"
    title, _line, words = shipped.read_text("utf-8").partition("\n")
    return title.removeprefix("# ").strip(), words.strip()


def running() -> list[tuple[str, str, bool]]:
    """What runs: (name, state in words, whether it is well). Loads: 2 statements."""
    db.session.execute(text("SELECT 1"))
    waiting = db.session.scalar(select(func.count()).where(
        Job.state == "waiting", Job.due_at <= clock.now())) or 0
    dead = db.session.scalar(select(func.count()).where(Job.state == "dead")) or 0
    try:
        documents = doors().fulltext.health().documents
        index = (_("Search"), _("%(n)s things can be found", n=documents), True)
    except IndexMissing:
        index = (_("Search"), _("being set up anew; titles can be searched"), False)
    return [(_("Shop and basket"), _("is running"), True), index,
            (_("Background work"), _("%(n)s due, %(dead)s given up", n=waiting, dead=dead),
             dead == 0)]
