"""How many people no figure counts as they are now, and why. PURE."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from app.measurement.snapshots import TEAM, Cell, CountWord, Decision, Fate, count_word
from app.needs.cells import EARLIER, MOMENT, Kind, of_small_teams, text_of, wider
from app.needs.figures import People, Row, Taking

SHOWN: Final = "meegeteld"
SMALL: Final = "kleine-teams"
CARRIED: Final = "ouder-cijfer"
TOO_CLOSE: Final = "te-dichtbij"
TOO_FEW: Final = "te-weinig"
UNMEASURED: Final = "niet-gemeten"

REASONS: Final = (UNMEASURED, TOO_FEW, TOO_CLOSE, CARRIED, SMALL)
"""Why nobody finds her in a figure of her own cell; SMALL only there, for the whole dienst counts her."""

_BEST: Final = (SHOWN, SMALL, CARRIED, TOO_CLOSE, TOO_FEW)      # what counts of several competencies
_WHY: Final = {Fate.ANEW: SHOWN, Fate.UNCHANGED: SHOWN, Fate.CARRIED: CARRIED, Fate.TOO_CLOSE: TOO_CLOSE,
               Fate.TOO_FEW: TOO_FEW}


def why(people: People, decisions: Iterable[Decision]) -> Mapping[int, str]:
    """Of everybody how far the figures about needs count her."""
    best = dict.fromkeys(people, len(_BEST))
    for decision in decisions:
        if (MOMENT, EARLIER) in decision.cell:
            continue
        found = _WHY[decision.fate]
        rank = _BEST.index(SMALL if found == SHOWN and of_small_teams(decision.cell) else found)
        for person, _ in decision.members:
            best[person] = min(best[person], rank)
    return {person: _BEST[rank] if rank < len(_BEST) else UNMEASURED for person, rank in best.items()}


def people_rows(taking: Taking, people: People, reasons: Mapping[int, str]) -> list[Row]:
    """Per cell and wider cell how many people there are, and how many for each reason; none and one are both 0.

    A wider cell adds up what its cells tell: counted anew it would tell none from one beside them. That of everybody
    also holds the values that each cut has.
    """
    counts: dict[Cell, Counter[str]] = defaultdict(Counter)
    for person, cell in people.items():
        counts[cell][reasons[person]] += 1
    sums: dict[Cell, Counter[str]] = defaultdict(Counter)
    for cell, found in counts.items():
        for one in (cell, *wider(cell)):
            sums[one].update(told(found))
    choices: dict[str, set[str]] = defaultdict(set)
    for cell in people.values():
        for cut, value in cell:
            if cut != TEAM:
                choices[cut].add(value)
    cuts = {"cuts": {cut: sorted(values) for cut, values in sorted(choices.items())}}
    return [
        Row(Kind.PEOPLE, text_of(cell), "", taking.at, {**found, **({} if cell else cuts)})
        for cell, found in sums.items()
    ]


def told(found: Counter[str]) -> Mapping[str, int]:
    """Counts that no longer tell none from one, nor all from all but one."""
    people = found.total()
    return {"people": people} | {reason: _told(found[reason], people) for reason in REASONS}


def _told(number: int, of: int) -> int:
    """Of two people one is both 'one' and 'all but one', so that nothing of them is told."""
    word = count_word(number, of) if of > 2 else CountWord.FEW
    return number if word is None else 0 if word is CountWord.FEW else of
