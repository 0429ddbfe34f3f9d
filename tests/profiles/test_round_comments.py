"""What people wrote: who reads which, as typed, and what is not told of those who wrote too little."""

from __future__ import annotations

import pytest
from flask import Flask

from app.measurement.scale import Group
from app.profiles.round_comments import Comment, voices
from tests.profiles.made import CATALOG
from tests.profiles.released import Released, change_part, release, share
from tests.support.builders import Persona, log_in, make_organisation, make_person, make_team
from tests.support.pages import CheckedClient, text_of, tree_of

HOSTILE = '<script>alert("x")</script> & <img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} %(x)s \u202etxet\n\n=1+1 🙂'
WRITTEN = [
    (Group.COLLEAGUE, 1, HOSTILE),
    (Group.COLLEAGUE, 1, "שלום, rustig"),
    (Group.COLLEAGUE, 1, "Denkt altijd mee."),
    (Group.TEAM_LEAD, 2, "Begin eerder over uren."),
]
FEW = "schreven hier te weinig mensen iets om het te laten zien zonder dat iemand herkenbaar is."


class People:
    """Jet, about whom it is; Tom leads her team; Rosa works elsewhere in the dienst; Hanna and Bea see to it."""

    def __init__(self, app: Flask) -> None:
        here = make_organisation(app)
        team = make_team(app, here)
        self.jet = make_person(app, here, works_in=[team], name="Jet de Vries")
        self.tom = make_person(app, here, roles=["teamleider"], leads=[team])
        self.rosa = make_person(app, here)
        self.hanna = make_person(app, here, roles=["hr"])
        self.bea = make_person(app, here, roles=["beheerder"])
        self.vera = make_person(app, make_organisation(app, "Dienst Zuid"), roles=["teamleider", "beheerder"])


@pytest.fixture
def people(app: Flask) -> People:
    return People(app)


def status(client: CheckedClient, who: Persona, made: Released) -> int:
    log_in(client, who)
    return client.get(made.at("/opmerkingen")).status_code


def quoted(html: bytes) -> list[str]:
    return ["".join(one.itertext()) for one in tree_of(html).iter() if str(one.tag).endswith("blockquote")]


def main(html: bytes) -> str:
    return text_of(next(one for one in tree_of(html).iter() if str(one.tag).endswith("main")))


def test_texts_stand_there_as_typed_and_do_nothing(app: Flask, client: CheckedClient, people: People) -> None:
    made = release(app, people.tom, people.jet, [], WRITTEN)
    log_in(client, people.jet)
    page = client.get(made.at("/opmerkingen"))
    assert page.status_code == 200
    assert sorted(quoted(page.data)) == sorted(text for _group, _question, text in WRITTEN)
    assert page.text.count('<blockquote class="typed" dir="auto">') == len(WRITTEN)
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert "Wat doet Jet dat vooral zo moet blijven?" in main(page.data)


def test_their_order_is_that_of_nothing_and_stays(app: Flask, client: CheckedClient, people: People) -> None:
    """By random keys: in the order of writing they would stand for one round in 720, not for all of eight."""
    texts = [f"Tekst {number}" for number in range(6)]
    orders = []
    for _ in range(8):
        made = release(app, people.tom, people.jet, [], [(Group.COLLEAGUE, 1, text) for text in texts], own_view=False)
        log_in(client, people.jet)
        found = quoted(client.get(made.at("/opmerkingen")).data)
        assert found == quoted(client.get(made.at("/opmerkingen")).data)
        assert sorted(found) == texts
        orders.append(found)
    assert any(order != texts for order in orders)
    assert len({tuple(order) for order in orders}) > 1


def test_what_was_told_beforehand_holds_for_every_reader(app: Flask, client: CheckedClient, people: People) -> None:
    open_to_lead = release(app, people.tom, people.jet, [], WRITTEN)
    closed_to_lead = release(app, people.tom, people.jet, [], WRITTEN, lead_reads_comments=False)
    assert status(client, people.jet, open_to_lead) == status(client, people.jet, closed_to_lead) == 200
    assert status(client, people.tom, open_to_lead) == 200
    assert status(client, people.tom, closed_to_lead) == 404
    share(app, closed_to_lead, people.tom, with_comments=True)
    assert status(client, people.tom, closed_to_lead) == 404        # no share undoes what people were told
    for who in (people.rosa, people.hanna, people.bea, people.vera):
        assert status(client, who, open_to_lead) == 404
    page = client.get(open_to_lead.at("/opmerkingen"))
    assert "Denkt altijd mee" not in page.text


