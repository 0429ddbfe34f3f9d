"""Reading profiles, sharing them, conversations and agreed niveaus."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    op.create_table('profile_guess',
    sa.Column('measurement_id', sa.Integer(), nullable=False),
    sa.Column('declined', sa.Boolean(), nullable=False),
    sa.Column('seen_most', sa.JSON(), nullable=False),
    sa.Column('largest_difference', sa.String(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['measurement_id'], ['measurement.id'], name=op.f('fk_profile_guess_measurement_id_measurement'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_profile_guess_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('measurement_id', name=op.f('pk_profile_guess'))
    )
    with op.batch_alter_table('profile_guess', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_guess_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('profile_reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('measurement_id', sa.Integer(), nullable=False),
    sa.Column('reader_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['measurement_id'], ['measurement.id'], name=op.f('fk_profile_reading_measurement_id_measurement'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_profile_reading_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['reader_id'], ['person.id'], name=op.f('fk_profile_reading_reader_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_reading'))
    )
    with op.batch_alter_table('profile_reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_reading_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index('uq_profile_reading_a_day', ['measurement_id', 'reader_id', 'day'], unique=True)

    op.create_table('profile_share',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('measurement_id', sa.Integer(), nullable=False),
    sa.Column('reader_id', sa.Integer(), nullable=False),
    sa.Column('with_comments', sa.Boolean(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('shared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['measurement_id'], ['measurement.id'], name=op.f('fk_profile_share_measurement_id_measurement'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_profile_share_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['reader_id'], ['person.id'], name=op.f('fk_profile_share_reader_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_share'))
    )
    with op.batch_alter_table('profile_share', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_share_measurement_id'), ['measurement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_share_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_share_reader_id'), ['reader_id'], unique=False)

    op.create_table('conversation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_subject_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=False),
    sa.Column('framework_version_id', sa.Integer(), nullable=False),
    sa.Column('planned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('notes', sa.String(), nullable=False),
    sa.Column('appointments', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('person_confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('partner_confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fixed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('called_off_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('thanked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('thanks', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('fixed_at is null or called_off_at is null', name=op.f('ck_conversation_held_or_called_off')),
    sa.CheckConstraint('person_id <> partner_id', name=op.f('ck_conversation_two_people')),
    sa.ForeignKeyConstraint(['framework_version_id'], ['framework_version.id'], name=op.f('fk_conversation_framework_version_id_framework_version')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_conversation_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['partner_id'], ['person.id'], name=op.f('fk_conversation_partner_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_conversation_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_subject_id'], ['round_subject.id'], name=op.f('fk_conversation_round_subject_id_round_subject'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation')),
    sa.UniqueConstraint('round_subject_id', name=op.f('uq_conversation_round_subject_id'))
    )
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conversation_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversation_partner_id'), ['partner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversation_person_id'), ['person_id'], unique=False)

    op.create_table('agreed_level',
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind in ('aspect', 'role')", name=op.f('ck_agreed_level_kind_known')),
    sa.CheckConstraint('level between 1 and 5', name=op.f('ck_agreed_level_level_range')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_agreed_level_conversation_id_conversation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_agreed_level_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('conversation_id', 'kind', 'code', name=op.f('pk_agreed_level'))
    )
    with op.batch_alter_table('agreed_level', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreed_level_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('conversation_addition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_conversation_addition_author_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_conversation_addition_conversation_id_conversation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_conversation_addition_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation_addition'))
    )
    with op.batch_alter_table('conversation_addition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conversation_addition_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversation_addition_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('conversation_preparation',
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('recognise', sa.String(), nullable=False),
    sa.Column('surprises', sa.String(), nullable=False),
    sa.Column('want', sa.String(), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_conversation_preparation_conversation_id_conversation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_conversation_preparation_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_conversation_preparation_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('conversation_id', 'person_id', name=op.f('pk_conversation_preparation'))
    )
    with op.batch_alter_table('conversation_preparation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conversation_preparation_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('round_quality',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('figures', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_round_quality_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_round_quality_round_id_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', name=op.f('pk_round_quality'))
    )
    with op.batch_alter_table('round_quality', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_quality_organisation_id'), ['organisation_id'], unique=False)
