"""From seed/ to the database: the framework and the default function profile.

Loading is idempotent. A code that disappeared is retired, never deleted. A version that something was measured with is
never changed: a changed framework becomes a new version, or a new revision under the same label.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field
from sqlalchemy import select, update

from app.competencies import checks, seedfile
from app.competencies.catalog import Catalog
from app.competencies.models import FrameworkItem, FrameworkVersion
from app.competencies.parts import Code, Part, Text
from app.competencies.seedfile import Document, Problem, codes, parts
from app.config import ROOT
from app.db import db
from app.web.formats import now

SEED = ROOT / "seed"
FRAMEWORK = "framework.yaml"
PROFILE = "function_profile.yaml"
M = TypeVar("M", bound=BaseModel)


class SeededTarget(Part):
    code: Code
    target_score: Annotated[float, Field(ge=1, le=5)] | None = None
    importance: Annotated[int, Field(ge=1, le=5)] | None = None


class SeededProfile(Part):
    """The function profile a new organisation starts with; `competencies` lists what differs from the rest."""

    name: Text
    source: Text
    target_score: Annotated[float, Field(ge=1, le=5)]
    importance: Annotated[int, Field(ge=1, le=5)]
    competencies: tuple[SeededTarget, ...]


def problems_beside(
    folder: Path, file: str, model: type[BaseModel],
    spanning: Callable[[Document, Document | None, str], Iterable[Problem]],
) -> list[Problem]:
    """Every problem in another file of the folder. `spanning`: those that span its parts, or it and the framework,
    where that can be read; what is wrong in the framework itself is told by `check`.
    """
    document, problems = seedfile.read(folder / file)
    if document is not None:
        framework, _told_elsewhere = seedfile.read(folder / FRAMEWORK)
        problems += seedfile.validate(model, document, file)[1]
        problems += spanning(document, framework, file)
    return sorted(set(problems))


def read_whole(path: Path, model: type[M]) -> M:
    """What a file holds. Raises ValueError when it has problems: check first."""
    document, problems = seedfile.read(path)
    if document is None:
        raise ValueError(problems[0].message)
    return model.model_validate(document)


def check(folder: Path) -> list[Problem]:
    """Every problem in the framework and the function profile. Needs no database."""
    framework, problems = seedfile.read(folder / FRAMEWORK)
    if framework is not None:
        problems += seedfile.validate(Catalog, framework, FRAMEWORK)[1] + checks.framework(framework, FRAMEWORK)
    profile, unreadable = seedfile.read(folder / PROFILE)
    problems += unreadable
    if profile is not None:
        problems += seedfile.validate(SeededProfile, profile, PROFILE)[1]
        known = set(codes(framework, "competencies"))
        given = codes(profile, "competencies")
        problems += [Problem(PROFILE, f"competencies {c}", "bestaat niet in het raamwerk") for c in given
                     if framework is not None and c not in known]
        problems += [Problem(PROFILE, f"competencies {c}", "code komt vaker voor") for c in checks.doubles(given)]
        if checks.unknown_source(profile.get("source"), codes(framework, "sources")):
            problems.append(Problem(PROFILE, "source", "noemt geen bekend document"))
        problems += [Problem(PROFILE, f"competencies {part['code']}", "zegt niets") for part in
                     parts(profile, "competencies") if set(part) == {"code"}]
    return sorted(set(problems))


def read_framework(folder: Path = SEED) -> Catalog:
    """The framework in the folder. Raises ValueError when it has problems: check first."""
    return read_whole(folder / FRAMEWORK, Catalog)


@lru_cache(maxsize=4)
def read_profile(folder: Path = SEED) -> SeededProfile:
    """The function profile in the folder. Raises ValueError when it has problems: check first."""
    return read_whole(folder / PROFILE, SeededProfile)


def load(folder: Path) -> FrameworkVersion:
    """Make the framework in the folder the current version, and keep the books of its codes. Flushes only."""
    catalog = read_framework(folder)
    document = catalog.model_dump(mode="json")
    digest = hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    version = db.session.scalar(select(FrameworkVersion).where(FrameworkVersion.digest == digest))
    if version is None:
        version = _place_for(catalog.version)
        version.digest, version.document, version.loaded_at = digest, document, now()
        db.session.add(version)
    if not version.current:
        db.session.execute(update(FrameworkVersion).values(current=False))
        version.current = True
    db.session.flush()
    _keep_books(catalog, version)
    db.session.flush()
    return version


def _place_for(label: str) -> FrameworkVersion:
    """The row for a changed framework: the current one while nothing rests on it, else a new version or revision."""
    latest = db.session.scalar(
        select(FrameworkVersion).where(FrameworkVersion.version == label).order_by(FrameworkVersion.revision.desc())
    )
    if latest is not None and latest.pinned_at is None:
        return latest
    return FrameworkVersion(version=label, revision=latest.revision + 1 if latest else 1, current=False)


def _keep_books(catalog: Catalog, version: FrameworkVersion) -> None:
    known = {(item.kind, item.code): item for item in db.session.scalars(select(FrameworkItem))}
    present = set(catalog.codes())
    for kind, code in present - known.keys():
        db.session.add(FrameworkItem(kind=kind, code=code, last_version_id=version.id))
    for key, item in known.items():
        if key in present:
            item.last_version_id, item.retired_at = version.id, None
        elif item.retired_at is None:
            item.retired_at = now()
