"""Rounds: who is asked, what is answered; cells of groups; delivery of messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.create_table('round_settings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('begeleiders_start', sa.Boolean(), nullable=False),
    sa.Column('keep_answers_days', sa.Integer(), nullable=False),
    sa.Column('lead_reads_after_days', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('keep_answers_days between 0 and 180', name=op.f('ck_round_settings_keep_answers_range')),
    sa.CheckConstraint('lead_reads_after_days between 0 and 28', name=op.f('ck_round_settings_lead_reads_after_range')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_round_settings_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_settings')),
    sa.UniqueConstraint('organisation_id', name=op.f('uq_round_settings_organisation_id'))
    )
    with op.batch_alter_table('round_settings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_settings_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('school_holiday',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_school_holiday_in_order')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_school_holiday_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school_holiday'))
    )
    with op.batch_alter_table('school_holiday', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_school_holiday_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('framework_version_id', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('own_initiative', sa.Boolean(), nullable=False),
    sa.Column('choose_until', sa.Date(), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('reminder_days', sa.JSON(), nullable=False),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('small_circle', sa.Boolean(), nullable=False),
    sa.Column('lead_reads_comments', sa.Boolean(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_round_named')),
    sa.ForeignKeyConstraint(['created_by_id'], ['person.id'], name=op.f('fk_round_created_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['framework_version_id'], ['framework_version.id'], name=op.f('fk_round_framework_version_id_framework_version')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_round_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round'))
    )
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_round_state'), ['state'], unique=False)

    op.create_table('round_group',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('rater_group', sa.String(), nullable=False),
    sa.Column('question_set', sa.String(), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=False),
    sa.Column('advice', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_round_group_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_round_group_round_id_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'rater_group', name=op.f('pk_round_group'))
    )
    with op.batch_alter_table('round_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_group_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('comment',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('measurement_id', sa.Integer(), nullable=False),
    sa.Column('rater_group', sa.String(), nullable=False),
    sa.Column('question', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['measurement_id'], ['measurement.id'], name=op.f('fk_comment_measurement_id_measurement'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_comment_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comment_measurement_id'), ['measurement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comment_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('round_subject',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('choice_sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('self_assessment_id', sa.Integer(), nullable=True),
    sa.Column('measurement_id', sa.Integer(), nullable=True),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lead_reads_from', sa.Date(), nullable=True),
    sa.Column('comments_kept', sa.Boolean(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_round_subject_approved_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['measurement_id'], ['measurement.id'], name=op.f('fk_round_subject_measurement_id_measurement'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_round_subject_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_round_subject_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_round_subject_round_id_round'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['self_assessment_id'], ['self_assessment.id'], name=op.f('fk_round_subject_self_assessment_id_self_assessment'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_subject')),
    sa.UniqueConstraint('measurement_id', name=op.f('uq_round_subject_measurement_id')),
    sa.UniqueConstraint('round_id', 'person_id', name=op.f('uq_round_subject_round_id_person_id'))
    )
    with op.batch_alter_table('round_subject', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_subject_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_round_subject_person_id'), ['person_id'], unique=False)

    op.create_table('comment_envelope',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('round_subject_id', sa.Integer(), nullable=False),
    sa.Column('rater_group', sa.String(), nullable=False),
    sa.Column('box', sa.LargeBinary(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_comment_envelope_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['round_subject_id'], ['round_subject.id'], name=op.f('fk_comment_envelope_round_subject_id_round_subject'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment_envelope')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('comment_envelope', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comment_envelope_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_comment_envelope_round_subject_id'), ['round_subject_id'], unique=False)

    op.create_table('envelope',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('round_subject_id', sa.Integer(), nullable=False),
    sa.Column('rater_group', sa.String(), nullable=False),
    sa.Column('question_set', sa.String(), nullable=False),
    sa.Column('box', sa.LargeBinary(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_envelope_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['round_subject_id'], ['round_subject.id'], name=op.f('fk_envelope_round_subject_id_round_subject'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_envelope')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('envelope', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_envelope_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_envelope_round_subject_id'), ['round_subject_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('round_subject_id', sa.Integer(), nullable=False),
    sa.Column('rater_group', sa.String(), nullable=False),
    sa.Column('relation', sa.String(), nullable=False),
    sa.Column('question_set', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('school', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('critical_friend', sa.Boolean(), nullable=False),
    sa.Column('added_by_approver', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('renewal', sa.Integer(), nullable=False),
    sa.Column('invited_on', sa.Date(), nullable=True),
    sa.Column('answered', sa.Boolean(), nullable=True),
    sa.Column('decline_reason', sa.String(), nullable=True),
    sa.Column('bounced', sa.String(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_invitation_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_invitation_person_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['round_subject_id'], ['round_subject.id'], name=op.f('fk_invitation_round_subject_id_round_subject'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('public_id', name=op.f('uq_invitation_public_id'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index('ix_invitation_address', ['organisation_id', 'email'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_invitation_email', ['round_subject_id', 'email'], unique=True)

    op.create_table('response',
    sa.Column('round_subject_id', sa.Integer(), nullable=False),
    sa.Column('rater_group', sa.String(), nullable=False),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.Column('sent', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_response_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['round_subject_id'], ['round_subject.id'], name=op.f('fk_response_round_subject_id_round_subject'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_subject_id', 'rater_group', name=op.f('pk_response'))
    )
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_response_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('sheet',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('round_subject_id', sa.Integer(), nullable=False),
    sa.Column('rater_group', sa.String(), nullable=False),
    sa.Column('question_set', sa.String(), nullable=False),
    sa.Column('answers', sa.LargeBinary(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_sheet_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['round_subject_id'], ['round_subject.id'], name=op.f('fk_sheet_round_subject_id_round_subject'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sheet_round_subject_id'), ['round_subject_id'], unique=False)

    op.create_table('draft',
    sa.Column('invitation_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(), nullable=False),
    sa.Column('box', sa.LargeBinary(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitation.id'], name=op.f('fk_draft_invitation_id_invitation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_draft_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('invitation_id', 'item', name=op.f('pk_draft')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_organisation_id'), ['organisation_id'], unique=False)

    with op.batch_alter_table('cell', schema=None) as batch_op:
        batch_op.add_column(sa.Column('spread', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('agreement', sa.String(), nullable=True))

    with op.batch_alter_table('measurement', schema=None) as batch_op:
        batch_op.alter_column('self_assessment_id',
               existing_type=sa.INTEGER(),
               nullable=True)

    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('concerns', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('due_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('attempts', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('refused', sa.String(), nullable=True))
        batch_op.create_index(batch_op.f('ix_message_concerns'), ['concerns'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_due_at'), ['due_at'], unique=False)
    with op.batch_alter_table('message', schema=None) as batch_op:      # only the rows that were there needed it
        batch_op.alter_column('attempts', existing_type=sa.Integer(), server_default=None)

    if op.get_bind().dialect.name == 'postgresql':      # db.keep_no_statistics
        for table, column in (('draft', 'invitation_id'), ('draft', 'item'), ('draft', 'box'), ('envelope', 'box'),
                              ('comment_envelope', 'box'), ('sheet', 'answers'), ('comment', 'text'),
                              ('message', 'recipient')):
            op.execute(f'alter table {table} alter column {column} set statistics 0')
