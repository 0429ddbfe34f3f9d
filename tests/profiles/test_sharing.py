"""With whom a measurement is shared, how long, and with whom never."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, insert, select

from app.db import db
from app.measurement.scale import Group
from app.messages.letters import letter
from app.messages.models import Message
from app.people.models import Membership
from app.profiles import queries, sharing
from app.profiles.models import Share
from app.rounds.models import Invitation, RoundSubject
from app.web.formats import as_if, now, today
from tests.profiles.dienst import Dienst, dienst_actor, readers, share, stop, told, valid
from tests.support.at_once import at_once
from tests.support.builders import log_in
from tests.support.pages import CheckedClient, browser_of, text_of, tree_of


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
    ans = browser_of(dienst.app, dienst.ans)
    for part in ("", "/tabel", "/tabel.xlsx", "/rapport.pdf", "/opmerkingen", "/verwachtingen-ophalen"):
        assert ans.get(f"/profiel/{dienst.round}{part}").status_code == 404, part


def test_who_was_proposed_only_or_answered_by_name_can_be_given_it(dienst: Dienst, client: CheckedClient) -> None:
    ask(dienst, invited=False, by_address=True, state="removed")
    ask(dienst, Group.TEAM_LEAD)
    log_in(client, dienst.jet)
    assert share(client, dienst.round, dienst.ans) == 303


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
