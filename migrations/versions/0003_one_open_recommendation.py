"""One visible recommendation per author, thing and audience."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of several visible ones of one author the newest stays; then the index forbids more."""
    op.execute(
        "UPDATE recommendations SET state = 'withdrawn' WHERE state = 'visible' AND EXISTS ("
        "SELECT 1 FROM recommendations newer WHERE newer.state = 'visible' "
        "AND newer.author_id = recommendations.author_id AND newer.thing = recommendations.thing "
        "AND newer.thing_id = recommendations.thing_id "
        "AND newer.audience = recommendations.audience "
        "AND coalesce(newer.group_id, 0) = coalesce(recommendations.group_id, 0) "
        "AND coalesce(newer.person_id, 0) = coalesce(recommendations.person_id, 0) "
        "AND newer.id > recommendations.id)")
    visible = sa.text("state = 'visible'")
    op.create_index(
        "uq_recommendations_open", "recommendations",
        ["author_id", "thing", "thing_id", "audience", sa.text("coalesce(group_id, 0)"),
         sa.text("coalesce(person_id, 0)")],
        unique=True, sqlite_where=visible, postgresql_where=visible)


def downgrade() -> None:
    """Forward only."""
    raise NotImplementedError
