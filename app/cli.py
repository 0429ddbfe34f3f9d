"""What an administrator or a developer says to the application: flask db, flask seed, flask prepare."""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib import import_module
from typing import ParamSpec, TypeVar

import click
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.util.exc import CommandError
from flask import Flask
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, OperationalError

from app.accounts import links
from app.accounts.models import Account, LinkPurpose
from app.competencies import seeding as competencies
from app.config import ROOT
from app.conversations import seeding as conversations
from app.db import db
from app.development.library import seeding as development
from app.organisations.models import Organisation
from app.practice import seeding as practice
from app.trainings import seeding as trainings

REASONS = {         # of what a database refuses, by a part of its own words
    "Connection refused": "daar luistert geen PostgreSQL",
    "resolve host": "die server is niet te vinden",
    "translate host name": "die server is niet te vinden",
    "timeout expired": "die server antwoordt niet",
    "password authentication failed": "de naam of het wachtwoord klopt niet",
    "no password supplied": "er is een wachtwoord nodig",
    "does not exist": "die database of gebruiker bestaat daar niet",
    "not a database": "dat bestand is geen database",
    "unable to open database file": "dat bestand kan niet worden geopend",
    "disk is full": "de schijf is vol",
    "readonly database": "het bestand is alleen te lezen",
}
P = ParamSpec("P")
T = TypeVar("T")
SEED = ROOT / "seed"
MIGRATIONS = ROOT / "migrations"
REFUSED = "42501"       # PostgreSQL: insufficient privilege
SEEDED = (competencies, practice, development, conversations, trainings)    # what seed/ fills, in this order


def load_models() -> None:
    """Every room's tables, so that none is forgotten."""
    for file in sorted((ROOT / "app").glob("*/models.py")):
        import_module(f"app.{file.parent.name}.models")


def alembic_config() -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def told_plainly(work: Callable[P, T]) -> Callable[P, T]:
    """A database that cannot be used is told in one line, without the password. Mistakes of ours stay loud."""

    @functools.wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        except CommandError as error:
            raise click.ClickException(f"De tabellen kunnen niet worden bijgewerkt: {error}") from None
        except DBAPIError as error:
            reason = str(error.orig).strip().splitlines()[0]
            refused = getattr(error.orig, "sqlstate", None) == REFUSED
            if not (isinstance(error, OperationalError) or refused or "not a database" in reason):
                raise
            address = db.engine.url.render_as_string(hide_password=True)
            known = next((dutch for part, dutch in REASONS.items() if part in reason), reason)
            raise click.ClickException(f"De database {address} kan niet worden gebruikt: {known}.") from None

    return run


database = AppGroup("db", help="The tables of the database.")
seed = AppGroup("seed", help="The framework and the library in seed/.")


@database.command("upgrade")
@told_plainly
def upgrade() -> None:
    """Bring the tables up to date."""
    command.upgrade(alembic_config(), "head")


@database.command("check")
@told_plainly
def check_tables() -> None:
    """Fail when the models and the migrations differ."""
    command.check(alembic_config())


@database.command("revision")
@click.argument("message")
@told_plainly
def revision(message: str) -> None:
    """Write a migration for what changed in the models; read it before you commit it."""
    number = len(list((MIGRATIONS / "versions").glob("*.py"))) + 1
    command.revision(alembic_config(), message, autogenerate=True, rev_id=f"{number:04}")


@seed.command("check")
def check_seed() -> None:
    """List every problem in the seed files; needs no database."""
    _check_seed()


@seed.command("load")
@told_plainly
def load_seed() -> None:
    """Load the framework and the library, as often as you like; a broken file changes nothing."""
    _load_seed()


@click.command("prepare")
@click.option("--empty", is_flag=True, help="Without the demo organisation.")
@with_appcontext
def prepare(empty: bool) -> None:
    """Everything before serving: the tables, the framework, and on an empty database the demo organisation."""
    bring_up_to_date(empty=empty)


@click.command("password-link")
@click.argument("email")
@with_appcontext
@told_plainly
def password_link(email: str) -> None:
    """Print a link to choose a new password: for who runs the server and has lost the only beheerder's."""
    account = db.session.scalar(select(Account).where(Account.email == email.strip().lower()))
    if account is None:
        raise click.ClickException(f"Er is geen account met het adres {email}.")
    link = links.make(account, LinkPurpose.RESET)
    db.session.commit()
    click.echo(links.address(link.public_id))


@told_plainly
def bring_up_to_date(*, empty: bool) -> None:
    """What `flask prepare` does. Raises ClickException with one line when it cannot."""
    command.upgrade(alembic_config(), "head")
    _load_seed()
    if db.session.scalar(select(Organisation.id).limit(1)) is not None:
        return
    if empty:
        click.echo("De database is leeg: richt je organisatie in met de browser.")
    else:
        _build_demo()


def _load_seed() -> None:
    _check_seed()
    for room in SEEDED:
        room.load(SEED)
    db.session.commit()


def _check_seed() -> None:
    problems = [problem for room in SEEDED for problem in room.check(SEED)]
    for problem in problems:
        click.echo(f"{problem.file}: {problem.place}: {problem.message}", err=True)
    if problems:
        raise click.ClickException(f"{len(problems)} problemen in de seedbestanden; er is niets geladen.")


def _build_demo() -> None:
    from seed.demo.build import LOG_INS, build_demo  # only where a demo is wanted

    build_demo()
    db.session.commit()
    click.echo("Demo-organisatie geladen. Inloggen kan als:")
    for log_in in LOG_INS:
        click.echo(f"  {log_in}")


def init_app(app: Flask) -> None:
    app.cli.add_command(database)
    app.cli.add_command(seed)
    app.cli.add_command(prepare)
    app.cli.add_command(password_link)
