"""What somebody wants kept of one page, and what is kept of it. PURE."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.assessments.questionnaire import Answer

LOOK_BACK = "look_back"
REMARK = "remark"
LONGEST_REMARK = 4000       # characters


class Keep(enum.Enum):
    """Stands for 'not named: leave it as it is'."""

    AS_IT_IS = enum.auto()


AS_IT_IS = Keep.AS_IT_IS


@dataclass(frozen=True, slots=True)
class Change:
    """What is named changes, None clears an answer; what is not named stays as it is."""

    competency: str
    answers: Mapping[str, Answer | None] = field(default_factory=dict)
    remark: str | Keep = AS_IT_IS
    look_back: int | Keep | None = AS_IT_IS


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored of one page; `revision` counts how often something was."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    remark: str = ""
    look_back: int | None = None
    revision: int = 0

    def differing(self, change: Change) -> Change:
        """The part of a change that would really change something."""
        return Change(
            change.competency,
            {code: answer for code, answer in change.answers.items() if self.answers.get(code) != answer},
            AS_IT_IS if change.remark == self.remark else change.remark,
            AS_IT_IS if change.look_back == self.look_back else change.look_back,
        )

    def with_change(self, change: Change) -> Kept:
        """What the page would show with this change on it."""
        answers = {**self.answers, **change.answers}
        return replace(
            self,
            answers={code: answer for code, answer in answers.items() if answer is not None},
            remark=self.remark if change.remark is AS_IT_IS else change.remark,
            look_back=self.look_back if change.look_back is AS_IT_IS else change.look_back,
        )


def is_empty(change: Change) -> bool:
    return not change.answers and change.remark is AS_IT_IS and change.look_back is AS_IT_IS
