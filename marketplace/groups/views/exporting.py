"""A group as a file: what it wrote, chose and decided."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, current_app, render_template

from marketplace.catalog.queries import cards
from marketplace.foundation import clock
from marketplace.groups.queries import (
    GroupCard,
    calendar,
    lists_of,
    picks_of,
    proposals_of,
    rule_versions,
)
from marketplace.groups.queries.words import title_of
from marketplace.groups.views import pages
from marketplace.groups.views.caring import cared_for
from marketplace.people.queries import lines
from marketplace.web.access import person_id, signed_in
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter


@pages.post("/groups/<slug>/export")
@signed_in
@limiter.limit("10 per hour")
def export(slug: str) -> Response:
    """JSON for machines and one page for people, in a ZIP."""
    card = cared_for(slug)
    held = exported(card)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("group.json", json.dumps(held, ensure_ascii=False, indent=1))
        packed.writestr("index.html", render_template("groups/export.html", page=held))
    return Response(made.getvalue(), mimetype="application/zip", headers={
        "Content-Disposition": f'attachment; filename="{card.slug}.zip"'})


def exported(card: GroupCard) -> dict[str, Any]:
    """Rules, lists, picks, dates, decisions and topics; names only of those who show themselves."""
    lang, lists, picks = current_lang(), lists_of(card.id), picks_of(card.id, 120)
    goods = cards({*(i.product_id for entry in lists for i in entry.items),
                   *(p.product_id for p in picks)}, lang)
    people = lines({i.person_id for entry in lists for i in entry.items}, None)
    topics: Callable[[int], Sequence[dict[str, Any]]] = current_app.extensions["group_topics"]
    titles = {i: g.title for i, g in goods.items()}
    return {
        "name": card.name, "purpose": card.purpose, "kind": card.kind, "lang": card.lang,
        "founded_on": card.founded_on.isoformat(), "written_at": clock.now().isoformat(),
        "rules": [{"version": v.version, "from": v.from_at.isoformat(), "words": v.words}
                  for v in rule_versions(card.id)],
        "lists": [{"title": entry.title, "purpose": entry.purpose, "items": [
            {"product": titles.get(i.product_id, ""), "why": i.why, "votes": i.votes,
             "by": people[i.person_id].name if i.person_id in people else ""}
            for i in entry.items]} for entry in lists],
        "picks": [{"month": p.month, "product": titles.get(p.product_id, ""), "votes": p.votes,
                   "active": p.active} for p in picks],
        "decisions": [{"title": title_of(row), "kind": row.kind, "state": row.state,
                       "before": row.before, "after": row.after if row.kind != "election" else "",
                       "yes": row.yes, "no": row.no, "veto": row.veto_why}
                      for row in proposals_of(card.id)],
        "dates": [{"title": row.title, "starts_at": row.starts_at.isoformat(),
                   "ends_at": row.ends_at.isoformat(), "place": row.place}
                  for row in calendar(person_id(), group_id=card.id, limit=1000)],
        "topics": list(topics(card.id)),
    }
