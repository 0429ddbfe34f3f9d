"""PURE: what the cao's say of money and hours to learn from: a beginning for a plan, never a rule.

As they were told of, per year and full-time: by the PO-Raad (helpdesk, "Welke rechten heeft een werknemer als het gaat
om zijn professionalisering") and the AVS for the CAO PO 2019–2020, by Voion (arbeidsmarkt- en opleidingsfonds) for the
CAO VO 2018–2019. Later cao's may say otherwise: the page says so, and HR fills in what holds now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

WEEKS: Final = 40
"""A year of working weeks (ours), for what a cao gives per week."""


@dataclass(frozen=True, slots=True)
class Cao:
    """Per person who works full-time and per year: whole `euros`, and hours, so many a year or a week."""

    name: str
    place: str
    euros: int
    hours_a_year: int = 0
    hours_a_week: int = 0

    @property
    def hours(self) -> int:
        """A year."""
        return self.hours_a_year or self.hours_a_week * WEEKS


CAOS: Final[Mapping[str, Cao]] = {
    "po": Cao("CAO PO 2019–2020", "artikel 9.3", 500, hours_a_week=2),
    "vo": Cao("CAO VO 2018–2019", "hoofdstuk 16", 600, hours_a_year=83),
}
USUAL: Final = "po"
OWN: Final = "eigen"
"""None of them: HR fills in everything."""
