"""Beginning a community, and what its moderators change about it."""

from __future__ import annotations

import random
from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.catalog.rules.codes import slug_of
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce
from marketplace.groups.actions.belonging import demand_care, enter
from marketplace.groups.events import GroupChanged, GroupFounded
from marketplace.groups.models import Group, GroupRule, GroupTag, Tag
from marketplace.groups.rules import PATTERN

MOST_QUESTIONS, MOST_TAGS = 3, 5


def found(person_id: int, name: str, purpose: str, kind: str, subject_id: int, lang: str) -> Group:
    """Begin a community with its founder and the pattern rules. Raises Invalid.

    Changes groups, memberships, group_rules; announces GroupFounded.
    """
    faults = _purpose_fault(purpose)
    slug = slug_of(name, 50)
    if not 3 <= len(name) <= 80 or slug in ("", "new"):
        faults["name"] = _("3 to 80 characters, with letters.")
    if kind not in ("open", "closed", "secret"):
        faults["kind"] = _("Please choose one of the three.")
    if not faults and db.session.scalar(select(Group.id).where(Group.slug == slug)):
        faults["name"] = _("A group of this name exists. Maybe it is yours already?")
    if faults:
        raise Invalid(faults)
    now = clock.now()
    group = Group(slug=slug, name=name, purpose=purpose, kind=kind, subject_id=subject_id,
                  lang=lang, founder_id=person_id, founded_on=clock.today(), last_act_at=now,
                  picture_seed=random.randrange(1, 10**9))  # noqa: S311 - a picture
    db.session.add(group)
    db.session.flush()
    db.session.add(GroupRule(group_id=group.id, version=1, words=PATTERN[lang], from_at=now))
    enter(group.id, person_id, "founder")
    announce(GroupFounded(group.id, person_id))
    return group


def _purpose_fault(purpose: str) -> dict[str, str]:
    return {} if 10 <= len(purpose) <= 280 else {
        "purpose": _("One sentence of 10 to 280 characters.")}


def describe(group: Group, by: int, *, purpose: str, region: str, questions: str, invite_by: str,
             producers: str, routed: bool, tag_ids: Collection[int]) -> None:
    """What a group says of itself and whom it lets in. Raises NotYours, Invalid.

    `questions` holds one question a line. Changes groups, group_tags; announces GroupChanged.
    """
    demand_care(group.id, by)
    asked = [line.strip() for line in questions.splitlines() if line.strip()]
    faults = _purpose_fault(purpose)
    if len(asked) > MOST_QUESTIONS or any(len(line) > 160 for line in asked):
        faults["questions"] = _("At most three questions of up to 160 characters, one per line.")
    if producers == "not_reading" and group.kind == "open":
        faults["producers"] = _("An open group is read by everybody. Only a closed or secret one "
                                "can keep producers out.")
    if len(set(tag_ids)) > MOST_TAGS:
        faults["tags"] = _("At most five tags.")
    if faults:
        raise Invalid(faults)
    group.purpose, group.region, group.questions = purpose, region[:80] or None, "\n".join(asked)
    group.invite_by = invite_by if invite_by == "members" else "moderators"
    group.producers = producers if producers == "not_reading" else "welcome"
    group.routed = routed
    db.session.execute(delete(GroupTag).where(GroupTag.group_id == group.id))
    known = db.session.scalars(select(Tag.id).where(Tag.id.in_(sorted(set(tag_ids))))).all()
    db.session.add_all(GroupTag(group_id=group.id, tag_id=tag) for tag in known)
    announce(GroupChanged(group.id))


def touched(group_id: int, new_topic: bool) -> None:
    """Somebody wrote in the group. Changes groups."""
    db.session.execute(
        update(Group).where(Group.id == group_id)
        .values(last_act_at=clock.now(), topic_count=Group.topic_count + int(new_topic))
        .execution_options(synchronize_session=False))
