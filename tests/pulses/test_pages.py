"""The pages of a korte vraag: beginning it, choosing, approving, and what is refused."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access import Role
from app.db import db
from app.development.models import Goal
from app.messages.models import Message
from app.rating.models import PulseOutcome
from app.rounds.models import Invitation, Round, RoundSubject
from tests.rating.behind import words
from tests.support.at_once import together
from tests.support.builders import Persona, make_person
from tests.support.pages import CheckedClient, browser_of
from tests.support.pulses import (
    SCHOOL,
    begin_pulse,
    choose,
    close_pulse,
    closed_pulse,
    let_begin,
    open_pulse,
)
from tests.support.records import make_check_in, make_goal, make_plan


def rounds(app: Flask) -> int:
    with app.app_context():
        return int(db.session.scalar(select(func.count(Round.id))) or 0)


def part_of(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(RoundSubject.id)).one()


def change_goal(app: Flask, goal_id: int, **values: Any) -> None:
    with app.app_context():
        goal = db.session.get_one(Goal, goal_id)
        for name, value in values.items():
            setattr(goal, name, value)
        db.session.commit()


def test_from_the_goal_to_the_invitations(app: Flask, jet: CheckedClient, tom: CheckedClient, goal_id: int) -> None:
    goal = f"/ontwikkelplan/doelen/{goal_id}"
    assert f'href="{goal}/korte-vraag"' in jet.get(goal).text
    begun = jet.submit(jet.get(f"{goal}/korte-vraag"), to=f"{goal}/korte-vraag")
    part_id = part_of(app)
    assert begun.location == f"/feedback/{part_id}/mensen"
    adding = f"/feedback/{part_id}/mensen/school"
    lines = "\n".join(f"{name} <{email}>; intern begeleider" for name, email in SCHOOL[:3])
    jet.submit(jet.get(adding), {"lines": lines})
    sending = f"/feedback/{part_id}/mensen/stuur"
    few = jet.submit(jet.get(f"/feedback/{part_id}/mensen"), to=sending)
    assert few.status_code == 422
    assert "Vraag er nog 1 bij: minstens vier." in words(few)
    jet.submit(jet.get(adding), {"lines": f"Eva <{SCHOOL[3][1]}>; leraar"})
    assert jet.submit(jet.get(f"/feedback/{part_id}/mensen"), to=sending).status_code == 303
    assert "Wie je keuze nakijkt, is aan zet" in words(jet.get(goal))
    page = tom.get(f"/rondes/mensen/{part_id}")
    assert "Korte vraag over" in words(page)
    assert "nagekeken" not in words(page)
    approved = tom.submit(page, to=f"/rondes/mensen/{part_id}/goed")
    assert approved.status_code == 303
    with app.app_context():
        asked = db.session.scalars(select(Message.recipient).where(Message.template == "ask_pulse")).all()
        assert sorted(asked) == sorted(email for _, email in SCHOOL)
        assert set(db.session.scalars(select(Invitation.question_set))) == {"kort-VM1"}
    assert "Er loopt een korte vraag" in words(jet.get(goal))
    assert "De uitnodigingen zijn weg" in words(jet.get(f"/feedback/{part_id}"))


def test_she_approves_nothing_of_her_own(app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
                                         goal_id: int) -> None:
    made = begin_pulse(app, begeleider, goal_id)
    choose(app, begeleider, made)
    assert jet.get(f"/rondes/mensen/{made.part_id}").status_code == 404
    assert jet.send(f"/rondes/mensen/{made.part_id}/goed").status_code == 404


def test_her_own_address_and_that_of_who_reads_along_are_refused(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient, goal_id: int
) -> None:
    made = begin_pulse(app, begeleider, goal_id)
    adding = f"/feedback/{made.part_id}/mensen/school"
    for email, why in ((begeleider.email, "Dit is je eigen adres"), (teamleider.email, "kan niet anoniem antwoorden")):
        page = jet.submit(jet.get(adding), {"lines": f"Iemand <{email}>; leraar"})
        assert page.status_code == 422
        assert why in words(page)


@pytest.mark.parametrize("state", ["paused", "done", "idea"])
def test_only_about_an_open_goal(app: Flask, jet: CheckedClient, goal_id: int, state: str) -> None:
    change_goal(app, goal_id, state=state, place=None)
    page = jet.get(f"/ontwikkelplan/doelen/{goal_id}/korte-vraag")
    assert "Dit doel loopt nu niet" in words(page)
    assert jet.send(f"/ontwikkelplan/doelen/{goal_id}/korte-vraag").status_code == 409
    assert rounds(app) == 0
    assert "korte-vraag" not in jet.get(f"/ontwikkelplan/doelen/{goal_id}").text


def test_nobody_asks_about_a_goal_of_somebody_else(app: Flask, organisation_id: int, team_id: int,
                                                   teamleider: Persona, goal_id: int) -> None:
    everything = make_person(app, organisation_id, roles=[*Role], works_in=[team_id])
    for person in (everything, make_person(app, organisation_id, works_in=[team_id])):
        other = browser_of(app, person)
        assert other.get(f"/ontwikkelplan/doelen/{goal_id}/korte-vraag").status_code == 404
        assert other.send(f"/ontwikkelplan/doelen/{goal_id}/korte-vraag").status_code == 404
    assert rounds(app) == 0


def test_a_second_one_waits_for_the_first(app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
                                          goal_id: int) -> None:
    made = begin_pulse(app, begeleider, goal_id)
    address = f"/ontwikkelplan/doelen/{goal_id}/korte-vraag"
    assert "Er loopt al een korte vraag" in words(jet.get(address))
    assert jet.send(address).location == f"/feedback/{made.part_id}"
    assert rounds(app) == 1
    assert jet.submit(jet.get(f"/feedback/{made.part_id}/stop"), to=f"/feedback/{made.part_id}/stop").status_code == 303
    assert "Je bent hiermee gestopt" in words(jet.get(f"/feedback/{made.part_id}"))
    assert jet.send(address).status_code == 303
    assert rounds(app) == 2


def test_two_clicks_are_one(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int) -> None:
    clients = [browser_of(app, begeleider) for _ in range(2)]
    address = f"/ontwikkelplan/doelen/{goal_id}/korte-vraag"
    together(*(partial(one.send, address) for one in clients))
    assert rounds(app) == 1


def test_without_somebody_to_approve_it_does_not_begin(app: Flask, organisation_id: int) -> None:
    let_begin(app, organisation_id)
    alone = make_person(app, organisation_id)
    goal_id = make_goal(app, alone).goal_id
    page = browser_of(app, alone).send(f"/ontwikkelplan/doelen/{goal_id}/korte-vraag")
    assert page.status_code == 409
    assert rounds(app) == 0


def test_what_people_saw_stands_at_a_tussenstand_that_is_shown(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient, tom: CheckedClient, goal_id: int
) -> None:
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    closed_pulse(app, begeleider, teamleider, goal_id, (4, 4, 4))
    hidden = make_check_in(app, begeleider, teamleider, plan_id, shown=False)
    said = "zagen gemiddeld iets meer van dit gedrag"
    assert said in words(jet.get(f"/tussenstand/{hidden}"))
    assert tom.get(f"/tussenstand/{hidden}").status_code == 404
    assert tom.get(f"/ontwikkelplan/doelen/{goal_id}").status_code in (403, 404)
    shown = make_check_in(app, begeleider, teamleider, plan_id, number=2, days_ago=-21)
    assert said in words(tom.get(f"/tussenstand/{shown}"))


def test_what_comes_later_is_not_in_a_tussenstand_that_is_fixed(
    app: Flask, begeleider: Persona, teamleider: Persona, tom: CheckedClient, goal_id: int
) -> None:
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    with app.app_context():
        goal = db.session.get_one(Goal, goal_id)
        assert goal.plan_id == plan_id
    fixed = make_check_in(app, begeleider, teamleider, plan_id, fixed=True, tiles={goal_id: "gaat-goed"})  # type: ignore[dict-item]
    closed_pulse(app, begeleider, teamleider, goal_id, (4, 4, 4))
    page = words(tom.get(f"/tussenstand/{fixed}"))
    assert "Ik vraag het in het eerste gesprek." in page
    assert "Korte vraag" not in page


def test_while_it_runs_nobody_learns_how_many_answered(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient, tom: CheckedClient, goal_id: int
) -> None:
    made = open_pulse(app, begeleider, teamleider, goal_id, [*SCHOOL, ("Jan", "jan@school.example")])
    addresses = ((jet, f"/feedback/{made.part_id}"), (jet, f"/ontwikkelplan/doelen/{goal_id}"),
                 (tom, f"/rondes/mensen/{made.part_id}"))
    before = [words(client.get(address)) for client, address in addresses]
    with app.app_context():
        for one in db.session.scalars(select(Invitation)):
            one.answered = True
        db.session.commit()
    assert [words(client.get(address)) for client, address in addresses] == before
    close_pulse(app, made)
    with app.app_context():
        assert db.session.scalars(select(PulseOutcome.mean)).one() is None, "what nobody sealed is no answer"


def test_it_has_no_practice_sentence_no_device_and_nothing_to_release(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient, tom: CheckedClient, goal_id: int
) -> None:
    made = open_pulse(app, begeleider, teamleider, goal_id)
    assert jet.get(f"/b/{made.tokens[0]}/oefenen").status_code == 404
    assert tom.get(f"/rondes/mensen/{made.part_id}/vrijgeven").status_code == 404
    assert tom.get(f"/rondes/{made.round_id}").status_code == 404
    close_pulse(app, made)
    assert tom.get(f"/rondes/mensen/{made.part_id}/vrijgeven").status_code == 404
