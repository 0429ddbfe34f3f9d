"""The gespreksgids for one conversation: what the profile shows that the partner may read by now, and the advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.access import Actor
from app.competencies.parts import Competency
from app.conversations.guide import Guide, OfPattern
from app.conversations.models import Conversation
from app.conversations.patterns import patterns
from app.conversations.seeding import read_guide
from app.measurement.growth import growth
from app.measurement.scoring import indicative
from app.measurement.self_others import self_and_others
from app.profiles import readings
from app.profiles.queries import Heading, readable_of
from app.profiles.round_reading import read_round
from app.rounds.queries.asked import was_asked_in


@dataclass(frozen=True, slots=True)
class Shown:
    """A pattern in this profile: what it advises, and in which competencies it shows; none where it is of them all."""

    advice: OfPattern
    competencies: tuple[Competency, ...]


@dataclass(frozen=True, slots=True)
class ForThisTalk:
    """`heading`: the profile it rests on; none when the reader may not read one (yet): then there are no patterns.

    `was_asked`: because she was asked in that round herself.
    """

    guide: Guide
    heading: Heading | None = None
    shown: Sequence[Shown] = ()
    was_asked: bool = False


def guide_for(actor: Actor, conversation: Conversation) -> ForThisTalk:
    """What the partner may begin with. Looking at it is reading the profile, and is written down as such."""
    guide = read_guide()
    if conversation.round_subject_id is None:
        return ForThisTalk(guide)
    measurements = readable_of(actor, conversation.person_id, conversation.person.team_ids)
    heading = next((one for one in measurements if one.part_id == conversation.round_subject_id), None)
    if heading is None:
        return ForThisTalk(guide, was_asked=was_asked_in(conversation.round_subject_id, actor.person_id))
    readings.note(actor, heading)
    basis = read_round(heading, actor, measurements)
    wave, catalog = basis.wave, basis.framework.catalog
    beside = self_and_others(wave.own, wave.groups, wave.asked, basis.targets.target_score)
    grown = growth(basis.earlier[0].wave.wave, wave.wave) if basis.earlier else ()
    found = patterns(beside, wave.groups, grown, little=indicative(wave.groups))
    return ForThisTalk(guide, heading, [
        Shown(guide.of(one.pattern), tuple(catalog.competency(code) for code in one.competencies)) for one in found
    ])
