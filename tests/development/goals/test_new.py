"""Making a goal: choosing what it is about, the form, and every refusal."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.development.goals.lifecycle import GoalState
from app.web.formats import today
from tests.development.support import (
    IF_THEN,
    NEW,
    PLAN,
    VM1,
    fill_places,
    form_data,
    goals_in,
    make_goal,
    measure,
    send_new,
    words_of,
)
from tests.support.builders import Persona, make_person
from tests.support.pages import CheckedClient, text_of, tree_of
from tests.support.statements import statements

FULL = "Je hebt al drie doelen. Rond er eerst een af of zet er een stil."


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
