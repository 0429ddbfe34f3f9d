"""What is asked in one self-assessment, page by page, and how far it is. PURE."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from app.assessments.paging import Paged
from app.competencies.catalog import Asked, Catalog
from app.competencies.parts import QuestionSet
from app.measurement.answers import Item
from app.measurement.scoring import Cell, self_cells

Answer: TypeAlias = int | str       # a score, or for 'kan ik niet zeggen' the code of a reason or NO_REASON

SELF = "zelf"
NO_REASON = "geen-reden"        # 'kan ik niet zeggen' and nothing more: nobody is given a reason she did not choose
HALF_A_YEAR = dt.timedelta(days=182)    # measurement.md §3: two measurements of the same behaviour lie this far apart
OFFERED = ("tweede", "focus", "volledig")       # which sets somebody may choose for herself; the first is proposed


def offered_sets(catalog: Catalog) -> tuple[QuestionSet, ...]:
    """The question sets that somebody may choose for herself, the proposed one first."""
    known = {question_set.code: question_set for question_set in catalog.question_sets}
    return tuple(known[code] for code in OFFERED if code in known and catalog.asked(code, SELF))


@dataclass(frozen=True)
class Questionnaire(Paged[Asked]):
    """One question set as it is put to somebody about herself: a competency a page."""

    catalog: Catalog
    question_set: QuestionSet
    pages: tuple[Asked, ...]

    @classmethod
    def of(cls, catalog: Catalog, code: str) -> Questionnaire:
        """Raises KeyError for a set that the catalogue does not have."""
        return cls(catalog, catalog.question_set(code), catalog.asked(code, SELF))

    @property
    def minutes(self) -> int:
        return self.question_set.minutes

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Why something cannot be said; to choose one is up to her."""
        return tuple(reason.code for reason in self.catalog.scales.adult.cannot_say.reasons)

    def page(self, slug: str) -> Asked:
        """Raises KeyError for a competency that is not asked."""
        return self._by_slug[slug]

    def page_of(self, competency: str) -> Asked:
        """The same, by the competency's code."""
        return self._by_code[competency]

    def allows(self, answer: object) -> bool:
        """Whether this is an answer on the scale of adults."""
        if isinstance(answer, str):
            return answer == NO_REASON or answer in self.reasons
        return type(answer) is int and any(answer == point.score for point in self.catalog.scales.adult.points)

    def cells(self, answers: Mapping[str, Answer]) -> tuple[Cell, ...]:
        """The figures that these answers make; a competency with too few of them has none."""
        asked = [Item(page.competency.code, tuple(i.code for i in page.indicators)) for page in self.pages]
        return self_cells(asked, {code: answer for code, answer in answers.items() if isinstance(answer, int)})

    @cached_property
    def _by_slug(self) -> dict[str, Asked]:
        return {page.competency.slug: page for page in self.pages}

    @cached_property
    def _by_code(self) -> dict[str, Asked]:
        return {page.competency.code: page for page in self.pages}
