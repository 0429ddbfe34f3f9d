"""What is proposed to somebody as a goal, read and put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.access import Actor
from app.competencies.catalog import Catalog
from app.competencies.queries import Framework, FunctionTargets, current_framework, framework_of, function_profile_of
from app.conversations.queries import agreed_levels_of
from app.development.goals.lifecycle import GoalState
from app.development.goals.measured import Measured, measured, wave_of
from app.development.library.contents import Action
from app.development.library.queries import to_choose
from app.development.models import Goal
from app.development.proposals.queries import set_aside_by
from app.development.proposals.ranking import Proposal, Standing, propose
from app.measurement.scale import Group
from app.profiles import AgreedNiveau
from app.profiles.round_figures import round_figures

ASPECT = "aspect"


@dataclass(frozen=True, slots=True)
class Proposed:
    """Out of which measurement, and what; none of it when nothing was measured. `aside`: what she does not want now."""

    catalog: Catalog | None
    source: Measured | None
    proposals: tuple[Proposal, ...]
    aside: tuple[Proposal, ...]


def proposed(actor: Actor, goals: Sequence[Goal]) -> Proposed:
    """Out of the round that was released last, else out of her latest self-assessment. `goals`: all of hers."""
    niveaus = agreed_levels_of(actor.person_id, actor.organisation_id)
    return in_short(actor, goals, niveaus, current_framework(), measured(actor), to_choose(actor.organisation_id))


def in_short(
    actor: Actor, goals: Sequence[Goal], niveaus: Sequence[AgreedNiveau], framework: Framework,
    seen: Sequence[Measured], library: Sequence[Action] = (),
) -> Proposed:
    """The same for a page that has read the rest already. Without a library the proposals name no actions.

    `niveaus`: all that were agreed with her, the newest first; `framework`: the current one; `seen`: all that was
    measured of her, the newest first.
    """
    source = _source(seen)
    if source is None:
        return Proposed(None, None, (), ())
    agreed: dict[str, int] = {}
    for niveau in niveaus:
        if niveau.kind == ASPECT:
            agreed.setdefault(niveau.code, niveau.level)
    found = propose(
        framework.catalog,
        _standings(source, function_profile_of(actor.person_id, actor.organisation_id), framework), library,
        agreed=agreed, estimates=_estimates(goals),
        taken=frozenset(goal.competency_code for goal in goals if goal.state == GoalState.OPEN),
    )
    aside = set_aside_by(actor)
    return Proposed(
        framework.catalog,
        source,
        tuple(one for one in found if one.competency.code not in aside),
        tuple(one for one in found if one.competency.code in aside),
    )


def _source(found: Sequence[Measured]) -> Measured | None:
    return next((one for one in found if one.of_round), found[0] if found else None)


def _standings(source: Measured, targets: FunctionTargets, current: Framework) -> tuple[Standing, ...]:
    if source.of_round:
        same = current.version_id == source.framework_version_id
        return _of_round(source, targets, (current if same else framework_of(source.framework_version_id)).catalog)
    return tuple(
        Standing(cell.competency_code, cell.mean, targets.target_score(cell.competency_code),
                 targets.importance(cell.competency_code), only_self=True)
        for cell in source.cells if cell.group == Group.SELF
    )


def _of_round(source: Measured, targets: FunctionTargets, catalog: Catalog) -> tuple[Standing, ...]:
    """What others gave; her own score where they gave none."""
    standings = []
    for line in round_figures(catalog, wave_of(source, catalog), targets).competencies:
        seen = line.others or line.own
        if seen is not None and line.target is not None:
            standings.append(Standing(line.code, seen.mean, line.target, targets.importance(line.code),
                                      only_self=line.others is None, place=line.place))
    return tuple(standings)


def _estimates(goals: Sequence[Goal]) -> Mapping[str, int]:
    """Her own niveau of now per competency, out of the goal that she changed last."""
    latest = sorted(goals, key=lambda goal: goal.changed_at)
    return {goal.competency_code: goal.level_now for goal in latest if goal.level_now is not None}
