"""A goal that was finished in another tab: what is still sent of it changes nothing, and comes back to be read."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of, text_of, tree_of
from tests.support.records import MadeGoal, make_goal


@pytest.fixture
def jet(app: Flask, begeleider: Persona) -> CheckedClient:
    return browser_of(app, begeleider)


@pytest.fixture
def goal(app: Flask, begeleider: Persona) -> MadeGoal:
    return make_goal(app, begeleider)


def main_of(data: bytes) -> str:
    return text_of(next(tree_of(data).iter("main")))


def test_what_was_typed_can_still_be_read(jet: CheckedClient, goal: MadeGoal) -> None:
    of_goal, of_action = f"/ontwikkelplan/doelen/{goal.goal_id}", f"/ontwikkelplan/acties/{goal.action_ids[0]}"
    wanted = ((of_goal, of_goal, {"reason": "Ik wil het altijd vragen.", "level_target": "5"}),
              (of_goal, f"{of_goal}/acties", {"own": "Bel de school."}),
              (of_action, of_action, {"note": "Wat ik nog opschreef."}))
    pages = [jet.get(page) for page, _to, _typed in wanted]
    jet.send(f"{of_goal}/rond-af")
    for page, (_address, to, typed) in zip(pages, wanted, strict=True):
        refused = jet.submit(page, typed, to=to)
        text, *_rest = typed.values()
        assert refused.status_code == 409, to
        assert "Dit doel is afgerond." in main_of(refused.data)
        assert f"Dit typte je nog: {text}" in main_of(refused.data)
        assert "Dit typte je nog" not in main_of(jet.get(to.removesuffix("/acties")).data)
