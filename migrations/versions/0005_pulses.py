"""Korte vragen: a kind of round, the goal it is about, and the one figure that comes of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(), nullable=False, server_default='full'))
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.alter_column('kind', server_default=None)
        batch_op.create_check_constraint(batch_op.f('ck_round_kind_known'), "kind in ('full', 'pulse')")

    op.create_table('pulse',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_pulse_goal_id_goal'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_pulse_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_pulse_round_id_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', name=op.f('pk_pulse'))
    )
    with op.batch_alter_table('pulse', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pulse_goal_id'), ['goal_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pulse_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('pulse_outcome',
    sa.Column('round_subject_id', sa.Integer(), nullable=False),
    sa.Column('mean', sa.Double(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_pulse_outcome_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['round_subject_id'], ['round_subject.id'], name=op.f('fk_pulse_outcome_round_subject_id_round_subject'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_subject_id', name=op.f('pk_pulse_outcome'))
    )
    with op.batch_alter_table('pulse_outcome', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pulse_outcome_organisation_id'), ['organisation_id'], unique=False)
