"""Praise names a person of a house only as long as that person agrees."""

from __future__ import annotations

from itertools import count

from marketplace.dialogue.models import Thread
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.producers.models import Staff
from tests.cast import Cast

HOUSE, COUNT = "/producers/weingut-kaltbach", count(1)


def wanda(cast: Cast) -> int:
    """Dan serves in ana's house as Wanda; the id of her part."""
    house, who = cast.goods("riesling-vom-schiefer").producer_id, cast.id("dan")
    db.session.rollback()
    with committing():
        row = Staff(producer_id=house, person_id=who, role="service", shown_name="Wanda",
                    since=clock.today())
        db.session.add(row)
        db.session.flush()
        return row.id


def agreed(cast: Cast, staff_id: int, step: str = "praise", who: str = "dan") -> int:
    """Somebody says whether praise may name this person; the status of the answer."""
    return int(cast.post(cast.browser(who), "/studio/staff?producer=weingut-kaltbach",
                         staff=str(staff_id), step=step).status_code)


def praise(cast: Cast, praised: str, kind: str = "praise") -> str:
    """Cleo says something about the house; the address of her thread."""
    sent = cast.post(cast.browser("cleo"), f"/threads/new?about={HOUSE}", kind=kind,
                     title=f"Danke {next(COUNT)}", words=f"Schnell geholfen, Mal {next(COUNT)}.",
                     openness="public", step="send", praised=praised)
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return str(sent.location)


def look(cast: Cast, path: str) -> str:
    """What a visitor reads."""
    db.session.rollback()
    return cast.app.test_client().get(path).get_data(as_text=True)


def test_praise_names_who_agreed_until_they_withdraw(cast: Cast) -> None:
    """producers-9: not offered and not taken before the consent; then the thread says for whom;
    with the withdrawal the name is gone there too, and comes from nowhere else.
    """
    number = wanda(cast)
    form = f"/threads/new?about={HOUSE}"
    assert "Wanda" not in cast.browser("cleo").get(form).get_data(as_text=True)
    assert "Wanda" not in look(cast, praise(cast, str(number)))
    assert agreed(cast, number) == 303
    assert "Wanda" in cast.browser("cleo").get(form).get_data(as_text=True)
    here = praise(cast, str(number))
    assert "Lob für Wanda" in look(cast, here)
    assert agreed(cast, number, "no_praise") == 303
    assert "Wanda" not in look(cast, here)
    assert agreed(cast, number) == 303 and "Lob für Wanda" in look(cast, here)
    db.session.rollback()
    with committing():
        db.session.execute(db.update(Staff).where(Staff.id == number).values(until=clock.today()))
    assert "Wanda" not in look(cast, here)


def test_nobody_agrees_for_somebody_else(cast: Cast) -> None:
    """producers-9: the owner cannot, nor can another house; criticism names nobody."""
    number = wanda(cast)
    assert agreed(cast, number, who="ana") == 403
    assert agreed(cast, number, who="bert") == 404
    db.session.rollback()
    assert db.session.scalar(db.select(Staff.praise_ok).where(Staff.id == number)) is False
    db.session.rollback()
    assert agreed(cast, number) == 303
    for kind in ("complaint", "question"):
        assert "Wanda" not in look(cast, praise(cast, str(number), kind))
    praise(cast, "999999")
    db.session.rollback()
    assert db.session.scalars(db.select(Thread.praised_id)).all() == [None, None, None]
