from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.people.kept import NEW, messages, person_named
from tests.support.at_once import together
from tests.support.builders import PASSWORD, Persona, log_in, make_person, make_team
from tests.support.pages import CheckedClient, browser_of


def test_saving_without_a_change_changes_nothing(signed_in: CheckedClient, app: Flask, begeleider: Persona,
                                                 team_id: int) -> None:
    address = f"/beheer/mensen/{begeleider.id}"
    assert signed_in.submit(signed_in.get(address), to=address).location == "/beheer/mensen"
    same = person_named(app, "Jet de Vries")
    assert same.account.email == begeleider.email
    assert same.account.session_version == 1
    assert same.team_ids == {team_id}
    assert messages(app) == []


def test_everything_can_be_changed(signed_in: CheckedClient, app: Flask, begeleider: Persona, team_id: int,
                                   organisation_id: int) -> None:
    other = make_team(app, organisation_id, "Team West")
    address = f"/beheer/mensen/{begeleider.id}"
    fields = {"name": "Jet Smit", "email": "jet.smit@dienst.example", "roles": ["begeleider", "teamleider"],
              "works_in": [str(other)], "leads": [str(team_id)], "clusters": ["c1"], "sectors": ["mbo"]}
    assert signed_in.submit(signed_in.get(address), fields, to=address).status_code == 302
    jet = person_named(app, "Jet Smit")
    assert jet.account.email == "jet.smit@dienst.example"
    assert jet.team_ids == {other}
    assert jet.actor.leads == {team_id}
    assert messages(app) == [("email_changed", begeleider.email)]


def test_a_new_address_of_somebody_who_was_invited_is_invited(signed_in: CheckedClient, app: Flask,
                                                              organisation_id: int) -> None:
    invited = make_person(app, organisation_id, invited_only=True)
    address = f"/beheer/mensen/{invited.id}"
    signed_in.submit(signed_in.get(address), to=f"{address}/uitnodigen")
    signed_in.submit(signed_in.get(address), {"email": "goed@dienst.example"}, to=address)
    assert messages(app) == [("invite", invited.email), ("invite", "goed@dienst.example")]


def test_a_taken_address_changes_nothing_else_either(signed_in: CheckedClient, app: Flask, begeleider: Persona,
                                                     teamleider: Persona, stranger: Persona) -> None:
    address = f"/beheer/mensen/{begeleider.id}"
    page = signed_in.get(address)
    for taken, says in ((teamleider.email, "al van Tom Bakker"), (stranger.email, "kan niet worden gebruikt")):
        response = signed_in.submit(page, {"name": "Anders", "email": taken}, to=address)
        assert response.status_code == 422
        assert says in response.text
    assert person_named(app, "Jet de Vries").account.email == begeleider.email


@pytest.mark.parametrize("method", ["get", "post", "invite"])
@pytest.mark.parametrize("which", ["elsewhere", "unknown", "huge"])
def test_who_is_not_hers_does_not_exist(signed_in: CheckedClient, app: Flask, stranger: Persona, method: str,
                                        which: str) -> None:
    number = {"elsewhere": stranger.id, "unknown": 99_999, "huge": 10**30}[which]
    address = f"/beheer/mensen/{number}"
    response = {"get": lambda: signed_in.get(address), "post": lambda: signed_in.send(address, NEW),
                "invite": lambda: signed_in.send(f"{address}/uitnodigen")}[method]()
    assert response.status_code == 404
    assert person_named(app, "Vera Vreemd").account.email == stranger.email


def test_somebody_who_left_cannot_sign_in_and_comes_back(signed_in: CheckedClient, app: Flask,
                                                         begeleider: Persona) -> None:
    hers = app.test_client()
    log_in(hers, begeleider)
    address = f"/beheer/mensen/{begeleider.id}"
    signed_in.submit(signed_in.get(address), {"active": []}, to=address)
    assert not person_named(app, "Jet de Vries").active
    assert hers.get("/account").status_code == 302
    assert "Niet meer actief" in signed_in.get("/beheer/mensen").text
    signed_in.submit(signed_in.get(address), {"active": "y"}, to=address)
    assert hers.get("/account").status_code == 302      # the session of before stays ended
    hers.submit(hers.get("/inloggen"), {"email": begeleider.email, "password": PASSWORD})
    assert hers.get("/account").status_code == 200


