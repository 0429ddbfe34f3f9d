"""The demo dienst: what the README promises of it."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload, undefer

from app.access import Role
from app.accounts.models import PasswordLink
from app.assessments.models import Measurement, SelfNote, StoredCell
from app.competencies.models import FrameworkVersion
from app.competencies.queries import current_framework
from app.conversations.models import AgreedLevel, Conversation
from app.db import db
from app.development.models import Goal, GoalAction, LibraryAction, Plan
from app.development.plans.lifecycle import PlanState
from app.needs.models import Snapshot, SnapshotFigure
from app.organisations.models import Organisation, Team
from app.people.models import Person
from app.rating.models import Comment, Envelope, PulseOutcome
from app.rounds.lifecycle import Kind, State
from app.rounds.models import Round, RoundSubject
from app.training_plans import queries as training_plans
from app.training_plans.explaining import Because
from app.training_plans.page import page_of
from app.trainings.lifecycle import EnrolmentState
from app.trainings.models import Enrolment, Training, TrainingSession
from app.web.formats import AMSTERDAM, now, today
from seed.demo.build import LOG_INS, PASSWORD, build_demo
from seed.demo.days import working_day
from tests.measurement.people_attack import isolated_people
from tests.support.pages import CheckedClient

ROLES = ("begeleider", "teamleider", "hr", "beheerder")


def count(model: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def assert_rounds() -> None:
    """Two released rounds a year apart, one that waits to be released and one that runs, whose groups see the same
    people differently.
    """
    rounds = db.session.scalars(select(Round).where(Round.kind == Kind.FULL).order_by(Round.opens_on)).all()
    rounds = [one for one in rounds if "Oost" not in one.name and "Zuid" not in one.name]
    assert [one.state for one in rounds] == [State.RELEASED, State.RELEASED, State.CLOSED, State.OPEN]
    assert 350 <= (rounds[1].opens_on - rounds[0].opens_on).days <= 380
    assert count(Envelope) > 30         # of the one that runs
    of_rounds = select(RoundSubject.measurement_id).where(RoundSubject.measurement_id.is_not(None))
    means = dict(db.session.execute(
        select(StoredCell.rater_group, func.avg(StoredCell.mean))
        .where(StoredCell.measurement_id.in_(of_rounds))
        .group_by(StoredCell.rater_group)
    ).all())
    assert {"zelf", "teamleider", "collega", "school", "ouder", "leerling"} <= means.keys()
    assert means["school"] < means["collega"] < means["zelf"]       # believable: one sees oneself a little better
    assert means["leerling"] <= 3
    written = " ".join(db.session.scalars(select(Comment.text)))
    assert "Fijn mens & prettig contact" in written
    assert "<b>" not in written and "=SOM" not in written
    waiting = db.session.scalars(
        select(RoundSubject.id).where(RoundSubject.choice_sent_at.is_not(None), RoundSubject.approved_at.is_(None))
    ).all()
    assert len(waiting) == 1
    talks = db.session.execute(select(Conversation.fixed_at, Conversation.planned_at, Conversation.notes)).all()
    assert len(talks) == 40
    (to_hold,) = (planned_at for fixed_at, planned_at, _notes in talks if fixed_at is None)
    assert to_hold is not None and now() < to_hold < now() + dt.timedelta(days=14)
    assert len({notes for _fixed_at, _planned_at, notes in talks}) == 3
    assert {1, 2, 3} & set(db.session.scalars(select(AgreedLevel.level)))


def assert_pulses() -> None:
    """One about a goal of Noor's that enough people answered, and one that runs."""
    pulses = db.session.scalars(select(Round).where(Round.kind == Kind.PULSE).order_by(Round.opens_on)).all()
    assert [one.state for one in pulses] == [State.CLOSED, State.OPEN]
    assert db.session.scalars(select(PulseOutcome.mean)).one() == 3.9
    assert pulses[1].closes_on > today()


