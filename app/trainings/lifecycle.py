"""How a session of a training stands, and how somebody stands in it. PURE."""

from __future__ import annotations

import enum


class SessionState(enum.StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called-off"


class EnrolmentState(enum.StrEnum):
    PROPOSED = "proposed"       # whoever leads her proposed it; nobody else knows
    DECLINED = "declined"       # she would rather not; likewise
    WAITING = "waiting"         # on the waiting list
    ENROLLED = "enrolled"
    WITHDRAWN = "withdrawn"     # signed up, and off again
    ATTENDED = "attended"
    ABSENT = "absent"


TAKES_A_PLACE = frozenset({EnrolmentState.ENROLLED, EnrolmentState.ATTENDED, EnrolmentState.ABSENT})
SEEN_BY_HR = TAKES_A_PLACE | {EnrolmentState.WAITING}      # who signed up
