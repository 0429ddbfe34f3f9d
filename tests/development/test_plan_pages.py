"""The plan as the two who make it see it: agreeing on it, changing it after, and every refusal."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.development.models import Goal, Plan, PlanChange, SetAside
from app.development.plan_lifecycle import PlanState
from app.measurement.scale import Group
from app.messages.letters import letter
from app.messages.models import Message
from app.web.formats import now, today
from tests.development.support import NEW, PLAN, VM1, form_data, goal_in, goals_in, make_goal, measure, send_new
from tests.profiles.released import release, rich
from tests.support.at_once import together
from tests.support.builders import Persona, make_person
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient, browser_of, text_of, tree_of
from tests.support.records import make_plan
from tests.support.statements import statements

MEANS = {"VM1.1": 2.8, "VM1.2": 2.8, "VM1.3": 2.8}


@pytest.fixture
def jet(app: Flask, begeleider: Persona) -> CheckedClient:
    return browser_of(app, begeleider)


@pytest.fixture
def tom(app: Flask, teamleider: Persona) -> CheckedClient:
    return browser_of(app, teamleider)


def read(client: CheckedClient, address: str = PLAN) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return told(page.data)


def told(data: bytes) -> str:
    return text_of(next(tree_of(data).iter("main")))


def at(plan_id: int, move: str = "") -> str:
    return f"{PLAN}/van/{plan_id}{'/' + move if move else ''}"


def plan_in(app: Flask, plan_id: int) -> Plan:
    with app.app_context():
        return db.session.get_one(Plan, plan_id)


def changes_in(app: Flask, plan_id: int) -> list[tuple[str, str, str]]:
    with app.app_context():
        rows = db.session.scalars(select(PlanChange).where(PlanChange.plan_id == plan_id).order_by(PlanChange.id))
        return [(one.kind, one.before, one.after) for one in rows]


def letters(app: Flask) -> list[tuple[str, str]]:
    """To whom, and the subject as it would be sent now."""
    with app.app_context(), app.test_request_context():
        messages = db.session.scalars(select(Message).where(Message.template.like("plan%")).order_by(Message.id)).all()
        return [(one.recipient, found.subject) for one in messages if (found := letter(one))]


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
    assert "2,7" not in page and "Score bij de start" not in page


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
    for client, address, who in ((jet, PLAN, "jij, "), (tom, at(plan_id), "Jet, ")):
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


# --- what a goal begins with and asks --------------------------------------------------------------------------------


def test_a_goal_starts_from_what_others_saw(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    made = release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 2.8, MEANS)])
    measure(app, begeleider, {"VM1": 4.4, "VM2": 3.1}, closed_at=now())
    page = jet.get(f"{NEW}?competentie={VM1}")
    assert "Score bij de start 2,8" in told(page.data) and "feedbackronde van" in told(page.data)
    assert jet.submit(page, form_data()).status_code == 303
    [goal] = goals_in(app, begeleider)
    assert (goal.start_score, goal.start_score_from, goal.measurement_id) == (2.8, "anderen", made.measurement_id)
    assert "anderen over ‘verwachtingen en wensen ophalen’" in read(jet)
    read_topics = read(jet, NEW)
    assert "Anderen 2,8, doel van je functie 3,5." in read_topics and "Jij 3,1, doel" in read_topics


WRONG = [
    ({"hours": "veel"}, "Schrijf een getal, bijvoorbeeld 12 of 2,5."),
    ({"hours": "-3"}, "Kies een aantal uren van 0 tot en met 1000."),
    ({"hours": "1001"}, "Kies een aantal uren van 0 tot en met 1000."),
    ({"hours": "nan"}, "Schrijf een getal"),
    ({"hours": "1e3"}, "Schrijf een getal"),
    ({"budget": "-1"}, "Kies een bedrag van 0 tot en met 25000 euro."),
    ({"budget": "999999999"}, "Kies een bedrag van 0 tot en met 25000 euro."),
    ({"budget": "12,50"}, "Schrijf een bedrag in hele euro's"),
    ({"budget": "٣"}, "Schrijf een bedrag in hele euro's"),
    ({"budget": "9" * 40}, "Schrijf een bedrag in hele euro's"),
    ({"support": "w" * 2001}, "er passen 2000 tekens in"),
    ({"training_wish": "w" * 301}, "er passen 300 tekens in"),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_absurd_amounts_are_told_and_stay(
    app: Flask, jet: CheckedClient, begeleider: Persona, wrong: dict[str, str], message: str
) -> None:
    answer = jet.send(f"{NEW}?competentie={VM1}", form_data(**wrong))
    assert answer.status_code == 422 and message in told(answer.data).replace("’", "'")
    [typed] = wrong.values()
    assert typed in answer.text
    assert goals_in(app, begeleider) == []


@pytest.mark.parametrize(("hours", "budget", "kept"), [
    ("2,5", "250", (2.5, 250)), ("2.5", "€ 1.250", (2.5, 1250)), ("0", "0", (0, 0)), ("1.000", "1250,-", (1000, 1250)),
    ("", "", (None, None)), ("12", "250 euro", (12, 250)), ("3", "250,00", (3, 250)),
])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_amounts_are_written_the_dutch_way(
    app: Flask, jet: CheckedClient, begeleider: Persona, hours: str, budget: str, kept: tuple[float, int]
) -> None:
    assert send_new(jet, hours=hours, budget=budget).status_code == 303
    [goal] = goals_in(app, begeleider)
    assert (goal.hours, goal.budget) == kept
    assert f"{PLAN}/doelen/{goal.id}" in jet.get(PLAN).text


# --- proposals -------------------------------------------------------------------------------------------------------


def test_an_empty_plan_shows_what_could_become_a_goal(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    assert "Na je eerste zelfbeeld staan hier voorstellen" in read(jet, f"{PLAN}/voorstel")
    measure(app, begeleider, {"V1": 2.9, "VM1": 2.9, "ON1": 4.6})
    page = read(jet)
    assert page.index("Verwachtingen en wensen ophalen") < page.index("Voorstel, omdat")
    assert "alleen zelfbeeld" in page and "Onderhandeling voorbereiden" not in page


def test_a_form_begins_with_the_niveau_that_was_agreed(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    make_conversation(app, begeleider, teamleider, fixed_at=now(), levels={"verwachtingsmanagement": 4})
    form = tree_of(jet.get(f"{NEW}?competentie={VM1}").data)
    chosen = [(box.attrib["name"], box.attrib["value"]) for box in form.iterfind(".//input[@type='radio']")
              if "checked" in box.attrib]
    assert chosen == [("level_now", "4")]


def test_a_proposal_becomes_a_goal(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    measure(app, begeleider, {"VM1": 2.4, "V1": 2.9})
    page = jet.get(f"{PLAN}/voorstel")
    link = next(a.attrib["href"] for a in tree_of(page.data).iter("a") if "actie=" in a.attrib.get("href", ""))
    form = jet.get(link)
    ticked = [box.attrib["value"] for box in tree_of(form.data).iterfind(".//input[@name='library']")
              if "checked" in box.attrib]
    assert 2 <= len(ticked) <= 3
    answer = jet.submit(form, form_data(library=ticked))
    assert answer.status_code == 303
    [goal] = goals_in(app, begeleider)
    assert {action.library_code for action in goal.actions} >= set(ticked)
    assert "Verwachtingen en wensen ophalen" not in read(jet, f"{PLAN}/voorstel")


@pytest.mark.parametrize("query", ["actie=bestaat-niet", "actie=" + "x" * 3000, "&".join(["actie=vm-meekijken"] * 500),
                                   "actie=%00"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_any_actions_in_the_address_are_answered(jet: CheckedClient, query: str) -> None:
    assert jet.get(f"{NEW}?competentie={VM1}&{query}").status_code == 200


def test_not_now_is_remembered(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    measure(app, begeleider, {"VM1": 2.4, "V1": 2.9})
    for _ in range(2):
        assert jet.send(f"{PLAN}/voorstel/{VM1}/niet-nu").status_code == 303
    assert "Niet nu: één onderwerp" in read(jet, f"{PLAN}/voorstel")
    assert "Verwachtingen en wensen ophalen" not in read(jet)
    with app.app_context():
        [row] = db.session.scalars(select(SetAside)).all()
        assert (row.competency_code, row.until.month, row.until.day) == ("VM1", 7, 31)
    assert jet.send(f"{PLAN}/voorstel/{VM1}/toch-wel").status_code == 303
    assert "Niet nu" in read(jet, f"{PLAN}/voorstel") and "één onderwerp" not in read(jet, f"{PLAN}/voorstel")
    assert jet.send(f"{PLAN}/voorstel/bestaat-niet/niet-nu").status_code == 404


# --- effect ----------------------------------------------------------------------------------------------------------


def test_a_goal_says_that_nothing_was_measured_since(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider)
    jet.send(f"{PLAN}/doelen/{goal_id}/rond-af")
    assert "Er is nog geen nieuwe meting van dit onderwerp." in read(jet, f"{PLAN}/doelen/{goal_id}")


def test_a_goal_shows_what_others_see_now(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 2.8, MEANS)], own_view=False, days_ago=60)
    goal_id = make_goal(app, begeleider)
    release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 3.9, MEANS)], own_view=False, days_ago=0)
    make_conversation(app, begeleider, teamleider, fixed_at=now(), levels={"verwachtingsmanagement": 3})
    page = jet.get(f"{PLAN}/doelen/{goal_id}")
    words = told(page.data)
    for expected in ("Zichtbare groei", "Bij de start", "2,8", "3,9", "Niveau bij de start: 2 ontwikkelend.",
                     "Nu: 3 zelfstandig, afgesproken met Tom Bakker", "Feedbackronde: anderen: 3,9", "Doel gemaakt"):
        assert expected in words, expected
    assert 'class="chart timeline"' in page.text


def test_a_second_self_view_is_a_plain_difference(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    measure(app, begeleider, {"VM1": 2.9})
    goal_id = make_goal(app, begeleider)
    measure(app, begeleider, {"VM1": 3.4}, closed_at=now() + dt.timedelta(minutes=1))
    assert "Verschil in je zelfbeeld: +0,5." in read(jet, f"{PLAN}/doelen/{goal_id}")


def test_a_goal_without_a_plan_is_still_read(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    """As goals were before there were plans; the next one that is begun takes it along."""
    goal_id = make_goal(app, begeleider)
    with app.app_context():
        goal = db.session.get_one(Goal, goal_id)
        plan = db.session.get_one(Plan, goal.plan_id)
        goal.plan_id = None
        db.session.flush()
        db.session.delete(plan)
        db.session.commit()
    assert "Ik spreek bij elke start" in read(jet)
    second = make_goal(app, begeleider, behaviour="Een tweede")
    assert goal_in(app, goal_id).plan_id == goal_in(app, second).plan_id is not None
