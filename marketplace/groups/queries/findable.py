"""Groups as search finds them: secret ones only by their own members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.findable import PUBLIC, Findable, joined, of_group
from marketplace.groups.models import Group, GroupTag, Tag
from marketplace.people.models import Subject


def documents(ids: Collection[int]) -> list[Findable]:
    """Groups that are not ended, by name, purpose, subject, place and tags. Loads: 2 statements."""
    tags: dict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(
        select(GroupTag.group_id, Tag.name_de, Tag.name_en).join(Tag, Tag.id == GroupTag.tag_id)
        .where(GroupTag.group_id.in_(list(ids))).order_by(Tag.slug)
    ):
        tags[row.group_id] += [row.name_de, row.name_en]
    rows = db.session.execute(
        select(Group.id, Group.name, Group.purpose, Group.region, Group.kind, Group.last_act_at,
               Subject.name_de, Subject.name_en)
        .join(Subject, Subject.id == Group.subject_id)
        .where(Group.id.in_(list(ids)), Group.state != "ended"))
    return [Findable(
        "group", row.id, row.name,
        joined(row.purpose, row.name_de, row.name_en, row.region, *tags[row.id]), row.last_act_at,
        of_group(row.id) if row.kind == "secret" else PUBLIC, region=row.region or "")
        for row in rows]
