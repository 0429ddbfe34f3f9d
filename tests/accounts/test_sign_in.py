import datetime as dt
import re

import pytest
import time_machine
from argon2 import PasswordHasher, extract_parameters
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts import services
from app.accounts.models import Account, SignInThrottle
from app.db import db
from app.people import services as people
from app.people.models import Person
from tests.support.builders import PASSWORD, Persona, log_in, make_organisation, make_person
from tests.support.pages import TOKEN, CheckedClient
from tests.support.statements import statements

NOON = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)
WRONG = "horen niet bij elkaar"


def sign_in(client: CheckedClient, email: str, password: str = PASSWORD, query: str = ""):
    return client.submit(client.get(f"/inloggen{query}"), {"email": email, "password": password})


def test_who_has_the_password_comes_in(client: CheckedClient, begeleider: Persona) -> None:
    response = sign_in(client, begeleider.email)
    assert (response.status_code, response.location) == (302, "/start")
    assert "Jet" in client.get("/start").text
    assert client.get("/inloggen").location == "/start"


def test_capitals_and_space_around_the_address_do_not_matter(client: CheckedClient, begeleider: Persona) -> None:
    assert sign_in(client, f"  {begeleider.email.upper()} ").location == "/start"


def test_the_session_lasts_twelve_hours_without_use(client: CheckedClient, begeleider: Persona) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        sign_in(client, begeleider.email)
        clock.shift(dt.timedelta(hours=11))
        assert client.get("/account").status_code == 200
        clock.shift(dt.timedelta(hours=11))
        assert client.get("/account").status_code == 200
        clock.shift(dt.timedelta(hours=12, seconds=1))
        assert client.get("/account").location == "/inloggen?naar=/account"


def test_a_session_from_before_is_not_taken_over(client: CheckedClient, begeleider: Persona) -> None:
    client.get("/inloggen")
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        token = cookie["csrf_token"]
    sign_in(client, begeleider.email)
    client.get("/account")
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["csrf_token"] != token


