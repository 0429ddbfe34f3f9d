"""The pages of the plan: what stands on them, what each form does, and every refusal."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.db import db
from app.development.lifecycle import GoalState, Step
from app.web.formats import date, today
from tests.development.support import (
    IF_THEN,
    NEW,
    PLAN,
    VM1,
    fill_places,
    form_data,
    goal_in,
    goals_in,
    make_goal,
    measure,
    send_new,
)
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient, text_of, tree_of
from tests.support.statements import statements

FULL = "Je hebt al drie doelen. Rond er eerst een af of zet er een stil."


@pytest.fixture
def jet(client: CheckedClient, begeleider: Persona) -> CheckedClient:
    log_in(client, begeleider)
    return client


def words_of(page: TestResponse) -> str:
    """What is read on a page, on one line."""
    return text_of(next(tree_of(page.data).iter("main")))


# --- the plan --------------------------------------------------------------------------------------------------------


def test_an_empty_plan_says_what_comes_here(jet: CheckedClient) -> None:
    page = jet.get(PLAN)
    assert page.status_code == 200
    assert "Hier komen je doelen, hooguit drie tegelijk." in words_of(page)
    assert f'href="{NEW}"' in page.text


def test_who_has_no_data_may_begin_with_a_self_assessment(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    for address in (PLAN, NEW):
        page = jet.get(address)
        assert "Weet je nog niet waarover? Begin met je zelfbeeld" in words_of(page)
        assert 'href="/zelfbeeld"' in page.text
    measure(app, begeleider, {"VM1": 2.9})
    for address in (PLAN, NEW):
        assert "Weet je nog niet waarover?" not in words_of(jet.get(address))


def test_a_goal_stands_there_with_where_it_started_and_where_it_goes(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    measure(app, begeleider, {"VM1": 2.9})
    make_goal(app, begeleider, titles=("Oefen met Joost",))
    read = words_of(jet.get(PLAN))
    for words in ("Eén doel", "Verwachtingsmanagement", "Ik spreek bij elke start de opbrengst af", "2,9",
                  "jouw zelfbeeld van 12 maart 2026", "Niveau, jouw eigen inschatting",
                  "Nu ontwikkelend, doel zelfstandig. Bespreekt bij elke start de verwachtingen",
                  "Nog niet samen vastgesteld", IF_THEN, "0 van 2 gedaan",
                  "in het werk · ongeveer 3 uur", "Voeg een tweede doel toe"):
        assert words in read, words


def test_the_card_says_why_and_who_will_notice(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    """Folded on the screen, unfolded on paper."""
    make_goal(app, begeleider, reason="Omdat het schuurt.", noticed_by="De school belt minder.")
    main = next(tree_of(jet.get(PLAN).data).iter("main"))
    folded, on_paper = main.find(".//details"), main.find(".//div[@class='paper part']")
    assert folded is not None and on_paper is not None
    for found in (folded, on_paper):
        read = text_of(found)
        assert "Waarom dit doel?" in read and "Omdat het schuurt." in read
        assert "Waaraan merken school, ouders of leerling dat?" in read and "De school belt minder." in read
    assert "open" not in folded.attrib


def test_hours_are_said_of_what_the_library_knows(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    """A sum is no hours done, and own actions have none."""
    make_goal(app, begeleider, titles=("Oefen met Joost",))
    assert "samen ongeveer" not in words_of(jet.get(PLAN))
    codes = ("vm-startgesprek-canvas", "vm-meekijken")
    goal_id = make_goal(app, begeleider, behaviour="Twee", codes=codes, titles=("Oefen met Joost",))
    for address in (PLAN, f"{PLAN}/doelen/{goal_id}"):
        assert "De acties uit de bibliotheek kosten samen ongeveer 6 uur." in words_of(jet.get(address))


def test_what_was_not_measured_says_so(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    make_goal(app, begeleider)
    assert "Toen je begon, was ‘verwachtingen en wensen ophalen’ nog niet gemeten." in words_of(jet.get(PLAN))
    assert "‘Netwerk opbouwen en benutten’ is nog niet gemeten." in words_of(jet.get(f"{NEW}?competentie=netwerken"))


def test_the_number_of_goals_decides_what_can_be_added(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    for number, (counted, more) in enumerate([("Eén doel", "Voeg een tweede doel toe"),
                                              ("Twee doelen", "Voeg een derde doel toe"), ("Drie doelen", None)]):
        make_goal(app, begeleider, behaviour=f"Doel {number}")
        read = words_of(jet.get(PLAN))
        assert counted in read
        assert (more in read) if more else ("doel toe" not in read)


def test_the_advice_comes_when_no_goal_is_from_a_focus_area(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    make_goal(app, begeleider, "luisteren", codes=("vm-meekijken",))
    assert "ten minste één doel uit een focusgebied" in words_of(jet.get(PLAN))
    make_goal(app, begeleider)
    assert "ten minste één doel uit een focusgebied" not in words_of(jet.get(PLAN))


def test_paused_finished_and_ideas_stand_below(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    make_goal(app, begeleider, behaviour="Staat hier stil", steps=(Step.PAUSE,))
    make_goal(app, begeleider, behaviour="Is hier klaar", steps=(Step.FINISH,))
    read = words_of(jet.get(PLAN))
    assert "Er loopt nu geen doel." in read
    fill_places(app, begeleider)
    make_goal(app, begeleider, behaviour="Is een idee")
    read = words_of(jet.get(PLAN))
    day = ""
    with app.test_request_context():
        day = date(today())
    for words in (f"Staat hier stil Verwachtingsmanagement · stilgezet op {day} · 0 van 1 gedaan",
                  f"Is een idee Verwachtingsmanagement · bedacht op {day}", f"afgerond op {day}"):
        assert words in read, words


def test_an_end_date_that_passed_is_told_without_blame(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    make_goal(app, begeleider, end_date=today() - dt.timedelta(days=1))
    assert "De einddatum was " in words_of(jet.get(PLAN))


def test_the_plan_costs_the_same_for_one_goal_and_for_three(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    make_goal(app, begeleider)
    jet.get(PLAN)
    with statements(app) as one:
        jet.get(PLAN)
    many = tuple(f"Actie {number}" for number in range(11))
    for number in (2, 3):
        make_goal(app, begeleider, "netwerken", behaviour=f"Doel {number}", titles=many)
    make_goal(app, begeleider, behaviour="Idee", titles=many)
    make_goal(app, begeleider, behaviour="Ander idee", titles=many)
    with statements(app) as three:
        jet.get(PLAN)
    assert len(three) == len(one) <= 12, "\n".join(three)


def test_the_page_of_a_goal_costs_the_same_with_one_action_and_with_ten(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    few = make_goal(app, begeleider)
    many = make_goal(app, begeleider, behaviour="Veel", codes=("vm-startgesprek-canvas", "vm-meekijken", "vm-scholing"),
                     titles=tuple(f"Actie {number}" for number in range(7)))
    counts = []
    for goal_id in (few, few, many):
        with statements(app) as seen:
            jet.get(f"{PLAN}/doelen/{goal_id}")
        counts.append(len(seen))
    assert counts[1] == counts[2] <= 12


# --- a new goal ------------------------------------------------------------------------------------------------------


def test_without_a_competency_one_is_chosen_first(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    make_goal(app, begeleider)
    page = jet.get(NEW)
    assert page.text.count(f"{NEW}?competentie=") == 36
    read = words_of(page)
    assert read.index("Verwachtingsmanagementfocusgebied") < read.index("Vakmanschap")
    assert "hier heb je al een doel" in read
    assert "Jij " not in read


def test_a_topic_has_her_latest_score_in_the_words_of_the_profile(
    app: Flask, jet: CheckedClient, begeleider: Persona, team_id: int
) -> None:
    measure(app, begeleider, {"VM1": 4.8, "VM2": 2.2})
    latest = measure(app, begeleider, {"VM1": 2.9, "ON1": 5.0}, closed_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC))
    measure(app, make_person(app, begeleider.organisation_id, works_in=[team_id]), {"VM3": 1.3})
    rows = {row.findtext(".//b"): text_of(row) for row in next(tree_of(jet.get(NEW).data).iter("main")).iter("li")}
    assert "Jij 2,9, doel van je functie 3,5. Hier is ruimte." in rows["Verwachtingen en wensen ophalen"]
    assert "Jij 2,2, doel" in rows["Hulpvraag verhelderen en opbrengsten bepalen"]
    assert "Op of boven je doel." in rows["Onderhandeling voorbereiden"]
    assert "Jij" not in rows["Begeleiding op maat inrichten en afbakenen"]
    profile = words_of(jet.get(f"/profiel/{latest}"))
    assert "Hier is ruimte" in profile and "Op of boven je doel" in profile


def test_choosing_a_topic_costs_the_same_after_one_measurement_and_after_three(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    counts = []
    for _ in range(3):
        measure(app, begeleider, {"VM1": 2.9, "VM2": 3.1})
        with statements(app) as seen:
            jet.get(NEW)
        counts.append(len(seen))
    assert counts[1] == counts[2] <= 8


def test_the_form_begins_with_the_score_of_the_named_measurement(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    first = measure(app, begeleider, {"VM1": 2.9})
    measure(app, begeleider, {"VM1": 4.1}, closed_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC))
    read = words_of(jet.get(f"{NEW}?competentie={VM1}&meting={first}"))
    assert "Score bij de start 2,9" in read
    assert "jouw zelfbeeld van 12 maart 2026" in read
    assert "Bespreekt bij elke start de verwachtingen" in read
    assert "Voer een startgesprek met het verwachtingencanvas" in read


def test_a_goal_is_stored_with_everything_in_it(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    measurement_id = measure(app, begeleider, {"VM1": 2.9})
    page = jet.get(f"{NEW}?competentie={VM1}&meting={measurement_id}")
    answer = jet.submit(page, form_data())
    [goal] = goals_in(app, begeleider)
    assert answer.status_code == 303
    assert answer.location == f"{PLAN}#doel-{goal.id}"
    assert (goal.state, goal.place, goal.competency_code, goal.start_score) == (GoalState.OPEN, 1, "VM1", 2.9)
    assert (goal.level_now, goal.level_target, goal.if_then) == (2, 3, IF_THEN)
    assert goal.end_date == today() + dt.timedelta(days=90)
    assert [a.title for a in goal.actions] == ["Voer een startgesprek met het verwachtingencanvas",
                                               "Vraag Amira hoe zij het doet", "Oefen met Joost"]
    assert "Je doel is bewaard." in words_of(jet.get(PLAN))


@pytest.mark.parametrize("own", [{"library": []}, {"own": ""}], ids=["only own actions", "only of the library"])
def test_one_kind_of_action_is_enough(
    app: Flask, jet: CheckedClient, begeleider: Persona, own: dict[str, Any]
) -> None:
    assert send_new(jet, **own).status_code == 303
    assert len(goals_in(app, begeleider)) == 1


def test_a_double_click_makes_one_goal(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    assert [send_new(jet).status_code for _ in range(3)] == [303, 303, 303]
    assert len(goals_in(app, begeleider)) == 1


def test_a_fourth_goal_is_refused_but_kept_as_an_idea(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    fill_places(app, begeleider)
    assert "Wat je hier schrijft, bewaren we als idee." in words_of(jet.get(f"{NEW}?competentie={VM1}"))
    for _ in range(2):
        answer = send_new(jet, behaviour="Mijn vierde doel")
        assert answer.status_code == 409
        assert f"{FULL} Wat je net typte, is bewaard als idee." in words_of(answer)
        assert "Mijn vierde doel" in words_of(answer)
    ideas = [goal for goal in goals_in(app, begeleider) if goal.state == GoalState.IDEA]
    assert [(idea.behaviour, len(idea.actions)) for idea in ideas] == [("Mijn vierde doel", 3)]


LONG = "w" * 2001
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"reason": ""}, "Schrijf op waarom je dit wilt."),
    ({"reason": " \n\t "}, "Schrijf op waarom je dit wilt."),
    ({"reason": LONG}, "er passen 2000 tekens in"),
    ({"behaviour": ""}, "Schrijf op wat een ander je straks ziet doen."),
    ({"behaviour": "w" * 301}, "er passen 300 tekens in"),
    ({"noticed_by": ""}, "Schrijf op waaraan anderen het merken."),
    ({"noticed_by": LONG}, "er passen 2000 tekens in"),
    ({"level_now": ""}, "Niveau nu: Kies een van de vijf niveaus."),
    ({"level_now": "6"}, "Niveau nu: Kies een van de vijf niveaus."),
    ({"level_target": "0"}, "Niveau straks: Kies een van de vijf niveaus."),
    ({"level_target": "drie"}, "Niveau straks: Kies een van de vijf niveaus."),
    ({"level_now": "4", "level_target": "3"}, "Dit is lager dan je niveau nu."),
    ({"end_date": ""}, "Wanneer? Kies een datum."),
    ({"end_date": "morgen"}, "Schrijf de datum als 30-9-2027 of als 2027-09-30."),
    ({"end_date": "2026-02-30"}, "Schrijf de datum als 30-9-2027 of als 2027-09-30."),
    ({"end_date": "0001-01-01"}, "Deze dag is al geweest."),
    ({"end_date": (today() - dt.timedelta(days=2)).isoformat()}, "Deze dag is al geweest."),
    ({"end_date": (today() + dt.timedelta(days=740)).isoformat()}, "Kies een dag binnen twee jaar"),
    ({"if_then": ""}, "Schrijf je plan op als één zin met ‘als’ en ‘dan’."),
    ({"if_then": "Ik ga het anders doen"}, "Maak er één zin van met ‘als’ en ‘dan’. Bijvoorbeeld: Als ik"),
    ({"if_then": f"Als {'w' * 500} dan zie ik wel"}, "er passen 500 tekens in"),
    ({"library": [], "own": ""}, "Kies ten minste één actie"),
    ({"library": [], "own": " \n "}, "Kies ten minste één actie"),
    ({"library": ["bestaat-niet"]}, "Kies acties uit de lijst."),
    ({"library": ["rm-netwerkkaart"]}, "Kies acties uit de lijst."),
    ({"own": "w" * 201}, "langer dan 200 tekens"),
    ({"own": "\n".join(f"Actie {number}" for number in range(12))}, "hooguit 12 acties"),
]


@pytest.mark.parametrize(("wrong", "message"), REFUSED, ids=[f"{sorted(w)}-{m[:30]}" for w, m in REFUSED])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    app: Flask, jet: CheckedClient, begeleider: Persona, wrong: dict[str, Any], message: str
) -> None:
    answer = send_new(jet, **wrong)
    assert answer.status_code == 422
    read = words_of(answer)
    assert message in read
    assert "voordat we dit kunnen bewaren" in read
    typed = form_data() | wrong
    for name in ("reason", "behaviour", "noticed_by", "if_then", "own"):
        assert " ".join(typed[name].split()) in read, name
    assert goals_in(app, begeleider) == []


def offered(page: TestResponse) -> list[tuple[str, bool]]:
    """The actions of the library as they stand on a page, and whether each is ticked."""
    boxes = tree_of(page.data).iterfind(".//input[@name='library']")
    return [(box.attrib["value"], "checked" in box.attrib) for box in boxes]


@pytest.mark.parametrize("level", ["", "1", "3", "5"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_after_an_error_the_library_stands_as_it_stood(jet: CheckedClient, level: str) -> None:
    address = f"{NEW}?competentie={VM1}"
    before = [code for code, _ in offered(jet.get(address))]
    ticked = [before[0], before[-1]]
    after = offered(send_new(jet, level_now=level, level_target="5", if_then="Zomaar iets", library=ticked))
    assert [code for code, _ in after] == before
    assert [code for code, checked in after if checked] == ticked


def test_what_fits_the_niveau_is_marked_after_an_error(jet: CheckedClient) -> None:
    answer = send_new(jet, level_now="3", level_target="5", if_then="Zomaar iets")
    marked = [text_of(choice) for choice in tree_of(answer.data).iterfind(".//ul[@class='offer']/li/label")
              for sign in choice.iter("b") if "hidden" not in sign.attrib]
    assert any(title.startswith("Leg twee botsende verwachtingen op tafel") for title in marked)
    assert not any(title.startswith("Voer een startgesprek") for title in marked)


def test_the_rest_of_the_library_is_named_by_its_aspect(jet: CheckedClient) -> None:
    assert "acties bij relatiemanagement" in words_of(jet.get(f"{NEW}?competentie=netwerken"))


def test_a_date_may_be_written_the_dutch_way(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    day = today() + dt.timedelta(days=50)
    assert send_new(jet, end_date=f"{day.day}-{day.month}-{day.year}").status_code == 303
    assert goals_in(app, begeleider)[0].end_date == day


def test_an_empty_form_names_everything_at_once(jet: CheckedClient) -> None:
    answer = jet.send(f"{NEW}?competentie={VM1}", {})
    assert answer.status_code == 422
    assert "Nog 8 dingen voordat we dit kunnen bewaren" in words_of(answer)


@pytest.mark.parametrize("query", [
    "competentie=bestaat-niet", "competentie=", "competentie=VM1", f"competentie={VM1}&meting=999999",
    f"competentie={VM1}&meting=0", f"competentie={VM1}&meting=een", f"competentie={VM1}&meting=",
    f"competentie={VM1}&meting=-1", f"competentie={VM1}&meting=1e3", f"competentie={VM1}&meting=%D9%A1",
    f"competentie={VM1}&meting=99999999999999999999",
])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_does_not_exist_is_a_404(app: Flask, jet: CheckedClient, begeleider: Persona, query: str) -> None:
    assert jet.get(f"{NEW}?{query}").status_code == 404
    assert jet.send(f"{NEW}?{query}", form_data()).status_code == 404
    assert goals_in(app, begeleider) == []


def test_somebody_elses_measurement_is_a_404(
    app: Flask, jet: CheckedClient, begeleider: Persona, stranger: Persona, team_id: int
) -> None:
    colleague = make_person(app, begeleider.organisation_id, works_in=[team_id])
    for other in (colleague, stranger):
        theirs = measure(app, other, {"VM1": 1.2})
        assert jet.get(f"{NEW}?competentie={VM1}&meting={theirs}").status_code == 404
        assert send_new(jet, meting=theirs).status_code == 404
    assert goals_in(app, begeleider) == []


# --- a goal that exists ----------------------------------------------------------------------------------------------


def test_a_goal_is_changed_and_keeps_its_start(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    measure(app, begeleider, {"VM1": 2.9})
    goal_id = make_goal(app, begeleider)
    page = jet.get(f"{PLAN}/doelen/{goal_id}")
    answer = jet.submit(page, {"behaviour": "Ik doe het\nanders", "level_target": "4"}, to=f"{PLAN}/doelen/{goal_id}")
    assert (answer.status_code, answer.location) == (303, f"{PLAN}#doel-{goal_id}")
    goal = goal_in(app, goal_id)
    assert (goal.behaviour, goal.level_target, goal.start_score) == ("Ik doe het anders", 4, 2.9)


def test_a_change_that_is_wrong_is_told_and_changes_nothing(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    goal_id = make_goal(app, begeleider)
    answer = jet.send(f"{PLAN}/doelen/{goal_id}", form_data(if_then="Zomaar iets", reason="Nieuwe reden"))
    assert answer.status_code == 422
    assert "Nieuwe reden" in answer.text and "Zomaar iets" in answer.text
    assert goal_in(app, goal_id).if_then == IF_THEN


def test_an_end_date_that_passed_may_stay_but_not_be_chosen(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    passed = today() - dt.timedelta(days=20)
    goal_id = make_goal(app, begeleider, end_date=passed)
    assert jet.send(f"{PLAN}/doelen/{goal_id}", form_data(end_date=passed.isoformat())).status_code == 303
    other = (passed + dt.timedelta(days=1)).isoformat()
    assert jet.send(f"{PLAN}/doelen/{goal_id}", form_data(end_date=other)).status_code == 422


def test_actions_are_added_ticked_and_removed(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider)
    address = f"{PLAN}/doelen/{goal_id}"
    answer = jet.send(f"{address}/acties", {"library": ["vm-meekijken"], "own": "Oefen"})
    assert (answer.status_code, answer.location) == (303, f"{address}#acties")
    first, second, _own = goal_in(app, goal_id).actions

    for _ in range(2):
        answer = jet.send(f"{address}/acties/{first.id}/gedaan")
        assert (answer.status_code, answer.location) == (303, f"{PLAN}#actie-{first.id}")
    assert goal_in(app, goal_id).actions[0].done_at is not None
    with app.test_request_context():
        assert f"Gedaan op {date(today())}" in words_of(jet.get(PLAN))
    assert "1 van 3 gedaan" in words_of(jet.get(PLAN))

    answer = jet.send(f"{address}/acties/{first.id}/niet-gedaan", {"page": "goal"})
    assert answer.location == f"{address}#actie-{first.id}"
    assert goal_in(app, goal_id).actions[0].done_at is None

    assert jet.send(f"{address}/acties/{second.id}/weg").status_code == 303
    assert jet.send(f"{address}/acties/{second.id}/weg").status_code == 404
    assert len(goal_in(app, goal_id).actions) == 2


@pytest.mark.parametrize(("data", "message"), [
    ({}, "Kies ten minste één actie"),
    ({"library": ["rm-netwerkkaart"]}, "Kies acties uit de lijst."),
    ({"library": ["vm-startgesprek-canvas"]}, "Kies acties uit de lijst."),
    ({"own": "\n".join(str(number) for number in range(12))}, "hooguit 12 acties"),
])
def test_actions_that_cannot_be_added_are_told(
    app: Flask, jet: CheckedClient, begeleider: Persona, data: dict[str, Any], message: str
) -> None:
    goal_id = make_goal(app, begeleider)
    answer = jet.send(f"{PLAN}/doelen/{goal_id}/acties", data)
    assert answer.status_code == 422
    assert message in words_of(answer)
    assert len(goal_in(app, goal_id).actions) == 1


def test_the_last_action_cannot_be_removed(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider)
    [action] = goal_in(app, goal_id).actions
    answer = jet.send(f"{PLAN}/doelen/{goal_id}/acties/{action.id}/weg")
    assert answer.status_code == 409
    assert "Een doel heeft ten minste één actie." in words_of(answer)
    assert "Haal weg" not in words_of(answer)
    assert len(goal_in(app, goal_id).actions) == 1


def test_the_steps_of_a_goal_are_buttons(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider)
    address = f"{PLAN}/doelen/{goal_id}"
    for step, state, told in (
        (Step.PAUSE, GoalState.PAUSED, "Het doel staat stil."),
        (Step.RESUME, GoalState.OPEN, "weer met dit doel bezig"),
        (Step.FINISH, GoalState.DONE, "Het doel is afgerond."),
        (Step.REOPEN, GoalState.OPEN, "Het doel is weer open."),
    ):
        answer = jet.submit(jet.get(address), to=f"{address}/{step}")
        assert (answer.status_code, answer.location) == (303, f"{PLAN}#doel-{goal_id}")
        assert goal_in(app, goal_id).state == state
        assert told in words_of(jet.get(PLAN))


def test_an_idea_is_begun_when_there_is_a_place_or_thrown_away(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    first, *_ = fill_places(app, begeleider)
    begun = make_goal(app, begeleider, behaviour="Idee om te beginnen")
    dropped = make_goal(app, begeleider, behaviour="Idee om weg te gooien")
    answer = jet.send(f"{PLAN}/doelen/{begun}/begin")
    assert answer.status_code == 409
    assert FULL in words_of(answer)
    assert jet.send(f"{PLAN}/doelen/{first}/zet-stil").status_code == 303
    assert jet.submit(jet.get(PLAN), to=f"{PLAN}/doelen/{begun}/begin").status_code == 303
    assert goal_in(app, begun).place == 1
    address = f"{PLAN}/doelen/{dropped}"
    assert jet.submit(jet.get(address), to=f"{address}/gooi-weg").location == PLAN
    assert jet.get(address).status_code == 404
    assert "Idee om weg te gooien" not in words_of(jet.get(PLAN))


@pytest.mark.parametrize(("steps", "refused", "message"), [
    ((), "pak-op", "Met dit doel ben je al bezig."),
    ((), "gooi-weg", "Met dit doel ben je al bezig."),
    ((Step.PAUSE,), "zet-stil", "Dit doel staat stil."),
    ((Step.FINISH,), "rond-af", "Dit doel is afgerond."),
])
def test_a_step_that_does_not_exist_is_told(
    app: Flask, jet: CheckedClient, begeleider: Persona, steps: tuple[Step, ...], refused: str, message: str
) -> None:
    goal_id = make_goal(app, begeleider, steps=steps)
    before = goal_in(app, goal_id)
    answer = jet.send(f"{PLAN}/doelen/{goal_id}/{refused}")
    assert answer.status_code == 409
    assert message in words_of(answer)
    after = goal_in(app, goal_id)
    assert (after.state, after.changed_at) == (before.state, before.changed_at)


def test_a_finished_goal_is_read_and_not_changed(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider, titles=("Oefen",), steps=(Step.FINISH,))
    address = f"{PLAN}/doelen/{goal_id}"
    read = words_of(jet.get(address))
    for words in ("Afgerond op", "Scholen weten vooraf niet wat ze krijgen.", "De school kan zeggen wat we doen.",
                  "Heropen dit doel"):
        assert words in read
    assert "Bewaar mijn doel" not in read
    action = goal_in(app, goal_id).actions[0]
    for path, data in (("", form_data()), ("/acties", {"own": "Nog iets"}), (f"/acties/{action.id}/gedaan", {}),
                       (f"/acties/{action.id}/weg", {})):
        answer = jet.send(address + path, data)
        assert answer.status_code == 409, path
        assert "Dit doel is afgerond." in words_of(answer)
    goal = goal_in(app, goal_id)
    assert [a.done_at for a in goal.actions] == [None, None]


# --- who may -------------------------------------------------------------------------------------------------------


def test_goals_are_their_makers_alone(
    app: Flask, client: CheckedClient, begeleider: Persona, stranger: Persona, team_id: int
) -> None:
    goal_id = make_goal(app, begeleider, titles=("Oefen",))
    action_id = goal_in(app, goal_id).actions[0].id
    colleague = make_person(app, begeleider.organisation_id, works_in=[team_id])
    everything = make_person(app, begeleider.organisation_id, leads=[team_id],
                             roles=["begeleider", "teamleider", "hr", "beheerder"])
    action = f"/acties/{action_id}"
    paths = ("", "/acties", f"{action}/gedaan", f"{action}/niet-gedaan", f"{action}/weg", *(f"/{s}" for s in Step))
    for other in (colleague, everything, stranger):
        log_in(client, other)
        assert client.get(f"{PLAN}/doelen/{goal_id}").status_code == 404
        for path in paths:
            assert client.send(f"{PLAN}/doelen/{goal_id}{path}", form_data()).status_code == 404, path
        assert "Ik spreek bij elke start" not in client.get(PLAN).text
    goal = goal_in(app, goal_id)
    assert (goal.state, len(goal.actions), goal.actions[0].done_at) == (GoalState.OPEN, 2, None)


def test_an_action_of_another_goal_is_a_404(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    mine = make_goal(app, begeleider)
    other = make_goal(app, begeleider, behaviour="Ander doel", titles=("Oefen",))
    for action_id in (goal_in(app, other).actions[0].id, 999999, 2**40):
        assert jet.send(f"{PLAN}/doelen/{mine}/acties/{action_id}/weg").status_code == 404
    assert len(goal_in(app, other).actions) == 2


@pytest.mark.parametrize("number", ["0", "999999", str(2**31), str(2**80), "een"])
def test_a_number_that_no_goal_has_is_a_404(jet: CheckedClient, number: str) -> None:
    assert jet.get(f"{PLAN}/doelen/{number}").status_code == 404
    assert jet.send(f"{PLAN}/doelen/{number}/zet-stil").status_code == 404


def test_who_is_no_begeleider_has_no_plan(client: CheckedClient, teamleider: Persona) -> None:
    log_in(client, teamleider)
    assert client.get(PLAN).status_code == 403
    assert client.send(f"{NEW}?competentie={VM1}", form_data()).status_code == 403


def test_a_session_that_ended_loses_nothing(
    app: Flask, client: CheckedClient, begeleider: Persona
) -> None:
    answer = client.post(f"{NEW}?competentie={VM1}", data=form_data(), headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code < 500
    assert "Scholen weten vooraf niet wat ze krijgen." in answer.text
    assert goals_in(app, begeleider) == []


def test_a_stale_token_stores_nothing_and_keeps_what_was_typed(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    answer = jet.post(f"{NEW}?competentie={VM1}", data=form_data() | {"csrf_token": "oud"},
                      headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 400
    assert "Scholen weten vooraf niet wat ze krijgen." in answer.text
    assert goals_in(app, begeleider) == []


HOSTILE = '"><script>alert(1)</script>\'{{ 7*7 }}%(x)s &amp; \u202etfel\u202c 🎈 ' + "w" * 90


def test_hostile_texts_are_shown_as_they_are(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    answer = send_new(jet, reason=HOSTILE, behaviour=HOSTILE, noticed_by=HOSTILE, own=HOSTILE,
                      if_then=f"Als {HOSTILE} dan {HOSTILE}")
    assert answer.status_code == 303
    [goal] = goals_in(app, begeleider)
    shown = "".join(character for character in HOSTILE if character not in "\u202e\u202c")      # nobody sees those
    assert goal.behaviour == shown
    wrong = send_new(jet, reason=HOSTILE, behaviour=HOSTILE, own=HOSTILE, library=[HOSTILE], level_now=HOSTILE,
                     end_date=HOSTILE)
    for page in (jet.get(PLAN), jet.get(f"{PLAN}/doelen/{goal.id}"), wrong):
        assert b"<script>alert" not in page.data
        assert shown in words_of(page)


def test_a_goal_of_an_earlier_framework_keeps_its_words(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    """The framework moves on; the goal is read with the version it was made from."""
    from app.competencies.models import FrameworkVersion

    goal_id = make_goal(app, begeleider)
    with app.app_context():
        old = db.session.get_one(FrameworkVersion, goal_in(app, goal_id).framework_version_id)
        document = dict(old.document)
        document["competencies"] = [
            c | ({"code": "VM9", "slug": "vernieuwd", "name": "Vernieuwd"} if c["code"] == "VM1" else {})
            for c in document["competencies"]
        ]
        old.current = False
        db.session.flush()
        db.session.add(FrameworkVersion(version="0.3", revision=1, digest="x", document=document, current=True,
                                        loaded_at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC)))
        db.session.commit()
    assert "Verwachtingen en wensen ophalen" in words_of(jet.get(f"{PLAN}/doelen/{goal_id}"))
    assert jet.get(PLAN).status_code == 200
    assert jet.get(f"{NEW}?competentie={VM1}").status_code == 404
    assert jet.get(f"{NEW}?competentie=vernieuwd").status_code == 200
