import datetime as dt
import re
from collections.abc import Callable
from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts import links, services
from app.accounts.models import Account, LinkPurpose, PasswordLink
from app.db import db
from app.messages.models import Message
from tests.support.at_once import together
from tests.support.builders import PASSWORD, Persona, log_in, make_person
from tests.support.pages import TOKEN, CheckedClient

NOON = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)
NEW = "lantaarn boven de sloot"


def make_link(app: Flask, persona: Persona, purpose: LinkPurpose = LinkPurpose.RESET) -> str:
    with app.app_context():
        link = links.make(db.session.get_one(Account, persona.account_id), purpose)
        db.session.commit()
        return f"/wachtwoord/{links.token(link.public_id)}"


def choose(client: CheckedClient, address: str, password: str = NEW):
    return client.submit(client.get(address), {"new_password": password, "password_again": password})


def can_sign_in(app: Flask, email: str, password: str) -> bool:
    client = app.test_client()
    return client.submit(client.get("/inloggen"), {"email": email, "password": password}).status_code == 302


def ask(client: CheckedClient, email: str):
    return client.submit(client.get("/wachtwoord-vergeten"), {"email": email})


def messages(app: Flask) -> list[Message]:
    with app.app_context():
        return list(db.session.scalars(select(Message).order_by(Message.id)))


