"""What a training was at the session where it was held, so that a certificate stays what it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'

TRAININGS = sa.table('training', *(sa.column(name) for name in ('id', 'title', 'provider', 'description', 'hours')))
SESSIONS = sa.table('training_session', sa.column('id'), sa.column('training_id'), sa.column('state'),
                    sa.column('held_as', sa.JSON()))


def upgrade() -> None:
    with op.batch_alter_table('training_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('held_as', sa.JSON(none_as_null=True), nullable=True))
    kept = [column for column in TRAININGS.c if column.name != 'id']
    held = op.get_bind().execute(
        sa.select(SESSIONS.c.id, *kept).join(TRAININGS, TRAININGS.c.id == SESSIONS.c.training_id)
        .where(SESSIONS.c.state == 'held')
    ).mappings().all()
    for row in held:
        given = {column.name: row[column.name] for column in kept}
        op.execute(SESSIONS.update().where(SESSIONS.c.id == row['id']).values(held_as=given))
