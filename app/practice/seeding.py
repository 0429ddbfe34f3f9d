"""Checking and loading the practice tools. Loading is idempotent.

A sheet keeps the tool as it was: what changed becomes a new row, and the older one is retired, never deleted. A tool
that says the same stays the same row, also when there is more that a tool could say.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from sqlalchemy import select

from app.competencies.seedfile import Problem
from app.competencies.seeding import problems_beside, read_whole
from app.db import db
from app.practice import tool_checks
from app.practice.models import PracticeTool
from app.practice.tools import Tool, Toolbox
from app.web.formats import now

TOOLS = "tools.yaml"


def check(folder: Path) -> list[Problem]:
    """Every problem in the tools, also where they do not fit the framework. Needs no database."""
    return problems_beside(folder, TOOLS, Toolbox, tool_checks.problems)


def read_tools(folder: Path) -> Toolbox:
    """The tools in the folder. Raises ValueError when the file has problems: check first."""
    return read_whole(folder / TOOLS, Toolbox)


def load(folder: Path) -> None:
    """Make the tools what the folder says. Flushes only. Raises ValueError when they have problems: check first."""
    rows = {(row.code, fingerprint(Tool.model_validate(row.document))): row
            for row in db.session.scalars(select(PracticeTool))}
    for position, tool in enumerate(read_tools(folder)):
        document = tool.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        key = (tool.code, fingerprint(tool))
        row = rows.pop(key, None)
        if row is None:
            row = PracticeTool(code=tool.code, fingerprint=key[1], document=document)
            db.session.add(row)
        row.fingerprint, row.position, row.retired_at = key[1], position, None
    for row in rows.values():
        row.retired_at = row.retired_at or now()
    db.session.flush()


def fingerprint(tool: Tool) -> str:
    """The same for tools that say the same, in whatever order their file has its keys."""
    document = tool.model_dump(mode="json", by_alias=True)
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
