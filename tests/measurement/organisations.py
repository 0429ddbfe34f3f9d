"""Made-up organisations through several momentopnamen: people join, leave, change team, are measured, are trained."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hypothesis import strategies as st

from app.measurement.snapshots import Contributors, Decision, Fate, Figure, Quantity, cell_of, decide

GAP = Quantity("behoefte", "VM1")
TEAMS = ("Noord", "Oost", "West")
CUTS: tuple[tuple[str, ...], ...] = (("team",), ("team", "scholing"), ("team", "standplaats"),
                                     ("team", "scholing", "standplaats"))


class Event(enum.Enum):
    NOTHING = enum.auto()
    MEASURED = enum.auto()
    MOVED = enum.auto()
    LEFT = enum.auto()
    TRAINED = enum.auto()


@dataclass
class Colleague:
    """Somebody at one moment; who was never measured contributes to nothing."""

    team: int
    seat: str
    measurement: int
    trained: bool = False
    gone: bool = False

    def live(self, event: Event, moment: int) -> None:
        match event:
            case Event.MEASURED:
                self.measurement = moment
            case Event.MOVED:
                self.team = (self.team + 1) % len(TEAMS)
            case Event.LEFT:
                self.gone = True
            case Event.TRAINED:
                self.trained = True

    def cell(self, cuts: Iterable[str]) -> tuple[tuple[str, str], ...]:
        known = {"team": TEAMS[self.team], "scholing": "ja" if self.trained else "nee", "standplaats": self.seat}
        return cell_of({cut: known[cut] for cut in cuts})


@dataclass(frozen=True)
class Year:
    """What happens before one momentopname, to everyone in turn, who joins, and by which cuts it is made."""

    events: tuple[Event, ...]
    joining: tuple[tuple[int, str], ...]
    cuts: tuple[str, ...]


newcomers = st.tuples(st.sampled_from([0, 0, 1, 1, 2]), st.sampled_from(["kantoor", "thuis"]))
events = st.sampled_from([Event.NOTHING] * 5 + [Event.MEASURED] * 4 + [Event.MOVED, Event.LEFT, Event.TRAINED])
years = st.builds(Year, st.tuples(*[events] * 24), st.lists(newcomers, max_size=6).map(tuple), st.sampled_from(CUTS))
organisations = st.tuples(st.lists(newcomers, min_size=12, max_size=18), st.lists(years, min_size=2, max_size=4))

Deciding = Callable[[int, list[Contributors], list[Figure]], tuple[Decision, ...]]


def live_through(
    start: list[tuple[int, str]], to_come: list[Year], deciding: Deciding = decide
) -> list[tuple[Decision, ...]]:
    """The decisions of every momentopname, the first one before anything happens."""
    people = [Colleague(team, seat, 0) for team, seat in start]
    published: list[Figure] = []
    moments = [deciding(0, contributing(people, ("team",)), published)]
    for moment, year in enumerate(to_come, 1):
        published += made(moments[-1])
        for person, event in zip(people, year.events, strict=False):
            person.live(event, moment)
        people += [Colleague(team, seat, moment) for team, seat in year.joining]
        moments.append(deciding(moment, contributing(people, year.cuts), published))
    return moments


def contributing(people: list[Colleague], cuts: Iterable[str]) -> list[Contributors]:
    cells: dict[tuple[tuple[str, str], ...], set[tuple[int, int]]] = {}
    for number, person in enumerate(people):
        if not person.gone:
            cells.setdefault(person.cell(cuts), set()).add((number, person.measurement))
    return [Contributors(GAP, cell, frozenset(members)) for cell, members in cells.items()]


def made(decisions: Iterable[Decision]) -> list[Figure]:
    """The figures that are new with a momentopname."""
    return [decision.figure for decision in decisions if decision.figure and decision.fate is Fate.ANEW]