def test_unknown_and_known_get_the_same_answer(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    answers = []
    for email in (begeleider.email, "niemand@dienst.example"):
        answer = sign_in(app.test_client(), email, "iets heel anders")
        assert answer.status_code == 422
        assert WRONG in answer.text
        answers.append(TOKEN.sub(rb"\1-", answer.data).replace(email.encode(), b"-"))
    assert answers[0] == answers[1]


def test_unknown_and_known_cost_the_same_work(app: Flask, begeleider: Persona, monkeypatch: pytest.MonkeyPatch) -> None:
    """One real verification with the same parameters, and the same statements: nothing is left to tell by the time."""
    verified: list[object] = []
    verify = PasswordHasher.verify

    def noted(hasher: PasswordHasher, stored: str, password: str) -> bool:
        verified.append(extract_parameters(stored))
        return verify(hasher, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", noted)
    cost = []
    for email, remote in ((begeleider.email, "192.0.2.1"), ("niemand@dienst.example", "192.0.2.2")):
        with app.app_context(), statements(app) as seen, pytest.raises(services.WrongPassword):
            services.sign_in(email, "iets heel anders", remote)
        cost.append(seen)
    assert cost[0] == cost[1]
    assert len(verified) == 2
    assert verified[0] == verified[1]


@pytest.mark.parametrize("kind", ["invited", "left"])
def test_who_may_not_sign_in_gets_the_same_answer(client: CheckedClient, app: Flask, organisation_id: int,
                                                  kind: str) -> None:
    person = make_person(app, organisation_id, invited_only=kind == "invited", active=kind != "left")
    answer = sign_in(client, person.email)
    assert answer.status_code == 422
    assert WRONG in answer.text


@pytest.mark.parametrize("fields", [
    {"email": "", "password": ""},
    {"email": "jet@dienst.example", "password": ""},
    {"email": "", "password": "x"},
    {"email": "\x00", "password": "\x00"},
    {"email": "' or 1=1 --", "password": "\U0001f600" * 500},
    {"email": "x" * 5000 + "@dienst.example", "password": "x"},
])
def test_nonsense_is_refused(client: CheckedClient, organisation_id: int, fields: dict[str, str]) -> None:
    assert client.submit(client.get("/inloggen"), fields).status_code == 422


def test_fields_may_be_missing_altogether(client: CheckedClient, organisation_id: int) -> None:
    assert client.send("/inloggen").status_code == 422


def test_after_five_wrong_ones_she_waits_and_then_comes_in(client: CheckedClient, begeleider: Persona) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            assert sign_in(client, begeleider.email, "fout").status_code == 422
        refused = sign_in(client, begeleider.email)         # even with the right one
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "5"
        assert "Wacht 5 seconden" in refused.text
        assert begeleider.email in refused.text
        clock.shift(5)
        assert sign_in(client, begeleider.email).status_code == 302


def test_waiting_is_the_same_for_an_account_that_does_not_exist(client: CheckedClient, organisation_id: int) -> None:
    with time_machine.travel(NOON, tick=False):
        statuses = [sign_in(client, "niemand@dienst.example", "fout").status_code for _ in range(7)]
    assert statuses == [422] * 5 + [429] * 2


def test_waiting_for_one_account_leaves_others_alone(client: CheckedClient, begeleider: Persona,
                                                     teamleider: Persona) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(6):
            sign_in(client, begeleider.email, "fout")
        assert sign_in(client, teamleider.email).status_code == 302


def test_signing_in_forgets_the_failures(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(4):
            sign_in(app.test_client(), begeleider.email, "fout")
        assert sign_in(client, begeleider.email).status_code == 302
        for _ in range(4):
            assert sign_in(app.test_client(), begeleider.email, "fout").status_code == 422


def test_a_school_behind_one_address_signs_in_all_morning(app: Flask, begeleider: Persona) -> None:
    with app.app_context(), time_machine.travel(NOON, tick=False):
        for _ in range(60):
            assert services.sign_in(begeleider.email, PASSWORD, "192.0.2.1")
            db.session.commit()


def test_guessing_at_many_accounts_from_one_address_slows_down(app: Flask, client: CheckedClient,
                                                               begeleider: Persona) -> None:
    with time_machine.travel(NOON, tick=False):
        with app.app_context():
            for number in range(50):
                with pytest.raises(services.WrongPassword):
                    services.sign_in(f"{number}@dienst.example", "fout", "127.0.0.1")
        assert sign_in(client, begeleider.email).status_code == 429
        elsewhere = app.test_client()
        page = elsewhere.get("/inloggen")
        fields = {"email": begeleider.email, "password": PASSWORD}
        assert elsewhere.submit(page, fields, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 302


def test_a_hash_with_old_parameters_is_renewed(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    from argon2 import PasswordHasher

    with app.app_context():
        db.session.get_one(Account, begeleider.account_id).password_hash = PasswordHasher(
            time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)
        db.session.commit()
    assert sign_in(client, begeleider.email).status_code == 302
    with app.app_context():
        stored = db.session.get_one(Account, begeleider.account_id).password_hash
        assert stored is not None
        assert "m=8," in stored
    assert sign_in(app.test_client(), begeleider.email).status_code == 302


def test_a_hash_that_cannot_be_read_is_a_wrong_password(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    with app.app_context():
        db.session.get_one(Account, begeleider.account_id).password_hash = "broken"
        db.session.commit()
    assert sign_in(client, begeleider.email).status_code == 422


@pytest.mark.parametrize(("target", "lands"), [
    ("/account", "/account"),
    ("/beheer/mensen?zoek=jet%20v", "/beheer/mensen?zoek=jet%20v"),
    ("https://evil.example/", "/start"),
    ("//evil.example/", "/start"),
    ("/\\evil.example", "/start"),
    ("\\\\evil.example", "/start"),
    ("/\t/evil.example", "/start"),
    ("javascript:alert(1)", "/start"),
    ("evil.example", "/start"),
    ("", "/start"),
])
def test_she_lands_where_she_was_going_on_this_site(client: CheckedClient, begeleider: Persona, target: str,
                                                    lands: str) -> None:
    from urllib.parse import quote

    response = sign_in(client, begeleider.email, query=f"?naar={quote(target)}")
    assert response.location == lands


def test_a_page_that_needs_signing_in_leads_back(client: CheckedClient, begeleider: Persona) -> None:
    first = client.get("/account?x=1")
    assert first.status_code == 302
    assert client.submit(client.get(first.location), {"email": begeleider.email, "password": PASSWORD}
                         ).location == "/account?x=1"


def test_a_script_is_told_in_its_own_language(client: CheckedClient, organisation_id: int) -> None:
    response = client.get("/account", headers={"Accept": "application/json"})
    assert response.status_code == 401
    assert response.json == {"error": "signed_out", "sign_in": "/inloggen"}


def test_signing_out_ends_the_session(client: CheckedClient, begeleider: Persona) -> None:
    log_in(client, begeleider)
    response = client.submit(client.get("/account"), to="/uitloggen")
    assert response.location == "/inloggen"
    assert "Je bent uitgelogd" in client.get("/inloggen").text
    assert client.get("/account").status_code == 302


def test_nobody_is_signed_out_by_a_link(client: CheckedClient, begeleider: Persona) -> None:
    log_in(client, begeleider)
    assert client.get("/uitloggen").status_code == 405
    assert client.post("/uitloggen").status_code == 400
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize("key", ["", "1", "x.y", "1.x", "1.2.3", "-1.1", "².1"])
def test_a_session_that_makes_no_sense_is_nobody(client: CheckedClient, begeleider: Persona, key: str) -> None:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = key
    assert client.get("/account").status_code == 302


def test_whoever_left_is_out_at_once(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    from app.people.models import Person

    log_in(client, begeleider)
    assert client.get("/account").status_code == 200
    with app.app_context():
        db.session.get_one(Person, begeleider.id).active = False
        db.session.commit()
    assert client.get("/account").status_code == 302


def test_somebody_of_another_organisation_may_take_over_the_browser(client: CheckedClient, app: Flask,
                                                                    begeleider: Persona, stranger: Persona) -> None:
    page = client.get("/inloggen")
    log_in(client, begeleider)
    response = client.submit(page, {"email": stranger.email, "password": PASSWORD})
    assert response.status_code == 302
    assert stranger.email in client.get("/account").text


def test_a_log_in_page_that_stood_open_overnight_asks_the_password_again(client: CheckedClient,
                                                                         begeleider: Persona) -> None:
    page = client.get("/inloggen?naar=/account")
    client.delete_cookie("sessie")
    stale = client.submit(page, {"email": begeleider.email, "password": PASSWORD})
    assert stale.status_code == 400
    assert begeleider.email in stale.text
    assert PASSWORD not in stale.text
    assert client.submit(stale, {"password": PASSWORD}).location == "/account"


def test_refusals_leave_only_the_count(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    sign_in(client, begeleider.email, "fout")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignInThrottle)) == 2
    sign_in(client, begeleider.email)
    with app.app_context():
        assert db.session.scalars(select(SignInThrottle.failures)).all() == [1]


def test_the_nightly_work_forgets(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    sign_in(client, begeleider.email, "fout")
    with app.app_context():
        services.forget_expired(dt.datetime.now(dt.UTC) + dt.timedelta(hours=23))
        assert db.session.scalar(select(func.count()).select_from(SignInThrottle)) == 2
        services.forget_expired(dt.datetime.now(dt.UTC) + dt.timedelta(hours=25))
        assert db.session.scalar(select(func.count()).select_from(SignInThrottle)) == 0
        db.session.commit()


def test_many_guesses_at_the_same_moment_are_all_counted(app: Flask, begeleider: Persona) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def guess(_: int) -> int:
        client: FlaskClient = app.test_client()
        token = re.search(r'csrf_token" value="([^"]+)', client.get("/inloggen").text)
        assert token
        fields = {"email": begeleider.email, "password": "fout", "csrf_token": token[1]}
        return client.post("/inloggen", data=fields).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(guess, range(16)))
    assert statuses.count(422) <= 5
    assert set(statuses) == {422, 429}


def test_signing_in_works_the_same_in_every_organisation(client: CheckedClient, app: Flask) -> None:
    for name in ("Dienst Oost", "Dienst West"):
        person = make_person(app, make_organisation(app, name))
        assert sign_in(app.test_client(), person.email).status_code == 302


def test_signing_out_ends_a_copied_cookie_too(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    sign_in(client, begeleider.email)
    other = app.test_client()
    cookie = client.get_cookie("sessie")
    assert cookie is not None
    other.set_cookie("sessie", cookie.value)
    assert other.get("/account").status_code == 200
    client.send("/uitloggen")
    assert other.get("/account").location.startswith("/inloggen")
    assert sign_in(client, begeleider.email).location == "/start"


def test_who_left_and_came_back_signs_in_anew(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    sign_in(client, begeleider.email)
    for active in (False, True):
        with app.app_context():
            person = db.session.get_one(Person, begeleider.id, options=[joinedload(Person.account),
                                                                        selectinload(Person.memberships)])
            people.change(person, people.Details(begeleider.name, begeleider.email, begeleider.roles, active=active))
            db.session.commit()
    assert client.get("/account").location.startswith("/inloggen")
