"""Who may open what: every route of the application, asked by everybody, about everybody's things.

A new route is in here by itself. One with an argument that is not known yet fails until world.py is told, in
`things_of` or in FIXED, what the argument stands for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.access import declared_access
from app.db import SAFE, Base, db
from tests.architecture.world import CODES, FIXED, OF_ONE_DIENST, OF_ONE_PERSON, Things, World, may, refusal, ways
from tests.support.databases import make_app
from tests.support.pages import CheckedClient

ONLY_BEFORE_THE_FIRST = "people.set_up"     # 404 as soon as there is an organisation
LEADS_NOWHERE = "rating.mistyped"       # every other address that begins like a link
MARK = 1_234_567_890


def everything_stored(app: Flask) -> dict[str, list[Any]]:
    with app.app_context(), db.engine.connect() as connection:
        return {table.name: sorted(connection.execute(select(table)).all(), key=repr)
                for table in Base.metadata.sorted_tables}


def ask(client: CheckedClient, way: str, address: str) -> TestResponse:
    return client.open(address, method=way) if way in SAFE else client.send(address, method=way)


def test_every_route_says_who_may_open_it(app: Flask) -> None:
    silent = [rule.endpoint for rule in app.url_map.iter_rules()
              if declared_access(app.view_functions[rule.endpoint]) is None]
    assert not silent, "put @needs(…) or @public on these views, below their route"


def test_every_argument_is_known_here(rules: list[Rule]) -> None:
    known = {*FIXED, *OF_ONE_PERSON, *OF_ONE_DIENST, "link", "token"}
    unknown = {(rule.endpoint, name) for rule in rules for name in rule.arguments - known
               if not (name == "code" and rule.endpoint in CODES)}
    assert not unknown, "say in things_of, FIXED or CODES what these arguments stand for"


@pytest.mark.parametrize("who", ["nobody", "begeleider", "teamleider", "hr", "beheerder"])
def test_each_role_opens_what_it_may_and_nothing_else(world: World, rules: list[Rule], who: str) -> None:
    before = everything_stored(world.app)
    client, wrong = world.client(who), []
    for rule in rules:
        for way in ways(rule):
            allowed = may(world, rule, who)
            if allowed and way not in SAFE:
                continue        # what it does is for the tests of its room; without a token: below
            if rule.endpoint in (ONLY_BEFORE_THE_FIRST, LEADS_NOWHERE):
                continue
            for things in world.turns(rule, world.own):
                address = world.address(rule, things)
                status = ask(client, way, address).status_code
                if allowed:
                    right = status < 400
                elif world.people[who]:
                    right = status == refusal(rule)
                else:
                    right = status == (302 if way in SAFE else 401)
                if not right:
                    wrong.append(f"{who} {way} {address}: {status}")
    assert not wrong
    assert everything_stored(world.app) == before


def test_whoever_is_not_signed_in_is_led_to_the_log_in(world: World, rules: list[Rule]) -> None:
    client = world.client("nobody")
    for rule in rules:
        if "GET" in (rule.methods or ()) and not may(world, rule, "nobody"):
            assert client.get(world.address(rule, world.own)).location.startswith("/inloggen?naar=")


def test_nothing_is_changed_without_a_token(world: World, rules: list[Rule]) -> None:
    before, wrong = everything_stored(world.app), []
    for who in ("nobody", "everything"):
        client = world.client(who)
        for rule in rules:
            for way in ways(rule):
                if way in SAFE or not may(world, rule, who):
                    continue
                address = world.address(rule, world.own)
                by_link = declared_access(world.app.view_functions[rule.endpoint]) == "link"
                headers = {"Sec-Fetch-Site": "cross-site"} if by_link else {}   # who has a link has no session
                status = client.open(address, method=way, headers=headers).status_code
                if status != (403 if by_link else 400):
                    wrong.append(f"{who} {way} {address}: {status}")
    assert not wrong
    assert everything_stored(world.app) == before


def mixtures(rule: Rule, names: set[str], own: Things, others: Things) -> Iterator[Things]:
    """The things of this route, each time with another one of them belonging to somebody else, and with all of them."""
    foreign = rule.arguments & names
    for name in foreign:
        yield {**own, name: others[name]}
    if len(foreign) > 1:
        yield {**own, **{name: others[name] for name in foreign}}


def not_found(world: World, rules: list[Rule], who: str, names: set[str], own: Things, others: Things) -> list[str]:
    """Asks for other people's things in every way there is; says what was answered with anything but 404."""
    client, wrong = world.client(who), []
    for rule in rules:
        both = zip(world.turns(rule, own), world.turns(rule, others), strict=True)
        for things in (mixed for mine, theirs in both for mixed in mixtures(rule, names, mine, theirs)):
            for way in ways(rule):
                address = world.address(rule, things)
                status = ask(client, way, address).status_code
                if status != (404 if may(world, rule, who) else refusal(rule)):
                    wrong.append(f"{who} {way} {address}: {status}")
    return wrong


@pytest.mark.parametrize("who", ["begeleider", "beheerder", "everything"])
def test_another_dienst_does_not_exist(world: World, rules: list[Rule], who: str) -> None:
    before = everything_stored(world.app)
    assert not not_found(world, rules, who, OF_ONE_PERSON | OF_ONE_DIENST, world.own, world.elsewhere)
    assert everything_stored(world.app) == before


@pytest.mark.parametrize("who", ["begeleider", "everything"])
def test_what_a_colleague_made_for_herself_does_not_exist(world: World, rules: list[Rule], who: str) -> None:
    """Not in the same team, and not for whoever leads that team and has every role."""
    before = everything_stored(world.app)
    assert not not_found(world, rules, who, OF_ONE_PERSON, world.own, world.colleague)
    assert everything_stored(world.app) == before


def test_numbers_that_no_row_has_do_not_exist(world: World, rules: list[Rule]) -> None:
    """Also those that no database could hold."""
    client, wrong = world.client("everything"), []
    for rule in rules:
        for name in rule.arguments & (OF_ONE_PERSON | OF_ONE_DIENST):
            marked = world.address(rule, {**world.own, name: MARK})
            for number in (0, 2**31 - 1, 2**31, 2**63, 10**40):
                address = marked.replace(str(MARK), str(number))
                for way in ways(rule):
                    status = ask(client, way, address).status_code
                    if status not in (404, 405):        # 405 where another route has such an address
                        wrong.append(f"{way} {address}: {status}")
    assert not wrong


def test_a_view_that_says_nothing_is_closed(tmp_path: Path) -> None:
    app = make_app(tmp_path, f"sqlite:///{tmp_path / 'a.db'}")
    app.add_url_rule("/vergeten", "forgotten_view", lambda: "open")
    assert app.test_client().get("/vergeten").status_code == 403
