"""What the worker does by itself."""

from __future__ import annotations

from flask import Flask

from app.accounts import services as accounts
from app.background import as_soon_as_can, every_minute, every_night
from app.checkins import reminding as check_ins
from app.conversations import planning
from app.db import db, wake
from app.development.actions import reminding as actions
from app.dossier import storing
from app.messages import delivery
from app.messages.services import PUT
from app.needs import taking
from app.organisations import queries as organisations
from app.rating import closing, retention, round_quality
from app.rounds import moves, reminding
from app.training_plans import solving
from app.trainings import closing as evaluations
from app.web.formats import AMSTERDAM, now

AWAKE = range(7, 21)        # hours in the Netherlands at which people may get a mail that nobody else asked for


def tidy_accounts() -> None:
    """Ended password links and old failures to sign in are nobody's business any more."""
    accounts.forget_expired(now())
    db.session.commit()


def tidy_conversations() -> None:
    """Conversations that were called off are in nobody's calendar any more."""
    planning.forget_called_off()
    db.session.commit()


def keep_answers() -> None:
    """What is kept of the answers of closed rounds is made before they are destroyed."""
    round_quality.make_missing()
    retention.destroy_old_sheets()


def tidy_uploads() -> None:
    """Files of evidence that is no more are nobody's business any more."""
    storing.remove_orphans()


def open_rounds() -> None:
    """Rounds whose day has come open by themselves, when their invitations wake nobody."""
    if _awake():
        moves.open_due()


def remind() -> None:
    """Whoever was asked a while ago and has not answered is reminded."""
    if _awake():
        reminding.remind_due()


def remind_of_actions() -> None:
    """Whoever planned something for today, or for a day a week from now, is told so."""
    if _awake():
        actions.remind_due()


def remind_of_check_ins() -> None:
    """Whoever has a week left for her tussenstand is told so, in the morning."""
    check_ins.remind_due()


def close_evaluations() -> None:
    """What people thought of a training is put together the day after the last on which they could say it."""
    evaluations.close_due()


def solve_plans() -> None:
    """Opleidingsplannen that HR asked for, one after another."""
    solving.solve_due()


def deliver_mail() -> None:
    """What is due in the outbox goes to the mail server; nothing of the demo ever does."""
    demos = organisations.demos()
    db.session.rollback()
    delivery.deliver_due(except_for=demos)


def init_app(app: Flask) -> None:
    for work in (tidy_accounts, tidy_conversations, tidy_uploads, keep_answers, remind_of_check_ins):
        every_night(app, work)
    for work in (open_rounds, remind, remind_of_actions, deliver_mail, closing.close_due, close_evaluations,
                 taking.take_due, solve_plans):
        every_minute(app, work)
    wake(app, solving.ASKED, as_soon_as_can(app, solve_plans))
    wake(app, taking.ASKED, as_soon_as_can(app, taking.take_due))
    if app.config["SETTINGS"].mail:
        wake(app, PUT, as_soon_as_can(app, deliver_mail))


def _awake() -> bool:
    return now().astimezone(AMSTERDAM).hour in AWAKE
