"""Where every page, report and table of a measurement is opened: by who may read it, and by its subject not before she
guessed what came out of a round, or would rather not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from flask import abort, redirect, request, url_for

from app.access import Actor, actor
from app.profiles import guessing, readings, round_page
from app.profiles.guesses import aspects_to_guess
from app.profiles.queries import Heading
from app.profiles.readings import Opened
from app.profiles.round_reading import read_round


def opened(measurement_id: int, allowed: Callable[[Actor, Heading], bool] | None = None) -> Opened:
    """What the actor reads now, as readings.opened finds and notes it; 404 where there is none. As `guessed`."""
    found = readings.opened(actor(), measurement_id, allowed)
    if found is None:
        abort(404)
    return guessed(found)


def guessed(found: Opened) -> Opened:
    """The same with its `guess`; the subject who may still guess what came out of her latest round is led there (303)
    instead, and from there to where she was going.
    """
    heading, who = found.heading, actor()
    if not heading.of_round or who.person_id != heading.subject_id:
        return found
    guess = guessing.guess_of(heading)
    if guess is not None:
        return replace(found, guess=guess)
    if not is_latest(heading, found.measurements):
        return found
    if aspects_to_guess(round_page.made(read_round(heading, who, found.measurements)).figures):
        going = f"{request.script_root}{request.full_path}".rstrip("?")
        abort(redirect(url_for("profiles.before_reading", measurement_id=heading.id, naar=going), 303))
    return found


def is_latest(heading: Heading, measurements: Sequence[Heading]) -> bool:
    """Whether no round of hers was closed after this one; of an earlier one she would know too much to guess."""
    return heading.id == next((one.id for one in measurements if one.of_round), None)
