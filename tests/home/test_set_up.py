"""What the beheerder can best do next, as a table of counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.home.set_up import SetUp, Work

READY = SetUp(teams=2, people=5, begeleiders=3, invited=0, expired=0, placed_nowhere=0, unled=0, hr=1,
              holidays=0)

TABLE = {
    "ready": (READY, (), True),
    "empty": (SetUp(0, 1, 0, 0, 0, 0, 0, 0, 0), (Work.TEAMS, Work.PEOPLE), False),
    "no team": (replace(READY, teams=0), (Work.TEAMS,), False),
    "some were invited": (replace(READY, invited=2), (), True),
    "some invitations ended": (replace(READY, invited=2, expired=1), (Work.EXPIRED,), True),
    "nobody joined": (replace(READY, invited=4), (Work.NOBODY_JOINED,), False),
    "nobody joined, some ended": (replace(READY, invited=4, expired=3), (Work.EXPIRED, Work.NOBODY_JOINED), False),
    "nobody joined, all ended": (replace(READY, invited=4, expired=4), (Work.EXPIRED,), False),
    "somebody has no place": (replace(READY, placed_nowhere=1), (Work.PLACES,), True),
}


@pytest.mark.parametrize(("counts", "work", "has_begun"), TABLE.values(), ids=TABLE.keys())
def test_work(counts: SetUp, work: tuple[Work, ...], has_begun: bool) -> None:
    assert (counts.work, counts.has_begun) == (work, has_begun)
