"""The voortgang as hr reads it: what happened, and nothing of what anybody scored."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from sqlalchemy import func, select

from app.competencies.queries import current_framework
from app.db import db
from app.development.plans.period import school_year
from app.measurement.scale import Group
from app.needs.models import Snapshot
from app.progress import queries
from app.rating.models import Response
from app.rounds.models import Round
from app.training_plans import adopting, services
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import TrainingPlan
from app.training_plans.queries import plan_to_change
from app.training_plans.question import Wish
from app.trainings.lifecycle import EnrolmentState, SessionState
from app.trainings.models import Enrolment, Meeting, Training, TrainingSession
from app.web.formats import now, today
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient, text_of, tree_of
from tests.support.records import make_check_in, make_plan
from tests.support.rounds import give_measurement, make_round
from tests.support.sessions import make_session
from tests.support.statements import statements
from tests.support.training_plans import hr_of, make_dienst, make_training_plan


def rows(page: bytes, section: str) -> dict[str, list[str]]:
    """Per row of the table of a section what its cells say."""
    found = next(one for one in tree_of(page).iter("section") if one.get("aria-labelledby") == section)
    return {text_of(next(row.iter("th"))): [text_of(cell) for cell in row.findall("td")]
            for row in found.iter("tr") if row.find("td") is not None}


def test_without_anything_it_says_what_will_be_here(client: CheckedClient, hr: Persona) -> None:
    log_in(client, hr)
    page = client.get("/voortgang")
    assert page.status_code == 200
    assert "zodra er vijf begeleiders in de dienst werken" in page.text
    assert "nog geen feedbackronde gesloten" in page.text
    assert "nog geen opleidingen gepland" in page.text
    assert client.get("/voortgang?jaar=1999").status_code == 404
    assert client.get("/voortgang?jaar=x").status_code == 200


def test_what_happened_in_a_team_of_six(app: Flask, client: CheckedClient, hr: Persona, organisation_id: int) -> None:
    team_id = make_team(app, organisation_id, "Team Noord")
    lead = make_person(app, organisation_id, roles=["teamleider"], leads=[team_id])
    people = [make_person(app, organisation_id, roles=["begeleider"], works_in=[team_id]) for _ in range(6)]
    made = make_round(app, lead, people, state="closed", opened_days_ago=40)
    for number in range(6):
        give_measurement(app, made, number, groups=[Group.COLLEAGUE] if number < 3 else [])
    with app.app_context():
        db.session.get_one(Round, made.round_id).closed_at = now()
        for part_id in made.part_ids:
            db.session.add(Response(organisation_id=organisation_id, round_subject_id=part_id, rater_group="collega",
                                    asked=10, sent=6))
        db.session.commit()
    make_conversation(app, people[0], lead, part_id=made.part_ids[0], fixed_at=now())
    plan_id = make_plan(app, people[0], lead, running=True)
    make_check_in(app, people[0], lead, plan_id)
    log_in(client, hr)
    page = client.get("/voortgang")
    expected = ["6 van 6", "1 van 6", "1 van 6", "1 van 1"]
    assert rows(page.data, "dienst") == {"Team Noord": expected, "Hele dienst": expected}
    assert rows(page.data, "rondes")["Najaarsronde"][1:] == ["6", "60%", "50%"]
    assert people[0].name not in page.text


def test_a_profile_of_later_does_not_count_in_the_year_before(app: Flask, organisation_id: int) -> None:
    lead = make_person(app, organisation_id, roles=["teamleider"])
    person = make_person(app, organisation_id, roles=["begeleider"])
    made = make_round(app, lead, [person], state="closed", opened_days_ago=40)
    give_measurement(app, made, 0, groups=[Group.COLLEAGUE])
    this = school_year(today())
    before = school_year(this.begins_on - dt.timedelta(days=1))
    with app.app_context():
        found = [queries.people_of(hr_of(organisation_id), period, today()) for period in (before, this)]
    assert [one.measured for of in found for one in of] == [False, True]


def test_what_trainings_cost_and_took(app: Flask, client: CheckedClient, hr: Persona, organisation_id: int) -> None:
    begeleider = make_person(app, organisation_id, roles=["begeleider"])
    with app.app_context():
        training = Training(organisation_id=organisation_id, code="tr-x", title="Startgesprek", form="training",
                            hours=10, cost_group=2000, places_min=6, places_max=14, level_from=1, level_to=3)
        db.session.add(training)
        db.session.flush()
        for state, cost in ((SessionState.HELD, 2000), (SessionState.PLANNED, 1500), (SessionState.CALLED_OFF, 900)):
            session = TrainingSession(
                organisation_id=organisation_id, training=training, state=state, places=12, cost=cost,
                created_at=now(), meetings=[Meeting(organisation_id=organisation_id, begins_at=now(),
                                                    ends_at=now() + dt.timedelta(hours=3))])
            db.session.add(session)
            db.session.flush()
            if state == SessionState.HELD:
                session.held_as = session.given
                db.session.add(Enrolment(organisation_id=organisation_id, session_id=session.id,
                                         person_id=begeleider.id, state=EnrolmentState.ATTENDED, changed_at=now()))
        snapshot = Snapshot(organisation_id=organisation_id, taken_at=now(), people=0, cuts=[], left_out={},
                            framework_version_id=current_framework().version_id)
        db.session.add(snapshot)
        db.session.flush()
        year = school_year(today())
        db.session.add(TrainingPlan(organisation_id=organisation_id, name="Plan", begins_on=year.begins_on,
                                    ends_on=year.ends_on, budget=12000, hours_per_person=20, question={},
                                    snapshot_id=snapshot.id, state=PlanState.ADOPTED, created_at=now()))
        db.session.commit()
    log_in(client, hr)
    page = client.get("/voortgang")
    assert rows(page.data, "opleidingen") == {
        "Gehouden": ["1", "€ 2.000"], "Nog gepland": ["1", "€ 1.500"],
        "Budget in het opleidingsplan": ["", "€ 12.000"], "Over": ["", "€ 8.500"],
    }
    assert "1 mensen volgden samen 10 uur" not in page.text
    assert "Eén begeleider volgde 10 uur" in page.text


def test_what_is_planned_without_days_counts_and_more_than_the_budget_is_said(
    app: Flask, client: CheckedClient, hr: Persona, organisation_id: int
) -> None:
    make_dienst(app, organisation_id)
    year = school_year(today())
    for name, budget in (("Eerste plan", 3000), ("Tweede plan", 5500)):
        made = make_training_plan(app, organisation_id, Wish(name, year.begins_on, year.ends_on, budget, 40))
        with app.app_context():
            plan = plan_to_change(hr_of(organisation_id), made)
            assert plan is not None
            services.stop(plan)
            asked = services.question_on(plan)
            adopting.adopt(hr_of(organisation_id), plan, asked, services.versions_of(plan, asked)["snel"], 0)
            db.session.commit()
    log_in(client, hr)
    found = rows(client.get("/voortgang").data, "opleidingen")
    with app.app_context():
        count, euros = db.session.execute(select(func.count(), func.sum(TrainingSession.cost))).one()
        one = db.session.scalars(select(TrainingSession).where(TrainingSession.cost > 0)).first()
        assert one is not None and count
        one.cost += 5500 - euros + 700
        db.session.commit()
    assert found["Nog zonder dagen"] == [str(count), f"€ {euros:,}".replace(",", ".")]
    assert found["Budget in het opleidingsplan"] == ["", "€ 5.500"]
    assert found["Over"] == ["", f"€ {5500 - euros:,}".replace(",", ".")]
    found = rows(client.get("/voortgang").data, "opleidingen")
    assert found["Meer dan het budget"] == ["", "€ 700"] and "Over" not in found


def test_of_a_plan_over_two_school_years_it_is_not_said_what_is_left(
    app: Flask, client: CheckedClient, hr: Persona, organisation_id: int
) -> None:
    """What it pays for in the other year is not on this page."""
    make_dienst(app, organisation_id)
    year = school_year(today())
    made = make_training_plan(app, organisation_id, Wish(
        "Kalenderjaar", year.begins_on - dt.timedelta(days=180), year.ends_on - dt.timedelta(days=180), 9000, 40))
    with app.app_context():
        db.session.get_one(TrainingPlan, made).state = PlanState.ADOPTED
        db.session.commit()
    make_session(app, organisation_id, 0)
    log_in(client, hr)
    page = client.get("/voortgang")
    found = rows(page.data, "opleidingen")
    assert found["Budget in het opleidingsplan"] == ["", "€ 9.000"]
    assert "Over" not in found and "Meer dan het budget" not in found
    assert "loopt ook buiten dit schooljaar" in page.text


def test_it_asks_the_database_as_often_for_many_as_for_few(
    app: Flask, client: CheckedClient, hr: Persona, organisation_id: int
) -> None:
    log_in(client, hr)
    client.get("/voortgang")
    with statements(app) as few:
        client.get("/voortgang")
    team_id = make_team(app, organisation_id)
    lead = make_person(app, organisation_id, roles=["teamleider"], leads=[team_id])
    for _ in range(12):
        make_plan(app, make_person(app, organisation_id, roles=["begeleider"], works_in=[team_id]), lead, running=True)
    with statements(app) as many:
        client.get("/voortgang")
    assert len(many) == len(few) <= 14