def test_a_new_password_by_link(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    response = choose(client, make_link(app, begeleider))
    assert response.location == "/inloggen"
    assert "Je wachtwoord is bewaard" in client.get("/inloggen").text
    assert can_sign_in(app, begeleider.email, NEW)
    assert not can_sign_in(app, begeleider.email, PASSWORD)


def test_an_invitation_says_who_invites_and_shows_the_address(client: CheckedClient, app: Flask,
                                                              organisation_id: int) -> None:
    invited = make_person(app, organisation_id, invited_only=True)
    address = make_link(app, invited, LinkPurpose.INVITE)
    page = client.get(address)
    assert "Welkom!" in page.text
    assert "Dienst Noord" in page.text
    assert invited.email in page.text
    choose(client, address)
    assert can_sign_in(app, invited.email, NEW)


def test_looking_at_a_link_does_not_use_it(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    address = make_link(app, begeleider)
    for _ in range(3):
        assert client.get(address).status_code == 200
    assert choose(client, address).status_code == 302


@pytest.mark.parametrize("second", ["get", "post"])
def test_a_link_works_once(client: CheckedClient, app: Flask, begeleider: Persona, second: str) -> None:
    address = make_link(app, begeleider)
    page = client.get(address)
    choose(client, address)
    fields = {"new_password": "iets anders voor later", "password_again": "iets anders voor later"}
    again = client.get(address) if second == "get" else app.test_client().send(address, fields)
    assert page.status_code == 200
    assert again.status_code == 410
    assert "werkt niet meer" in again.text
    assert can_sign_in(app, begeleider.email, NEW)


@pytest.mark.parametrize(("purpose", "valid"), [(LinkPurpose.INVITE, dt.timedelta(days=30)),
                                                (LinkPurpose.RESET, dt.timedelta(hours=2))])
def test_a_link_ends(client: CheckedClient, app: Flask, begeleider: Persona, purpose: LinkPurpose,
                     valid: dt.timedelta) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        address = make_link(app, begeleider, purpose)
        clock.move_to(NOON + valid - dt.timedelta(seconds=1))
        assert client.get(address).status_code == 200
        clock.move_to(NOON + valid)
        assert client.get(address).status_code == 410
        assert client.send(address, {"new_password": NEW, "password_again": NEW}).status_code == 410


def test_a_newer_link_ends_the_older(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    older = make_link(app, begeleider)
    newer = make_link(app, begeleider)
    assert client.get(older).status_code == 410
    assert client.get(newer).status_code == 200


def test_a_changed_password_ends_links(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    address = make_link(app, begeleider)
    with app.app_context():
        services.set_password(db.session.get_one(Account, begeleider.account_id), NEW)
        db.session.commit()
    assert client.get(address).status_code == 410


def test_whoever_left_chooses_nothing(client: CheckedClient, app: Flask, organisation_id: int) -> None:
    left = make_person(app, organisation_id, active=False)
    assert client.get(make_link(app, left)).status_code == 410


def test_forged_links_are_unknown(client: CheckedClient, app: Flask, begeleider: Persona, stranger: Persona) -> None:
    mine, hers = (make_link(app, p).removeprefix("/wachtwoord/") for p in (begeleider, stranger))
    mine_id, mine_proof = mine.split(".")
    hers_proof = hers.split(".")[1]
    for forged in (mine_id, f"{mine_id}.", f"{mine_id}.{hers_proof}", f".{mine_proof}", mine[:-1], f"{mine}x",
                   mine.swapcase(), "x", "é.é", "a" * 3000):
        response = client.get(f"/wachtwoord/{forged}")
        assert response.status_code == 404, forged
        assert "klopt niet" in response.text
    assert client.get(f"/wachtwoord/{mine}").status_code == 200


def test_nothing_in_the_database_opens_a_link(app: Flask, begeleider: Persona, client: CheckedClient) -> None:
    ask(client, begeleider.email)
    with app.app_context():
        link = db.session.scalars(select(PasswordLink)).one()
        proof = links.token(link.public_id).split(".")[1]
        stored = str([vars(row) for row in (link, *db.session.scalars(select(Message)))])
    assert proof not in stored
    assert "/wachtwoord/" not in stored


@pytest.mark.parametrize(("first", "again", "says"), [
    ("", "", "Kies een wachtwoord"),
    ("te kort", "te kort", "minstens 12"),
    (NEW, NEW + "!", "niet hetzelfde"),
    (NEW, "", "niet hetzelfde"),
    ("wachtwoord1234", "wachtwoord1234", "makkelijk te raden"),
    ("jetdevries2026", "jetdevries2026", "lijkt op je naam"),
    ("dienstnoord12", "dienstnoord12", "lijkt op je naam"),
])
def test_a_weak_or_mistyped_password_is_refused(client: CheckedClient, app: Flask, begeleider: Persona, first: str,
                                                again: str, says: str) -> None:
    address = make_link(app, begeleider)
    response = client.submit(client.get(address), {"new_password": first, "password_again": again})
    assert response.status_code == 422
    assert says in response.text
    assert not first or first not in response.text
    assert choose(client, address).status_code == 302


def test_sessions_end_with_a_new_password(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    log_in(client, begeleider)
    assert client.get("/account").status_code == 200
    choose(app.test_client(), make_link(app, begeleider))
    assert client.get("/account").status_code == 302


def test_choosing_in_somebody_elses_browser_signs_her_out(client: CheckedClient, app: Flask, beheerder: Persona,
                                                          organisation_id: int) -> None:
    invited = make_person(app, organisation_id, invited_only=True)
    log_in(client, beheerder)
    assert choose(client, make_link(app, invited, LinkPurpose.INVITE)).location == "/inloggen"
    assert client.get("/account").status_code == 302


def test_a_forgotten_password_goes_to_the_outbox(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    response = ask(client, begeleider.email.upper())
    assert response.status_code == 200
    assert "Er wordt nog geen mail verstuurd." in response.text
    (message,) = messages(app)
    assert (message.template, message.recipient) == ("reset", begeleider.email)
    assert message.organisation_id == begeleider.organisation_id


def test_everybody_gets_the_same_answer_in_the_same_time(client: CheckedClient, app: Flask, begeleider: Persona,
                                                         organisation_id: int) -> None:
    import time

    left = make_person(app, organisation_id, active=False)
    pages, times = [], []
    for email in (begeleider.email, "niemand@dienst.example", left.email, "geen adres"):
        browser = app.test_client()
        form = browser.get("/wachtwoord-vergeten")
        began = time.perf_counter()
        response = browser.submit(form, {"email": email})
        times.append(time.perf_counter() - began)
        assert response.status_code == 200
        pages.append(TOKEN.sub(rb"\1-", response.data))
    assert len(set(pages)) == 1
    assert min(times) >= 0.05       # the fixed time of tests
    assert [m.recipient for m in messages(app)] == [begeleider.email]


def test_asking_too_often_is_passed_over_in_silence(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(6):
            assert ask(client, begeleider.email).status_code == 200
    assert len(messages(app)) == 3


def test_asking_for_everybody_from_one_address_is_slowed_down(client: CheckedClient, app: Flask,
                                                              organisation_id: int) -> None:
    with time_machine.travel(NOON, tick=False):
        with app.app_context():
            for number in range(50):
                services.send_password_link(f"{number}@dienst.example", "127.0.0.1")
                db.session.commit()
        last = ask(client, "jet@dienst.example")
    assert last.status_code == 429
    assert last.headers["Retry-After"] == "5"
    assert "Wacht 5 seconden" in last.text


def test_who_was_only_invited_gets_the_invitation_again(client: CheckedClient, app: Flask,
                                                        organisation_id: int) -> None:
    invited = make_person(app, organisation_id, invited_only=True)
    waiting = make_link(app, invited, LinkPurpose.INVITE)
    ask(client, invited.email)
    (message,) = messages(app)
    assert message.template == "invite"
    assert client.get(waiting).status_code == 200


def test_who_was_invited_long_ago_gets_a_new_invitation(client: CheckedClient, app: Flask,
                                                        organisation_id: int) -> None:
    invited = make_person(app, organisation_id, invited_only=True)
    ask(client, invited.email)
    (message,) = messages(app)
    assert message.template == "invite"
    with app.app_context():
        address = f"/wachtwoord/{links.token(str(message.arguments['link']))}"
    assert choose(client, address).status_code == 302


def test_an_empty_address_is_refused(client: CheckedClient, organisation_id: int) -> None:
    assert ask(client, "").status_code == 422


def test_two_at_the_same_moment_use_a_link_once(app: Flask, begeleider: Persona) -> None:
    address, passwords = make_link(app, begeleider), ["lantaarn boven de sloot", "een fiets onder de brug"]

    def using(password: str) -> Callable[[], TestResponse]:
        client = app.test_client()
        token = re.search(r'csrf_token" value="([^"]+)', client.get(address).text)
        assert token
        fields = {"new_password": password, "password_again": password, "csrf_token": token[1]}
        return partial(client.post, address, data=fields)

    done = [answer.status_code for answer in together(*map(using, passwords))]
    assert sorted(done) == [302, 410]
    assert [can_sign_in(app, begeleider.email, password) for password in passwords] == [s == 302 for s in done]


def test_the_nightly_work_forgets_old_links(app: Flask, begeleider: Persona) -> None:
    make_link(app, begeleider)
    with app.app_context():
        services.forget_expired(dt.datetime.now(dt.UTC) + dt.timedelta(days=29))
        assert db.session.scalar(select(func.count()).select_from(PasswordLink)) == 1
        services.forget_expired(dt.datetime.now(dt.UTC) + dt.timedelta(days=31))
        assert db.session.scalar(select(func.count()).select_from(PasswordLink)) == 0
        db.session.commit()
