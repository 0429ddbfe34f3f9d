"""Acts that begin at the same moment, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from flask import Flask

from app.db import db

T = TypeVar("T")
LONG = 120      # seconds: nothing is measured with it, it only ends what would hang


def together(*acts: Callable[[], T]) -> list[T]:
    """What each returned, in the order given; for requests, which bring a context of their own.

    What one of them raises is raised here, once all of them have ended.
    """
    start = threading.Barrier(len(acts))
    returned: dict[int, T] = {}
    raised: list[BaseException] = []

    def run(number: int, act: Callable[[], T]) -> None:
        try:
            start.wait(timeout=LONG)
            returned[number] = act()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=LONG)
    if raised:
        raise raised[0]
    assert len(returned) == len(acts), "somebody is still busy"
    return [returned[number] for number in range(len(acts))]


def at_once(app: Flask, *acts: Callable[[], object], refusals: tuple[type[Exception], ...] = ()) -> list[str]:
    """What became of each, in the order given: "done", or the name of its refusal.

    Each runs in a context of its own, which is committed; a refusal rolls it back. Any other error is raised.
    """

    def in_a_context(act: Callable[[], object]) -> str:
        with app.app_context():
            try:
                act()
                db.session.commit()
            except refusals as refusal:
                db.session.rollback()
                return type(refusal).__name__
            return "done"

    return together(*(lambda act=act: in_a_context(act) for act in acts))
