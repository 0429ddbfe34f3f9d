"""Between a training's row and what is written down of it."""

from __future__ import annotations

from app.trainings.entries import Entry
from app.trainings.models import Training, TrainingCompetency
from app.web.formats import now

SAME = ("code", "title", "form", "provider", "description", "afterwards", "hours", "cost_group", "cost_person",
        "places_min", "places_max", "level_from", "level_to")


def entry_of(training: Training) -> Entry:
    """What stands in a row whose competencies were loaded."""
    return Entry(**{name: getattr(training, name) for name in SAME}, retired=training.retired_at is not None,
                 competencies=tuple(sorted(one.competency_code for one in training.competencies)))


def fill(training: Training, entry: Entry) -> None:
    """Writes it down. Of a row that is stored, the competencies were loaded."""
    for name in SAME:
        setattr(training, name, getattr(entry, name))
    there = {one.competency_code: one for one in training.competencies}
    training.competencies = [
        there.get(code) or TrainingCompetency(competency_code=code, organisation_id=training.organisation_id)
        for code in entry.competencies
    ]
    training.retired_at = (training.retired_at or now()) if entry.retired else None