def test_she_may_keep_them_and_share_them(app: Flask, client: CheckedClient, people: People) -> None:
    made = release(app, people.tom, people.jet, [], WRITTEN)
    change_part(app, made, comments_kept=True)
    assert status(client, people.tom, made) == 404
    share(app, made, people.rosa, with_comments=False)
    assert status(client, people.rosa, made) == 404
    assert client.get(made.at()).status_code == 200         # the figures are shared
    share(app, made, people.rosa, with_comments=True)
    assert status(client, people.rosa, made) == 200
    share(app, made, people.tom, with_comments=True)        # what she kept she may show
    assert status(client, people.tom, made) == 200


def test_before_its_day_and_after_it_nothing_opens(app: Flask, client: CheckedClient, people: People) -> None:
    made = release(app, people.tom, people.jet, [], WRITTEN)
    share(app, made, people.rosa, with_comments=True, days=-1)
    assert status(client, people.rosa, made) == 404
    change_part(app, made, lead_reads_from=None)
    assert status(client, people.tom, made) == 404
    share(app, made, people.tom, with_comments=False)
    assert status(client, people.tom, made) == 404          # the figures are shared, the words are not
    change_part(app, made, released_at=None)
    assert status(client, people.jet, made) == 404


def test_a_self_assessment_has_no_such_page(app: Flask, client: CheckedClient, people: People) -> None:
    made = release(app, people.tom, people.jet, [])
    log_in(client, people.jet)
    assert client.get(f"/profiel/{made.measurement_id - 1}").status_code == 200      # hers, made just before
    assert client.get(f"/profiel/{made.measurement_id - 1}/opmerkingen").status_code == 404


def test_too_few_reads_the_same_whoever_wrote(app: Flask, client: CheckedClient, people: People) -> None:
    made = release(app, people.tom, people.jet, [], WRITTEN, {**dict.fromkeys((Group.COLLEAGUE, Group.SCHOOL), 7)})
    log_in(client, people.jet)
    said = main(client.get(made.at("/opmerkingen")).data)
    assert f"Van scholen {FEW}" in said
    assert f"Van collega's en scholen {FEW}" in said          # the second question
    assert "ouders" not in said         # who was not asked is not missed
    assert "leerlingen" not in said


def test_of_parents_who_wrote_too_little_one_sentence_remains(
    app: Flask, client: CheckedClient, people: People
) -> None:
    made = release(app, people.tom, people.jet, [], [], {Group.COLLEAGUE: 7, Group.PARENT: 7})
    log_in(client, people.jet)
    said = main(client.get(made.at("/opmerkingen")).data)
    assert said.count("te weinig mensen iets om het te laten zien zonder dat iemand herkenbaar is") == 2
    assert "Wat kan beter?" not in said


def test_nobody_with_a_name_is_missed() -> None:
    found = voices(CATALOG, [Comment(Group.COLLEAGUE, 1, "a")], {Group.TEAM_LEAD, Group.COLLEAGUE})
    (adults,) = found
    assert [one.group for one in adults.questions[0].groups] == [Group.COLLEAGUE]
    assert adults.questions[0].absent == ()
    assert adults.questions[1].absent == (Group.COLLEAGUE,)
    assert adults.any_text


def test_each_kind_of_people_has_its_own_questions() -> None:
    texts = [Comment(group, 2, "x") for group in (Group.PARENT, Group.PUPIL, Group.SMALL_CIRCLE)]
    found = voices(CATALOG, texts, ())
    assert [(one.group, one.questions[1].text) for one in found] == [
        (Group.COLLEAGUE, CATALOG.open_questions.adult[1]),
        (Group.PARENT, CATALOG.open_questions.parent[1]),
        (Group.PUPIL, CATALOG.open_questions.pupil[1]),
    ]
    assert [one.questions[1].groups[0].group for one in found] == [Group.SMALL_CIRCLE, Group.PARENT, Group.PUPIL]
    assert voices(CATALOG, [], ()) == ()


def test_a_merged_group_stands_for_its_parts() -> None:
    (adults,) = voices(CATALOG, [Comment(Group.SCHOOL_AND_CLIENT, 1, "x")], {Group.SCHOOL, Group.CLIENT})
    assert adults.questions[0].absent == ()
    assert adults.questions[1].absent == (Group.SCHOOL_AND_CLIENT,)
