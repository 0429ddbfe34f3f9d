import re

from flask import Flask
from werkzeug.test import TestResponse

from tests.people.kept import NEW, messages, person_named
from tests.support.builders import Persona
from tests.support.pages import CheckedClient


def invitation_link(page: TestResponse) -> str:
    found = re.search(r"http://localhost(/wachtwoord/[^<]+)<", page.text)
    assert found
    return found[1]


def test_a_link_can_be_handed_over_until_a_password_is_chosen(signed_in: CheckedClient, app: Flask,
                                                              organisation_id: int) -> None:
    signed_in.submit(signed_in.get("/beheer/mensen/nieuw"), NEW)
    noor = person_named(app, "Noor el Amrani")
    link = invitation_link(signed_in.get(f"/beheer/mensen/{noor.id}"))
    hers = app.test_client()
    chosen = "lantaarn boven de sloot"
    hers.submit(hers.get(link), {"new_password": chosen, "password_again": chosen})
    page = signed_in.get(f"/beheer/mensen/{noor.id}")
    assert "/wachtwoord/" not in page.text
    assert "uitnodigen" not in page.text
    assert "Doet mee" in signed_in.get("/beheer/mensen?zoek=noor").text


def test_a_new_invitation_ends_the_one_before(signed_in: CheckedClient, app: Flask) -> None:
    signed_in.submit(signed_in.get("/beheer/mensen/nieuw"), NEW)
    address = f"/beheer/mensen/{person_named(app, 'Noor el Amrani').id}"
    first = invitation_link(signed_in.get(address))
    assert signed_in.submit(signed_in.get(address), to=f"{address}/uitnodigen").location == address
    second = invitation_link(signed_in.get(address))
    hers = app.test_client()
    assert [hers.get(first).status_code, hers.get(second).status_code] == [410, 200]
    assert messages(app) == [("invite", "noor@dienst.example")] * 2


def test_who_has_a_password_is_never_invited(signed_in: CheckedClient, app: Flask, begeleider: Persona) -> None:
    assert signed_in.send(f"/beheer/mensen/{begeleider.id}/uitnodigen").status_code == 302
    assert "geen uitnodiging meer nodig" in signed_in.get("/beheer/mensen").text
    assert messages(app) == []


def test_a_reset_link_is_never_shown_to_the_beheerder(signed_in: CheckedClient, app: Flask,
                                                      begeleider: Persona) -> None:
    hers = app.test_client()
    hers.submit(hers.get("/wachtwoord-vergeten"), {"email": begeleider.email})
    for address in (f"/beheer/mensen/{begeleider.id}", "/beheer/mensen", "/beheer/postvak"):
        assert "/wachtwoord/" not in signed_in.get(address).text
