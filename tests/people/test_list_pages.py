import pytest
from flask import Flask

from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.pages import CheckedClient

MARKUP = '<script>alert("x")</script> & \u202eomgekeerd 👩🏽‍🏫 ' + "x" * 60
ADDRESSES = ["/beheer/mensen", "/beheer/mensen/nieuw", "/beheer/mensen/lijst", "/beheer/teams", "/beheer/postvak"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("who", ["begeleider", "teamleider", "hr"])
def test_only_for_the_beheerder(client: CheckedClient, request: pytest.FixtureRequest, who: str, address: str) -> None:
    log_in(client, request.getfixturevalue(who))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_page_opens(signed_in: CheckedClient, address: str) -> None:
    assert signed_in.get(address).status_code == 200


def test_the_list_shows_and_finds(signed_in: CheckedClient, begeleider: Persona, teamleider: Persona,
                                  stranger: Persona) -> None:
    page = signed_in.get("/beheer/mensen")
    assert "Jet de Vries" in page.text
    assert "leidt Team Oost" in page.text
    assert "Vera Vreemd" not in page.text
    found = signed_in.submit(page, {"zoek": "vries"})
    assert "Jet de Vries" in found.text
    assert "Tom Bakker" not in found.text
    assert "Niemand gevonden" in signed_in.get("/beheer/mensen?zoek=vera").text


def test_hostile_names_stay_text(signed_in: CheckedClient, app: Flask, organisation_id: int) -> None:
    person = make_person(app, organisation_id, name=MARKUP, works_in=[make_team(app, organisation_id, MARKUP)])
    for address in ("/beheer/mensen", f"/beheer/mensen?zoek={MARKUP[:30]}", f"/beheer/mensen/{person.id}",
                    "/beheer/teams"):
        assert "<script>alert" not in signed_in.get(address).text
