"""How many people stand behind the score that a goal began from; what a maatje is asked, and what she says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'

# As scale.others counted them when these goals were made: the anonymous adult groups that were shown.
PEOPLE_OF_OLDER_GOALS = """
    update goal set start_people = (
        select sum(cell.raters) from cell
        where cell.measurement_id = goal.measurement_id and cell.item_code = goal.competency_code
        and cell.rater_group in ('collega', 'school', 'opdrachtgever', 'school-opdrachtgever', 'kleine-kring')
    ) where start_score_from = 'anderen'
"""


def upgrade() -> None:
    with op.batch_alter_table('goal', schema=None) as batch_op:
        batch_op.add_column(sa.Column('start_people', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_goal_start_people_positive'), 'start_people > 0')
    op.execute(PEOPLE_OF_OLDER_GOALS)
    with op.batch_alter_table('goal_action', schema=None) as batch_op:
        batch_op.add_column(sa.Column('with_kind', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('with_competency', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('with_answer', sa.Boolean(), nullable=True))
