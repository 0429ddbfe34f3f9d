from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.architecture.world import World, make_world
from tests.support.databases import make_app


@pytest.fixture
def world(app: Flask) -> World:
    return make_world(app)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> list[Rule]:
    folder = tmp_path_factory.mktemp("map")
    return list(make_app(folder, f"sqlite:///{folder / 'a.db'}").url_map.iter_rules())
