"""Which cell of a momentopname somebody looks at, from what stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.access import Actor, Role
from app.measurement.snapshots import SMALL_TEAMS, TEAM
from app.needs import queries
from app.needs.cells import MOMENT, NO_TEAM, Cut, text_of
from app.needs.queries import SnapshotRow


class Unknown(LookupError):
    """There is no such team, cut or value, or not for her."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A cell, by its cuts; `team` is the name of a team that is chosen. Without cuts: the whole dienst."""

    cuts: Mapping[str, str] = field(default_factory=dict)
    team: str = ""

    @property
    def cell(self) -> str:
        return text_of(tuple(self.cuts.items()))

    def beside(self, **others: str) -> str:
        """The text of this cell with further cuts."""
        return text_of(tuple({**self.cuts, **others}.items()))

    def without(self, cut: str) -> Mapping[str, str]:
        return {one: value for one, value in self.cuts.items() if one != cut}

    def with_cut(self, cut: str, value: str) -> Mapping[str, str]:
        return {**self.cuts, cut: value}


def reads_all(actor: Actor) -> bool:
    """Whether she reads the figures of the whole dienst. A teamleider does not: she knows most scores of her people,
    and what is left of a total without these would tell of others (docs/decisions/0016).
    """
    return Role.HR in actor.roles


def chosen(actor: Actor, args: Mapping[str, str], snapshot: SnapshotRow) -> Choice:
    """What was asked for; for a teamleider one of her teams, the first by name unless she says. Raises Unknown.

    `args` may hold other things, which are no matter here.
    """
    cuts = {cut: args[cut] for cut in (TEAM, *Cut) if args.get(cut)}
    if MOMENT in args or any(cut != TEAM and cut not in snapshot.cuts for cut in cuts):
        raise Unknown
    team = cuts.get(TEAM)
    if not reads_all(actor):
        own = queries.first_teams(actor.organisation_id, len(actor.leads), actor.leads)
        team = team or next((str(team_id) for team_id in own), None)
        if team is None or team not in {str(team_id) for team_id in own}:
            raise Unknown
        return Choice({str(cut): value for cut, value in {**cuts, TEAM: team}.items()}, own[int(team)])
    name = ""
    if team is not None and team not in (SMALL_TEAMS, NO_TEAM):
        number = int(team) if team.isascii() and team.isdecimal() and len(team) < 10 else 0
        name = queries.team_name(actor.organisation_id, number) or ""
        if not name:
            raise Unknown
    return Choice({str(cut): value for cut, value in cuts.items()}, name)
