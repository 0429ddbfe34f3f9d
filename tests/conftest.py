"""The fixtures that all tests share; how to use them is told in tests/README.md."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser import Windows, launch, serving
from tests.support.builders import Persona, make_organisation, make_person, make_team
from tests.support.databases import Places, let_go_of, make_app
from tests.support.pages import CheckedClient, browser_of

# A busy machine is no failure, and the same code gets the same examples; `--hypothesis-profile=search` draws others.
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, derandomize=False, max_examples=1000,
                          suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
LONG = ("tests/journeys/test_year", "tests/journeys/test_round.py", "tests/server/", "tests/test_demo.py")
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What touches the database runs on both; what drives a browser on SQLite."""
    told = any("database" in str(mark.args[0]) for mark in metafunc.definition.iter_markers("parametrize"))
    if "database" in metafunc.fixturenames and not told:
        metafunc.parametrize("database", BOTH[:1] if "browser" in metafunc.fixturenames else BOTH, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """What lasts longest begins first, in whatever order the rest was shuffled: at the end no core waits for it.

    All that is loaded by now stays: looking through it for garbage again and again takes a seventh of the time.
    """
    session.items.sort(key=lambda item: not item.nodeid.startswith(LONG))
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    places = Places(tmp_path_factory.mktemp("places"))
    yield places
    places.end()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """sqlite and postgres in turn; on one: `@pytest.mark.parametrize("database", ["sqlite"], indirect=True)`."""
    return str(request.param)


@pytest.fixture
def app(database: str, places: Places) -> Flask:
    """The application on a database that holds the framework and nobody."""
    place = places.sqlite if database == "sqlite" else places.postgres
    place.restore()
    return place.app


@pytest.fixture
def empty_database(database: str, places: Places, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database of its own without a table."""
    if database == "postgres":
        return places.server.new_database()
    return f"sqlite:///{tmp_path_factory.mktemp('empty') / 'empty.db'}"


@pytest.fixture
def bare_app(empty_database: str, tmp_path: Path) -> Iterator[Flask]:
    """An application of its own on the empty database."""
    app = make_app(tmp_path, empty_database)
    yield app
    let_go_of(app)


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """Somebody's browser without a screen; `app.test_client()` makes another."""
    return browser_of(app)


@pytest.fixture
def organisation_id(app: Flask) -> int:
    return make_organisation(app)


@pytest.fixture
def team_id(app: Flask, organisation_id: int) -> int:
    return make_team(app, organisation_id, "Team Oost")


@pytest.fixture
def begeleider(app: Flask, organisation_id: int, team_id: int) -> Persona:
    return make_person(app, organisation_id, works_in=[team_id], name="Jet de Vries")


@pytest.fixture
def teamleider(app: Flask, organisation_id: int, team_id: int) -> Persona:
    return make_person(app, organisation_id, roles=["teamleider"], leads=[team_id], name="Tom Bakker")


@pytest.fixture
def hr(app: Flask, organisation_id: int) -> Persona:
    return make_person(app, organisation_id, roles=["hr"], name="Hanna Smit")


@pytest.fixture
def beheerder(app: Flask, organisation_id: int) -> Persona:
    return make_person(app, organisation_id, roles=["beheerder"], name="Bea Jansen")


@pytest.fixture
def stranger(app: Flask) -> Persona:
    """A begeleider of another organisation."""
    elsewhere = make_organisation(app, "Dienst Zuid")
    return make_person(app, elsewhere, works_in=[make_team(app, elsewhere)], name="Vera Vreemd")


# --- a real browser --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


@pytest.fixture
def served(app: Flask) -> Callable[..., Any]:
    """What `windows` look at; a journey that lasts a year puts a clock before it (tests/support/clock.py)."""
    return app


@pytest.fixture
def windows(browser: Browser, served: Callable[..., Any]) -> Iterator[Windows]:
    """`windows.open("phone")` opens a page on the live application; what goes wrong in it fails the test."""
    with serving(served) as address:
        windows = Windows(browser, address)
        yield windows
        windows.close()
    assert not windows.problems, "\n".join(windows.problems)


@pytest.fixture(params=["desktop", "phone"])
def page(request: pytest.FixtureRequest, windows: Windows) -> Page:
    return windows.open(request.param)
