"""Loading: as often as you like; what disappears is retired; what was measured with is never changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.competencies import queries, seeding, services
from app.competencies.models import FrameworkItem, FrameworkVersion
from app.competencies.seeding import FRAMEWORK, PROFILE, SEED
from app.db import db
from tests.support.seeds import Document, change, seeds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return seeds(tmp_path, FRAMEWORK, PROFILE)


def without_hc4(document: Document) -> None:
    document["competencies"] = [c for c in document["competencies"] if c["code"] != "HC4"]


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_loading_twice_changes_nothing(app: Flask) -> None:
    with app.app_context():
        before = queries.current_framework()
        items = count(FrameworkItem)
        seeding.load(SEED)
        assert queries.current_framework() == before
        assert count(FrameworkVersion) == 1
        assert count(FrameworkItem) == items == 3 + 18 + 9 + 36 + 126


def test_what_was_stored_is_what_was_read(app: Flask) -> None:
    with app.app_context():
        assert queries.current_framework().catalog == seeding.read_framework(SEED)


def test_a_version_that_nothing_rests_on_is_corrected_in_place(app: Flask, folder: Path) -> None:
    change(folder / FRAMEWORK, lambda d: d["competencies"][0].update(name="Anders"))
    with app.app_context():
        seeding.load(folder)
        assert count(FrameworkVersion) == 1
        assert queries.current_framework().catalog.competency("V1").name == "Anders"


def test_a_version_that_was_measured_with_is_never_changed(app: Flask, folder: Path) -> None:
    change(folder / FRAMEWORK, lambda d: d["competencies"][0].update(name="Anders"))
    with app.app_context():
        first = queries.current_framework()
        services.pin(first.version_id)
        seeding.load(folder)
        second = queries.current_framework()
        assert second.version_id != first.version_id
        assert second.label == f"{first.label}, herziening 2"
        assert second.catalog.competency("V1").name == "Anders"
        assert queries.framework_of(first.version_id).catalog.competency("V1").name != "Anders"
        seeding.load(SEED)
        assert queries.current_framework() == first


def test_what_disappeared_is_retired_and_comes_back(app: Flask, folder: Path) -> None:
    change(folder / FRAMEWORK, without_hc4)
    with app.app_context():
        first = queries.current_framework()
        services.pin(first.version_id)
        seeding.load(folder)
        item = db.session.get_one(FrameworkItem, ("competency", "HC4"))
        assert item.retired_at is not None
        assert item.last_version_id == first.version_id
        found = queries.framework_with_competency("aanbod-ontwikkelen")
        assert found is not None
        assert found.retired
        assert found.framework == first
        seeding.load(SEED)
        assert item.retired_at is None


def test_a_new_label_is_a_new_version(app: Flask, folder: Path) -> None:
    change(folder / FRAMEWORK, lambda d: d.update(version="0.3"))
    with app.app_context():
        seeding.load(folder)
        assert queries.current_framework().label == "0.3"
        assert count(FrameworkVersion) == 2


def test_a_new_organisation_gets_its_own_function_profile(app: Flask, organisation_id: int) -> None:
    with app.app_context():
        targets = queries.function_profile_of(0, organisation_id)
    assert targets.name == "Ambulant begeleider"
    assert (targets.target_score("RM1"), targets.importance("RM1")) == (4.0, 5)
    assert (targets.target_score("V2"), targets.importance("V2")) == (3.5, 3)
