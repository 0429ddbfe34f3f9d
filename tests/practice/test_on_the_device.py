"""Where a page keeps on the device what the line could not carry: a place of its own for everything that is begun.

Of what was thrown away SQLite gives the number again; what waited for it must not come into what is begun next.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
import time_machine
from flask import Flask

from app.web.formats import now
from tests.assessments import acts
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of, tree_of
from tests.support.practice import CANVAS
from tests.support.records import make_plan

Begin = Callable[[CheckedClient, int], str]


def place(client: CheckedClient, address: str) -> str:
    """What all keys begin with."""
    told = next(one for one in tree_of(client.get(address).data).iter("script") if one.get("id") == "bewaren")
    return str(json.loads(told.text or "")["store"])


def sheet(client: CheckedClient, _plan_id: int) -> str:
    return str(client.send(f"/praktijk/hulpmiddel/{CANVAS}", {"traject": "", "follows": ""}).location)


def check_in(client: CheckedClient, plan_id: int) -> str:
    return str(client.send(f"/ontwikkelplan/van/{plan_id}/tussenstand").location)


def self_assessment(client: CheckedClient, _plan_id: int) -> str:
    return f"/zelfbeeld/{acts.begin(client)}/{acts.VM1_PAGE}"


@pytest.mark.parametrize(("begin", "discard"), [
    (sheet, "{}/weggooien"), (check_in, "{}/weggooien"), (self_assessment, "{}/opnieuw"),
], ids=["sheet", "tussenstand", "zelfbeeld"])
def test_nothing_of_one_that_was_thrown_away(
    app: Flask, begeleider: Persona, teamleider: Persona, begin: Begin, discard: str
) -> None:
    plan_id, client = make_plan(app, begeleider, teamleider, running=True), browser_of(app, begeleider)
    address = begin(client, plan_id)
    before = place(client, address)
    assert place(client, address) == before
    thrown_away = client.send(discard.format(address.removesuffix(f"/{acts.VM1_PAGE}")))
    assert thrown_away.status_code in (302, 303)
    with time_machine.travel(now() + dt.timedelta(minutes=1), tick=False):
        assert place(client, begin(client, plan_id)) != before