def assert_planned() -> None:
    """One opleidingsplan was adopted; of the other the planner found the best, with what more money would bring."""
    hr = next(one.actor for one in db.session.scalars(select(Person).options(selectinload(Person.memberships)))
              if Role.HR in one.roles)
    thought_of, adopted = training_plans.plans_of(hr)
    assert (adopted.state, thought_of.state) == ("adopted", "ready")
    plan = training_plans.plan_of(hr, thought_of.id)
    assert plan is not None and plan.gap == 0
    page = page_of(hr, plan, "beste")
    assert page.chosen is not None and page.chosen.what == "beste" and not page.troubles
    assert page.chosen.sums.value > next(one for one in page.versions if one.what == "snel").sums.value
    assert len(page.why) > 5 and all(one.brings for one in page.why)
    assert [one for one in page.left_out if one.because is Because.MONEY and one.more]


def assert_plans() -> None:
    """One at least in every state, and nothing runs that nobody agreed on: the others' goals begin where both said."""
    plans = db.session.scalars(select(Plan)).all()
    assert {one.state for one in plans} == set(PlanState)
    assert all((one.started_at is None) == (one.state not in (PlanState.RUNNING, PlanState.FINISHED)) for one in plans)
    assert all(one.ends_on >= today() or one.state == PlanState.FINISHED for one in plans)
    levels = select(AgreedLevel.level).where(AgreedLevel.code == "verwachtingsmanagement")
    assert set(db.session.scalars(levels)) == {2}


def assert_goals() -> None:
    """Everybody has her own, in her own words, that begins at the niveau she agreed on, with actions that belong to it.
    """
    catalog = current_framework().catalog
    goals = db.session.scalars(select(Goal).options(selectinload(Goal.actions))).all()
    for said in (Goal.behaviour, Goal.reason, Goal.noticed_by, Goal.if_then):
        assert len(set(db.session.scalars(select(said)))) == len(goals) >= 16
    assert len({one.competency_code for one in goals}) >= 8
    about = {one.code: one.document["competencies"] for one in db.session.scalars(select(LibraryAction))}
    aspects = {one.code: one.aspect for one in catalog.competencies}
    agreed = {(person_id, code): level for person_id, code, level in db.session.execute(
        select(Conversation.person_id, AgreedLevel.code, AgreedLevel.level)
        .join(Conversation, Conversation.id == AgreedLevel.conversation_id).order_by(Conversation.fixed_at))}
    for goal in goals:
        code = goal.competency_code
        assert goal.level_now == agreed.get((goal.person_id, aspects[code]), goal.level_now), goal.behaviour
        assert goal.if_then.startswith("Als ") and ", dan " in goal.if_then
        assert all(code in about[one.library_code] for one in goal.actions if one.library_code), goal.behaviour


def assert_sessions() -> None:
    """On working days, as long as their trainings say; and what Noor waits for she did not do already."""
    sessions = db.session.scalars(select(TrainingSession).options(
        selectinload(TrainingSession.meetings), selectinload(TrainingSession.training))).all()
    days = [one.begins_at.astimezone(AMSTERDAM).date() for session in sessions for one in session.meetings]
    assert days and all(working_day(day) == day for day in days)
    for session in sessions:
        lasts = sum((one.ends_at - one.begins_at for one in session.meetings), dt.timedelta()) / dt.timedelta(hours=1)
        assert not session.meetings or 0.6 * session.training.hours <= lasts <= session.training.hours
    waited = set(db.session.scalars(
        select(Training.title).join(TrainingSession).join(Enrolment, Enrolment.session_id == TrainingSession.id)
        .where(Enrolment.state == EnrolmentState.WAITING)
    ))
    done = set(db.session.scalars(select(GoalAction.title).where(GoalAction.done_at.is_not(None))))
    assert waited and not waited & done


