"""How a session of a training stands, and how somebody stands in it. PURE."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final


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


class Move(enum.StrEnum):
    """What can happen to how somebody stands in a session."""

    PROPOSE = "propose"         # whoever leads her
    TAKE_BACK = "take-back"     # likewise
    SIGN_UP = "sign-up"         # she, while there is room
    WAIT = "wait"               # she, while there is none
    DECLINE = "decline"         # she
    WITHDRAW = "withdraw"       # she
    MOVE_UP = "move-up"         # a place came free
    LEAVE = "leave"             # she does not work here any more
    ATTEND = "attend"           # HR, at the closing or when it puts that right
    MISS = "miss"               # likewise


class Impossible(Exception):
    """This cannot happen to somebody who stands there like that."""


_S = EnrolmentState
_OUT: Final = (None, _S.PROPOSED, _S.DECLINED, _S.WITHDRAWN)

TABLE: Final[Mapping[Move, Mapping[EnrolmentState | None, EnrolmentState | None]]] = {
    Move.PROPOSE: {None: _S.PROPOSED},
    Move.TAKE_BACK: {_S.PROPOSED: None},
    Move.SIGN_UP: dict.fromkeys(_OUT, _S.ENROLLED),
    Move.WAIT: dict.fromkeys(_OUT, _S.WAITING),
    Move.DECLINE: {_S.PROPOSED: _S.DECLINED},
    Move.WITHDRAW: {_S.ENROLLED: _S.WITHDRAWN, _S.WAITING: _S.WITHDRAWN},
    Move.MOVE_UP: {_S.WAITING: _S.ENROLLED},
    Move.LEAVE: {_S.PROPOSED: None, _S.ENROLLED: _S.WITHDRAWN, _S.WAITING: _S.WITHDRAWN},
    Move.ATTEND: dict.fromkeys((_S.ENROLLED, _S.ATTENDED, _S.ABSENT), _S.ATTENDED),
    Move.MISS: dict.fromkeys((_S.ENROLLED, _S.ATTENDED, _S.ABSENT), _S.ABSENT),
}
"""By move: how she stood, and how she stands then; None for who has nothing to do with the session."""


def can(state: EnrolmentState | None, move: Move) -> bool:
    return state in TABLE[move]


def after(state: EnrolmentState | None, move: Move) -> EnrolmentState | None:
    """How she stands then. Raises Impossible."""
    if not can(state, move):
        raise Impossible
    return TABLE[move][state]
