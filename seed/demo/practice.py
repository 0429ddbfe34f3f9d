"""Trajecten and practice sheets of the demo organisation: one in every stage."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from app.access import Actor
from app.db import db
from app.practice import queries, services, trajecten
from app.practice.calendar import evaluation_after
from app.practice.models import PracticeSheet, Traject
from app.practice.trajecten import Facts
from app.practice.values import read
from app.web.formats import AMSTERDAM, as_if, today


def build_practice(actor: Actor) -> None:
    """Adds what is in praktijk.yaml for this begeleider. Flushes only."""
    told = yaml.safe_load((Path(__file__).parent / "praktijk.yaml").read_text(encoding="utf-8"))
    made = {one["case_code"]: _traject(actor, one) for one in told["trajecten"]}
    sheets: list[PracticeSheet] = []
    for one in told["sheets"]:
        sheets.append(_sheet(actor, one, made[one["traject"]], sheets))
    for one in told["trajecten"]:
        if "closed_days_ago" in one:
            with as_if(_ago(one["closed_days_ago"])):
                trajecten.close(made[one["case_code"]])


def _traject(actor: Actor, told: dict[str, Any]) -> Traject:
    starts_on = today() - dt.timedelta(days=told["started_days_ago"])
    with as_if(_ago(told["started_days_ago"] + 7)):
        return trajecten.make(actor, Facts(
            told["case_code"], told["school"], told["sector"], told["kind"], told["systemic"], told["resultful"],
            starts_on, evaluation_after(starts_on, ()),
        ))


def _sheet(actor: Actor, told: dict[str, Any], traject: Traject, earlier: list[PracticeSheet]) -> PracticeSheet:
    with as_if(_ago(told["days_ago"])):
        offered = queries.tool(told["tool"])
        assert offered is not None
        follows = earlier[told["follows"]] if "follows" in told else None
        sheet = services.begin(actor, offered, (), traject=traject, follows=follows)
        db.session.refresh(sheet, ["tool", "traject"])
        fields = {field.code: field for field in offered.tool.fields}
        change = {code: read(fields[code], value) for code, value in told["answers"].items()}
        held_on = {"datum": today().isoformat()} if "datum" in fields else {}
        services.save(sheet, {**held_on, **change})
        if told.get("finished"):
            services.finish(sheet, tuple(check.code for check in offered.tool.checks[:-1]))
        return sheet


def _ago(days: int) -> dt.datetime:
    return dt.datetime.combine(today() - dt.timedelta(days=days), dt.time(14, 30), AMSTERDAM)
