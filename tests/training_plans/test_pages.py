"""The pages of the opleidingsplan, for HR."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import partial
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.db import db
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import PlanRun, TrainingPlan
from app.trainings.lifecycle import SessionState
from app.trainings.models import TrainingSession
from tests.support.at_once import together
from tests.support.builders import Persona
from tests.support.needs import make_snapshot
from tests.support.pages import CheckedClient, browser_of, text_of, the_form, tree_of, typed
from tests.support.sessions import make_session
from tests.support.statements import statements
from tests.support.training_plans import WISH, Dienst, make_dienst, make_training_plan, stored_plan

LIST = "/opleidingen/plan"
NEW = f"{LIST}/nieuw"
SESSION = "/opleidingen/bijeenkomst"


def at(plan_id: int, rest: str = "") -> str:
    return f"{LIST}/{plan_id}{rest}"


def wished(dienst: Dienst, **others: str) -> dict[str, str]:
    """What a browser sends."""
    return {"name": "Plan A", "begins_on": "2026-08-01", "ends_on": "2027-07-31", "budget": "€ 6.000", "hours": "40",
            "revision": "0"} | others


def by_hand(dienst: Dienst, runs: str, noord: str, zuid: str) -> dict[str, str]:
    return {"runs": runs, f"unit_{dienst.teams['noord']}": noord, f"unit_{dienst.teams['zuid']}": zuid}


@pytest.fixture
def solved(app: Flask, dienst: Dienst) -> int:
    return make_training_plan(app, dienst.organisation_id, solved=True)


def test_without_a_momentopname_there_is_nothing_to_plan_on(app: Flask, organisation_id: int,
                                                            hilde: CheckedClient) -> None:
    assert "Een plan rust op een momentopname" in hilde.get(LIST).text
    assert hilde.get(NEW).status_code == 302
    make_snapshot(app, organisation_id)
    assert "Hier komt jullie eerste plan." in hilde.get(LIST).text


def test_from_nothing_to_a_plan(app: Flask, dienst: Dienst, hilde: CheckedClient) -> None:
    page = hilde.get(NEW).text
    assert 'value="10000"' in page      # 20 people
    made = hilde.submit(hilde.get(NEW), {"name": "Plan A", "budget": "€ 6.000", "hours": "40"})
    assert made.status_code == 303
    assert hilde.send(NEW, wished(dienst)).location == made.location        # a double click
    page = hilde.get(made.location).text
    for said in ("Plan A", "De planner is bezig", "Leren luisteren", "Wensen ophalen", "Gekozen omdat 6 mensen"):
        assert said in page
    assert "Plan A" in hilde.get(LIST).text


@pytest.mark.parametrize(("wanted", "budget", "hours", "told"), [
    ("", "10000", "80", "CAO PO 2019–2020 (artikel 9.3)"), ("po", "10000", "80", "2 uur per werkweek"),
    ("vo", "12000", "83", "CAO VO 2018–2019 (hoofdstuk 16), voor wie voltijds werkt: € 600 en 83 uur per jaar."),
    ("eigen", "", "", "Vul zelf in hoeveel geld en hoeveel uren er zijn."), ("nee", "10000", "80", "CAO PO"),
])  # fmt: skip
def test_a_plan_begins_with_what_a_cao_says(dienst: Dienst, hilde: CheckedClient, wanted: str, budget: str, hours: str,
                                            told: str) -> None:
    """For twenty people; with its year, and where to look for what holds now. Whatever stands there can be changed."""
    page = hilde.get(f"{NEW}?cao={wanted}" if wanted else NEW)
    assert [typed(the_form(page))[name] for name in ("budget", "hours")] == [[budget], [hours]]
    assert told in page.text.replace("\u00a0", " ")
    assert "Kijk in de cao die nu voor jullie geldt, en pas ze aan." in page.text
    made = hilde.submit(page, {"name": "Plan A", "budget": "4321", "hours": "12"})
    assert "Budget € 4.321, hoogstens 12 uur per persoon." in hilde.get(made.location).text.replace("\u00a0", " ")


def test_the_page_says_why_and_what_it_would_take(app: Flask, dienst: Dienst, hilde: CheckedClient) -> None:
    plan_id = make_training_plan(app, dienst.organisation_id, replace(WISH, budget=2000), solved=True)
    page = hilde.get(at(plan_id)).text.replace("\u00a0", " ")
    assert "Gekozen omdat 6 mensen dit nodig hebben" in page
    assert "Binnen deze wensen bestaat er geen beter plan." in page
    assert "meer kan ‘" in page     # what a little more money brings
    assert "Iets anders" in page    # nobody needs it
    assert hilde.get(at(plan_id, "?versie=snel")).status_code == 200


@pytest.mark.parametrize(("same", "proved"), [(True, True), (True, False), (False, True)])
def test_the_same_plan_is_not_compared_with_itself(app: Flask, dienst: Dienst, hilde: CheckedClient, solved: int,
                                                   same: bool, proved: bool) -> None:
    """Nor is it called the best where the planner had no time to look for another."""
    with app.app_context():
        plan = db.session.get_one(TrainingPlan, solved)
        plan.quick = plan.best if same else {"runs": {}, "places": {}}
        plan.gap = plan.gap if proved else None
        db.session.commit()
    for version in ("", "?versie=beste", "?versie=snel"):
        page = hilde.get(at(solved, version)).text
        assert ("Vergelijk" in page, "Het snelle plan was al even goed." in page) == (not same, same and proved)
        if same:
            assert ("Het plan: beste" in page, "Dit is alleen het snelle plan" in page) == (proved, not proved)


@pytest.mark.parametrize(("field", "value", "told"), [
    ("name", "", "Geef het plan een naam."), ("name", "x" * 121, "er passen 120 tekens in"),
    ("ends_on", "2026-08-01", "Het einde komt na het begin."), ("ends_on", "2036-08-01", "hoogstens twee jaar"),
    ("begins_on", "morgen", "Schrijf de datum als"),
    ("budget", "-5", "van 0 tot en met 10.000.000"), ("budget", "10000001", "van 0 tot en met 10.000.000"),
    ("budget", "", "Schrijf een heel getal."), ("hours", "1001", "van 0 tot en met 1.000"),
    ("hours", "4,5", "Schrijf een heel getal."), ("focus_acquisitie", "9", "Kies er een uit de lijst."),
])  # fmt: skip
def test_what_cannot_be_is_refused(dienst: Dienst, hilde: CheckedClient, field: str, value: str, told: str) -> None:
    answer = hilde.send(NEW, wished(dienst, **{field: value}))
    assert answer.status_code == 422 and told in answer.text


@pytest.mark.parametrize(("begins_on", "ends_on"), [
    ("9998-08-01", "9999-12-31"), ("0001-01-01", "0002-01-01"), ("2006-08-01", "2007-07-31"),
    ("2066-08-01", "2067-07-31"),
])  # fmt: skip
def test_a_period_is_not_far_away(dienst: Dienst, hilde: CheckedClient, solved: int, begins_on: str,
                                  ends_on: str) -> None:
    """Also beside a day that the clock of the world does not have."""
    for address in (NEW, at(solved, "/wensen")):
        answer = hilde.send(address, wished(dienst, begins_on=begins_on, ends_on=ends_on))
        assert answer.status_code == 422 and "van hoogstens tien jaar geleden" in answer.text


def test_beside_a_period_that_cannot_be_nothing_is_said_of_others(app: Flask, dienst: Dienst, hilde: CheckedClient,
                                                                  solved: int) -> None:
    with app.app_context():
        db.session.execute(update(TrainingPlan).values(state=PlanState.ADOPTED))
        db.session.commit()
    answer = hilde.send(NEW, wished(dienst, begins_on="0001-01-01", ends_on="9999-12-31"))
    assert answer.status_code == 422 and "Over deze periode ligt ook" not in answer.text
    assert "Over deze periode ligt ook" in hilde.send(NEW, wished(dienst, budget="x")).text


def test_wishes_that_clash_are_named_and_the_plan_stays(app: Flask, dienst: Dienst, hilde: CheckedClient,
                                                        solved: int) -> None:
    fixed = {f"training_{dienst.trainings['luisteren']}": "1"}
    before = stored_plan(app, dienst.organisation_id, solved)
    answer = hilde.send(at(solved, "/wensen"), wished(dienst, budget="500", **fixed))
    said = answer.text.replace("\u00a0", " ")
    assert answer.status_code == 422
    assert "Dit past niet samen: ‘Leren luisteren’ kost € 2.000 en er is € 500 te besteden." in said
    assert "je plan van zojuist is bewaard" in said
    answer = hilde.send(at(solved, "/wensen"), wished(dienst, hours="5", **fixed))
    assert "Dit past niet samen: ‘Leren luisteren’ duurt 12 uur en iedereen heeft 5 uur." in answer.text
    after = stored_plan(app, dienst.organisation_id, solved)
    assert (after.best, after.budget, after.revision, after.state) == (before.best, 6000, 0, PlanState.READY)
    both = fixed | {f"training_{dienst.trainings['wensen']}": "1"}
    said = hilde.send(NEW, wished(dienst, budget="500", **both)).text.replace("\u00a0", " ")
    assert "‘Leren luisteren’ en ‘Wensen ophalen’ kosten samen € 3.200 en er is € 500 te besteden." in said


def test_weights_and_what_is_settled_are_kept(app: Flask, dienst: Dienst, hilde: CheckedClient, solved: int) -> None:
    chosen = {f"unit_{dienst.teams['zuid']}": "0", f"training_{dienst.trainings['overig']}": "1",
              f"training_{dienst.trainings['luisteren']}": "0"}
    assert hilde.send(at(solved, "/wensen"), wished(dienst, **chosen)).status_code == 303
    plan = stored_plan(app, dienst.organisation_id, solved)
    assert plan.priorities == {"focus": {}, "units": {str(dienst.teams["zuid"]): 0.0}}
    assert (plan.fixed, plan.excluded, plan.best) == ({"overig": 1}, ["luisteren"], None)
    assert plan.quick and plan.quick["runs"] == {"overig": 1, "wensen": 1}
    assert list(plan.quick["places"]["wensen"]) == [str(dienst.teams["noord"])]
    page = hilde.get(at(solved, "/wensen")).text
    assert page.count("selected") >= 3


def test_whoever_looked_at_an_older_plan_is_told(app: Flask, dienst: Dienst, hilde: CheckedClient, solved: int) -> None:
    luisteren = hilde.get(at(solved, f"/eigen/{dienst.trainings['luisteren']}"))
    assert hilde.send(at(solved, "/wensen"), wished(dienst, budget="7000")).status_code == 303
    answer = hilde.send(at(solved, "/wensen"), wished(dienst, budget="8000"))
    assert answer.status_code == 409 and "Iemand anders veranderde dit plan" in answer.text and "8000" in answer.text
    answer = hilde.send(at(solved, "/vaststellen"), {"revision": "0", "version": "snel"})
    assert answer.status_code == 409
    assert hilde.submit(luisteren, by_hand(dienst, "1", "4", "0")).status_code == 409
    assert stored_plan(app, dienst.organisation_id, solved).budget == 7000


def test_by_hand_the_sums_follow_and_troubles_are_named(app: Flask, dienst: Dienst, hilde: CheckedClient,
                                                        solved: int) -> None:
    wensen = at(solved, f"/eigen/{dienst.trainings['wensen']}")
    assert "Wensen ophalen" in hilde.get(wensen).text
    assert hilde.submit(hilde.get(wensen), by_hand(dienst, "1", "1", "1")).location == at(solved, "?versie=eigen")
    page = hilde.get(at(solved)).text.replace("\u00a0", " ")
    assert "€ 2.600 van € 6.000" in page        # 2,000 for the group and 2 × 300
    assert "Wat nog niet past" not in page
    hilde.submit(hilde.get(wensen), by_hand(dienst, "2", "8", "8"))
    page = hilde.get(at(solved)).text.replace("\u00a0", " ")
    assert "‘Wensen ophalen’ heeft 8 plaatsen en Team Zuid telt 6 mensen." in page
    assert "dit plan kost € 6.800 en er is € 6.000 te besteden" in page and "€ 800 te veel" in page
    assert "Stel dit plan vast" not in page
    answer = hilde.send(at(solved, "/vaststellen"), {"revision": "2", "version": "eigen"})
    assert answer.status_code == 422 and "Los eerst op" in answer.text
    for places in ("8", "0"):       # the places that stood there go with it
        hilde.submit(hilde.get(wensen), by_hand(dienst, "0", places, places))
        assert stored_plan(app, dienst.organisation_id, solved).by_hand == {
            "runs": {"luisteren": 1}, "places": {"luisteren": {str(dienst.teams["noord"]): 6}}}


def test_what_does_not_fit_is_not_the_cheapest(dienst: Dienst, hilde: CheckedClient, solved: int) -> None:
    luisteren = at(solved, f"/eigen/{dienst.trainings['luisteren']}")
    two = by_hand(dienst, "1", "2", "0")                # a group is four at least
    assert hilde.submit(hilde.get(luisteren), two).status_code == 303
    page = hilde.get(at(solved))
    costs = [text_of(cell) for cell in tree_of(page.data).iter("td") if cell.get("data-l") == "Kosten"]
    assert "past niet" in costs and "–past niet" in costs and "past nog niet" in page.text
    assert "past niet" not in hilde.get(at(solved, "?versie=snel")).text.split("Het plan:")[1]


def test_a_plan_that_was_stopped_is_not_called_more_than_quick(app: Flask, dienst: Dienst,
                                                               hilde: CheckedClient) -> None:
    made = make_training_plan(app, dienst.organisation_id)
    assert hilde.send(at(made, "/stop")).status_code == 303
    assert "Dit is alleen het snelle plan" in hilde.get(at(made)).text
    assert "ligt klaar als concept" in hilde.get("/start").text


@pytest.mark.parametrize(("runs", "noord", "told"), [
    ("1", "0", "Verdeel ook de plaatsen"), ("0", "3", "Schrijf ook hoe vaak"), ("11", "3", "van 0 tot en met 10"),
    ("1", "-1", "van 0 tot en met 500"), ("1", "501", "van 0 tot en met 500"), ("", "3", "Schrijf een heel getal."),
])  # fmt: skip
def test_what_cannot_be_done_by_hand(dienst: Dienst, hilde: CheckedClient, solved: int, runs: str, noord: str,
                                     told: str) -> None:
    wensen = hilde.get(at(solved, f"/eigen/{dienst.trainings['wensen']}"))
    answer = hilde.submit(wensen, by_hand(dienst, runs, noord, "0"))
    assert answer.status_code == 422 and told in answer.text


def test_adopted_at_once_by_two_is_adopted_once(app: Flask, dienst: Dienst, hr: Persona, solved: int) -> None:
    clients = [browser_of(app, hr), browser_of(app, hr)]
    answers = together(*(partial(one.send, at(solved, "/vaststellen"), {"revision": "0", "version": "beste"})
                         for one in clients))
    assert [answer.status_code for answer in answers] == [303, 303]
    plan = stored_plan(app, dienst.organisation_id, solved)
    assert plan.state == PlanState.ADOPTED
    noord, zuid = (str(dienst.teams[code]) for code in ("noord", "zuid"))
    with app.app_context():
        rows = db.session.execute(select(PlanRun.places, TrainingSession.places, TrainingSession.cost)
                                  .join(TrainingSession, TrainingSession.id == PlanRun.session_id)
                                  .order_by(TrainingSession.cost)).all()
        assert [tuple(row) for row in rows] == [({noord: 6}, 6, 2000), ({noord: 3, zuid: 4}, 7, 2100)]
    page = clients[0].get(at(solved)).text
    assert "Vastgesteld op" in page and "De dagen volgen nog" in page and "Verander de wensen" not in page
    for rest in ("/weg", "/reken"):
        assert clients[0].send(at(solved, rest), {"revision": "1"}).status_code == 409
    assert clients[0].get(at(solved, "/wensen")).location == at(solved)


def test_a_session_leads_back_to_the_plan_it_came_of(app: Flask, dienst: Dienst, hilde: CheckedClient,
                                                     begeleider: Persona, teamleider: Persona, solved: int) -> None:
    """For who may read that plan; one of no plan leads nowhere."""
    of_none = make_session(app, dienst.organisation_id, training_id=dienst.trainings["luisteren"])
    hilde.send(at(solved, "/vaststellen"), {"revision": "0", "version": "beste"})
    with app.app_context():
        sessions = db.session.scalars(select(PlanRun.session_id)).all()
    assert len(sessions) == 2
    for one in sessions:
        page = hilde.get(f"{SESSION}/{one}")
        assert [text_of(link) for link in links(page, at(solved))] == [WISH.name]
        for person in (begeleider, teamleider):
            assert not links(browser_of(app, person).get(f"{SESSION}/{one}"), at(solved))
    assert not links(hilde.get(f"{SESSION}/{of_none}"), LIST + "/")


def test_an_adopted_plan_says_what_came_of_its_sessions(app: Flask, dienst: Dienst, hilde: CheckedClient,
                                                        solved: int) -> None:
    hilde.send(at(solved, "/vaststellen"), {"revision": "0", "version": "beste"})
    page = hilde.get(at(solved)).text
    assert "gaat niet door" not in page and "geweest" not in page
    with app.app_context():
        first, second = db.session.scalars(select(TrainingSession).order_by(TrainingSession.id)).all()
        first.state, second.state = SessionState.CALLED_OFF, SessionState.HELD
        db.session.commit()
    page = hilde.get(at(solved)).text
    assert page.count("gaat niet door") == page.count("geweest") == 1


def links(page: TestResponse, begins: str) -> list[Element]:
    """To addresses that begin like this."""
    assert page.status_code == 200
    return [one for one in tree_of(page.data).iter("a") if (one.get("href") or "").startswith(begins)]


def test_the_same_training_twice_becomes_two_sessions(app: Flask, dienst: Dienst, hilde: CheckedClient,
                                                      solved: int) -> None:
    hilde.submit(hilde.get(at(solved, f"/eigen/{dienst.trainings['wensen']}")), by_hand(dienst, "2", "4", "4"))
    assert hilde.send(at(solved, "/vaststellen"), {"revision": "1", "version": "eigen"}).status_code == 303
    with app.app_context():
        remarks = db.session.scalars(select(TrainingSession.remark).order_by(TrainingSession.id)).all()
    assert [remark[-13:] for remark in remarks if "keer" in remark] == ["keer 1 van 2.", "keer 2 van 2."]


def test_what_changed_in_the_aanbod_is_not_adopted(app: Flask, dienst: Dienst, hilde: CheckedClient,
                                                   solved: int) -> None:
    hilde.send(f"/opleidingen/aanbod/{dienst.trainings['wensen']}/weg")
    answer = hilde.send(at(solved, "/vaststellen"), {"revision": "0", "version": "beste"})
    assert answer.status_code == 422 and "in het aanbod veranderd" in answer.text and "‘Wensen ophalen’" in answer.text
    assert stored_plan(app, dienst.organisation_id, solved).state == PlanState.READY


def test_to_take_along(dienst: Dienst, hilde: CheckedClient, solved: int) -> None:
    answer = hilde.get(at(solved, "/plan.csv"))
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Opleiding", "Hoe vaak", "Plaatsen", "Kosten", "Uren", "Team Noord", "Team Zuid", "Waarom"]
    assert rows[1][:7] == ["Leren luisteren", "1", "6", "2000", "72", "6", "0"]
    assert hilde.get(at(solved, "/plan.xlsx?versie=snel")).data.startswith(b"PK")


def test_a_page_that_waits_hears_how_far_it_is(app: Flask, dienst: Dienst, hilde: CheckedClient) -> None:
    plan_id = make_training_plan(app, dienst.organisation_id)
    told = hilde.get(at(plan_id, "/stand")).json
    assert told == {"state": "solving", "percent": 0, "told": "De planner begint zo."}


def test_thrown_away(hilde: CheckedClient, solved: int) -> None:
    assert hilde.send(at(solved, "/weg")).status_code == 303
    assert hilde.get(at(solved)).status_code == 404


def test_statements_do_not_grow(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    dienst = make_dienst(app, organisation_id)
    small = make_training_plan(app, organisation_id, solved=True)
    for number in range(3):
        make_dienst(app, organisation_id, number)
    large = make_training_plan(app, organisation_id, replace(WISH, name="Groter", budget=30_000), solved=True)
    for rest in ("", "/wensen", "/plan.csv", "/stand", f"/eigen/{dienst.trainings['wensen']}"):
        counts = []
        for plan_id in (small, large):
            hilde.get(at(plan_id, rest))
            with statements(app) as asked:
                assert hilde.get(at(plan_id, rest)).status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1] <= 12, (rest, counts)
