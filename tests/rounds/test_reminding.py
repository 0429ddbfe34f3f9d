"""Who is reminded on which day, and what is kept of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import jobs
from app.db import db
from app.messages.letters import letter
from app.messages.models import Message
from app.rounds.invitations import State
from app.rounds.models import Invitation, Round, SchoolHoliday
from app.rounds.reminding import next_reminder, remind_due
from app.web.formats import as_if
from tests.support.builders import Persona
from tests.support.mail import Post, mail_server, mailing
from tests.support.rounds import MadeRound, make_round

OPENING = dt.date(2026, 3, 2)


def noon(day: int) -> dt.datetime:
    """At noon, so many days after the opening."""
    return dt.datetime(2026, 3, 2, 11, 0, tzinfo=dt.UTC) + dt.timedelta(days=day)


def opened(app: Flask, teamleider: Persona, begeleider: Persona, raters: dict[str, int] | None = None) -> MadeRound:
    with as_if(noon(0)):
        return make_round(app, teamleider, [begeleider], raters or {"collega": 4}, opened_days_ago=0)


def change(app: Flask, invitation_id: int, **values: object) -> None:
    with app.app_context():
        db.session.execute(update(Invitation).where(Invitation.id == invitation_id).values(**values))
        db.session.commit()


def remind(app: Flask, day: int) -> list[str]:
    """Who is reminded that day; what was put is taken out again, as if delivered."""
    with app.app_context(), as_if(noon(day)):
        remind_due()
        messages = db.session.scalars(select(Message)).all()
        found = [message.recipient for message in messages]
        for message in messages:
            db.session.delete(message)
        db.session.commit()
    return found


@pytest.mark.parametrize(("invited", "days", "closes", "expected"), [
    (0, [7, 18], 28, [7, 18]),
    (0, [18, 7], 28, [7, 18]),
    (0, [7, 18, 21], 28, [7, 18]),          # at most two
    (0, [7], 28, [7]),
    (0, [], 28, []),
    (12, [7, 18], 28, [19]),                # approved later: her own days, and none after the closing
    (10, [7, 18], 28, [17]),                # the second would be on the closing day
    (21, [7, 18], 28, []),
])
def test_the_days(invited: int, days: list[int], closes: int, expected: list[int]) -> None:
    day = OPENING + dt.timedelta(days=invited)
    found: list[int] = []
    while True:
        after = OPENING + dt.timedelta(days=found[-1]) if found else day
        date = next_reminder(day, days, OPENING + dt.timedelta(days=closes), after)
        if date is None:
            break
        found.append((date - OPENING).days)
    assert found == expected


def test_everybody_who_did_not_answer_on_her_own_days(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    made = opened(app, teamleider, begeleider, {"collega": 6})
    answered, declined, removed, bounced, late, silent = made.invitation_ids
    change(app, answered, answered=True)
    change(app, declined, state=State.DECLINED)
    change(app, removed, state=State.REMOVED)
    change(app, bounced, bounced="dit adres bestaat niet (meer)")
    change(app, late, invited_on=OPENING + dt.timedelta(days=5))
    with app.app_context():
        address = {one.id: one.email for one in db.session.scalars(select(Invitation))}
    told = {day: remind(app, day) for day in range(30)}
    assert {day: whom for day, whom in told.items() if whom} == {
        7: [address[silent]], 18: [address[silent]], 12: [address[late]], 23: [address[late]],
    }


def test_a_reminder_waits_for_the_end_of_a_holiday(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    """Both would fall in it: then there is one, and it says that no other follows."""
    opened(app, teamleider, begeleider)
    with app.app_context():
        db.session.add(SchoolHoliday(organisation_id=teamleider.organisation_id, name="Vakantie",
                                     first_day=OPENING + dt.timedelta(days=5),
                                     last_day=OPENING + dt.timedelta(days=18)))
        db.session.commit()
    assert {day: len(found) for day in range(28) if (found := remind(app, day))} == {21: 4}     # a Monday


def test_once_a_day_however_often_the_worker_looks(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    opened(app, teamleider, begeleider)
    assert len(remind(app, 7)) == 4
    assert remind(app, 7) == []


def test_days_without_a_worker_are_made_up_for_with_one_reminder(app: Flask, teamleider: Persona,
                                                                 begeleider: Persona) -> None:
    opened(app, teamleider, begeleider)
    assert remind(app, 3) == []
    assert len(remind(app, 9)) == 4
    assert len(remind(app, 27)) == 4
    opened_later = [remind(app, day) for day in (28, 29)]
    assert opened_later == [[], []]


@pytest.mark.parametrize("state", ["choosing", "closed", "released", "aborted"])
def test_only_while_it_is_open(app: Flask, teamleider: Persona, begeleider: Persona, state: str) -> None:
    opened(app, teamleider, begeleider)
    with app.app_context():
        db.session.execute(update(Round).values(state=state))
        db.session.commit()
    assert remind(app, 7) == []


def test_sheets_get_no_mail(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    made = opened(app, teamleider, begeleider, {"ouder": 2})
    change(app, made.invitation_ids[0], email=None)
    assert remind(app, 7) == [f"ouder.2.van.{begeleider.id}@school.example"]


def test_nobody_is_woken_by_it(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    opened(app, teamleider, begeleider)
    night = dt.datetime(2026, 3, 9, 3, 0, tzinfo=dt.UTC)
    counts = []
    for moment in (night, night.replace(hour=6)):
        with app.app_context(), as_if(moment):
            jobs.remind()
            counts.append(len(db.session.scalars(select(Message)).all()))
    assert counts == [0, 4]


def test_the_second_says_that_it_is_the_last(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    opened(app, teamleider, begeleider, {"school": 1})
    for day, last in ((7, False), (18, True)):
        with app.app_context(), as_if(noon(day)):
            remind_due()
            message = db.session.scalars(select(Message)).one()
            written = letter(message)
            assert written is not None
            assert ("Dit is de laatste keer" in written.text) is last
            db.session.delete(message)
            db.session.commit()


def test_who_answers_before_the_mail_leaves_gets_none_and_nothing_is_kept(app: Flask, teamleider: Persona,
                                                                          begeleider: Persona) -> None:
    made = opened(app, teamleider, begeleider)
    post = Post()
    with app.app_context(), as_if(noon(7)):
        assert remind_due() == 4
    change(app, made.invitation_ids[0], answered=True)
    with mail_server(post) as settings, mailing(app, settings), app.app_context(), as_if(noon(7)):
        jobs.deliver_mail()
        assert not db.session.scalars(select(Message)).all()
    assert Counter(str(mail["To"]) for mail in post.arrived) == {
        f"collega.{number}.van.{begeleider.id}@school.example": 1 for number in (2, 3, 4)
    }