def assert_needs() -> None:
    """Three momentopnamen, of which the last tells of who went to a training beside who did not; all of it, put
    together in any way, rests on five people or more.
    """
    taken = db.session.scalars(select(Snapshot).order_by(Snapshot.taken_at)).all()
    assert [list(one.cuts) for one in taken] == [[], [], ["opleiding"]]
    figures = db.session.scalars(select(SnapshotFigure).options(undefer(SnapshotFigure.members))).all()
    members: dict[tuple[str, str], set[frozenset[tuple[int, int]]]] = {}
    for one in figures:
        if one.members:
            assert len(one.members) >= 5
            item = "" if one.kind == "wens" else one.item_code
            members.setdefault((one.kind, item), set()).add(frozenset((who, what) for who, what, *_ in one.members))
    assert members and all(isolated_people(those) is None for those in members.values())
    cells = {one.cell for one in figures if one.snapshot_id == taken[-1].id}
    assert {f"{when}opleiding={went}" for when in ("", "moment=eerder&") for went in ("ja", "nee")} <= cells


@pytest.mark.parametrize(("day", "works"), [
    ("2027-01-01", "2026-12-31"), ("2027-03-29", "2027-03-25"), ("2026-12-27", "2026-12-24"),
    ("2027-05-06", "2027-05-04"), ("2027-05-17", "2027-05-14"), ("2027-04-28", "2027-04-28"),
])
def test_a_dienst_is_closed_on_public_holidays(day: str, works: str) -> None:
    assert working_day(dt.date.fromisoformat(day)) == dt.date.fromisoformat(works)


def figures_of_the_demo() -> list[tuple[object, ...]]:
    cells = select(Measurement.closed_at, StoredCell.item_code, StoredCell.mean).join(Measurement.cells)
    return sorted(tuple(row) for row in db.session.execute(cells))


def test_the_demo_has_a_past_and_everybody_can_sign_in(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        build_demo()
        seen = figures_of_the_demo()
        db.session.rollback()
        build_demo()
        assert len(seen) > 1000
        assert figures_of_the_demo() == seen, "the same day gives the same demo"
        db.session.commit()
        assert db.session.scalars(select(Organisation.demo)).all() == [True]
        assert count(Team) == 4
        assert 36 <= count(Person) <= 44
        assert count(Goal) >= 5
        measured = db.session.execute(select(Measurement.subject_id, func.count()).group_by(Measurement.subject_id))
        assert all(times >= 2 for _, times in measured)
        closed = db.session.scalars(select(Measurement.closed_at)).all()
        assert min(closed) < now() - dt.timedelta(days=550)
        assert max(closed) < now()
        open_until = db.session.scalars(select(PasswordLink.expires_at)).all()
        assert open_until
        assert all(until > now() for until in open_until)
        remarks = " ".join(db.session.scalars(select(SelfNote.remark)))
        assert "<script>" in remarks
        assert "שלום" in remarks
        assert db.session.scalars(select(FrameworkVersion.pinned_at)).one() is not None
        assert_rounds()
        assert_pulses()
        assert_plans()
        assert_goals()
        assert_sessions()
        assert_needs()
        assert_planned()
    assert len(LOG_INS) == 4
    for role in ROLES:
        browser = app.test_client()
        answer = browser.submit(browser.get("/inloggen"), {"email": f"{role}@dienst.example", "password": PASSWORD})
        assert answer.location == "/start"
        start = browser.get("/start").text
        assert "Wat nu?" in start
        assert ("Gijs Brouwer" in start and "/vrijgeven" in start) == (role == "teamleider")
    client.submit(client.get("/inloggen"), {"email": "begeleider@dienst.example", "password": PASSWORD})
    assert "Gesprek met Marieke de Wit" in client.get("/start").text
    for address in ("/profiel", "/metingen", "/ontwikkelplan", "/gesprekken"):
        assert client.get(address).status_code == 200
