"""'Voorspel eerst': what somebody expected of the others, set beside what came out.

PURE. A guess is never right or wrong: what others see and what one expects both are something to talk about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.measurement.scale import exact
from app.profiles.round_figures import RoundFigures, RoundLine

TO_NAME: Final = 3
"""So many aspects are guessed."""

FEWEST: Final = 4
"""With fewer aspects to choose from there is nothing to guess."""


@dataclass(frozen=True, slots=True)
class Guessed:
    """What was expected, as codes of aspects; of somebody who would rather read at once both are empty. The second is
    not asked of somebody without a view of her own in the round.
    """

    seen_most: tuple[str, ...] = ()
    largest_difference: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Guess and outcome side by side. `seen_most`: the first three by the figures of the others, and what is equal to
    the third; `largest`: the aspects with the largest difference of zelf and others. Empty where nothing is shown.
    """

    guessed: tuple[RoundLine, ...]
    seen_most: tuple[RoundLine, ...]
    guessed_largest: RoundLine | None
    largest: tuple[RoundLine, ...]

    @property
    def both(self) -> int:
        """How many of the guessed aspects others see most too."""
        return sum(line in self.seen_most for line in self.guessed)

    @property
    def certain(self) -> bool:
        """Whether the largest difference is a distinct one."""
        return any(line.distinct for line in self.largest)


def aspects_to_guess(figures: RoundFigures) -> tuple[RoundLine, ...]:
    """The aspects of the first picture that others were shown to see; none when they are too few to guess among."""
    found = tuple(line for line in figures.radar if line.others is not None)
    return found if len(found) >= FEWEST else ()


def outcome(guess: Guessed, figures: RoundFigures) -> Outcome | None:
    """None for somebody who did not guess."""
    if not guess.seen_most:
        return None
    known = {line.code: line for line in figures.radar}
    seen = [(exact(line.others.mean), line) for line in figures.radar if line.others is not None]
    bar = sorted((mean for mean, _ in seen), reverse=True)[:TO_NAME]
    most = sorted((pair for pair in seen if bar and pair[0] >= bar[-1]), key=lambda pair: -pair[0])
    compared = [(abs(exact(line.difference)), line) for line in figures.radar if line.difference is not None]
    largest = max((size for size, _ in compared), default=None)
    return Outcome(
        tuple(known[code] for code in guess.seen_most if code in known),
        tuple(line for _, line in most),
        known.get(guess.largest_difference or ""),
        tuple(line for size, line in compared if size == largest and size > 0),
    )
