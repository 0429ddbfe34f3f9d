"""The outbox against a real mail server that accepts, refuses, stalls and dies."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter

import pytest
from flask import Flask

from app.config import MailSettings
from app.messages import delivery
from app.messages.delivery import UNDER_WAY, WAITS, deliver_due
from app.messages.models import Message
from app.web.formats import as_if
from tests.messages.outbox import START, outbox, people, put, run
from tests.support.mail import Post, mail_server, mailing


def test_what_arrives(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(3))
    post = Post()
    with mail_server(post) as settings:
        assert run(app, settings) == 3
        assert run(app, settings) == 0
    assert post.recipients == people(3)
    mail = post.arrived[0]
    assert str(mail["From"]) == "Dienst Noord <feedback@dienst.example>"
    assert mail["Subject"] == "Je e-mailadres bij Groeispiegel is veranderd"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert len({letter["Message-ID"] for letter in post.arrived}) == 3
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert "De beheerder van Dienst “Noord” & zo heeft je e-mailadres veranderd." in text.get_content()
    assert "De beheerder van Dienst “Noord” &amp; zo heeft je e-mailadres veranderd." in html.get_content()
    assert "<img" not in html.get_content()
    for message in outbox(app):
        assert (message.due_at, message.delivered_at, message.attempts, message.refused) == (None, START, 1, None)


def test_without_a_mail_server_everything_waits(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(2))
    assert run(app, None) == 0
    assert [(message.attempts, message.due_at) for message in outbox(app)] == [(0, START)] * 2


def test_a_server_that_is_down_costs_time_and_nothing_else(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(20))
    post = Post()
    with mail_server(post) as settings:
        pass
    for minute in range(3):
        assert run(app, settings, START + dt.timedelta(minutes=minute)) == 0
    assert [message.attempts for message in outbox(app)] == [0] * 20
    with mail_server(post, settings.port):
        assert run(app, settings, START + dt.timedelta(days=9)) == 20
    assert post.recipients == people(20)


@pytest.mark.parametrize(("answer", "told"), [
    ("550 5.1.1 No such user here", "dit adres bestaat niet (meer)"),
    ("550 unknown", "dit adres bestaat niet (meer)"),
    ("552 5.2.2 Mailbox full", "het postvak is vol"),
    ("550 5.2.1 Mailbox disabled", "het postvak is gesloten"),
    ("556 5.1.2 No such domain", "de mailserver achter het @ bestaat niet"),
    ("554 5.7.1 We know you", "de mailserver van de ontvanger laat onze mail niet door"),
    ("554 no", "de mailserver neemt deze mail niet aan"),
])
def test_an_address_that_is_refused_for_good(app: Flask, organisation_id: int, answer: str, told: str) -> None:
    put(app, organisation_id, *people(3))
    post = Post(at_recipient={people(3)[1]: answer})
    heard: list[tuple[str, str | None]] = []

    def hear(message: Message) -> None:
        heard.append((message.recipient, message.refused))

    with delivery.refused.connected_to(hear), mail_server(post) as settings:
        assert run(app, settings) == 2
        assert run(app, settings, START + dt.timedelta(days=9)) == 0
    assert post.recipients == [people(3)[0], people(3)[2]]
    assert heard == [(people(3)[1], told)]
    refused = outbox(app)[1]
    assert (refused.refused, refused.due_at, refused.delivered_at) == (told, None, None)


def test_a_letter_that_is_refused_for_good(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(2))
    post = Post(at_letter={1: "554 5.6.0 not like this"})
    with mail_server(post) as settings:
        assert run(app, settings) == 1
    assert outbox(app)[0].refused == "de mailserver neemt deze mail niet aan"


@pytest.mark.parametrize(("at_recipient", "at_letter"), [
    ("450 4.2.0 try again", None), (None, "451 4.3.0 busy"), ("421 closing", None),
])
def test_not_now_means_later(app: Flask, organisation_id: int, at_recipient: str | None,
                             at_letter: str | None) -> None:
    put(app, organisation_id, *people(3))
    post = Post(at_recipient={people(1)[0]: at_recipient} if at_recipient else {},
                at_letter={1: at_letter} if at_letter else {})
    with mail_server(post) as settings:
        assert run(app, settings) == 2
        waiting = outbox(app)[0]
        assert (waiting.attempts, waiting.due_at, waiting.refused) == (1, START + WAITS[0], None)
        post.at_recipient.clear()
        assert run(app, settings, START + WAITS[0] / 2) == 0
        assert run(app, settings, START + WAITS[0]) == 1
    assert sorted(post.recipients) == people(3)


def test_it_is_tried_for_five_days(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(1))
    post = Post(at_recipient={people(1)[0]: "450 4.2.0 try again"})
    moment, heard = START, []
    with delivery.refused.connected_to(heard.append), mail_server(post) as settings:
        for wait in WAITS:
            run(app, settings, moment)
            moment += wait
            assert outbox(app)[0].due_at == moment
        assert dt.timedelta(days=5) <= moment - START < dt.timedelta(days=6)
        assert not heard
        run(app, settings, moment)
    assert outbox(app)[0].refused == "na vijf dagen proberen kwam de mail nog niet aan"
    assert len(heard) == 1


@pytest.mark.parametrize("answer", ["550 5.7.1 not from you", "451 4.3.0 busy", "530 log in first"])
def test_a_server_that_takes_nothing_from_us_is_left_alone(app: Flask, organisation_id: int, answer: str) -> None:
    put(app, organisation_id, *people(20))
    post = Post(at_sender=answer)
    with mail_server(post) as settings:
        assert run(app, settings) == 0
        assert Counter(message.attempts for message in outbox(app)) == {0: 19, 1: 1}
        post.at_sender = None
        assert run(app, settings, START + WAITS[0]) == 20
    assert not [message for message in outbox(app) if message.refused]


def test_a_server_that_stalls(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(4))
    post = Post(stalls={1, 2})
    with mail_server(post) as settings:
        quick = MailSettings(settings.host, settings.port, settings.sender, timeout=1.5)
        assert run(app, quick) == 0             # twice in a row: until the next minute
        assert [message.attempts for message in outbox(app)] == [1, 1, 0, 0]
        assert run(app, settings, START + WAITS[0]) == 4
    assert Counter(post.recipients) == Counter(people(4))


def test_a_server_that_dies_before_it_says_250(app: Flask, organisation_id: int) -> None:
    """It has the letter and we cannot know: a second copy, which says that it is the same."""
    put(app, organisation_id, *people(3))
    post = Post(dies_before_250={2})
    with mail_server(post) as settings:
        assert run(app, settings) == 2
        assert run(app, settings, START + WAITS[0]) == 1
    assert Counter(post.recipients) == {people(3)[0]: 1, people(3)[1]: 2, people(3)[2]: 1}
    first, second = (mail["Message-ID"] for mail in post.arrived if mail["To"] == people(3)[1])
    assert first == second


def test_a_server_that_hangs_up_after_every_fifth(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(20))
    post = Post(dies_after_250={5, 10, 15}, pause=0.01)
    with mail_server(post) as settings:
        delivered = sum(run(app, settings, START + minute * WAITS[0]) for minute in range(10))
    assert delivered == 20
    assert set(post.recipients) == set(people(20))
    sent = {(mail["To"], mail["Message-ID"]) for mail in post.arrived}
    assert len(sent) == 20, "what came twice is the same message"
    # A 250 that the line took along with it was never heard: SMTP lets nobody tell it from a refusal.
    assert len(post.recipients) <= 20 + 3


def test_two_workers_share_the_work(app: Flask, organisation_id: int) -> None:
    put(app, organisation_id, *people(40))
    post, counts = Post(pause=0.005), []
    with mail_server(post) as settings, mailing(app, settings):

        def work() -> None:
            with app.app_context():
                counts.append(deliver_due())

        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert sum(counts) == 40
    assert Counter(post.recipients) == Counter(people(40))


def test_what_somebody_has_taken_on_is_left_to_her_for_a_while(app: Flask, organisation_id: int) -> None:
    """She may be dead: then it is tried again, and counts as an attempt."""
    put(app, organisation_id, *people(1))
    with app.app_context(), as_if(START):
        found = delivery._first_due(())
        assert found is not None
        assert delivery._take_on(found)
        assert not delivery._take_on(found)
    post = Post()
    with mail_server(post) as settings:
        assert run(app, settings, START + UNDER_WAY / 2) == 0
        assert run(app, settings, START + UNDER_WAY) == 1
    assert outbox(app)[0].attempts == 2
