"""What later rooms do with a person because they said so, and its end, for the page of privacy."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import literal, select, union_all

from marketplace.foundation.database import db
from marketplace.groups.actions import end_ambassador
from marketplace.groups.models import Ambassador
from marketplace.groups.queries import speaks_for
from marketplace.notify.actions import choose
from marketplace.notify.models import Choice
from marketplace.notify.rules import CLASSES
from marketplace.notify.views import class_words
from marketplace.recommend.actions import choose_asked
from marketplace.recommend.models import Choices
from marketplace.web.languages import current_lang

ASKED, SPEAKS, MAIL = "asked", "speaks-", "mail-"


def opt_ins(person_id: int) -> Sequence[tuple[str, str]]:
    """Key and words of everything that runs. Loads: 2 statements."""
    runs = db.session.execute(union_all(
        select(literal(ASKED), literal("")).where(
            Choices.person_id == person_id, Choices.asked),
        select(literal(MAIL), Choice.class_).where(
            Choice.person_id == person_id, Choice.channel == "mail", Choice.on))).all()
    asked = [(ASKED, _("Asked for advice about what you have rated"))
             for what, _none in runs if what == ASKED]
    mails = [(f"{MAIL}{name}", _("By mail: %(what)s", what=class_words(name)))
             for what, name in sorted(runs) if what == MAIL and CLASSES[name].group != "must"]
    speaks = [(f"{SPEAKS}{number}", _("Speaking for %(what)s", what=name))
              for number, name in speaks_for(person_id, current_lang())]
    return [*asked, *speaks, *mails]


def end_opt_in(person_id: int, key: str) -> bool:
    """End one of them; False for an unknown key. Changes choices, ambassadors."""
    if key == ASKED:
        choose_asked(person_id, False)
        return True
    number = key.removeprefix(SPEAKS)
    if number != key:
        return _silent(person_id, number)
    name = key.removeprefix(MAIL)
    if name == key or name not in CLASSES or CLASSES[name].group == "must":
        return False
    choose(person_id, name, "mail", False)
    return True


def _silent(person_id: int, number: str) -> bool:
    """End speaking for something; False where it is not one's own."""
    own = {str(one) for one, _name in speaks_for(person_id, current_lang())}
    if number not in own:
        return False
    end_ambassador(db.session.get_one(Ambassador, int(number)))
    return True
