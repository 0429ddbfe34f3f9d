"""The momentopname, the aanbod with its sessions, and the opleidingsplan."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    op.create_table('need_settings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cuts', sa.JSON(), nullable=False),
    sa.Column('self_counts_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_need_settings_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_need_settings')),
    sa.UniqueConstraint('organisation_id', name=op.f('uq_need_settings_organisation_id'))
    )
    with op.batch_alter_table('need_settings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_settings_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('snapshot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('framework_version_id', sa.Integer(), nullable=False),
    sa.Column('cuts', sa.JSON(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('left_out', sa.JSON(), nullable=False),
    sa.Column('roles', sa.JSON(), nullable=False),
    sa.Column('role_members', sa.JSON(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['framework_version_id'], ['framework_version.id'], name=op.f('fk_snapshot_framework_version_id_framework_version')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_snapshot_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snapshot'))
    )
    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_snapshot_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('snapshot_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('progress', sa.Double(), nullable=False),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_snapshot_request_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_snapshot_request')),
    sa.UniqueConstraint('organisation_id', name=op.f('uq_snapshot_request_organisation_id'))
    )
    with op.batch_alter_table('snapshot_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_snapshot_request_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('training',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('provider', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('afterwards', sa.String(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('cost_group', sa.Integer(), nullable=True),
    sa.Column('cost_person', sa.Integer(), nullable=True),
    sa.Column('places_min', sa.Integer(), nullable=False),
    sa.Column('places_max', sa.Integer(), nullable=False),
    sa.Column('level_from', sa.Integer(), nullable=False),
    sa.Column('level_to', sa.Integer(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('cost_group between 0 and 1000000', name=op.f('ck_training_cost_group_range')),
    sa.CheckConstraint('cost_group is not null or cost_person is not null', name=op.f('ck_training_priced')),
    sa.CheckConstraint('cost_person between 0 and 100000', name=op.f('ck_training_cost_person_range')),
    sa.CheckConstraint('hours between 1 and 400', name=op.f('ck_training_hours_range')),
    sa.CheckConstraint('length(title) > 0', name=op.f('ck_training_titled')),
    sa.CheckConstraint('level_from between 1 and level_to and level_to <= 5', name=op.f('ck_training_level_range')),
    sa.CheckConstraint('places_min between 1 and places_max', name=op.f('ck_training_places_range')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_training_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training')),
    sa.UniqueConstraint('organisation_id', 'code', name=op.f('uq_training_organisation_id_code'))
    )
    with op.batch_alter_table('training', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('snapshot_figure',
    sa.Column('snapshot_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('cell', sa.String(), nullable=False),
    sa.Column('item_code', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('members', sa.JSON(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_snapshot_figure_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_snapshot_figure_snapshot_id_snapshot'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('snapshot_id', 'kind', 'cell', 'item_code', name=op.f('pk_snapshot_figure'))
    )
    with op.batch_alter_table('snapshot_figure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_snapshot_figure_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('training_competency',
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('competency_code', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_training_competency_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['training_id'], ['training.id'], name=op.f('fk_training_competency_training_id_training'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('training_id', 'competency_code', name=op.f('pk_training_competency'))
    )
    with op.batch_alter_table('training_competency', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_competency_competency_code'), ['competency_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_competency_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('training_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('budget', sa.Integer(), nullable=False),
    sa.Column('planned', sa.Integer(), nullable=False),
    sa.Column('hours_per_person', sa.Integer(), nullable=False),
    sa.Column('snapshot_id', sa.Integer(), nullable=False),
    sa.Column('priorities', sa.JSON(), nullable=False),
    sa.Column('fixed', sa.JSON(), nullable=False),
    sa.Column('excluded', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('progress', sa.Double(), nullable=False),
    sa.Column('clashes', sa.JSON(), nullable=False),
    sa.Column('stop_asked', sa.Boolean(), nullable=False),
    sa.Column('gap', sa.Double(), nullable=True),
    sa.Column('question', sa.JSON(), nullable=False),
    sa.Column('quick', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('best', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('by_hand', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('adopted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('begins_on < ends_on', name=op.f('ck_training_plan_period')),
    sa.CheckConstraint('budget between 0 and 10000000', name=op.f('ck_training_plan_budget_range')),
    sa.CheckConstraint('hours_per_person between 0 and 1000', name=op.f('ck_training_plan_hours_range')),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_training_plan_named')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_training_plan_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_training_plan_snapshot_id_snapshot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_plan'))
    )
    with op.batch_alter_table('training_plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_plan_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('training_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('remark', sa.String(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('cost', sa.Integer(), nullable=False),
    sa.Column('evaluate_until', sa.Date(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('cost between 0 and 50000000', name=op.f('ck_training_session_cost_range')),
    sa.CheckConstraint('places between 1 and 500', name=op.f('ck_training_session_places_range')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_training_session_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['training_id'], ['training.id'], name=op.f('fk_training_session_training_id_training')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_session'))
    )
    with op.batch_alter_table('training_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_session_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_session_training_id'), ['training_id'], unique=False)

    op.create_table('enrolment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('waits_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('evaluated', sa.Boolean(), nullable=False),
    sa.Column('evidence_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_enrolment_evidence_id_evidence'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_enrolment_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_enrolment_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_enrolment_proposed_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], name=op.f('fk_enrolment_session_id_training_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment')),
    sa.UniqueConstraint('session_id', 'person_id', name=op.f('uq_enrolment_session_id_person_id'))
    )
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrolment_evidence_id'), ['evidence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolment_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolment_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolment_session_id'), ['session_id'], unique=False)

    op.create_table('training_envelope',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('box', sa.LargeBinary(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_training_envelope_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], name=op.f('fk_training_envelope_session_id_training_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_envelope')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('training_envelope', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_envelope_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_envelope_session_id'), ['session_id'], unique=False)

    op.create_table('training_outcome',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=True),
    sa.Column('sums', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_training_outcome_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], name=op.f('fk_training_outcome_session_id_training_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('session_id', name=op.f('pk_training_outcome'))
    )
    with op.batch_alter_table('training_outcome', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_outcome_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('training_remark',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_training_remark_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], name=op.f('fk_training_remark_session_id_training_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_remark')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('training_remark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_remark_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_remark_session_id'), ['session_id'], unique=False)

    op.create_table('training_meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('begins_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('begins_at < ends_at', name=op.f('ck_training_meeting_in_order')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_training_meeting_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], name=op.f('fk_training_meeting_session_id_training_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_meeting'))
    )
    with op.batch_alter_table('training_meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_meeting_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_meeting_session_id'), ['session_id'], unique=False)

    op.create_table('training_plan_run',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('places', sa.JSON(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_training_plan_run_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['plan_id'], ['training_plan.id'], name=op.f('fk_training_plan_run_plan_id_training_plan'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['training_session.id'], name=op.f('fk_training_plan_run_session_id_training_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('session_id', name=op.f('pk_training_plan_run'))
    )
    with op.batch_alter_table('training_plan_run', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_plan_run_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_plan_run_plan_id'), ['plan_id'], unique=False)

    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reactions_before', sa.JSON(), nullable=True))

    if op.get_bind().dialect.name == 'postgresql':      # db.keep_no_statistics
        for table, column in (('training_envelope', 'box'), ('training_remark', 'text')):
            op.execute(f'alter table {table} alter column {column} set statistics 0')

    op.create_index('ix_invitation_of_part', 'invitation', ['organisation_id', 'round_subject_id'])

    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tool_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('answers', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('copied_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_evidence_tool_id_practice_tool'), 'practice_tool', ['tool_id'], ['id'])
    for column, told in (('tool_id', 'tool_id'), ('answers', 'answers'), ('copied_at', 'changed_at')):
        op.execute(f'update evidence set {column} = (select {told} from practice_sheet'
                   ' where practice_sheet.id = evidence.sheet_id) where sheet_id is not null')
