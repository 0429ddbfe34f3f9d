"""The plan as the two who make it see it: agreeing on it, changing it after, and every refusal."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.development.models import Plan
from app.development.plans.lifecycle import PlanState
from app.measurement.scale import Group
from app.people.models import Membership
from app.web.formats import now, today
from tests.development.support import (
    MEANS,
    PLAN,
    at,
    changes_in,
    goal_in,
    goals_in,
    letters,
    make_goal,
    measure,
    plan_in,
    read,
)
from tests.profiles.released import release, rich
from tests.support.at_once import together
from tests.support.builders import Persona, make_person
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient, browser_of, told
from tests.support.records import make_plan
from tests.support.statements import statements

# --- the plan itself -------------------------------------------------------------------------------------------------


def test_the_first_goal_brings_a_plan_of_the_school_year(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    first, second = make_goal(app, begeleider), make_goal(app, begeleider, behaviour="Een ander doel")
    with app.app_context():
        [plan] = db.session.scalars(select(Plan)).all()
    assert (plan.begins_on.month, plan.begins_on.day, plan.ends_on.month, plan.ends_on.day) == (8, 1, 7, 31)
    assert plan.begins_on <= today() <= plan.ends_on
    assert {goal_in(app, one).plan_id for one in (first, second)} == {plan.id}
    assert "Dit plan: concept" in read(jet)


def test_an_idea_has_no_plan_until_it_is_begun(app: Flask, begeleider: Persona) -> None:
    for number in (1, 2, 3):
        made = make_goal(app, begeleider, behaviour=f"Doel {number}")
    idea = make_goal(app, begeleider, behaviour="Een idee")
    assert goal_in(app, idea).plan_id is None
    client = browser_of(app, begeleider)
    client.send(f"{PLAN}/doelen/{made}/zet-stil")
    client.send(f"{PLAN}/doelen/{idea}/begin")
    assert goal_in(app, idea).plan_id == goal_in(app, made).plan_id is not None


def test_the_period_can_be_another_one(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    plan_id = make_plan(app, begeleider, teamleider, shown=False)
    begins, ends = today() - dt.timedelta(days=10), today() + dt.timedelta(days=200)
    answer = jet.submit(jet.get(PLAN), {"begins_on": begins.isoformat(), "ends_on": ends.isoformat()},
                        to=at(plan_id, "periode"))
    assert answer.status_code == 303
    plan = plan_in(app, plan_id)
    assert (plan.begins_on, plan.ends_on) == (begins, ends)


@pytest.mark.parametrize(("begins", "ends", "message"), [
    (0, -1, "De laatste dag komt na de eerste."),
    (-400, -1, "Deze dag is al geweest."),
    (0, 10, "ten minste vier weken"),
    (0, 800, "hooguit twee jaar"),
    (36_525, 36_800, "Kijk of het jaartal klopt."),
])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_period_that_is_none_is_told(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona, begins: int, ends: int, message: str
) -> None:
    plan_id = make_plan(app, begeleider, teamleider, shown=False)
    answer = jet.send(at(plan_id, "periode"), {
        "begins_on": (today() + dt.timedelta(days=begins)).isoformat(),
        "ends_on": (today() + dt.timedelta(days=ends)).isoformat(),
    })
    assert answer.status_code == 422 and message in told(answer.data)
    assert plan_in(app, plan_id).begins_on.day == 1


# --- agreeing --------------------------------------------------------------------------------------------------------


def test_from_concept_to_a_plan_that_runs_and_ends(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    goal_id = make_goal(app, begeleider, support="Een uur met Amira", budget=250, training_wish="Onderhandelen")
    plan_id = goal_in(app, goal_id).plan_id
    assert plan_id is not None
    assert tom.get(at(plan_id)).status_code == 404

    assert jet.submit(jet.get(PLAN), to=at(plan_id, "leg-voor")).status_code == 303
    assert letters(app) == [(teamleider.email, "Jet de Vries legt je een ontwikkelplan voor")]
    assert "Jet de Vries" in read(tom, "/start") and "wacht op jou" in read(tom, "/gesprekken")
    page = read(tom, at(plan_id))
    for words in ("Ontwikkelplan van Jet de Vries", "Een uur met Amira", "250 euro", "Onderhandelen",
                  "Jet wil dit plan met je vaststellen."):
        assert words in page, words

    assert tom.submit(tom.get(at(plan_id)), to=at(plan_id, "bevestig")).status_code == 303
    assert "Jij hebt bevestigd. Nu Jet nog." in read(tom, at(plan_id))
    assert "Tom heeft bevestigd. Nu jij nog." in read(jet)
    assert jet.submit(jet.get(PLAN), to=at(plan_id, "bevestig")).status_code == 303
    assert plan_in(app, plan_id).state == PlanState.AGREED
    assert (teamleider.email, "Het ontwikkelplan met Jet de Vries is vastgesteld") in letters(app)

    assert jet.submit(jet.get(PLAN), to=at(plan_id, "begin")).status_code == 303
    assert "Je plan loopt." in read(jet) and "Jet is ermee bezig." in read(tom, at(plan_id))
    refused = jet.send(at(plan_id, "rond-af"))
    assert refused.status_code == 409 and "Er lopen nog doelen." in told(refused.data)
    jet.send(f"{PLAN}/doelen/{goal_id}/rond-af")
    assert jet.submit(jet.get(PLAN), to=at(plan_id, "rond-af")).status_code == 303
    assert plan_in(app, plan_id).state == PlanState.FINISHED
    assert "Eerdere plannen" in read(jet)
    assert "Dit plan is afgerond." in read(jet, at(plan_id)) and "Dit plan is afgerond." in read(tom, at(plan_id))
    with app.app_context():
        assert [kind for kind, _before, _after in changes_in(app, plan_id)] == ["started", "goal-finished", "finished"]


def test_whoever_accompanies_her_sees_no_score(
    app: Flask, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    measure(app, begeleider, {"VM1": 2.7})
    make_goal(app, begeleider)
    page = read(tom, at(make_plan(app, begeleider, teamleider)))
    assert "2,7" not in page and "Wat hierover gemeten is, is van Jet." in page


def test_two_who_confirm_at_once_agree_once(app: Flask, begeleider: Persona, teamleider: Persona) -> None:
    plan_id = make_plan(app, begeleider, teamleider)
    data = {"revision": str(plan_in(app, plan_id).revision)}
    clients = [browser_of(app, begeleider), browser_of(app, teamleider), browser_of(app, begeleider)]
    for client in clients:
        client.csrf_token()
    answers = together(*(lambda one=one: one.send(at(plan_id, "bevestig"), data).status_code for one in clients))
    assert answers == [303, 303, 303]
    plan = plan_in(app, plan_id)
    assert plan.state == PlanState.AGREED and plan.partner_id == teamleider.id
    assert changes_in(app, plan_id) == []


def test_a_change_takes_the_confirmations_back(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    plan_id = make_plan(app, begeleider, teamleider)
    tom.submit(tom.get(at(plan_id)), to=at(plan_id, "bevestig"))
    old = {"revision": str(plan_in(app, plan_id).revision)}
    [goal] = goals_in(app, begeleider)
    jet.submit(jet.get(f"{PLAN}/doelen/{goal.id}"), {"behaviour": "Ik doe het anders"}, to=f"{PLAN}/doelen/{goal.id}")
    plan = plan_in(app, plan_id)
    assert plan.partner_confirmed_at is None and changes_in(app, plan_id) == []
    for client in (tom, jet):
        late = client.send(at(plan_id, "bevestig"), old)
        assert late.status_code == 409 and "Er is intussen iets veranderd" in told(late.data)
    assert plan_in(app, plan_id).state == PlanState.DISCUSSED
    assert letters(app) == [(teamleider.email, "Jet de Vries legt je een ontwikkelplan voor")]


def test_a_round_asks_for_a_conversation_first(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 2.8, MEANS)])
    plan_id = make_plan(app, begeleider, teamleider)
    data = {"revision": str(plan_in(app, plan_id).revision)}
    for client, address in ((jet, PLAN), (tom, at(plan_id))):
        assert "Doe eerst de nabespreking." in read(client, address)
        refused = client.send(at(plan_id, "bevestig"), data)
        assert refused.status_code == 409 and "de nabespreking is nog niet vastgelegd" in told(refused.data)
    make_conversation(app, begeleider, teamleider, fixed_at=now())
    assert [client.send(at(plan_id, "bevestig"), data).status_code for client in (jet, tom)] == [303, 303]
    assert plan_in(app, plan_id).state == PlanState.AGREED


def test_a_plan_can_be_taken_back_until_it_was_agreed(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    plan_id = make_plan(app, begeleider, teamleider)
    tom.submit(tom.get(at(plan_id)), to=at(plan_id, "bevestig"))
    page = tom.get(at(plan_id))
    assert jet.submit(jet.get(PLAN), to=at(plan_id, "neem-terug")).status_code == 303
    assert tom.get(at(plan_id)).status_code == 404 and page.status_code == 200
    assert tom.send(at(plan_id, "bevestig"), {"revision": "1"}).status_code == 404
    assert letters(app) == []
    assert "Alleen jij ziet dit plan." in read(jet)
    make_plan(app, begeleider, teamleider, agreed=True)
    refused = jet.send(at(plan_id, "neem-terug"))
    assert refused.status_code == 409 and "intussen vastgesteld" in told(refused.data)


def test_what_changes_after_agreeing_is_seen_by_both(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    [goal] = goals_in(app, begeleider)
    jet.submit(jet.get(f"{PLAN}/doelen/{goal.id}"), {"behaviour": "Ik doe het anders", "budget": "€ 1.250,-"},
               to=f"{PLAN}/doelen/{goal.id}")
    jet.send(f"{PLAN}/doelen/{goal.id}/acties", {"own": "Oefen met Joost"})
    assert changes_in(app, plan_id)[1:] == [
        ("behaviour", goal.behaviour, "Ik doe het anders"), ("budget", "", "1250"),
        ("action-added", "", "Oefen met Joost"),
    ]
    assert plan_in(app, plan_id).state == PlanState.RUNNING
    for client, address, who in ((jet, PLAN, "Jij, "), (tom, at(plan_id), "Jet, ")):
        page = read(client, address)
        for words in ("Wat er veranderde", goal.behaviour, "is nu: Ik doe het anders", "was: (niets)", "1250 euro", who,
                      "Oefen met Joost"):
            assert words in page, words


@pytest.mark.parametrize("who", ["jet", "tom"])
def test_either_opens_it_again_with_a_reason(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona, who: str
) -> None:
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    client, other = (jet, teamleider) if who == "jet" else (tom, begeleider)
    assert client.send(at(plan_id, "heropen"), {"why": " "}).status_code == 422
    assert client.send(at(plan_id, "heropen"), {"why": "Het traject gaat niet door."}).status_code == 303
    plan = plan_in(app, plan_id)
    assert (plan.state, plan.person_confirmed_at, plan.partner_confirmed_at) == (PlanState.DISCUSSED, None, None)
    assert changes_in(app, plan_id)[-1] == ("reopened", "", "Het traject gaat niet door.")
    assert [to for to, subject in letters(app) if "heropend" in subject] == [other.email]
    for one, address in ((jet, PLAN), (tom, at(plan_id))):
        assert "Het traject gaat niet door." in read(one, address)
        assert one.submit(one.get(address), to=at(plan_id, "bevestig")).status_code == 303
    assert plan_in(app, plan_id).state == PlanState.RUNNING


def test_a_finished_plan_is_not_reopened_beside_a_new_one(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    [goal] = goals_in(app, begeleider)
    jet.send(f"{PLAN}/doelen/{goal.id}/rond-af")
    jet.send(at(plan_id, "rond-af"))
    newer = goal_in(app, make_goal(app, begeleider, behaviour="Het volgende")).plan_id
    assert newer not in (None, plan_id)
    refused = jet.send(at(plan_id, "heropen"), {"why": "Toch niet."})
    assert refused.status_code == 409 and "Er is al een nieuwer plan." in told(refused.data)
    assert plan_in(app, plan_id).state == PlanState.FINISHED


def test_without_a_goal_or_a_teamleider_it_is_told(app: Flask, organisation_id: int) -> None:
    alone = make_person(app, organisation_id)
    client = browser_of(app, alone)
    goal_id = make_goal(app, alone)
    plan_id = goal_in(app, goal_id).plan_id
    assert "nog niemand aan wie je het kunt voorleggen" in read(client)
    assert plan_id is not None
    refused = client.send(at(plan_id, "leg-voor"))
    assert refused.status_code == 409 and "Kies iemand die je teamleider of gesprekspartner is." in told(refused.data)
    client.send(f"{PLAN}/doelen/{goal_id}/zet-stil")
    assert "Kies een doel, dan kun je je plan voorleggen." in read(client)


def test_somebody_elses_plan_does_not_exist(
    app: Flask, begeleider: Persona, teamleider: Persona, stranger: Persona, team_id: int
) -> None:
    plan_id = make_plan(app, begeleider, teamleider)
    colleague = make_person(app, begeleider.organisation_id, works_in=[team_id])
    other_lead = make_person(app, begeleider.organisation_id, roles=["teamleider", "begeleider"])
    for other in (colleague, other_lead, stranger):
        client = browser_of(app, other)
        assert client.get(at(plan_id)).status_code == 404
        for move in ("leg-voor", "neem-terug", "bevestig", "begin", "rond-af", "heropen", "periode"):
            assert client.send(at(plan_id, move), {"why": "x", "revision": "1"}).status_code == 404
    assert plan_in(app, plan_id).state == PlanState.DISCUSSED


def test_only_who_accompanies_her_can_be_chosen(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona, team_id: int
) -> None:
    plan_id = make_plan(app, begeleider, teamleider, shown=False)
    second = make_person(app, begeleider.organisation_id, roles=["teamleider"], leads=[team_id], name="Ria Blom")
    colleague = make_person(app, begeleider.organisation_id, works_in=[team_id])
    assert "Ria Blom" in read(jet)
    for wrong in ("", str(colleague.id), "0", "x"):
        assert jet.send(at(plan_id, "leg-voor"), {"partner": wrong}).status_code == 422
    assert jet.send(at(plan_id, "leg-voor"), {"partner": str(second.id)}).status_code == 303
    assert plan_in(app, plan_id).partner_id == second.id


def test_only_whom_she_chose_confirms_and_another_reads(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona, team_id: int
) -> None:
    plan_id = make_plan(app, begeleider, teamleider)
    gerda = browser_of(app, make_person(app, begeleider.organisation_id, roles=["teamleider"], leads=[team_id],
                                        name="Gerda Smit"))
    page = gerda.get(at(plan_id))
    for words in ("Jet maakt dit plan met Tom Bakker.", "Jij begeleidt Jet ook, en kunt het lezen."):
        assert words in told(page.data)
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]
    revision = str(plan_in(app, plan_id).revision)
    for move, said in (("bevestig", {"revision": revision}), ("heropen", {"why": "x"}), ("opmerking", {"remark": "x"})):
        assert gerda.send(at(plan_id, move), said).status_code == 404
    with app.app_context():         # whom she chose leads her no longer: the other goes on with it
        db.session.get_one(Membership, (teamleider.id, team_id)).leads = False
        db.session.commit()
    assert gerda.submit(gerda.get(at(plan_id)), to=at(plan_id, "bevestig")).status_code == 303
    assert plan_in(app, plan_id).partner_id != teamleider.id


def test_the_page_says_who_will_read_it(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona, team_id: int
) -> None:
    make_plan(app, begeleider, teamleider, shown=False)
    make_person(app, begeleider.organisation_id, roles=["teamleider"], leads=[team_id], name="Gerda Smit")
    assert "Lezen kunnen ze het daarna allemaal: ze begeleiden je." in read(jet)


def test_whoever_reads_it_can_say_not_yet(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    plan_id = make_plan(app, begeleider, teamleider)
    jet.submit(jet.get(PLAN), to=at(plan_id, "bevestig"))
    seen = {"revision": str(plan_in(app, plan_id).revision)}
    empty = tom.submit(tom.get(at(plan_id)), {"remark": " "}, to=at(plan_id, "opmerking"))
    assert empty.status_code == 422 and "Schrijf op wat je anders zou zien." in told(empty.data)
    said = {"remark": "Kies eerst één school."}
    assert tom.submit(tom.get(at(plan_id)), said, to=at(plan_id, "opmerking")).status_code == 303
    plan = plan_in(app, plan_id)
    assert (plan.state, plan.person_confirmed_at) == (PlanState.DISCUSSED, None)
    assert letters(app) == [(begeleider.email, "Tom Bakker schreef iets bij je ontwikkelplan")]
    for client, address in ((jet, PLAN), (tom, at(plan_id))):
        assert "Kies eerst één school." in read(client, address)
    assert jet.send(at(plan_id, "bevestig"), seen).status_code == 409
    assert jet.send(at(plan_id, "opmerking"), said).status_code == 404
    for client, address in ((jet, PLAN), (tom, at(plan_id))):
        assert client.submit(client.get(address), to=at(plan_id, "bevestig")).status_code == 303
    assert plan_in(app, plan_id).state == PlanState.AGREED
    assert tom.send(at(plan_id, "opmerking"), said).status_code == 409


def test_a_fixed_conversation_and_the_plan_lead_to_each_other(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    plan_id = make_plan(app, begeleider, teamleider)
    talk = make_conversation(app, begeleider, teamleider, fixed_at=now(), notes="Besproken")
    assert f'href="/gesprekken/{talk}"' in jet.get(PLAN).text
    assert f'href="{PLAN}"' in jet.get(f"/gesprekken/{talk}").text
    assert f'href="{at(plan_id)}"' in tom.get(f"/gesprekken/{talk}").text


def test_the_pages_cost_the_same_with_more_goals(
    app: Flask, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    counts = []
    for number in range(3):
        tom.get(at(plan_id))
        with statements(app) as seen:
            tom.get(at(plan_id))
        counts.append(len(seen))
        make_goal(app, begeleider, behaviour=f"Nog een doel {number}")
    assert len(set(counts)) == 1 and counts[0] <= 12
