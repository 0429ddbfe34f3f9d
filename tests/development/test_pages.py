"""The page of the plan: what stands on it; and who may come to the pages of goals."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from app.db import db
from app.development.goals.lifecycle import GoalState, Step
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
    words_of,
)
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient, text_of, tree_of
from tests.support.statements import statements


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
    assert len(three) <= len(one) <= 12, "\n".join(three)


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
    assert counts[1] == counts[2] <= 13


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


def test_the_ways_on_are_always_there(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    """Without a goal, with one, and with three."""
    log_in(client, begeleider)
    for count in range(4):
        if count:
            make_goal(app, begeleider, behaviour=f"Dit laat ik zien, nummer {count}.")
        page = client.get("/ontwikkelplan").text
        high = page[:page.index('id="doelen"')] if count else page
        assert "/maatjes" in high and "/ontwikkelplan/agenda" in high
        assert ("Zakkaart voor onderweg" in high) == bool(count)
        assert ("Zakkaart voor onderweg" in client.get("/start").text) == bool(count)
        assert "/ontwikkelplan/doelen/nieuw" in page
        assert "Zakkaart voor onderweg" in client.get("/praktijk").text
    assert "bewaren we als idee" in page and "/ontwikkelplan/voorstel" in page
