"""What a closed round holds: the figures that follow from what was answered, and nothing that should be gone."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.assessments.models import Measurement, StoredCell
from app.competencies.queries import current_framework
from app.db import db
from app.measurement.answers import Item
from app.measurement.disclosure import STANDARD_MINIMUMS, Minimums
from app.measurement.scale import Group
from app.measurement.scoring import Cell
from app.messages import services as messages
from app.messages.models import Message
from app.rating import closing, making, queries, sending
from app.rating.models import Comment, CommentEnvelope, Draft, Envelope, Response, Sheet
from app.rating.opening import plan_of
from app.rounds import moves
from app.rounds.invitations import State as InvitationState
from app.rounds.lifecycle import Obstacle
from app.rounds.lifecycle import State as RoundState
from app.rounds.models import Invitation, Round, RoundGroup, RoundSubject
from app.web.formats import as_if, now
from tests.measurement import oracle
from tests.rating.acts import EVERYBODY, Sent, after_the_last_day, all_send, become, close, save, send
from tests.support.builders import Persona, make_person
from tests.support.records import make_measurement
from tests.support.rounds import MadeRound, make_round


def figures_of(app: Flask, part_id: int) -> set[tuple[object, ...]]:
    with app.app_context():
        rows = db.session.scalars(
            select(StoredCell)
            .join(RoundSubject, RoundSubject.measurement_id == StoredCell.measurement_id)
            .where(RoundSubject.id == part_id, StoredCell.rater_group != Group.SELF)
        )
        return {flat(Cell(c.rater_group, c.item_code, c.raters, c.mean, c.indicator_means, c.spread, c.agreement))
                for c in rows}  # fmt: skip


def flat(cell: Cell) -> tuple[object, ...]:
    means = tuple(sorted(cell.indicator_means.items()))
    return (str(cell.group), cell.competency_code, cell.raters, cell.mean, means, cell.spread, cell.agreement)


def expected(
    app: Flask, sent: list[Sent], minimums: Minimums = STANDARD_MINIMUMS, *, small_circle: bool = False
) -> set[tuple[object, ...]]:
    """By the oracle, from what was answered."""
    with app.app_context():
        catalog = current_framework().catalog
    adults = tuple(Item(c.code, tuple(i.code for i in c.indicators)) for c in catalog.competencies)
    sheets = defaultdict(list)
    for one in sent:
        scores = {code: score for code, score in one.answers.items() if isinstance(score, int)}
        sheets[one.group].append(oracle.Sheet(frozenset(one.asked), scores))
    groups = [
        oracle.GroupSheets(
            group,
            tuple(Item(t.code, t.indicators) for t in catalog.themes if t.group == group) or adults,
            tuple(found),
        )
        for group, found in sheets.items()
    ]
    return {flat(cell) for cell in oracle.cells(groups, minimums, small_circle=small_circle)}


def count(app: Flask, *tables: type) -> list[int]:
    with app.app_context():
        return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


@pytest.fixture
def made(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    """A round in which everybody is asked, three of the school as teachers."""
    made = make_round(app, teamleider, [begeleider], EVERYBODY)
    become(app, made.invitation_ids[10:13], "leraar")
    return made


def test_the_figures_follow_from_the_answers(app: Flask, made: MadeRound) -> None:
    sent = all_send(app, made.tokens)
    close(app, made.round_id)
    figures = figures_of(app, made.part_ids[0])
    assert figures == expected(app, sent)
    groups = {figure[0] for figure in figures}
    assert groups == {"teamleider", "collega", "school-opdrachtgever", "ouder", "leerling"}


@pytest.mark.parametrize("circle", [False, True])
def test_small_groups_are_merged_first(app: Flask, teamleider: Persona, begeleider: Persona, circle: bool) -> None:
    asked = {Group.COLLEAGUE: 4, Group.SCHOOL: 5, Group.CLIENT: 5}
    made = make_round(app, teamleider, [begeleider], asked, small_circle=circle)
    sent = all_send(app, [*made.tokens[:4], *made.tokens[4:6], *made.tokens[9:13]])
    close(app, made.round_id)
    figures = figures_of(app, made.part_ids[0])
    assert figures == expected(app, sent, small_circle=circle)
    assert {figure[0] for figure in figures} == (
        {"kleine-kring"} if circle else {"collega", "school-opdrachtgever"}
    )


def test_a_raised_minimum_holds(app: Flask, made: MadeRound) -> None:
    with app.app_context():
        db.session.execute(update(RoundGroup).where(RoundGroup.rater_group == Group.PARENT).values(minimum=5))
        db.session.commit()
    sent = all_send(app, made.tokens)
    close(app, made.round_id)
    figures = figures_of(app, made.part_ids[0])
    assert figures == expected(app, sent, Minimums({Group.PARENT: 5}))
    assert "ouder" not in {figure[0] for figure in figures}


def test_nothing_that_was_sent_or_saved_remains(app: Flask, made: MadeRound) -> None:
    all_send(app, made.tokens[:20])
    save(app, made.tokens[20], {"open-1": "Nog niet klaar"})
    with app.app_context():
        organisation_id = db.session.get_one(Round, made.round_id).organisation_id
        messages.put(organisation_id, "rater", "a@b.nl", concerns=f"round {made.round_id}")
        db.session.commit()
    close(app, made.round_id)
    assert count(app, Draft, Envelope, CommentEnvelope, Message) == [0, 0, 0, 0]
    with app.app_context():
        assert set(db.session.scalars(select(Invitation.answered))) == {None}
        found = db.session.get_one(Round, made.round_id)
        assert found.state == "closed"
        measurement = db.session.scalars(select(Measurement)).one()
        assert measurement.closed_at == found.closed_at
        assert measurement.self_assessment_id is None


def test_who_was_asked_and_sent_is_counted(app: Flask, made: MadeRound) -> None:
    sent = all_send(app, made.tokens[:9])
    with app.app_context():
        left, answered = made.invitation_ids[9], made.invitation_ids[0]
        db.session.execute(update(Invitation).where(Invitation.id.in_([left, answered])).values(state="removed"))
        db.session.commit()
    close(app, made.round_id)
    with app.app_context():
        rows = {row.rater_group: (row.asked, row.sent) for row in db.session.scalars(select(Response))}
    assert rows["school"] == (7, Counter(one.group for one in sent)["school"])
    assert rows["teamleider"] == (1, 1)
    assert rows["leerling"] == (6, 0)


def test_comments_of_too_few_are_never_stored(app: Flask, made: MadeRound) -> None:
    """Colleagues: three real texts to the first question, two and a 'geen' to the second; a teamleider is named."""
    texts = [
        ("Eén", "-"), ("Twee\nen meer", "iets"), (" <b>Drie</b>", "n.v.t."), ("", "Iets anders"), ("geen", "Geen."),
    ]  # fmt: skip
    for token, (first, second) in zip(made.tokens[1:6], texts, strict=True):
        save(app, token, {"open-1": first, "open-2": second, "VM2.1": 3})
        send(app, token)
    save(app, made.tokens[0], {"open-2": "Van je teamleider"})
    send(app, made.tokens[0])
    for token in made.tokens[7:10]:         # three of the school and two clients: merged, four wrote
        save(app, token, {"open-1": "School"})
        send(app, token)
    save(app, made.tokens[14], {"open-1": "Klant"})
    send(app, made.tokens[14])
    close(app, made.round_id)
    with app.app_context():
        rows = sorted((c.rater_group, c.question, c.text) for c in db.session.scalars(select(Comment)))
    assert rows == [
        ("collega", 1, "<b>Drie</b>"), ("collega", 1, "Eén"), ("collega", 1, "Twee\nen meer"),
        ("school-opdrachtgever", 1, "Klant"), *[("school-opdrachtgever", 1, "School")] * 3,
        ("teamleider", 2, "Van je teamleider"),
    ]  # fmt: skip


def test_nobody_is_alone_in_the_sheets(app: Flask, made: MadeRound) -> None:
    """Three teachers and four others of the school merge with two clients: no client's sheet can be kept, nor can the
    rest of that group, or the cells would give them back.
    """
    sent = all_send(app, made.tokens)
    close(app, made.round_id)
    with app.app_context():
        sheets = db.session.execute(select(Sheet.rater_group, Sheet.question_set, Sheet.answers)).all()
    kept = Counter((group, question_set) for group, question_set, _ in sheets)
    assert kept == {("teamleider", "kern"): 1, ("collega", "kern"): 6, ("ouder", "beleving"): 4,
                    ("leerling", "beleving"): 6}
    by_group = Counter((one.group, sum(code in one.answers for code in one.asked)) for one in sent)
    assert all(by_group[group, sum(map(bool, answers))] for group, _, answers in sheets)


def test_the_latest_self_assessment_that_covers_it_stands_beside_it(
    app: Flask, teamleider: Persona, begeleider: Persona
) -> None:
    made = make_round(app, teamleider, [begeleider], {Group.SCHOOL: 4})
    finished = {}
    for days_ago, question_set in ((200, "tweede"), (20, "volledig"), (2, "focus")):
        with as_if(now() - dt.timedelta(days=days_ago)):
            finished[days_ago] = make_measurement(app, begeleider, question_set)
    mirrored = finished[20]
    all_send(app, made.tokens)
    close(app, made.round_id)
    with app.app_context():
        part = db.session.get_one(RoundSubject, made.part_ids[0])
        cells = db.session.scalars(select(StoredCell).where(StoredCell.rater_group == Group.SELF)).all()
        assert part.self_assessment_id == db.session.get_one(Measurement, mirrored).self_assessment_id
    own, copied = (
        sorted((cell.item_code, cell.mean, sorted(cell.indicator_means.items()))
               for cell in cells if cell.measurement_id == measurement_id)
        for measurement_id in (mirrored, part.measurement_id)
    )  # fmt: skip
    assert copied == own != []


def test_a_part_that_nobody_answered_has_a_measurement_without_figures(
    app: Flask, organisation_id: int, teamleider: Persona, begeleider: Persona
) -> None:
    other = make_person(app, organisation_id)
    made = make_round(app, teamleider, [begeleider, other], {Group.COLLEAGUE: 4})
    all_send(app, made.tokens)
    close(app, made.round_id)
    assert figures_of(app, made.part_ids[0])
    assert not figures_of(app, made.part_ids[1])
    assert count(app, Measurement) == [2]


def test_about_whom_nobody_was_asked_there_is_no_measurement(
    app: Flask, organisation_id: int, teamleider: Persona, begeleider: Persona
) -> None:
    """Her choice was never approved: her self-assessment stays by itself, and nothing of hers can be released."""
    other = make_person(app, organisation_id)
    make_measurement(app, other)
    made = make_round(app, teamleider, [begeleider, other], {Group.COLLEAGUE: 4})
    with app.app_context():
        never = db.session.get_one(RoundSubject, made.part_ids[1])
        never.approved_at = never.approved_by_id = None
        db.session.execute(update(Invitation).where(Invitation.round_subject_id == never.id)
                           .values(state=InvitationState.PROPOSED, invited_on=None))
        db.session.commit()
    all_send(app, made.tokens)
    close(app, made.round_id)
    close(app, made.round_id)
    with after_the_last_day(app):
        closing.close_due()
        asked, never = (db.session.get_one(RoundSubject, part_id) for part_id in made.part_ids)
        assert asked.measurement_id is not None
        assert (never.measurement_id, never.self_assessment_id) == (None, None)
        with pytest.raises(moves.MoveRefused) as refusal:
            moves.release(never)
        assert refusal.value.obstacles == (Obstacle.NO_MEASUREMENT,)
        moves.release(asked)
        assert db.session.get_one(Round, made.round_id).state == RoundState.RELEASED
    assert count(app, Measurement) == [2]


def test_closing_twice_changes_nothing(app: Flask, made: MadeRound) -> None:
    all_send(app, made.tokens)
    close(app, made.round_id)
    figures, counts = figures_of(app, made.part_ids[0]), count(app, Measurement, Sheet, Comment, Response)
    close(app, made.round_id)
    with after_the_last_day(app):
        closing.close_due()
    assert figures_of(app, made.part_ids[0]) == figures
    assert count(app, Measurement, Sheet, Comment, Response) == counts


def test_a_round_does_not_close_before_its_last_day_is_over(app: Flask, made: MadeRound) -> None:
    with app.app_context():
        closing.close_due()
        with pytest.raises(moves.MoveRefused):
            closing.close(made.round_id)
    assert count(app, Measurement) == [0]


def test_a_closing_that_was_broken_off_goes_on(
    app: Flask, organisation_id: int, teamleider: Persona, begeleider: Persona
) -> None:
    people = [begeleider, *(make_person(app, organisation_id) for _ in range(4))]
    made = make_round(app, teamleider, people, {Group.COLLEAGUE: 4})
    sent = all_send(app, made.tokens)
    with after_the_last_day(app):
        moves.close(db.session.get_one(Round, made.round_id))
        db.session.commit()
        making.make(plan_of(made.round_id), made.part_ids[:2])
        db.session.commit()
        making.make(plan_of(made.round_id), made.part_ids[2:4])
        db.session.rollback()           # killed before the commit
    with after_the_last_day(app):
        making.make(plan_of(made.round_id), made.part_ids[:2])      # somebody else's list is out of date
        db.session.commit()
        closing.close_due()
    assert count(app, Measurement) == [5]
    assert figures_of(app, made.part_ids[0]) == expected(app, sent)


def test_one_answer_laid_in_three_times_is_one_answer(app: Flask, made: MadeRound) -> None:
    """By somebody who writes in the database and cannot open a box: three of the same would publish one person's."""
    all_send(app, made.tokens[1:5])
    with app.app_context():
        boxes = [*db.session.scalars(select(Envelope)), *db.session.scalars(select(CommentEnvelope))]
        assert len(boxes) == 8
        for number, envelope in enumerate(boxes):
            envelope.box = boxes[number // 4 * 4].box
        db.session.commit()
    close(app, made.round_id)
    assert count(app, StoredCell, Sheet, Comment) == [0, 0, 0]


def test_a_box_that_was_tampered_with_counts_as_none(app: Flask, made: MadeRound) -> None:
    sent = all_send(app, made.tokens)
    victims = [one for one in sent if one.group == Group.COLLEAGUE]
    with app.app_context():
        envelope = db.session.scalars(select(Envelope).where(Envelope.rater_group == Group.COLLEAGUE).limit(1)).one()
        envelope.box = envelope.box[:-1] + bytes([envelope.box[-1] ^ 1])
        moved = db.session.scalars(select(Envelope).where(Envelope.rater_group == Group.PARENT).limit(1)).one()
        moved.rater_group = Group.COLLEAGUE
        db.session.commit()
    close(app, made.round_id)
    raters = {figure[2] for figure in figures_of(app, made.part_ids[0]) if figure[0] == "collega"}
    assert max(raters) == len(victims) - 1


def test_after_closing_no_answer_is_taken(app: Flask, made: MadeRound) -> None:
    with app.app_context():
        asked = queries.find(made.tokens[0])
    save(app, made.tokens[0], {"VM1.1": 4})
    close(app, made.round_id)
    with app.app_context(), pytest.raises(queries.RoundClosed):
        queries.find(made.tokens[0])
    with app.app_context(), pytest.raises(queries.RoundClosed):
        sending.send(asked)
