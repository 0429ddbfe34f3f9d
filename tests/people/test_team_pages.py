import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.organisations.models import Team
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.pages import CheckedClient


def names(app: Flask, organisation_id: int) -> list[str]:
    with app.app_context():
        return sorted(db.session.scalars(select(Team.name).where(Team.organisation_id == organisation_id)))


def test_the_first_team(signed_in: CheckedClient, app: Flask, organisation_id: int) -> None:
    page = signed_in.get("/beheer/teams")
    assert "Hier komen de teams" in page.text
    assert signed_in.submit(page, {"name": "  Team   Oost "}).location == "/beheer/teams"
    assert names(app, organisation_id) == ["Team Oost"]
    assert "nog geen teamleider" in signed_in.get("/beheer/teams").text


def test_the_list_counts_and_names_who_leads(signed_in: CheckedClient, app: Flask, begeleider: Persona,
                                             teamleider: Persona, team_id: int, organisation_id: int) -> None:
    make_person(app, organisation_id, works_in=[team_id], active=False)
    text = " ".join(signed_in.get("/beheer/teams").text.split())
    assert "1 persoon · geleid door Tom Bakker" in text


@pytest.mark.parametrize(("name", "says"), [("", "Geef het team een naam"), ("   ", "Geef het team een naam"),
                                            ("x" * 81, "hoogstens 80"), ("Team Oost", "Er is al een team"),
                                            ("team OOST", "Er is al een team")])
def test_a_name_that_cannot_be(signed_in: CheckedClient, app: Flask, team_id: int, organisation_id: int, name: str,
                               says: str) -> None:
    other = make_team(app, organisation_id, "Team West")
    for page in ("/beheer/teams", f"/beheer/teams/{other}"):
        response = signed_in.submit(signed_in.get(page), {"name": name}, to=page)
        assert response.status_code == 422
        assert says in response.text
    assert names(app, organisation_id) == ["Team Oost", "Team West"]


def test_two_organisations_may_use_one_name(signed_in: CheckedClient, app: Flask, stranger: Persona,
                                            organisation_id: int) -> None:
    make_team(app, stranger.organisation_id, "Team Oost")
    signed_in.submit(signed_in.get("/beheer/teams"), {"name": "Team Oost"})
    assert names(app, organisation_id) == ["Team Oost"]


def test_renaming(signed_in: CheckedClient, app: Flask, team_id: int, organisation_id: int) -> None:
    address = f"/beheer/teams/{team_id}"
    assert signed_in.submit(signed_in.get(address), {"name": "team oost"}, to=address).status_code == 302
    assert names(app, organisation_id) == ["team oost"]


def test_an_empty_team_can_go(signed_in: CheckedClient, app: Flask, team_id: int, organisation_id: int) -> None:
    address = f"/beheer/teams/{team_id}"
    assert signed_in.submit(signed_in.get(address), to=f"{address}/weg").location == "/beheer/teams"
    assert names(app, organisation_id) == []


@pytest.mark.parametrize("who", ["begeleider", "teamleider"])
def test_a_team_with_somebody_in_it_stays(signed_in: CheckedClient, app: Flask, request: pytest.FixtureRequest,
                                          who: str, team_id: int, organisation_id: int) -> None:
    request.getfixturevalue(who)
    page = signed_in.get(f"/beheer/teams/{team_id}")
    assert "Haal dit team weg" not in page.text
    response = signed_in.send(f"/beheer/teams/{team_id}/weg")
    assert response.status_code == 409
    assert "blijft het staan" in response.text
    assert names(app, organisation_id) == ["Team Oost"]


@pytest.mark.parametrize("which", ["elsewhere", "unknown"])
def test_a_team_that_is_not_hers_does_not_exist(signed_in: CheckedClient, app: Flask, stranger: Persona,
                                                which: str) -> None:
    theirs = make_team(app, stranger.organisation_id, "Hun team")
    address = f"/beheer/teams/{theirs if which == 'elsewhere' else 99_999}"
    assert signed_in.get(address).status_code == 404
    assert signed_in.send(address, {"name": "Ons team"}).status_code == 404
    assert signed_in.send(f"{address}/weg").status_code == 404
    assert "Hun team" in names(app, stranger.organisation_id)


@pytest.mark.parametrize("who", ["begeleider", "teamleider", "hr"])
def test_only_for_the_beheerder(client: CheckedClient, app: Flask, request: pytest.FixtureRequest, who: str,
                                team_id: int, organisation_id: int) -> None:
    log_in(client, request.getfixturevalue(who))
    assert client.get(f"/beheer/teams/{team_id}").status_code == 403
    assert client.send("/beheer/teams", {"name": "Nieuw"}).status_code == 403
    assert client.send(f"/beheer/teams/{team_id}/weg").status_code == 403
    assert names(app, organisation_id) == ["Team Oost"]
