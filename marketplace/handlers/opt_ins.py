"""What later rooms do with a person because they said so, and its end, for the page of privacy."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from marketplace.notify.actions import choose
from marketplace.notify.queries import choices_of
from marketplace.notify.rules import CLASSES
from marketplace.notify.views import class_words
from marketplace.recommend.actions import choose_asked
from marketplace.recommend.queries import chosen

ASKED = "asked"


def opt_ins(person_id: int) -> Sequence[tuple[str, str]]:
    """Key and words of everything that runs. Loads: 2 statements."""
    mails = [(f"mail-{name}", _("By mail: %(what)s", what=class_words(name)))
             for (name, channel), on in sorted(choices_of(person_id).items())
             if on and channel == "mail" and CLASSES[name].group != "must"]
    asked = [(ASKED, _("Asked for advice about what you have rated"))] if chosen(
        person_id).asked else []
    return [*asked, *mails]


def end_opt_in(person_id: int, key: str) -> bool:
    """End one of them; False for an unknown key. Changes choices."""
    if key == ASKED:
        choose_asked(person_id, False)
        return True
    name = key.removeprefix("mail-")
    if name == key or name not in CLASSES or CLASSES[name].group == "must":
        return False
    choose(person_id, name, "mail", False)
    return True
