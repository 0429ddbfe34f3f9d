"""Keeping the aanbod. Flushes only. Whoever changes it waits for whoever is changing it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from app.access import Actor
from app.db import db
from app.organisations.models import Organisation
from app.trainings.comparing import Carried
from app.trainings.entries import Entry, free_code
from app.trainings.models import Training
from app.trainings.queries import everything_of
from app.trainings.rows import entry_of, fill
from app.web.formats import now


class ChangedMeanwhile(Exception):
    """The aanbod is not any more as it was when this was looked at."""


def add(actor: Actor, entry: Entry) -> Training:
    """A training that has no code yet. The same twice is one."""
    hold(actor)
    there = everything_of(actor.organisation_id)
    for training in there:
        if entry_of(training) == replace(entry, code=training.code):
            return training
    code = free_code(entry.title, {training.code for training in there})
    return _stored(actor.organisation_id, replace(entry, code=code))


def change(training: Training, entry: Entry) -> None:
    """Its code stays, and so does whether it is offered."""
    fill(training, replace(entry, code=training.code, retired=training.retired_at is not None))
    db.session.flush()


def retire(training: Training) -> None:
    """It is not offered any more; what was planned of it goes on."""
    training.retired_at = training.retired_at or now()
    db.session.flush()


def bring_back(training: Training) -> None:
    training.retired_at = None
    db.session.flush()


def apply(actor: Actor, carried: Carried) -> int:
    """Everything that was looked at, or nothing; how many trainings became otherwise. Twice is once.

    Raises ChangedMeanwhile.
    """
    hold(actor)
    there = {training.code: training for training in everything_of(actor.organisation_id)}
    if not carried.holds(entry_of(training) for training in there.values()):
        raise ChangedMeanwhile
    changed = 0
    for entry in carried.entries:
        training = there.get(entry.code)
        if training is None:
            _stored(actor.organisation_id, entry)
        elif entry_of(training) != entry:
            fill(training, entry)
        else:
            continue
        changed += 1
    db.session.flush()
    return changed


def hold(actor: Actor) -> None:
    """From here on nobody else changes the aanbod of this organisation."""
    held = select(Organisation.id).where(Organisation.id == actor.organisation_id)
    db.session.execute(held.with_for_update(key_share=True))       # sessions can be planned meanwhile


def _stored(organisation_id: int, entry: Entry) -> Training:
    training = Training(organisation_id=organisation_id)
    fill(training, entry)
    db.session.add(training)
    db.session.flush()
    return training
