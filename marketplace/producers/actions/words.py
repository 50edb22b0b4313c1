"""Words of a producer: versions of its texts, and people shown with their consent."""

from __future__ import annotations

from collections.abc import Mapping

import flask_babel
from flask_babel import gettext as _
from sqlalchemy import delete

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.producers.actions.opening import refresh
from marketplace.producers.actions.pages import change_page, demand
from marketplace.producers.events import ProducerChanged
from marketplace.producers.models import Face
from marketplace.producers.queries.evidence import evidence_kinds
from marketplace.producers.queries.staff import Role
from marketplace.producers.queries.words import own_lines, template_of, versions_of
from marketplace.producers.rules.claims import Claim, lint

MOST_FACES = 8


class TwiceEdited(Invalid):
    """Somebody else kept another version meanwhile; `theirs` are the words that stand now."""

    status = 409

    def __init__(self, theirs: Mapping[tuple[str, str], str]) -> None:
        super().__init__({f"{part}_{lang}": _("Somebody else changed this while you wrote.")
                          for part, lang in theirs},
                         _("Somebody else changed this while you wrote. Both versions are here."))
        self.theirs = dict(theirs)


def keep_words(role: Role, fields: Mapping[str, str], texts: Mapping[tuple[str, str], str],
               seen: Mapping[tuple[str, str], int], person_id: int) -> None:
    """Keep texts that were written on the versions `seen`. Raises NotYours, Invalid, TwiceEdited.

    A text that another person changed meanwhile to other words refuses the whole form. Changes
    producers, producer_texts, checklist; announces.
    """
    demand(role, "texts")
    now = versions_of(role.producer_id)
    theirs = {key: now[key][1] for key, words in texts.items()
              if key in now and now[key][0] != seen.get(key, 0) and now[key][1] != words}
    if theirs:
        raise TwiceEdited(theirs)
    faults, _hints = claims_in(role.producer_id, fields, texts)
    if faults:
        raise Invalid(faults)
    change_page(role, fields, texts, person_id)
    refresh(role.producer_id)


LINTED = ("story", "method")


def claims_in(producer_id: int, fields: Mapping[str, str], texts: Mapping[tuple[str, str], str]
              ) -> tuple[dict[str, str], dict[str, str]]:
    """Claims without proof in teasers, story and method that were changed: what blocks, and hints,
    each a sentence by field. Loads: 4 statements.
    """
    known, lines = versions_of(producer_id), own_lines(producer_id)
    said = {(name, name[-2:]): words for name, words in fields.items()
            if name.startswith("teaser_") and words != lines.get(name, "")}
    said |= {(f"{part}_{lang}", lang): words for (part, lang), words in texts.items()
             if part in LINTED and words != known.get((part, lang), (0, ""))[1]}
    proven, template = evidence_kinds(producer_id, clock.today()), template_of(producer_id)
    blocking, hints = dict[str, str](), dict[str, str]()
    for (name, lang), words in said.items():
        for claim in lint(words, lang, template=template, evidence=proven):
            (blocking if claim.blocks else hints).setdefault(name, _claim_words(claim))
    return blocking, hints


def _claim_words(claim: Claim) -> str:
    return _("About “%(words)s”: %(remedy)s (%(law)s)", words=claim.words, law=claim.law,
             remedy=flask_babel.gettext(claim.remedy))


def add_face(role: Role, name: str, roles: tuple[str, str], words: tuple[str, str],
             consents: bool) -> None:
    """Show a person of the house; only with their consent. Raises NotYours, Invalid."""
    demand(role, "texts")
    faults = {}
    if not name:
        faults["face_name"] = _("Please fill this in.")
    if not consents:
        faults["consent"] = _("A face is shown only with that person's consent.")
    shown = db.session.scalars(
        db.select(Face.id).where(Face.producer_id == role.producer_id)).all()
    if len(shown) >= MOST_FACES:
        faults["face_name"] = _("Eight faces are enough. Please take one out first.")
    if faults:
        raise Invalid(faults)
    db.session.add(Face(producer_id=role.producer_id, name=name, role_de=roles[0],
                        role_en=roles[1], words_de=words[0], words_en=words[1],
                        picture_seed=clock.now().microsecond + 1, consent_at=clock.now()))
    db.session.flush()
    refresh(role.producer_id)
    announce(ProducerChanged(role.producer_id, ("faces",)))


def take_face_out(role: Role, face_id: int) -> None:
    """Consent was withdrawn: the person is shown nowhere any more. Raises NotYours, NotFound."""
    demand(role, "texts")
    gone = db.session.execute(delete(Face).where(
        Face.id == face_id, Face.producer_id == role.producer_id))
    if not gone.rowcount:  # type: ignore[attr-defined]
        raise NotFound(_("There is nothing at this address."))
    refresh(role.producer_id)
    announce(ProducerChanged(role.producer_id, ("faces",)))
