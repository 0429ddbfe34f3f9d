"""What the page of a conversation shows to one of the two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.access import can_talk_with
from app.competencies.catalog import Catalog
from app.competencies.parts import Level
from app.competencies.queries import framework_of
from app.conversations.agreeing import agreed_in, confirmed_by, day_lies_ahead, preparation_of, something_written
from app.conversations.forms.talk import AgreementForm, agreement_form, values_of
from app.conversations.models import AgreedLevel, Conversation, Preparation
from app.conversations.planning import is_to_come
from app.conversations.queries import agreed_levels_of
from app.conversations.topics import ROLE, Topic, topics_of
from app.people.models import Person
from app.profiles import AgreedNiveau
from app.rounds.queries.asked import was_asked_in
from app.web.formats import now, today


@dataclass(frozen=True, slots=True)
class TalkPage:
    """A conversation as one of the two sees it: `mine` what she prepared, `theirs` only when it was shared.

    `earlier`: per topic the niveaus of fixed conversations before this one, the newest first. `torn`: per field what
    the other wrote there in the meantime. `together`: whether the two still work together, so that it can be fixed.
    `was_asked`: whoever sees it was asked in the round it is about herself, and does not read what came out.
    """

    conversation: Conversation
    me: int
    other: Person
    catalog: Catalog
    topics: Sequence[Topic]
    form: AgreementForm
    mine: Preparation | None
    theirs: Preparation | None
    earlier: Mapping[tuple[str, str], Sequence[AgreedNiveau]]
    together: bool
    was_asked: bool = False
    torn: Mapping[str, str] = field(default_factory=dict)

    @property
    def aspects(self) -> list[Topic]:
        return [topic for topic in self.topics if topic.kind != ROLE]

    @property
    def roles(self) -> list[Topic]:
        return [topic for topic in self.topics if topic.kind == ROLE]

    @property
    def confirmed(self) -> bool:
        return confirmed_by(self.conversation, self.me)

    @property
    def other_confirmed(self) -> bool:
        return confirmed_by(self.conversation, self.other.id)

    @property
    def writes(self) -> bool:
        """Whether she may still change or add something."""
        return self.together or self.me == self.conversation.person_id

    @property
    def lies_ahead(self) -> bool:
        """Whether its day is known and still to come."""
        at = self.conversation.planned_at
        return at is not None and at > now()

    @property
    def day_lies_ahead(self) -> bool:
        return day_lies_ahead(self.conversation)

    @property
    def something_written(self) -> bool:
        return something_written(self.conversation)

    @property
    def may_call_off(self) -> bool:
        return self.together and self.me == self.conversation.partner_id and is_to_come(self.conversation)

    @property
    def discussed(self) -> list[Topic]:
        """The topics of which a niveau is written down."""
        return [topic for topic in self.topics if self.agreed(topic)]

    @property
    def profile_id(self) -> int | None:
        """The measurement it is about, when she may read it today."""
        part = self.conversation.part
        if part is None or part.released_at is None:
            return None
        own = self.me == self.conversation.person_id
        reads = own or (self.together and part.lead_reads_from is not None and part.lead_reads_from <= today())
        return part.measurement_id if reads and not self.was_asked else None

    def named(self, person_id: int) -> str:
        """The name of one of the two."""
        one = self.conversation.person if person_id == self.conversation.person_id else self.conversation.partner
        return one.name

    @property
    def prepared(self) -> list[tuple[Person, Preparation]]:
        """What was shared, hers first."""
        both = {one.person_id: one for one in (self.mine, self.theirs) if one is not None and one.shared}
        people = (self.conversation.person, self.conversation.partner)
        return [(person, both[person.id]) for person in people if person.id in both]

    def chosen(self, topic: Topic) -> Level | None:
        """What the form says of a topic now."""
        data = self.form[topic.field].data
        return self.catalog.level(int(data)) if data in ("1", "2", "3", "4", "5") else None

    def agreed(self, topic: Topic) -> Level | None:
        """What is written down of a topic."""
        rows: list[AgreedLevel] = self.conversation.levels
        found = next((row.level for row in rows if (row.kind, row.code) == (topic.kind, topic.code)), None)
        return self.catalog.level(found) if found else None

    def history(self, topic: Topic) -> Sequence[AgreedNiveau]:
        return self.earlier.get((topic.kind, topic.code), ())


def page_of(
    conversation: Conversation, me: int, form: AgreementForm | None = None, torn: Mapping[str, str] | None = None
) -> TalkPage:
    """The page as it is stored, or with a form that was refused."""
    catalog = framework_of(conversation.framework_version_id).catalog
    topics = topics_of(catalog)
    other = conversation.other(me)
    shared = preparation_of(conversation, other.id)
    if form is None:
        stored = values_of(agreed_in(conversation), topics)
        form = agreement_form(catalog, topics, stored, conversation.revision)
    return TalkPage(
        conversation=conversation,
        me=me,
        other=other,
        catalog=catalog,
        topics=topics,
        form=form,
        mine=preparation_of(conversation, me),
        theirs=shared if shared is not None and shared.shared else None,
        earlier=_earlier(conversation),
        together=works_together(conversation),
        was_asked=asked_in_its_round(conversation, me),
        torn=torn or {},
    )


def asked_in_its_round(conversation: Conversation, reader_id: int) -> bool:
    """Whether this one of the two was asked namelessly in the round that it is about."""
    part_id = conversation.round_subject_id
    return part_id is not None and reader_id != conversation.person_id and was_asked_in(part_id, reader_id)


def works_together(conversation: Conversation) -> bool:
    """Whether its partner still leads her or is her gesprekspartner, and both still work here."""
    partner = conversation.partner
    return partner.active and conversation.person.active and can_talk_with(partner.actor, conversation.person)


def _earlier(conversation: Conversation) -> Mapping[tuple[str, str], Sequence[AgreedNiveau]]:
    found: dict[tuple[str, str], list[AgreedNiveau]] = {}
    for one in agreed_levels_of(conversation.person_id, conversation.organisation_id, besides=conversation):
        found.setdefault((one.kind, one.code), []).append(one)
    return found
