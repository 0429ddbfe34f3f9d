import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.people.kept import messages, person_named
from tests.support.builders import Persona, make_team
from tests.support.pages import CheckedClient


def paste(client: CheckedClient, lines: str, **fields: str) -> TestResponse:
    return client.submit(client.get("/beheer/mensen/lijst"), {"lines": lines} | fields)


def test_a_whole_list_is_added(signed_in: CheckedClient, app: Flask, team_id: int) -> None:
    response = paste(signed_in, "Noor; noor@dienst.example\nTim\ttim@dienst.example\n", team=str(team_id))
    assert response.location == "/beheer/mensen"
    assert "2 mensen zijn toegevoegd" in signed_in.get(response.location).text
    assert person_named(app, "Noor").team_ids == person_named(app, "Tim").team_ids == {team_id}
    assert messages(app) == [("invite", "noor@dienst.example"), ("invite", "tim@dienst.example")]


def test_lines_that_cannot_be_added_stay_and_say_why(signed_in: CheckedClient, app: Flask, begeleider: Persona,
                                                     stranger: Persona) -> None:
    lines = ["Noor; noor@dienst.example", "zonder adres", "tim@dienst.example", "Mis; mis@", "Jet; " + begeleider.email,
             "Vera; " + stranger.email, "Noor weer; noor@dienst.example", "<b>Vet</b> niets"]
    response = paste(signed_in, "\n".join(lines))
    assert response.status_code == 200
    for says in ("1 persoon is toegevoegd", "7 regels zijn niet toegevoegd", "Regel 2: er staat geen e-mailadres",
                 "Regel 3: er staat geen naam bij", "Regel 4: dit is geen e-mailadres",
                 "Regel 5: dit adres is al van Jet de Vries", "Regel 6: dit adres kan niet worden gebruikt",
                 "Regel 7: dit adres staat er twee keer"):
        assert says in response.text, says
    assert "Vera Vreemd" not in response.text
    assert "<b>Vet" not in response.text
    assert messages(app) == [("invite", "noor@dienst.example")]
    # nothing is doubled when it is sent again
    again = signed_in.submit(response)
    assert again.status_code == 422
    assert len(messages(app)) == 1


@pytest.mark.parametrize("lines", ["", "  \n \n", "\n".join(f"N{n}; n{n}@dienst.example" for n in range(501))])
def test_nothing_and_too_much_are_refused(signed_in: CheckedClient, app: Flask, lines: str) -> None:
    assert paste(signed_in, lines).status_code == 422
    assert messages(app) == []


def test_a_team_of_another_organisation_is_refused(signed_in: CheckedClient, app: Flask, stranger: Persona) -> None:
    theirs = make_team(app, stranger.organisation_id)
    fields = {"lines": "Noor; noor@dienst.example", "team": str(theirs)}
    assert signed_in.send("/beheer/mensen/lijst", fields).status_code == 422
    assert messages(app) == []
