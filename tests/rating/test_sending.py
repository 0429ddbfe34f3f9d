"""Links, drafts and sending: each link does what it should, each box opens in its own place, one send counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from app.db import db
from app.measurement.scale import Group
from app.rating import closing, drafts, queries, retention, sending
from app.rating.models import CommentEnvelope, Draft, Envelope, Response, Sheet
from app.rating.queries import Asked
from app.rating.sealing import Tampered, open_box, seal
from app.rounds import links, moves
from app.rounds.models import Invitation, Round, RoundGroup, RoundSettings, RoundSubject
from app.web.formats import as_if, now
from tests.rating.acts import after_the_last_day, all_send, asked_of, become, close, kept, save, send
from tests.support.at_once import at_once
from tests.support.builders import Persona, make_person
from tests.support.rounds import MadeRound, make_round
from tests.support.statements import statements


@pytest.fixture
def made(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    return make_round(app, teamleider, [begeleider])


def change(app: Flask, invitation_id: int, **values: object) -> None:
    with app.app_context():
        db.session.execute(update(Invitation).where(Invitation.id == invitation_id).values(**values))
        db.session.commit()


# --- links -----------------------------------------------------------------------------------------------------------


def test_a_link_tells_all_that_the_pages_say(app: Flask, made: MadeRound, begeleider: Persona) -> None:
    with app.app_context():
        db.session.add(RoundSettings(organisation_id=begeleider.organisation_id, contact="Bel Bea"))
        db.session.commit()
    asked = asked_of(app, made.tokens[0])
    assert (asked.subject, asked.first_name, asked.contact) == ("Jet de Vries", "Jet", "Bel Bea")
    assert (asked.group, asked.relation, asked.question_set) == ("collega", "begeleider", "kern")
    assert (asked.minimum, asked.invited, asked.organisation) == (3, 4, "Dienst Noord")
    assert asked.part_id == made.part_ids[0]


def test_a_link_costs_one_statement(app: Flask, made: MadeRound) -> None:
    asked_of(app, made.tokens[0])
    with statements(app) as seen:
        asked_of(app, made.tokens[0])
    assert len(seen) == 1, "\n".join(seen)


def test_in_a_kleine_kring_all_adults_count_together(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], {Group.COLLEAGUE: 2, Group.CLIENT: 3}, small_circle=True)
    with app.app_context():
        db.session.execute(update(RoundGroup).where(RoundGroup.rater_group == Group.CLIENT).values(minimum=4))
        db.session.commit()
    asked = asked_of(app, made.tokens[0])
    assert (asked.minimum, asked.invited) == (4, 5)


def test_no_promise_is_weaker_than_the_rule(app: Flask, made: MadeRound) -> None:
    with app.app_context():
        db.session.execute(delete(RoundGroup))
        db.session.commit()
    assert asked_of(app, made.tokens[0]).minimum == 3


@pytest.mark.parametrize("mistyped", ["", "x", "{}.", "{}x", "{}.{}"])
def test_what_is_no_link_is_unknown(app: Flask, made: MadeRound, mistyped: str) -> None:
    with app.app_context(), pytest.raises(queries.UnknownLink):
        queries.find(mistyped.format(*made.tokens[:2]))


def test_the_proof_of_another_is_unknown(app: Flask, made: MadeRound) -> None:
    mine, other = (token.split(".") for token in made.tokens[:2])
    with app.app_context(), pytest.raises(queries.UnknownLink):
        queries.find(f"{mine[0]}.{other[1]}")


def test_a_renewed_link_kills_the_old_one_and_keeps_the_draft(app: Flask, made: MadeRound) -> None:
    save(app, made.tokens[0], {"VM1.1": 3})
    change(app, made.invitation_ids[0], renewal=2)
    with app.app_context(), pytest.raises(queries.DeadLink):
        queries.find(made.tokens[0])
    with app.app_context():
        public_id = made.tokens[0].split(".")[0]
        newest, never = links.token(public_id, 2), links.token(public_id, 3)
        with pytest.raises(queries.UnknownLink):
            queries.find(never)
    assert kept(app, newest) == {"VM1.1": 3}


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"state": "removed"}, queries.NotWanted), ({"state": "declined"}, queries.NotWanted),
        ({"state": "proposed"}, queries.UnknownLink), ({"answered": True}, queries.AlreadySent),
        ({"answered": None}, queries.RoundClosed), ({"answered": True, "state": "removed"}, queries.NotWanted),
    ],
)  # fmt: skip
def test_who_may_not_answer_is_told_why(
    app: Flask, made: MadeRound, values: dict[str, object], refused: type[Exception]
) -> None:
    asked = asked_of(app, made.tokens[0])
    change(app, made.invitation_ids[0], **values)
    acts: list[Callable[[Asked], object]] = [
        lambda asked: queries.find(made.tokens[0]), lambda asked: drafts.save(asked, {"VM1.1": 3}), sending.send,
    ]  # fmt: skip
    for act in acts:
        with app.app_context(), pytest.raises(refused):
            act(asked)


@pytest.mark.parametrize(
    ("state", "refused"),
    [
        ("concept", queries.UnknownLink), ("choosing", queries.UnknownLink), ("closed", queries.RoundClosed),
        ("released", queries.RoundClosed), ("aborted", queries.NotWanted),
    ],
)
def test_a_round_that_is_not_open_takes_nothing(
    app: Flask, made: MadeRound, state: str, refused: type[Exception]
) -> None:
    with app.app_context():
        db.session.execute(update(Round).values(state=state))
        db.session.commit()
        with pytest.raises(refused):
            queries.find(made.tokens[0])


def test_after_the_last_day_nothing_is_taken_though_nothing_closed_it_yet(app: Flask, made: MadeRound) -> None:
    asked = asked_of(app, made.tokens[0])
    for act in (lambda: queries.find(made.tokens[0]), lambda: drafts.save(asked, {"VM1.1": 1}),
                lambda: sending.send(asked)):  # fmt: skip
        with after_the_last_day(app), pytest.raises(queries.RoundClosed):
            act()


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_answers_come_back_and_the_last_counts(app: Flask, made: MadeRound) -> None:
    save(app, made.tokens[0], {"VM1.1": 3, "VM2.1": "nvt", "open-1": "Zó 👍\n<b>"})
    save(app, made.tokens[0], {"VM1.1": 4, "AC2.1": "geen-reden"})
    expected = {"VM1.1": 4, "VM2.1": "nvt", "AC2.1": "geen-reden", "open-1": "Zó 👍\n<b>"}
    assert kept(app, made.tokens[0]) == expected
    assert kept(app, made.tokens[1]) == {}


def test_what_was_taken_back_leaves_a_box_like_any_other(app: Flask, made: MadeRound) -> None:
    save(app, made.tokens[0], {"VM1.1": 3, "open-1": "Weg ermee", "open-2": "Blijft"})
    save(app, made.tokens[0], {"VM1.1": None, "open-1": ""})
    assert kept(app, made.tokens[0]) == {"open-2": "Blijft"}
    with app.app_context():
        sizes = {item: len(box) for item, box in db.session.execute(select(Draft.item, Draft.box))}
    assert sizes["open-1"] == sizes["open-2"]
    assert sizes["VM1.1"] < 50


@pytest.mark.parametrize("changes", [{"VM1.1": 6}, {"open-1": "a" * 1001}, {"V9.9": 1}, {"V9.9": None}, {"VM1.1": ""}])
def test_what_is_not_asked_is_refused_whole(app: Flask, made: MadeRound, changes: dict[str, int | str | None]) -> None:
    with app.app_context(), pytest.raises(ValueError, match="not asked"):
        drafts.save(queries.find(made.tokens[0]), {"VM2.1": 2, **changes})
    assert kept(app, made.tokens[0]) == {}


def test_saving_an_answer_costs_three_statements(app: Flask, made: MadeRound) -> None:
    save(app, made.tokens[0], {"VM1.1": 3})
    with statements(app) as seen:
        save(app, made.tokens[0], {"VM1.1": 4})
    assert len(seen) == 3, "\n".join(seen)       # whose link, may it be kept now, and the answer


@pytest.mark.parametrize("swap", ["item", "invitation_id", "bits", "cut"])
def test_a_draft_opens_in_its_own_place_only(app: Flask, made: MadeRound, swap: str) -> None:
    save(app, made.tokens[0], {"VM1.1": 3, "VM2.1": 5})
    with app.app_context():
        own = (Draft.invitation_id == made.invitation_ids[0]) & (Draft.item == "VM1.1")
        box = db.session.scalars(select(Draft.box).where(own)).one()
        changed: dict[str, dict[str, object]] = {
            "item": {"item": "AC2.1"}, "invitation_id": {"invitation_id": made.invitation_ids[1]},
            "bits": {"box": box[:20] + bytes([box[20] ^ 4]) + box[21:]}, "cut": {"box": box[:7]},
        }  # fmt: skip
        db.session.execute(update(Draft).where(own).values(changed[swap]))
        db.session.commit()
    assert kept(app, made.tokens[0]) == {"VM2.1": 5}
    assert kept(app, made.tokens[1]) == {}


def test_a_draft_does_not_open_in_another_round(app: Flask, made: MadeRound, teamleider: Persona,
                                                begeleider: Persona) -> None:  # fmt: skip
    save(app, made.tokens[0], {"VM1.1": 3})
    other = make_round(app, teamleider, [begeleider])
    with app.app_context():
        db.session.execute(update(Draft).values(invitation_id=other.invitation_ids[0]))
        db.session.commit()
    assert kept(app, other.tokens[0]) == {}


def test_the_key_of_another_opens_nothing() -> None:
    box = seal(b"a" * 32, b"5", "1/2/3/kern/VM1.1", 6)
    assert open_box(b"a" * 32, box, "1/2/3/kern/VM1.1") == b"5"
    for key, place in ((b"b" * 32, "1/2/3/kern/VM1.1"), (b"a" * 32, "1/2/3/kern/VM1.2")):
        with pytest.raises(Tampered):
            open_box(key, box, place)


# --- sending ---------------------------------------------------------------------------------------------------------


def test_sending_leaves_two_envelopes_and_no_draft(app: Flask, made: MadeRound) -> None:
    save(app, made.tokens[0], {"VM1.1": 3, "VM2.1": "nvt", "AC2.1": 5, "open-2": "  Tekst "})
    receipt = send(app, made.tokens[0])
    assert (receipt.answered, receipt.cannot_say, receipt.comments) == (2, 1, 1)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Draft)) == 0
        assert db.session.get_one(Invitation, made.invitation_ids[0]).answered is True
        assert len(db.session.scalars(select(Envelope)).all()) == len(db.session.scalars(select(CommentEnvelope)).all())
        with pytest.raises(queries.AlreadySent):
            queries.find(made.tokens[0])


def test_envelopes_are_alike_whatever_is_in_them(app: Flask, teamleider: Persona, begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], {Group.COLLEAGUE: 3, Group.SCHOOL: 3, Group.PUPIL: 3})
    become(app, made.invitation_ids[4:5], "leraar")
    all_send(app, made.tokens)
    with app.app_context():
        assert len({len(box) for box in db.session.scalars(select(Envelope.box))}) == 1
        assert len({len(box) for box in db.session.scalars(select(CommentEnvelope.box))}) == 1


def test_the_code_says_what_was_sent_and_not_by_whom(app: Flask, made: MadeRound) -> None:
    codes = []
    for token, score in zip(made.tokens[:3], (3, 3, 4), strict=True):
        save(app, token, {"VM1.1": score})
        codes.append(send(app, token).code)
    assert codes[0] == codes[1] != codes[2]


@pytest.mark.parametrize("answers", [{}, {"VM1.1": None}, {"open-1": "   "}])
def test_who_answered_nothing_sends_nothing(app: Flask, made: MadeRound, answers: dict[str, str | None]) -> None:
    save(app, made.tokens[0], answers)
    with app.app_context(), pytest.raises(sending.NothingAnswered):
        sending.send(queries.find(made.tokens[0]))
    assert asked_of(app, made.tokens[0])


def test_who_would_rather_not_leaves_no_draft(app: Flask, made: MadeRound) -> None:
    save(app, made.tokens[0], {"VM1.1": 3})
    save(app, made.tokens[1], {"VM1.1": 3})
    with app.app_context():
        drafts.destroy(queries.find(made.tokens[0]))
        db.session.commit()
    assert kept(app, made.tokens[0]) == {}
    assert kept(app, made.tokens[1]) == {"VM1.1": 3}


def test_of_two_devices_that_send_at_once_one_counts(app: Flask, made: MadeRound) -> None:
    for token in made.tokens[:4]:
        save(app, token, {"VM1.1": 3})
        asked = asked_of(app, token)
        outcomes = at_once(app, *[partial(sending.send, asked)] * 4, refusals=(queries.AlreadySent,))
        assert sorted(outcomes) == ["AlreadySent"] * 3 + ["done"]
    with app.app_context():
        assert len(db.session.scalars(select(Envelope)).all()) == 4


def test_saving_beside_sending_is_kept_or_refused(app: Flask, made: MadeRound) -> None:
    for token in made.tokens[:4]:
        save(app, token, {"VM1.1": 3})
        asked = asked_of(app, token)
        outcomes = at_once(app, partial(sending.send, asked), partial(drafts.save, asked, {"VM2.1": 3}),
                           refusals=(queries.AlreadySent,))
        assert outcomes[0] == "done"
        assert outcomes[1] in ("done", "AlreadySent")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_sending_at_the_very_second_of_closing_counts_wholly_or_not(
    app: Flask, organisation_id: int, teamleider: Persona, begeleider: Persona
) -> None:
    """And of those who close at once, each leaves the same."""
    people = [begeleider, make_person(app, organisation_id)]
    made = make_round(app, teamleider, people, {Group.COLLEAGUE: 12})
    for token in made.tokens:
        save(app, token, {"VM1.1": 3, "VM2.1": 4})
    for token in made.tokens[:3]:
        send(app, token)
    late = [asked_of(app, token) for token in made.tokens[3:]]

    def shut() -> None:
        with after_the_last_day(app):
            closing.close(made.round_id)

    senders = [partial(sending.send, asked) for asked in late]
    outcomes = at_once(app, *senders[:5], shut, *senders[5:], shut, refusals=(queries.RoundClosed,))
    results = [*outcomes[:5], *outcomes[6:-1]]
    assert outcomes[5] == outcomes[-1] == "done"
    assert set(results) <= {"done", "RoundClosed"}
    with app.app_context():
        counted = db.session.scalars(select(Response).where(Response.round_subject_id == made.part_ids[0])).one()
        assert counted.sent == 3 + results.count("done")
        assert len(db.session.scalars(select(Sheet)).all()) == counted.sent
        assert db.session.scalar(select(func.count()).select_from(Envelope)) == 0


# --- breaking off ----------------------------------------------------------------------------------------------------


def test_a_round_that_is_broken_off_destroys_what_was_answered(app: Flask, made: MadeRound, teamleider: Persona,
                                                               begeleider: Persona) -> None:  # fmt: skip
    other = make_round(app, teamleider, [begeleider])
    for token in (made.tokens[0], other.tokens[0]):
        save(app, token, {"VM1.1": 3})
        send(app, token)
    for token in (made.tokens[1], other.tokens[1]):
        save(app, token, {"VM1.1": 3})
    with app.app_context():
        moves.abort(db.session.get_one(Round, made.round_id))
        db.session.commit()
        assert set(db.session.scalars(select(Draft.invitation_id))) == {other.invitation_ids[1]}
        for table in (Envelope, CommentEnvelope):
            assert db.session.scalars(select(table.round_subject_id)).all() == [other.part_ids[0]]
        with pytest.raises(queries.NotWanted):
            queries.find(made.tokens[1])


def test_sheets_are_destroyed_some_time_after_the_release(app: Flask, made: MadeRound) -> None:
    all_send(app, made.tokens)
    close(app, made.round_id)

    def after(days: int) -> int:
        with as_if(now() + dt.timedelta(days=days)), app.app_context():
            retention.destroy_old_sheets()
            return len(db.session.scalars(select(Sheet)).all())

    assert after(400) == 10         # not released
    with app.app_context():
        db.session.execute(update(RoundSubject).values(released_at=now()))
        db.session.commit()
    assert after(29) == 10
    with app.app_context():
        organisation_id = db.session.get_one(Round, made.round_id).organisation_id
        db.session.add(RoundSettings(organisation_id=organisation_id, keep_answers_days=60))
        db.session.commit()
    assert after(31) == 10
    assert after(61) == 0
