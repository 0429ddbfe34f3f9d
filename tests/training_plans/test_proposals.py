"""The places that a plan keeps for the people of a teamleider, and whom she could propose."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.training_plans import adopting, services
from app.training_plans.queries import plan_to_change
from app.training_plans.ranking import WISH_ALONE, asking
from app.trainings.lifecycle import EnrolmentState, SessionState
from app.trainings.models import Enrolment, Training, TrainingSession
from app.web.formats import now, today
from tests.profiles.released import Released, change_part
from tests.support.builders import make_person, make_team
from tests.support.pages import CheckedClient, browser_of
from tests.support.sessions import put
from tests.support.statements import statements
from tests.support.teams import MadeTeam, make_measured_team
from tests.support.training_plans import WISH, hr_of, need, publish
from tests.support.trainings import make_training

PAGE = "/opleidingen/voorstel"


def keep_places(app: Flask, organisation_id: int, unit: str, subject: str = "VM1", people: int = 8) -> None:
    """An adopted plan that keeps four places for this unit."""
    publish(app, organisation_id, {(unit, subject): need(people=people, with_gap=4)})
    make_training(app, organisation_id, title="Leren luisteren", competencies=(subject,), cost_group=2000,
                  cost_person=None, places_min=4, places_max=8)
    actor = hr_of(organisation_id)
    with app.app_context():
        made = services.create(actor, WISH)
        services.stop(made)
        db.session.commit()
        plan = plan_to_change(actor, made.id)
        assert plan is not None
        asked = services.question_on(plan)
        assert adopting.adopt(actor, plan, asked, services.versions_of(plan, asked)["snel"], 0) == 1
        db.session.commit()


@pytest.fixture
def team(app: Flask) -> MadeTeam:
    return make_measured_team(app, 6, waves=(2.5,), work=False)


@pytest.fixture
def tom(app: Flask, team: MadeTeam) -> CheckedClient:
    return browser_of(app, team.lead)


def opened(app: Flask, rounds: tuple[Released, ...]) -> None:
    """Whoever leads her reads it from today on."""
    change_part(app, rounds[0], lead_reads_from=today())


@pytest.mark.parametrize(("scores", "wishes", "gaps", "weight"), [
    ({"a": 2.5, "b": 3.0}, (), {"a": 1, "b": Fraction(1, 2)}, 4 + Fraction(3, 2)),
    ({"a": 2.5, "b": 3.0}, ("b",), {"a": 1, "b": Fraction(1, 2)}, 2 * (4 + Fraction(3, 2))),
    ({"a": 4.5}, (), {}, 0), ({}, ("a",), {}, 2 * WISH_ALONE), ({}, ("c",), {}, 0), ({}, (), {}, 0),
])  # fmt: skip
def test_need_times_wish(scores: dict[str, float], wishes: tuple[str, ...], gaps: dict[str, Fraction],
                         weight: Fraction) -> None:
    found = asking(("a", "b"), scores, {"a": 3.5, "b": 3.5}, {"a": 4, "b": 3}, wishes)
    assert (found.gaps, found.weight) == (gaps, weight)


def test_without_a_plan_there_are_no_places(tom: CheckedClient) -> None:
    assert "Er zijn nu geen plaatsen voor je team." in tom.get(PAGE).text
    assert PAGE not in tom.get("/opleidingen").text


def test_reasons_for_whom_may_be_read_and_names_for_the_rest(app: Flask, team: MadeTeam, tom: CheckedClient) -> None:
    keep_places(app, team.organisation_id, str(team.id))
    first, second, closed, *_ = team.people
    for one in (first, second):
        opened(app, team.rounds[one.id])
    for one in team.people[2:]:
        change_part(app, team.rounds[one.id][0], lead_reads_from=None)
    assert PAGE in tom.get("/opleidingen").text
    page = tom.get(PAGE).text
    assert "4 plaatsen voor jouw mensen." in page and "Uit het opleidingsplan ‘" in page
    with_reason, without = re.split("Je andere mensen", page)
    for one in (first, second):
        assert one.name in with_reason.replace("&#39;", "'")
    assert with_reason.count("onder de doelscore") == 2 and "onder de doelscore" not in without
    assert closed.name in without
    assert page.count("checked") == 2
    session = re.findall(r"/opleidingen/bijeenkomst/(\d+)/voorstellen", page)[0]
    sent = tom.send(f"/opleidingen/bijeenkomst/{session}/voorstellen", {"people": [first.id], "places": "1"})
    assert (sent.status_code, sent.location) == (303, f"{PAGE}#b{session}")     # the next opleiding is on it as well
    page = tom.get(PAGE).text
    assert "voorgesteld" in page and page.count("onder de doelscore") == 1


def test_more_people_than_places_is_said(app: Flask, team: MadeTeam, tom: CheckedClient) -> None:
    keep_places(app, team.organisation_id, str(team.id))
    session = re.findall(r"/opleidingen/bijeenkomst/(\d+)/voorstellen", tom.get(PAGE).text)[0]
    ids = [one.id for one in team.people]
    start = tom.get("/start").text
    assert start.count("Eén opleiding heeft nog plaatsen voor je mensen.") == start.count(f'href="{PAGE}"') == 1
    tom.send(f"/opleidingen/bijeenkomst/{session}/voorstellen", {"people": ids[:4]})
    assert "Al deze plaatsen zijn vergeven." in tom.get(PAGE).text
    assert "nog plaatsen voor je mensen" not in tom.get("/start").text
    tom.send(f"/opleidingen/bijeenkomst/{session}/voorstellen", {"people": ids[4:]})
    assert "6 mensen voorgesteld of aangemeld voor 4 plaatsen." in tom.get(PAGE).text


def test_places_that_others_took_are_not_offered(app: Flask, team: MadeTeam, tom: CheckedClient) -> None:
    """Whoever signs up first goes, also where a plan kept the places for a team."""
    keep_places(app, team.organisation_id, str(team.id))
    for one in team.people:
        opened(app, team.rounds[one.id])
    session = int(re.findall(r"/opleidingen/bijeenkomst/(\d+)/voorstellen", tom.get(PAGE).text)[0])
    others = [make_person(app, team.organisation_id) for _ in range(4)]
    put(app, session, others[0], EnrolmentState.ENROLLED)
    page = tom.get(PAGE).text
    assert "De bijeenkomst is vol" not in page and page.count("checked") == 3
    for one in others[1:]:
        put(app, session, one, EnrolmentState.ENROLLED)
    page = tom.get(PAGE).text
    assert "4 plaatsen voor jouw mensen." in page and "De bijeenkomst is vol" in page
    assert "checked" not in page
    for address in ("/start", team.at()):
        assert "nog plaatsen voor je mensen" not in tom.get(address).text


def test_who_followed_it_is_not_proposed_by_itself(app: Flask, team: MadeTeam, tom: CheckedClient) -> None:
    keep_places(app, team.organisation_id, str(team.id))
    for one in team.people:
        opened(app, team.rounds[one.id])
    assert tom.get(PAGE).text.count("checked") == 4
    with app.app_context():
        training = db.session.scalars(select(Training)).one()
        held = TrainingSession(organisation_id=team.organisation_id, training_id=training.id, places=8, cost=0,
                               state=SessionState.HELD, created_at=now())
        db.session.add(held)
        db.session.flush()
        for one in team.people[:4]:
            db.session.add(Enrolment(organisation_id=team.organisation_id, session_id=held.id, person_id=one.id,
                                     state=EnrolmentState.ATTENDED, changed_at=now()))
        db.session.commit()
    page = tom.get(PAGE).text
    assert page.count("checked") == 2 and page.count("Volgde deze opleiding al.") == 4


def test_hr_sees_nothing_of_a_proposal(app: Flask, team: MadeTeam, tom: CheckedClient) -> None:
    keep_places(app, team.organisation_id, str(team.id))
    hanna = browser_of(app, make_person(app, team.organisation_id, roles=["hr"], name="Hanna Vos"))
    page = tom.get(PAGE).text
    session = re.findall(r"/opleidingen/bijeenkomst/(\d+)/voorstellen", page)[0]
    plans = [hanna.get(address).text for address in ("/opleidingen/plan/1", f"/opleidingen/bijeenkomst/{session}")]
    tom.send(f"/opleidingen/bijeenkomst/{session}/voorstellen", {"people": [one.id for one in team.people]})
    for address, before in zip(("/opleidingen/plan/1", f"/opleidingen/bijeenkomst/{session}"), plans, strict=True):
        after = hanna.get(address).text
        assert not any(one.name in after for one in team.people)
        assert re.sub("csrf_token[^>]*", "", after) == re.sub("csrf_token[^>]*", "", before)
    assert hanna.get(PAGE).status_code == 403


def test_a_team_without_figures_of_its_own_shares_with_the_small_ones(app: Flask, team: MadeTeam,
                                                                      tom: CheckedClient) -> None:
    keep_places(app, team.organisation_id, "kleine-teams")
    assert "4 plaatsen voor kleine teams samen." in tom.get(PAGE).text


def test_places_of_another_team_are_not_hers(app: Flask, team: MadeTeam, tom: CheckedClient) -> None:
    keep_places(app, team.organisation_id, str(make_team(app, team.organisation_id, "Team Ver")))
    assert "Er zijn nu geen plaatsen voor je team." in tom.get(PAGE).text


def test_statements_do_not_grow(app: Flask) -> None:
    counts = []
    for people in (3, 9):
        made = make_measured_team(app, people, waves=(2.5,), work=True)
        for rounds in made.rounds.values():
            opened(app, rounds)
        keep_places(app, made.organisation_id, str(made.id))
        client = browser_of(app, made.lead)
        client.get(PAGE)
        with statements(app) as asked:
            assert client.get(PAGE).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12, counts
