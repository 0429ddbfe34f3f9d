"""What a form about a round says before anybody changes it: field by field, as WTForms takes it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from app.competencies.catalog import Catalog
from app.measurement.scale import rule_of
from app.rounds.forms.planning import OWN_WORDS, PURPOSES
from app.rounds.planning import Plan
from app.rounds.question_sets import OPTIONAL, groups_of, offered


def group_data(catalog: Catalog) -> dict[str, Any]:
    """The groups as the framework proposes them."""
    said: dict[str, Any] = {}
    for group in groups_of(catalog):
        said |= {
            f"{group.code}_asked": group.code not in OPTIONAL,
            f"{group.code}_set": offered(catalog, group.code)[0].code,
            f"{group.code}_minimum": rule_of(group.code).minimum,
            f"{group.code}_advice": max(group.advice, rule_of(group.code).minimum),
        }
    return said


def plan_data(plan: Plan, catalog: Catalog, may_be_about: Collection[int]) -> dict[str, Any]:
    """What a round says already; people it may not be about (any more) are left out."""
    said = group_data(catalog)
    asked = {group.group: group for group in plan.groups}
    for group in groups_of(catalog):
        said[f"{group.code}_asked"] = group.code in asked
        if found := asked.get(group.code):
            said |= {f"{group.code}_set": found.question_set, f"{group.code}_minimum": found.minimum,
                     f"{group.code}_advice": found.advice}
    days = [*plan.reminder_days, None, None]
    examples = [str(text) for text in PURPOSES]
    known = plan.purpose in examples
    return said | {
        "name": plan.name,
        "purpose": str(examples.index(plan.purpose) + 1) if known else OWN_WORDS,
        "purpose_own": "" if known else plan.purpose,
        "people": sorted(plan.person_ids & set(may_be_about)),
        "choose_until": plan.dates.choose_until, "opens_on": plan.dates.opens_on, "closes_on": plan.dates.closes_on,
        "reminder_first": days[0], "reminder_second": days[1],
        "small_circle": plan.small_circle, "lead_reads_comments": plan.lead_reads_comments,
    }
