"""A date, a proposal, a link and a topic of gina's open group, for the access table."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.database import db
from tests.cast import Cast

GROUP = "/groups/weisswein-zu-gemuese"


def date_form(**other: str) -> dict[str, str]:
    """What is typed of a date in ten days."""
    begin = clock.now() + timedelta(days=10)
    return {"kind": "tasting", "title": "Kellerprobe", "starts": begin.strftime("%Y-%m-%dT18:00"),
            "ends": begin.strftime("%Y-%m-%dT21:00"), "time_zone": "Europe/Berlin",
            "place": "Kaltbach", "seats": "20", "sign_up": "1", **other}


def a_circle(cast: Cast) -> dict[str, Any]:
    """Ids of what was made."""
    gina = cast.browser("gina")
    for path, form in (
        (f"{GROUP}/dates/new", date_form()),
        (f"{GROUP}/proposals/new", {"kind": "other", "title": "Ein Treffen im Mai",
                                    "why": "Wir kennen uns nur vom Schreiben."}),
    ):
        made = cast.post(gina, path, **form)
        assert made.status_code == 303, made.get_data(as_text=True)
    assert cast.post(gina, f"{GROUP}/invites", uses="3").status_code == 200
    asked = cast.post(cast.browser("dan"), f"/ambassadors/new?for={GROUP}",
                      words="Ich erzähle beim Händler davon.")
    assert asked.status_code == 303, asked.get_data(as_text=True)
    return {f"{name}_id": db.session.scalar(db.text(f"SELECT max(id) FROM {name}s"))
            for name in ("date", "proposal", "invite", "ambassador")}


def a_topic(cast: Cast) -> dict[str, dict[str, Any]]:
    """Eva was in the group, began a topic and left; gina pinned it: its code by endpoint."""
    eva = cast.browser("eva")
    assert cast.post(eva, f"{GROUP}/join").status_code == 303
    sent = cast.post(eva, f"/threads/new?about={GROUP}", kind="topic", openness="public",
                     step="send", title="Was zu Grünkohl?", words="Etwas Leichtes, bitte.")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    code = sent.location.rsplit("/", 1)[1]
    assert cast.post(eva, f"{GROUP}/leave").status_code == 303
    pinned = cast.post(cast.browser("gina"), f"/threads/{code}/care", act="pin")
    assert pinned.status_code == 303, pinned.get_data(as_text=True)
    return {"dialogue.care": {"code": code}, "dialogue.care_post": {"code": code}}