def test_leaving_ends_an_invitation(signed_in: CheckedClient, app: Flask, organisation_id: int) -> None:
    invited = make_person(app, organisation_id, invited_only=True)
    address = f"/beheer/mensen/{invited.id}"
    signed_in.submit(signed_in.get(address), to=f"{address}/uitnodigen")
    signed_in.submit(signed_in.get(address), {"active": []}, to=address)
    signed_in.submit(signed_in.get(address), {"active": "y"}, to=address)
    assert "is verlopen" in signed_in.get(address).text


# --- the last beheerder ----------------------------------------------------------------------------------------------


def test_the_last_beheerder_stays_beheerder(signed_in: CheckedClient, app: Flask, beheerder: Persona,
                                            organisation_id: int, stranger: Persona) -> None:
    make_person(app, organisation_id, roles=["beheerder"], active=False)        # whoever left does not count
    make_person(app, stranger.organisation_id, roles=["beheerder"])             # nor somebody elsewhere
    address = f"/beheer/mensen/{beheerder.id}"
    response = signed_in.submit(signed_in.get(address), {"roles": ["begeleider"]}, to=address)
    assert response.status_code == 422
    assert "Dit is de enige beheerder" in response.text
    assert person_named(app, "Bea Jansen").roles == {"beheerder"}


def test_nobody_puts_herself_out(signed_in: CheckedClient, app: Flask, beheerder: Persona,
                                 organisation_id: int) -> None:
    make_person(app, organisation_id, roles=["beheerder"])
    address = f"/beheer/mensen/{beheerder.id}"
    response = signed_in.submit(signed_in.get(address), {"active": []}, to=address)
    assert response.status_code == 422
    assert "Jezelf kun je niet uitzetten" in response.text
    assert person_named(app, "Bea Jansen").active


def test_with_a_second_one_she_may_hand_it_over(signed_in: CheckedClient, app: Flask, beheerder: Persona,
                                                organisation_id: int) -> None:
    make_person(app, organisation_id, roles=["beheerder"])
    address = f"/beheer/mensen/{beheerder.id}"
    response = signed_in.submit(signed_in.get(address), {"roles": ["begeleider"]}, to=address)
    assert response.location == "/start"
    assert signed_in.get("/start").status_code == 200
    assert signed_in.get("/beheer/mensen").status_code == 403


def test_her_own_name_and_roles_can_be_changed(signed_in: CheckedClient, app: Flask, beheerder: Persona) -> None:
    address = f"/beheer/mensen/{beheerder.id}"
    fields = {"name": "Bea de Boer", "email": "bea@dienst.example", "roles": ["beheerder", "hr"]}
    assert signed_in.submit(signed_in.get(address), fields, to=address).location == "/beheer/mensen"
    assert person_named(app, "Bea de Boer").roles == {"beheerder", "hr"}
    assert signed_in.get("/beheer/mensen").status_code == 200


def test_two_who_strip_each_other_leave_one(app: Flask, beheerder: Persona, organisation_id: int) -> None:
    second = make_person(app, organisation_id, roles=["beheerder"], name="Ben Smit")

    def stripping(who: Persona, whom: Persona) -> Callable[[], TestResponse]:
        client, address = browser_of(app, who), f"/beheer/mensen/{whom.id}"
        return partial(client.submit, client.get(address), {"roles": ["begeleider"]}, to=address)

    together(stripping(beheerder, second), stripping(second, beheerder))
    left = [person_named(app, name).roles for name in ("Bea Jansen", "Ben Smit")]
    assert sum("beheerder" in roles for roles in left) == 1
