"""Whatever somebody makes of an address, it is answered and nothing breaks: on both databases, for every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.access import declared_access
from tests.architecture.world import World, may, ways
from tests.support.pages import CheckedClient

APP = Path(__file__).parents[2] / "app"
ASKED = re.compile(r"""(?:request\.args|\basked)(?:\.get|\.getlist)?[(\[]\s*["'](\w+)["']|_number\(["'](\w+)["']\)""")
NUL = "%00"
TEXTS = ("a%00b", "%00", "%ff%fe", "x" * 300, "%F0%9F%92%A9", "%27%22%3C", "-1", "9" * 400)
NUMBERS = (2**31, 10**18, 0)
PARTS = 4       # thousands of questions: both cores ask some


def asked_by(rule: Rule, world: World) -> set[str]:
    """The names in an address that the room of this page looks for."""
    room = world.app.view_functions[rule.endpoint].__module__.split(".")[1]
    files = (APP / room).rglob("*.py") if (APP / room).is_dir() else ()
    found = {name for file in files for match in ASKED.findall(file.read_text()) for name in match if name}
    return found | ({"competentie"} if room == "development" else set())


def odd_addresses(world: World, rule: Rule) -> Iterator[str]:
    """The address of a page with, for one of its arguments at a time, what nobody would write there."""
    marked = {name: f"mark{number}mark" for number, name in enumerate(sorted(rule.arguments))}
    for name in marked:
        is_number = "<int:" + name in rule.rule
        good = world.address(rule, world.own)
        pattern = re.split(r"<[^>]+>", rule.rule)
        names = re.findall(r"<(?:[^:>]+:)?(\w+)>", rule.rule)
        held = re.fullmatch("(.*?)".join(re.escape(part) for part in pattern), good)
        if held is None:
            continue
        for value in NUMBERS if is_number else TEXTS:
            values = [str(value) if one == name else text for one, text in zip(names, held.groups(), strict=True)]
            yield "".join(part + text for part, text in zip(pattern, [*values, ""], strict=True))


def ask(client: CheckedClient, way: str, address: str) -> TestResponse:
    return client.get(address) if way == "GET" else client.send(address, method=way)


def whoever_may(world: World, rule: Rule) -> str:
    return next((who for who in ("begeleider", "everything", "teamleider", "hr", "beheerder", "nobody")
                 if may(world, rule, who)), "everything")


def test_any_argument_of_any_page(world: World) -> None:
    clients = {who: world.client(who) for who in world.people}
    for rule in world.app.url_map.iter_rules():
        client = clients[whoever_may(world, rule)]
        for address in odd_addresses(world, rule):
            for way in ways(rule):
                answer = ask(client, way, address)
                assert answer.status_code < 500, f"{way} {address}"
                if NUL in address and declared_access(world.app.view_functions[rule.endpoint]) != "link":
                    assert answer.status_code == 404, f"{way} {address}"


@pytest.mark.parametrize("first_page", range(PARTS))
def test_any_question_in_any_address(world: World, first_page: int) -> None:
    clients, asked = {who: world.client(who) for who in world.people}, 0
    pages = [rule for rule in world.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    for rule in pages[first_page::PARTS]:
        client, address = clients[whoever_may(world, rule)], world.address(rule, world.own)
        by_link = declared_access(world.app.view_functions[rule.endpoint]) == "link"
        assert client.get(f"{address}?x={NUL}").status_code == 404 or by_link, address
        for name in asked_by(rule, world):
            first = "competentie=verwachtingen-ophalen&" if name in ("actie", "meting") else ""
            for value in (*TEXTS, *NUMBERS):
                answer = client.get(f"{address}?{first}{name}={value}")
                assert answer.status_code < 500, f"{address}?{name}={value}"
                asked += 1
    assert asked > 500 / PARTS


@pytest.mark.parametrize("number", [2**31, 999_999_999_999_999_999])
def test_a_form_that_chooses_what_no_row_can_be(world: World, number: int) -> None:
    client, sheet = world.client("begeleider"), world.own["sheet_id"]
    assert client.send(f"/praktijk/blad/{sheet}/traject", {"traject": str(number)}).status_code == 404
    assert client.get(f"/praktijk/traject/nieuw?blad={number}").status_code < 500
