"""Who reads a measurement: its subject, whoever leads her from her day on, with whom she shares it, and nobody else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from app.access import Actor, Role, can_read_comments
from app.db import db
from app.measurement.scale import Group
from app.messages.letters import letter
from app.messages.models import Message
from app.people.models import Membership
from app.profiles import queries, readings, sharing
from app.profiles.models import Reading, Share
from app.rounds.models import Invitation, Round, RoundSubject
from app.web.formats import as_if, now, today
from tests.support.at_once import at_once
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.pages import CheckedClient, text_of, tree_of
from tests.support.records import make_goal, make_measurement, would_rather_not
from tests.support.rounds import MadeRound, give_measurement, make_round


@dataclass(frozen=True)
class Dienst:
    """Jet, her self-assessment and her released round; and everybody who might read along."""

    app: Flask
    jet: Persona
    own: int
    made: MadeRound
    round: int
    ans: Persona
    people: dict[str, Persona]


@pytest.fixture
def dienst(app: Flask, organisation_id: int, team_id: int, teamleider: Persona, hr: Persona, beheerder: Persona,
           stranger: Persona) -> Dienst:
    partner = make_person(app, organisation_id, name="Pia Partner")
    jet = make_person(app, organisation_id, works_in=[team_id], name="Jet de Vries", discussion_partner_id=partner.id)
    ans = make_person(app, organisation_id, works_in=[team_id], name="Ans Bos")
    other_team = make_team(app, organisation_id)
    made = make_round(app, teamleider, [jet], state="closed", opened_days_ago=40)
    of_round = give_measurement(app, made, groups=[Group.SELF, Group.COLLEAGUE])
    would_rather_not(app, of_round)
    return Dienst(
        app, jet, make_measurement(app, jet, "focus"), made, of_round, ans,
        {
            "jet": jet, "partner": partner, "teamleider": teamleider, "colleague": ans, "hr": hr,
            "beheerder": beheerder, "stranger": stranger,
            "other lead": make_person(app, organisation_id, roles=["teamleider"], leads=[other_team]),
            "everything elsewhere": make_person(app, organisation_id, roles=list(Role), leads=[other_team]),
        },
    )


def readers(dienst: Dienst, measurement_id: int) -> set[str]:
    """Who may open this, through the pages."""
    found = set()
    for name, person in dienst.people.items():
        client = dienst.app.test_client()
        log_in(client, person)
        status = client.get(f"/profiel/{measurement_id}").status_code
        assert status in (200, 404), (name, status)
        if status == 200:
            found.add(name)
    return found


def share(client: CheckedClient, measurement_id: int, reader: Persona, **typed: str) -> int:
    address = f"/profiel/{measurement_id}/delen"
    return client.submit(client.get(address), {"reader": str(reader.id), **typed}, to=address).status_code


def told(client: CheckedClient, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, address
    return text_of(next(tree_of(page.data).iter("main")))


def stop(client: CheckedClient, app: Flask, measurement_id: int) -> int:
    with app.app_context():
        share_id = db.session.scalars(select(func.max(Share.id)).where(Share.measurement_id == measurement_id)).one()
    return client.send(f"/profiel/{measurement_id}/delen/{share_id}/stop").status_code


def test_who_reads_what(dienst: Dienst) -> None:
    assert readers(dienst, dienst.own) == {"jet"}
    assert readers(dienst, dienst.round) == {"jet", "partner", "teamleider"}


def test_of_a_round_with_too_few_answers_there_is_a_page_too(dienst: Dienst, client: CheckedClient) -> None:
    made = make_round(dienst.app, dienst.people["teamleider"], [dienst.jet], state="closed", opened_days_ago=20)
    empty = give_measurement(dienst.app, made)
    log_in(client, dienst.jet)
    assert client.get(f"/profiel/{empty}").status_code == 200


def test_before_the_release_nobody_and_before_her_day_the_lead_does_not(dienst: Dienst) -> None:
    with dienst.app.app_context():
        part = db.session.get_one(RoundSubject, dienst.made.part_ids[0])
        part.lead_reads_from = today() + dt.timedelta(days=1)
        db.session.commit()
    assert readers(dienst, dienst.round) == {"jet"}
    with as_if(now() + dt.timedelta(days=1)):
        assert readers(dienst, dienst.round) == {"jet", "partner", "teamleider"}
    with dienst.app.app_context():
        db.session.get_one(RoundSubject, dienst.made.part_ids[0]).released_at = None
        db.session.commit()
    with as_if(now() + dt.timedelta(days=2)):
        assert readers(dienst, dienst.round) == set()
        client = dienst.app.test_client()
        log_in(client, dienst.jet)
        assert client.get(f"/profiel/{dienst.round}/delen").status_code == 404


def test_who_led_her_before_reads_no_more(dienst: Dienst, team_id: int) -> None:
    with dienst.app.app_context():
        lead = dienst.people["teamleider"].id
        db.session.delete(db.session.get_one(Membership, (lead, team_id)))
        db.session.commit()
    assert readers(dienst, dienst.round) == {"jet", "partner"}


@pytest.mark.parametrize("of_round", [True, False])
def test_it_is_shared_and_taken_back(dienst: Dienst, client: CheckedClient, of_round: bool) -> None:
    shared = dienst.round if of_round else dienst.own
    before = readers(dienst, shared)
    log_in(client, dienst.jet)
    assert share(client, shared, dienst.ans) == 303
    assert "Ans Bos" in told(client, f"/profiel/{shared}/delen")
    assert readers(dienst, shared) == before | {"colleague"}
    log_in(client, dienst.ans)
    assert "Jet de Vries" in told(client, "/gedeeld")
    assert "Jet de Vries deelt een profiel met je" in told(client, "/start")
    other = dienst.own if of_round else dienst.round
    assert client.get(f"/profiel/{other}").status_code == 404
    for way in ("", "/1/stop", "/opmerkingen"):
        assert client.send(f"/profiel/{shared}/delen{way}", {"reader": "1"}).status_code == 404
    assert client.get(f"/profiel/{shared}/delen").status_code == 404
    log_in(client, dienst.jet)
    assert stop(client, dienst.app, shared) == 303
    assert readers(dienst, shared) == before
    log_in(client, dienst.ans)
    assert "Niemand deelt nu" in told(client, "/gedeeld")


def test_who_reads_it_already_is_not_offered_again(dienst: Dienst, client: CheckedClient) -> None:
    """Her teamleider and gesprekspartner from their day on, and with whom it is shared."""
    lead, partner, ans = dienst.people["teamleider"], dienst.people["partner"], dienst.ans
    log_in(client, dienst.jet)

    def offered(measurement_id: int) -> set[int]:
        page = tree_of(client.get(f"/profiel/{measurement_id}/delen").data)
        return {one.id for one in (lead, partner, ans) if page.findall(f".//option[@value='{one.id}']")}

    assert offered(dienst.own) == {lead.id, partner.id, ans.id}
    assert offered(dienst.round) == {ans.id}
    assert "staan er niet bij: zij lezen dit al" in told(client, f"/profiel/{dienst.round}/delen")
    assert share(client, dienst.own, ans) == 303
    assert offered(dienst.own) == {lead.id, partner.id}
    assert "Ans Bos staat er niet bij, en leest dit al." in told(client, f"/profiel/{dienst.own}/delen")
    with dienst.app.app_context():
        db.session.get_one(RoundSubject, dienst.made.part_ids[0]).lead_reads_from = today() + dt.timedelta(days=1)
        db.session.commit()
    assert offered(dienst.round) == {lead.id, partner.id, ans.id}


def test_a_day_that_is_too_late_is_told_in_words(dienst: Dienst, client: CheckedClient) -> None:
    log_in(client, dienst.jet)
    with as_if(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)):
        page = client.send(f"/profiel/{dienst.own}/delen", {"reader": str(dienst.ans.id), "until": "2027-12-01"})
    assert page.status_code == 422 and "tot en met 20 februari 2027" in page.text


def test_it_ends_by_itself(dienst: Dienst, client: CheckedClient) -> None:
    log_in(client, dienst.jet)
    assert share(client, dienst.own, dienst.ans) == 303
    for days, reads in ((14, True), (15, False)):
        with as_if(now() + dt.timedelta(days=days)):
            assert ("colleague" in readers(dienst, dienst.own)) is reads


def test_shared_again_it_is_the_last_that_counts(dienst: Dienst, client: CheckedClient) -> None:
    log_in(client, dienst.jet)
    assert share(client, dienst.own, dienst.ans, with_comments="y") == 303
    assert share(client, dienst.own, dienst.ans, until=today().isoformat()) == 303
    with dienst.app.app_context():
        found = queries.readable(dienst_actor(dienst.ans), dienst.own)
        assert found and found.shared_with == {dienst.ans.id} and not found.comments_shared_with
    assert stop(client, dienst.app, dienst.own) == 303
    assert readers(dienst, dienst.own) == {"jet"}


def dienst_actor(person: Persona, leads: frozenset[int] = frozenset()) -> Actor:
    return Actor(person.id, person.organisation_id, person.roles, leads)


@pytest.mark.parametrize(("typed", "said"), [
    ({"reader": "0"}, "Kies een collega"),
    ({"reader": "9" * 30}, "Kies een collega"),
    ({"reader": "<b>"}, "Kies een collega"),
    ({"until": ""}, "Kies een datum"),
    ({"until": "2020-01-01"}, "Kies een dag van vandaag tot en met"),
    ({"until": "9999-12-31"}, "Kies een dag van vandaag tot en met"),
    ({"until": "gisteren"}, "Schrijf de datum als"),
])
def test_what_does_not_fit_is_refused(
    dienst: Dienst, client: CheckedClient, typed: dict[str, str], said: str
) -> None:
    log_in(client, dienst.jet)
    page = client.send(f"/profiel/{dienst.own}/delen",
                       {"reader": str(dienst.ans.id), "until": today().isoformat(), **typed})
    assert page.status_code == 422 and said in page.text


def test_it_is_shared_with_nobody_elsewhere_and_not_for_long(dienst: Dienst, client: CheckedClient) -> None:
    log_in(client, dienst.jet)
    for reader in (dienst.people["stranger"], dienst.jet):
        assert client.send(f"/profiel/{dienst.own}/delen",
                           {"reader": str(reader.id), "until": today().isoformat()}).status_code == 422
    last = today() + sharing.LONGEST
    assert client.send(f"/profiel/{dienst.own}/delen", {
        "reader": str(dienst.ans.id), "until": (last + dt.timedelta(days=1)).isoformat()}).status_code == 422
    assert share(client, dienst.own, dienst.ans, until=last.isoformat()) == 303


def ask(dienst: Dienst, group: str = Group.COLLEAGUE, *, invited: bool = True, by_address: bool = False,
        state: str = "approved") -> None:
    """Ans was asked about Jet in this round."""
    with dienst.app.app_context():
        db.session.execute(insert(Invitation).values(
            organisation_id=dienst.jet.organisation_id, public_id=f"{group}-{by_address}",
            round_subject_id=dienst.made.part_ids[0], rater_group=group, relation="collega-team", question_set="kern",
            name="Ans Bos", email=dienst.ans.email.upper() if by_address else None, school="", state=state, renewal=0,
            critical_friend=False, added_by_approver=False, invited_on=today() if invited else None, answered=None,
            person_id=None if by_address else dienst.ans.id,
        ))
        db.session.commit()


@pytest.mark.parametrize("how", [
    {}, {"by_address": True}, {"group": Group.SCHOOL, "by_address": True}, {"state": "removed"}, {"state": "declined"},
])
def test_nobody_who_was_asked_namelessly_can_be_given_it(
    dienst: Dienst, client: CheckedClient, how: dict[str, object]
) -> None:
    ask(dienst, **how)      # type: ignore[arg-type]
    log_in(client, dienst.jet)
    address = f"/profiel/{dienst.round}/delen"
    page = client.get(address)
    assert f'value="{dienst.ans.id}"' not in page.text and "Je vroeg in deze ronde feedback aan Ans Bos." in page.text
    refused = client.send(address, {"reader": str(dienst.ans.id), "until": today().isoformat()})
    assert refused.status_code == 422 and "Ans Bos is in deze ronde zelf om feedback" in refused.text
    with dienst.app.app_context(), pytest.raises(sharing.WasAsked):
        heading = queries.readable(dienst_actor(dienst.jet), dienst.round)
        assert heading
        sharing.share(heading, dienst.ans.id, today(), with_comments=False)
    assert share(client, dienst.own, dienst.ans) == 303     # what she thinks of herself is her own


def test_who_was_asked_namelessly_does_not_read_it_whatever_she_became(dienst: Dienst, team_id: int) -> None:
    ask(dienst)
    with dienst.app.app_context():
        db.session.get_one(Membership, (dienst.ans.id, team_id)).leads = True
        db.session.commit()
    assert readers(dienst, dienst.round) == {"jet", "partner", "teamleider"}


def test_who_was_proposed_only_or_answered_by_name_can_be_given_it(dienst: Dienst, client: CheckedClient) -> None:
    ask(dienst, invited=False, by_address=True, state="removed")
    ask(dienst, Group.TEAM_LEAD)
    log_in(client, dienst.jet)
    assert share(client, dienst.round, dienst.ans) == 303


def test_a_reader_sees_none_of_the_rest(dienst: Dienst, client: CheckedClient, app: Flask) -> None:
    """No other measurement, no goal, and what Jet wrote only when she wants that."""
    earlier = dienst.own
    newer = make_measurement(app, dienst.jet, "focus", score=4)
    make_goal(app, dienst.jet)
    log_in(client, dienst.jet)
    assert share(client, newer, dienst.ans) == 303
    slug = "verwachtingen-ophalen"
    assert "Een voorbeeld bij" in told(client, f"/profiel/{newer}/{slug}")
    log_in(client, dienst.ans)
    page, close = client.get(f"/profiel/{newer}").text, client.get(f"/profiel/{newer}/{slug}").text
    for text in (page, close):
        assert f"/profiel/{earlier}" not in text and "orige keer" not in text and "Mijn profiel" not in text
        assert "Je leest het zelfbeeld van Jet de Vries" in text
    assert "Een voorbeeld bij" not in close and "een doel van" not in close and "/ontwikkelplan" not in \
        close[close.index("<main"):]
    assert "Gelezen door" not in page
    log_in(client, dienst.jet)
    assert share(client, newer, dienst.ans, with_comments="y") == 303
    log_in(client, dienst.ans)
    assert "Een voorbeeld bij" in told(client, f"/profiel/{newer}/{slug}")


def test_the_subject_keeps_what_people_wrote_until_she_changes_that(dienst: Dienst, client: CheckedClient,
                                                                    team_id: int) -> None:
    lead = dienst_actor(dienst.people["teamleider"], frozenset({team_id}))

    def reads() -> bool:
        with dienst.app.app_context():
            heading = queries.readable(lead, dienst.round)
            assert heading
            return can_read_comments(lead, heading, heading.subject, today())

    assert reads()
    log_in(client, dienst.jet)
    address = f"/profiel/{dienst.round}/delen"
    form = f"{address}/opmerkingen"
    assert client.submit(client.get(address), {"kept": "1"}, to=form).status_code == 303
    assert not reads()
    assert client.submit(client.get(address), {"kept": []}, to=form).status_code == 303
    assert reads()
    assert client.send(f"/profiel/{dienst.own}/delen/opmerkingen").status_code == 404


@pytest.mark.parametrize("open_to_lead", [True, False])
def test_the_form_says_that_the_comments_stay_closed_when_that_was_promised(
    dienst: Dienst, client: CheckedClient, open_to_lead: bool
) -> None:
    with dienst.app.app_context():
        db.session.get_one(Round, dienst.made.round_id).lead_reads_comments = open_to_lead
        db.session.commit()
    log_in(client, dienst.jet)
    form = told(client, f"/profiel/{dienst.round}/delen").partition("Deel met een collega")[2].partition("Deel dit")[0]
    assert "horen wie het schreef" in form
    assert ("lezen de opmerkingen niet, ook niet als je dit aankruist" in form) is not open_to_lead
    if not open_to_lead:
        lead = dienst.people["teamleider"]
        assert share(client, dienst.round, lead, with_comments="y") == 303
        page = told(client, f"/profiel/{dienst.round}/delen")
        assert "zonder de opmerkingen: in deze ronde is afgesproken" in page and "· met de opmerkingen" not in page
        log_in(client, lead)
        assert client.get(f"/profiel/{dienst.round}/opmerkingen").status_code == 404


@pytest.mark.parametrize(("with_comments", "kept", "said"), [
    (True, False, "met de opmerkingen"), (True, True, "met de opmerkingen"), (False, True, "zonder de opmerkingen"),
    (False, False, "leest de opmerkingen mee als leidinggevende of gesprekspartner"),
])
@pytest.mark.parametrize("who", ["teamleider", "partner"])
def test_the_list_says_of_who_leads_her_whether_she_reads_the_comments(
    dienst: Dienst, client: CheckedClient, who: str, with_comments: bool, kept: bool, said: str
) -> None:
    with dienst.app.app_context():
        db.session.get_one(RoundSubject, dienst.made.part_ids[0]).comments_kept = kept
        db.session.commit()
    reader = dienst.people[who]
    log_in(client, dienst.jet)
    assert share(client, dienst.round, reader, **({"with_comments": "y"} if with_comments else {})) == 303
    shares = told(client, f"/profiel/{dienst.round}/delen").partition("Gedeeld met")[2].partition("Deel met")[0]
    assert f"· {said}" in shares
    log_in(client, reader)
    reads = client.get(f"/profiel/{dienst.round}/opmerkingen").status_code == 200
    assert reads is not said.startswith("zonder")


def test_a_reading_by_somebody_else_is_written_down_once_a_day(dienst: Dienst, client: CheckedClient) -> None:
    log_in(client, dienst.people["teamleider"])
    for _ in range(3):
        assert client.get(f"/profiel/{dienst.round}").status_code == 200
    with as_if(now() + dt.timedelta(days=1)):
        assert client.get(f"/profiel/{dienst.round}").status_code == 200
    log_in(client, dienst.ans)
    assert client.get(f"/profiel/{dienst.round}").status_code == 404
    log_in(client, dienst.jet)
    assert client.get(f"/profiel/{dienst.round}").status_code == 200
    with dienst.app.app_context():
        assert [row.reader_id for row in db.session.scalars(select(Reading))] == [dienst.people["teamleider"].id] * 2
    page = told(client, f"/profiel/{dienst.round}/delen")
    assert "op 2 dagen, van" in page and "Ans Bos" not in page.partition("Gelezen door")[2]
    assert "Tom Bakker" in told(client, f"/profiel/{dienst.round}")


def test_a_reading_that_cannot_be_written_down_fails_no_page(dienst: Dienst, client: CheckedClient) -> None:
    with dienst.app.app_context():
        db.session.connection().exec_driver_sql("alter table profile_reading rename to away")
        db.session.commit()
    try:
        log_in(client, dienst.people["teamleider"])
        with dienst.app.test_request_context(f"/profiel/{dienst.round}"):
            heading = queries.readable(dienst_actor(dienst.jet), dienst.round)
            assert heading
            readings.note(dienst_actor(dienst.ans), heading)
            assert queries.readable(dienst_actor(dienst.jet), dienst.round) == heading
    finally:
        with dienst.app.app_context():
            db.session.connection().exec_driver_sql("alter table away rename to profile_reading")
            db.session.commit()


def valid(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(func.count(Share.id)).where(Share.withdrawn_at.is_(None))).one()


def test_shared_twice_at_once_there_is_one_share_and_taking_it_back_ends_it(dienst: Dienst) -> None:
    with dienst.app.app_context():
        heading = queries.readable(dienst_actor(dienst.jet), dienst.own)
        assert heading

    def give() -> None:
        sharing.share(heading, dienst.ans.id, today(), with_comments=False)

    def take() -> None:
        sharing.withdraw(heading, share_id)

    at_once(dienst.app, give, give, give)
    assert valid(dienst.app) == 1
    with dienst.app.app_context():
        share_id = db.session.scalars(select(Share.id).where(Share.withdrawn_at.is_(None))).one()
    at_once(dienst.app, give, take)
    assert valid(dienst.app) in (0, 1)      # whichever came last holds
    with dienst.app.app_context():
        sharing.withdraw(heading, share_id)
        db.session.commit()
    assert valid(dienst.app) == 0


def test_read_by_many_pages_at_once_it_is_written_down_once(dienst: Dienst) -> None:
    with dienst.app.app_context():
        heading = queries.readable(dienst_actor(dienst.jet), dienst.round)
        assert heading
    at_once(dienst.app, *[lambda: readings.note(dienst_actor(dienst.ans), heading)] * 4)
    with dienst.app.app_context():
        assert db.session.scalars(select(func.count(Reading.id))).one() == 1


def test_a_colleague_gets_a_mail_that_says_nothing_of_it_until_it_is_taken_back(
    dienst: Dienst, client: CheckedClient
) -> None:
    log_in(client, dienst.jet)
    address = f"/profiel/{dienst.own}/delen"
    page = client.get(address)
    assert "Je collega krijgt een mail" in text_of(tree_of(page.data))
    chosen = {"reader": str(dienst.ans.id), "until": (today() + dt.timedelta(days=3)).isoformat()}
    for _twice in range(2):
        client.send(address, chosen)
    with dienst.app.app_context():
        message = db.session.scalars(select(Message)).one()
        mail = letter(message)
        assert mail is not None
        assert (mail.recipient, mail.subject) == (dienst.ans.email, "Jet de Vries deelt een profiel met je")
        assert [one.address for one in mail.paragraphs if one.address] == [f"http://localhost/profiel/{dienst.own}"]
        with as_if(now() + dt.timedelta(days=4)):
            assert letter(message) is None
        share_id = db.session.scalar(select(func.max(Share.id)))
    client.send(f"{address}/{share_id}/stop")
    with dienst.app.app_context():
        assert db.session.scalars(select(Message)).all() == []
