"""What a person says about themself, to whom, and what they agree to."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import after_commit, db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce
from marketplace.foundation.kept import forget_one
from marketplace.people.events import AgeClassStated, ConsentChanged, PersonChanged
from marketplace.people.models import Consent, HealthWish, Person, Visibility
from marketplace.people.queries.names import houses, works_for
from marketplace.people.rules.accounts import display_name_fault, look
from marketplace.people.rules.consents import HEALTH
from marketplace.people.rules.visibility import DEFAULTS, LEVELS


def change_profile(person_id: int, display_name: str, about: str, region: str,
                   picture_file: str | None = None, languages: str = "") -> None:
    """Change the public words of a profile. Raises Invalid. Changes people."""
    if display_name and display_name_fault(display_name):
        raise Invalid({"display_name": _("2 to 40 letters, spaces, dots, hyphens.")})
    same = next((i for i, _slug, name in houses() if look(name) == look(display_name)), None)
    if display_name and same is not None and not works_for(person_id, same):
        raise Invalid({"display_name": _("A house here is called like that. Please take another "
                                         "name.")})
    if len(about) > 2000:
        raise Invalid({"about": _("At most 2,000 characters.")})
    values: dict[str, str | None] = {
        "display_name": display_name or None, "about": about or None,
        "region": region[:80] or None, "languages": languages[:80] or None,
    }
    if picture_file:
        values["picture_file"] = picture_file
    db.session.execute(update(Person).where(Person.id == person_id).values(**values))
    announce(PersonChanged(person_id, tuple(values)))


def set_visibility(person_id: int, levels: Mapping[str, str]) -> None:
    """Who sees which field; only what differs from the default is kept. Raises Invalid."""
    wrong = {f: _("Please choose one of the four.") for f, level in levels.items()
             if f not in DEFAULTS or level not in LEVELS}
    if wrong:
        raise Invalid(wrong)
    db.session.execute(delete(Visibility).where(
        Visibility.person_id == person_id, Visibility.field.in_(list(levels))))
    db.session.add_all(Visibility(person_id=person_id, field=field, level=level)
                       for field, level in levels.items() if level != DEFAULTS[field])
    db.session.flush()
    announce(PersonChanged(person_id, ("visibility",)))


def choose_theme(person_id: int, theme: str) -> None:
    """Light, dark or as the device says. Changes people."""
    if theme in ("auto", "light", "dark"):
        db.session.execute(update(Person).where(Person.id == person_id).values(theme=theme))


def choose_lang(person_id: int, lang: str) -> None:
    """The language of pages and letters. Changes people."""
    if lang in ("de", "en"):
        db.session.execute(update(Person).where(Person.id == person_id).values(lang=lang))


def choose_suggestions(person_id: int, on: bool) -> None:
    """Let personal suggestions be computed, or object to it (GDPR Art. 21). Changes people."""
    done = db.session.execute(update(Person).where(
        Person.id == person_id, Person.suggestions_on.is_(not on)).values(suggestions_on=on))
    if done.rowcount:  # type: ignore[attr-defined]
        announce(PersonChanged(person_id, ("suggestions_on",)))


def choose_counted(person_id: int, counted: bool) -> None:
    """Be counted under a pseudonym in the journal, or not. Changes people."""
    db.session.execute(update(Person).where(Person.id == person_id).values(counted=counted))
    after_commit(lambda: forget_one("without pseudonym"))


def choose_indexed(person_id: int, indexed: bool) -> None:
    """Let search engines keep one's page, or not. Changes people."""
    db.session.execute(update(Person).where(Person.id == person_id).values(page_indexed=indexed))


def dismiss(person_id: int, step: str) -> None:
    """This next step is not wanted now. Changes people."""
    row = db.session.get_one(Person, person_id)
    row.not_now = ",".join(sorted({*row.not_now.split(","), step} - {""}))[:60]
    db.session.flush()


def state_age(person_id: int, age_class: str) -> None:
    """Say that one is 16 or 18 at least, or nothing; no date is kept. Raises Invalid.

    Changes people.
    """
    if age_class not in ("unknown", "16", "18"):
        raise Invalid({"age": _("Please choose one from the list.")})
    done = db.session.execute(update(Person).where(
        Person.id == person_id, Person.age_class != age_class).values(age_class=age_class))
    if done.rowcount:  # type: ignore[attr-defined]
        announce(PersonChanged(person_id, ("age_class",)))
        announce(AgeClassStated(person_id, age_class))
        after_commit(lambda: forget_one("without pseudonym"))


def give_consent(person_id: int, purpose: str, text_version: str, place: str) -> None:
    """Keep a yes with its text and place; a standing one is kept. Changes consents."""
    standing = db.session.scalar(select(Consent.id).where(
        Consent.person_id == person_id, Consent.purpose == purpose,
        Consent.withdrawn_at.is_(None)))
    if standing is None:
        db.session.add(Consent(person_id=person_id, purpose=purpose, text_version=text_version,
                               given_at=clock.now(), place=place))
        db.session.flush()
        announce(ConsentChanged(person_id, purpose, True))


def withdraw_consent(person_id: int, purpose: str) -> None:
    """Take a yes back; what was kept under it of health is gone. Changes consents, health_wishes.
    """
    if purpose == HEALTH:
        db.session.execute(delete(HealthWish).where(HealthWish.person_id == person_id))
    taken = db.session.execute(
        update(Consent).where(Consent.person_id == person_id, Consent.purpose == purpose,
                              Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now()))
    if taken.rowcount:  # type: ignore[attr-defined]
        announce(ConsentChanged(person_id, purpose, False))


def profile_version(who: Person) -> str:
    """A mark of the words of a profile; another one once they change."""
    said = (who.display_name, who.about, who.region, who.languages)
    return sha256(repr(said).encode()).hexdigest()[:24]


def not_older(person_id: int, version: str) -> None:
    """Refuse a form that shows words which were changed since. Raises Invalid with them."""
    who = db.session.get_one(Person, person_id)
    if version and version != profile_version(who):
        now = " · ".join(word for word in (who.display_name, who.region, who.about) if word)
        raise Invalid({"version": _("You changed your profile elsewhere meanwhile. There it says "
                                    "now: %(words)s. Below is what you typed here; save again to "
                                    "keep that.", words=now or "–")})
