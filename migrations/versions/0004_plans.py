"""Plans, actions with dates, practice sheets, evidence and tussenstanden. Goals that were begun get a plan of their year."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'


def upgrade() -> None:
    op.create_table('practice_tool',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice_tool')),
    sa.UniqueConstraint('code', 'fingerprint', name=op.f('uq_practice_tool_code_fingerprint'))
    )
    op.create_table('buddy_offer',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('competency_code', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind in ('kijk-mee', 'denk-mee')", name=op.f('ck_buddy_offer_kind_known')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_buddy_offer_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_buddy_offer_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'competency_code', 'kind', name=op.f('pk_buddy_offer'))
    )
    with op.batch_alter_table('buddy_offer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_buddy_offer_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=True),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('person_confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('partner_confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('begins_on < ends_on', name=op.f('ck_plan_period')),
    sa.CheckConstraint('person_id <> partner_id', name=op.f('ck_plan_two_people')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_plan_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['partner_id'], ['person.id'], name=op.f('fk_plan_partner_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_plan_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan')),
    sa.UniqueConstraint('person_id', 'begins_on', name=op.f('uq_plan_person_id_begins_on'))
    )
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_person_id'), ['person_id'], unique=False)

    op.create_table('plan_wishes',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('mails', sa.Boolean(), nullable=False),
    sa.Column('calendar_id', sa.String(), nullable=True),
    sa.Column('renewal', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_plan_wishes_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_plan_wishes_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_plan_wishes')),
    sa.UniqueConstraint('calendar_id', name=op.f('uq_plan_wishes_calendar_id'))
    )
    with op.batch_alter_table('plan_wishes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_wishes_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('set_aside',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('competency_code', sa.String(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_set_aside_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_set_aside_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'competency_code', name=op.f('pk_set_aside'))
    )
    with op.batch_alter_table('set_aside', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_set_aside_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('traject',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('case_code', sa.String(), nullable=False),
    sa.Column('school', sa.String(), nullable=False),
    sa.Column('sector', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('systemic', sa.Integer(), nullable=True),
    sa.Column('resultful', sa.Integer(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('evaluation_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('resultful between 0 and 100', name=op.f('ck_traject_resultful_range')),
    sa.CheckConstraint('systemic between 0 and 100', name=op.f('ck_traject_systemic_range')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_traject_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_traject_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_traject'))
    )
    with op.batch_alter_table('traject', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_traject_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_traject_person_id'), ['person_id'], unique=False)

    op.create_table('check_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('went_well', sa.String(), nullable=False),
    sa.Column('better', sa.String(), nullable=False),
    sa.Column('reached', sa.String(), nullable=False),
    sa.Column('yielded', sa.String(), nullable=False),
    sa.Column('next_up', sa.String(), nullable=False),
    sa.Column('reaction', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('shared_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('person_confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('partner_confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fixed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_check_in_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['partner_id'], ['person.id'], name=op.f('fk_check_in_partner_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_check_in_plan_id_plan'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_in')),
    sa.UniqueConstraint('plan_id', 'number', name=op.f('uq_check_in_plan_id_number'))
    )
    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_in_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_check_in_plan_id'), ['plan_id'], unique=False)

    op.create_table('check_in_reminder',
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('put_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_check_in_reminder_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_check_in_reminder_plan_id_plan'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('plan_id', 'number', name=op.f('pk_check_in_reminder'))
    )
    with op.batch_alter_table('check_in_reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_in_reminder_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('practice_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('tool_id', sa.Integer(), nullable=False),
    sa.Column('traject_id', sa.Integer(), nullable=True),
    sa.Column('follows_id', sa.Integer(), nullable=True),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['follows_id'], ['practice_sheet.id'], name=op.f('fk_practice_sheet_follows_id_practice_sheet'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_practice_sheet_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_practice_sheet_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tool_id'], ['practice_tool.id'], name=op.f('fk_practice_sheet_tool_id_practice_tool')),
    sa.ForeignKeyConstraint(['traject_id'], ['traject.id'], name=op.f('fk_practice_sheet_traject_id_traject'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice_sheet'))
    )
    with op.batch_alter_table('practice_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practice_sheet_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_practice_sheet_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_practice_sheet_traject_id'), ['traject_id'], unique=False)

    op.create_table('check_in_goal',
    sa.Column('check_in_id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.Column('tile', sa.String(), nullable=True),
    sa.Column('change', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("tile in ('op-gang', 'gaat-goed', 'zit-vast', 'klaar')", name=op.f('ck_check_in_goal_tile_known')),
    sa.ForeignKeyConstraint(['check_in_id'], ['check_in.id'], name=op.f('fk_check_in_goal_check_in_id_check_in'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_check_in_goal_goal_id_goal'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_check_in_goal_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('check_in_id', 'goal_id', name=op.f('pk_check_in_goal'))
    )
    with op.batch_alter_table('check_in_goal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_in_goal_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=True),
    sa.Column('sheet_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('reflection', sa.String(), nullable=False),
    sa.Column('seen_by', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=True),
    sa.Column('stored_name', sa.String(), nullable=True),
    sa.Column('media_type', sa.String(), nullable=True),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind in ('praktijkblad', 'bestand', 'link', 'notitie', 'reactie')", name=op.f('ck_evidence_kind_known')),
    sa.CheckConstraint("seen_by in ('ik', 'teamleider')", name=op.f('ck_evidence_seen_by_known')),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_evidence_goal_id_goal'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_evidence_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_evidence_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sheet_id'], ['practice_sheet.id'], name=op.f('fk_evidence_sheet_id_practice_sheet'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence')),
    sa.UniqueConstraint('stored_name', name=op.f('uq_evidence_stored_name'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_goal_id'), ['goal_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_person_id'), ['person_id'], unique=False)

    op.create_table('plan_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('goal_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('before', sa.String(), nullable=False),
    sa.Column('after', sa.String(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_plan_change_author_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_plan_change_goal_id_goal'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_plan_change_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_change_plan_id_plan'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_change'))
    )
    with op.batch_alter_table('plan_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_change_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_change_plan_id'), ['plan_id'], unique=False)

    op.create_table('evidence_competency',
    sa.Column('evidence_id', sa.Integer(), nullable=False),
    sa.Column('competency_code', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_evidence_competency_evidence_id_evidence'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_evidence_competency_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('evidence_id', 'competency_code', name=op.f('pk_evidence_competency'))
    )
    with op.batch_alter_table('evidence_competency', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_competency_organisation_id'), ['organisation_id'], unique=False)

    empty, no_list = sa.text("''"), sa.text("'[]'")      # of the rows that are there; new ones bring their own
    with op.batch_alter_table('goal', schema=None) as batch_op:
        batch_op.add_column(sa.Column('plan_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('support', sa.String(), nullable=False, server_default=empty))
        batch_op.add_column(sa.Column('hours', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('budget', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('training_wish', sa.String(), nullable=False, server_default=empty))
        batch_op.create_index(batch_op.f('ix_goal_plan_id'), ['plan_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_goal_plan_id_plan'), 'plan', ['plan_id'], ['id'], ondelete='SET NULL')
        batch_op.create_check_constraint(batch_op.f('ck_goal_hours_not_negative'), 'hours >= 0')
        batch_op.create_check_constraint(batch_op.f('ck_goal_budget_not_negative'), 'budget >= 0')

    with op.batch_alter_table('goal_action', schema=None) as batch_op:
        batch_op.add_column(sa.Column('if_then', sa.String(), nullable=False, server_default=empty))
        batch_op.add_column(sa.Column('steps', sa.JSON(), nullable=False, server_default=no_list))
        batch_op.add_column(sa.Column('steps_done', sa.JSON(), nullable=False, server_default=no_list))
        batch_op.add_column(sa.Column('due_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('note', sa.String(), nullable=False, server_default=empty))
        batch_op.add_column(sa.Column('with_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('begun_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reminded_on', sa.Date(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_goal_action_with_id_person'), 'person', ['with_id'], ['id'], ondelete='SET NULL')

    for table, columns in (('goal', ('support', 'training_wish')), ('goal_action', ('if_then', 'steps', 'steps_done', 'note'))):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)

    with op.batch_alter_table('library_action', schema=None) as batch_op:
        batch_op.add_column(sa.Column('organisation_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_library_action_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_library_action_organisation_id_organisation'), 'organisation', ['organisation_id'], ['id'])

    _plans_of_the_goals_there_are()


def _plans_of_the_goals_there_are() -> None:
    """Whoever has goals that were begun gets a plan of the school year (August to July) in which the first of them was."""
    goal = sa.table('goal', sa.column('plan_id'), sa.column('person_id'), sa.column('organisation_id'), sa.column('state'),
                    sa.column('created_at', sa.DateTime(timezone=True)))
    plan = sa.table('plan', sa.column('id'), sa.column('person_id'), sa.column('organisation_id'),
                    sa.column('begins_on', sa.Date), sa.column('ends_on', sa.Date), sa.column('state'), sa.column('revision'),
                    sa.column('created_at', sa.DateTime(timezone=True)))
    connection = op.get_bind()
    begun = goal.c.state != 'idea'
    first = sa.select(goal.c.person_id, goal.c.organisation_id, sa.func.min(goal.c.created_at)).where(begun).group_by(
        goal.c.person_id, goal.c.organisation_id)
    for person_id, organisation_id, at in connection.execute(first).all():
        year = at.year if at.month >= 8 else at.year - 1
        connection.execute(plan.insert().values(
            person_id=person_id, organisation_id=organisation_id, begins_on=dt.date(year, 8, 1),
            ends_on=dt.date(year + 1, 7, 31), state='draft', revision=0, created_at=at))
    mine = sa.select(plan.c.id).where(plan.c.person_id == goal.c.person_id).scalar_subquery()
    connection.execute(goal.update().where(begun).values(plan_id=mine))
