"""What an organisation adds to the library: who may, what is checked, who sees it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.competencies.queries import current_framework
from app.competencies.seeding import SEED
from app.db import db
from app.development.library import contents as library
from app.development.library import own as own_library
from app.development.library import queries as in_library
from app.development.library import seeding
from app.development.library.contents import OWN
from app.development.models import LibraryAction
from tests.development.support import actor_of, goal_in, make_goal
from tests.support.at_once import together
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.records import make_own_action, own_action

LIST = "/beheer/acties"
NEW = f"{LIST}/nieuw"
GOAL = "/ontwikkelplan/doelen/nieuw?competentie=verwachtingen-ophalen"
TITLE = "Doe mee met onze intervisie"


def typed(**others: Any) -> dict[str, Any]:
    """What a browser sends."""
    document = own_action()
    evidence = document.pop("evidence")
    del document["source"]
    assert isinstance(evidence, dict)
    return {
        **document, "hours": "4,5", "tool": "", "steps": "Meld je aan.\n\nBreng een vraag in.",
        "evidence_type": evidence["type"], "evidence_text": evidence["description"],
    } | others  # fmt: skip


def added(app: Flask) -> list[LibraryAction]:
    with app.app_context():
        return list(db.session.scalars(select(LibraryAction).where(LibraryAction.organisation_id.is_not(None))))


@pytest.mark.parametrize("who", ["hr", "beheerder"])
def test_adding_changing_retiring(app: Flask, client: CheckedClient, request: pytest.FixtureRequest, who: str) -> None:
    log_in(client, request.getfixturevalue(who))
    assert "Hier komen acties van jullie zelf" in client.get(LIST).text
    page = client.get(NEW)
    for _ in range(2):      # a double click
        assert client.submit(page, typed(), to=NEW).status_code == 303
    (row,) = added(app)
    assert row.code.startswith(OWN) and row.document["hours"] == 4.5 and len(row.document["steps"]) == 2
    one = f"{LIST}/{row.code.removeprefix(OWN)}"
    assert TITLE in client.get(LIST).text
    changed = client.submit(client.get(one), {"title": "Doe mee op dinsdag"}, to=one)
    assert changed.status_code == 303
    (row,) = added(app)
    assert row.document == {**own_action(title="Doe mee op dinsdag"), "code": row.code}
    assert client.send(f"{one}/weg").status_code == 303
    assert "Niet meer te kiezen" in client.get(LIST).text and "kan nu niet worden gekozen" in client.get(one).text
    assert client.send(f"{one}/terug").status_code == 303
    assert added(app)[0].retired_at is None


def test_its_own_people_choose_it_and_nobody_else(app: Flask, client: CheckedClient, begeleider: Persona, hr: Persona,
                                                  stranger: Persona) -> None:
    number = make_own_action(app, hr)
    log_in(client, begeleider)
    shown = client.get(GOAL).text
    assert TITLE in shown and "van jouw dienst" in shown
    goal = goal_in(app, make_goal(app, begeleider, codes=(f"{OWN}{number}",)))
    action = goal.actions[0]
    assert (action.title, action.hours, len(action.steps)) == (TITLE, 4.5, 2)
    assert "Van jouw dienst." in client.get(f"/ontwikkelplan/acties/{action.id}").text
    log_in(client, stranger)
    assert TITLE not in client.get(GOAL).text
    with app.app_context():
        assert TITLE not in [one.title for one in in_library.to_choose()]


def test_what_was_taken_away_stays_where_it_was_chosen(app: Flask, client: CheckedClient, begeleider: Persona,
                                                       hr: Persona) -> None:
    number = make_own_action(app, hr)
    goal = goal_in(app, make_goal(app, begeleider, codes=(f"{OWN}{number}",)))
    with app.app_context():
        own_library.retire(actor_of(hr), number)
        db.session.commit()
    log_in(client, begeleider)
    assert TITLE not in client.get(GOAL).text
    assert TITLE in client.get(f"/ontwikkelplan/acties/{goal.actions[0].id}").text


def test_loading_the_seed_leaves_it_alone(app: Flask, hr: Persona) -> None:
    make_own_action(app, hr)
    with app.app_context():
        seeding.load(SEED)
        db.session.commit()
    assert added(app)[0].retired_at is None


def test_another_organisations_do_not_exist(app: Flask, client: CheckedClient, hr: Persona, stranger: Persona) -> None:
    number = make_own_action(app, stranger)
    log_in(client, hr)
    for rest in ("", "/weg", "/terug"):
        assert client.send(f"{LIST}/{number}{rest}", typed()).status_code == 404
    assert client.get(f"{LIST}/{number}").status_code == 404
    assert TITLE not in client.get(LIST).text
    with app.app_context(), pytest.raises(KeyError):
        own_library.retire(actor_of(hr), number)


@pytest.mark.parametrize(("field", "value", "told"), [
    ("title", "", "Geef de actie een titel."),
    ("title", "x" * 10_000, "er passen 200 tekens in"),
    ("task", "x" * 10_000, "er passen 2000 tekens in"),
    ("competencies", [], "Kies er ten minste een."),
    ("competencies", ["VM1", "XX9"], "XX9 bestaat niet in het raamwerk"),
    ("competencies", ["'; drop table"], "Kies uit de lijst."),
    ("focus", "vakmanschap", "is geen focusgebied"),
    ("learning_form", "", "Kies er een."),
    ("learning_form", "50", "Kies er een."),
    ("hours", "", "Schrijf een getal"),
    ("hours", "0", "Dit is te weinig."),
    ("hours", "500", "van 0 tot en met 200"),
    ("hours", "veel", "Schrijf een getal"),
    ("weeks", "", "Schrijf een heel getal"),
    ("weeks", "0", "Dit is te weinig."),
    ("weeks", "1000", "Dit is te veel."),
    ("to_level", "1", "Kies een hoger niveau"),
    ("from_level", "9", "Dit is te veel."),
    ("from_level", "", "Dit is te weinig."),
    ("steps", "\n \n", "Schrijf ten minste één stap op."),
    ("steps", "x\n" * 50, "Houd het bij 15 stappen"),
    ("if_then", "Gewoon doen", "Maak er één zin van"),
    ("evidence_type", "onzin", "bestaat niet"),
    ("tool", "hamer", "hoort bij geen enkele soort bewijs"),
])
def test_the_checks_of_the_library_are_told_beside_the_field(app: Flask, client: CheckedClient, hr: Persona,
                                                             field: str, value: object, told: str) -> None:
    log_in(client, hr)
    answer = client.send(NEW, typed(**{field: value}))
    assert answer.status_code == 422
    assert told in answer.text
    assert "Samen zie je meer." in answer.text, "nothing typed is lost"
    assert added(app) == []


def test_a_bare_form_is_told_everything_at_once(app: Flask, client: CheckedClient, hr: Persona) -> None:
    log_in(client, hr)
    assert client.send(NEW, {}).status_code == 422
    assert client.send(NEW, {"title": "<script>alert(1)</script>" * 9, "weeks": "9" * 400}).status_code == 422
    assert added(app) == []


def test_every_action_of_the_library_would_pass(app: Flask) -> None:
    with app.app_context():
        framework = current_framework().catalog.model_dump(mode="json")
        for action in in_library.to_choose():
            assert library.problems_of(action.model_dump(mode="json"), framework) == []


def test_added_at_the_same_moment_is_added_once(app: Flask, hr: Persona) -> None:
    together(*(partial(make_own_action, app, hr) for _ in range(4)))
    assert len(added(app)) == 1


def test_the_seed_may_not_pass_for_an_organisation(app: Flask) -> None:
    document = {"learning_forms": [{"code": "20", "name": "x"}], "actions": [{**own_action(), "code": f"{OWN}1"}]}
    assert any("dat is voor wat een organisatie" in problem.message
               for problem in library.problems(document, None, "x"))


def test_the_address_of_a_new_goal_names_no_action_of_another_organisation(
    app: Flask, client: CheckedClient, begeleider: Persona, hr: Persona, stranger: Persona
) -> None:
    numbers = {who.id: make_own_action(app, who, title=f"Van {who.id}", if_then=f"Als {who.id}, dan dit.")
               for who in (hr, stranger)}
    log_in(client, begeleider)
    for who, number in numbers.items():
        shown = f"Als {who}, dan dit." in client.get(f"{GOAL}&actie={OWN}{number}").text
        assert shown is (who == hr.id)
    with app.app_context():
        codes = [f"{OWN}{number}" for number in numbers.values()]
        assert len(in_library.named(begeleider.organisation_id, codes)) == 1
