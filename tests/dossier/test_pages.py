"""Evidence on the pages: made, read, narrowed, changed and thrown away."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.development.models import Goal
from app.dossier.models import Evidence, EvidenceKind, SeenBy
from app.dossier.uploads import Upload, judge
from app.dossier.views import evidence as views
from app.web.formats import now, today
from tests.dossier import files
from tests.dossier.acts import SENTENCE, evidence, send, stored, topic, typed
from tests.support.at_once import together
from tests.support.builders import PASSWORD, Persona, log_in
from tests.support.pages import CheckedClient, browser_of
from tests.support.practice import make_sheet
from tests.support.records import make_evidence, make_goal, make_plan


@pytest.fixture
def jet(client: CheckedClient, begeleider: Persona) -> Persona:
    log_in(client, begeleider)
    return begeleider


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(func.count()).select_from(Evidence)).one()


def test_a_beginning_is_offered(client: CheckedClient, jet: Persona) -> None:
    page = client.get("/dossier")
    assert "Hier komt je bewijs te staan" in page.text
    for kind in EvidenceKind:
        assert f"/dossier/nieuw/{kind}" in client.get("/dossier/nieuw").text
        assert client.get(f"/dossier/nieuw/{kind}").status_code == 200
    assert client.get("/dossier/nieuw/filmpje").status_code == 404


@pytest.mark.parametrize(("kind", "more"), [
    (EvidenceKind.NOTE, {"text": "Wat er gebeurde."}),
    (EvidenceKind.REACTION, {"text": "‘Nu weet ik wat ik kan verwachten’, zei de leraar."}),
    (EvidenceKind.LINK, {"url": "www.voorbeeld.nl/cursus?a=1#b"}),
])
def test_it_is_kept_and_read(
    app: Flask, client: CheckedClient, jet: Persona, kind: EvidenceKind, more: dict[str, str]
) -> None:
    page = client.get(f"/dossier/nieuw/{kind}")
    answer = client.submit(page, typed(app, title="<b>Gesprek</b>", **more))
    assert answer.status_code == 303
    kept = evidence(app)
    assert (kept.kind, kept.reflection, kept.seen_by, kept.person_id) == (kind, SENTENCE, SeenBy.ME, jet.id)
    shown = client.get(answer.location)
    assert "&lt;b&gt;Gesprek" in shown.text
    assert SENTENCE in shown.text
    if kind == EvidenceKind.LINK:
        assert 'href="https://www.voorbeeld.nl/cursus?a=1#b" rel="noopener noreferrer nofollow"' in shown.text
    else:
        assert more["text"] in shown.text
    assert "Gesprek" in client.get("/dossier").text


def test_a_file_is_kept_under_another_name_and_leaves_as_one(
    app: Flask, client: CheckedClient, jet: Persona
) -> None:
    before = stored(app)
    answer = send(app, client, files.pdf(), "Verslag van café ☕.pdf")
    assert answer.status_code == 303
    kept = evidence(app)
    (name,) = stored(app) - before
    assert name == kept.stored_name
    path = app.config["SETTINGS"].uploads_dir / name
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    page = client.get(answer.location)
    assert "Verslag van café ☕.pdf" in page.text
    assert name not in page.text
    got = client.get(f"{answer.location}/bestand")
    assert got.data == files.pdf() == path.read_bytes()
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert got.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "filename*=UTF-8''Verslag%20van%20caf%C3%A9%20%E2%98%95.pdf" in got.headers["Content-Disposition"]
    assert name not in str(got.headers)


@pytest.mark.parametrize("name", ["../../../etc/passwd", "a\u202efdp.exe.pdf", "é" * 300 + ".pdf", "con.pdf",
                                  ".htaccess", "a;b=c.pdf"])
def test_no_name_does_any_harm(app: Flask, client: CheckedClient, jet: Persona, name: str) -> None:
    answer = send(app, client, files.pdf(), name)
    assert answer.status_code == 303
    assert len(evidence(app).stored_name or "") == 32
    said = client.get(f"{answer.location}/bestand").headers["Content-Disposition"]
    assert said.startswith("attachment; ")
    assert "\u202e" not in said
    assert ".." not in said
    assert ".pdf" in said


def test_a_refused_file_keeps_what_was_typed(app: Flask, client: CheckedClient, jet: Persona) -> None:
    before = stored(app)
    page = send(app, client, b"<svg><script/></svg>", "logo.svg", title="Mijn titel", seen_by="teamleider")
    assert page.status_code == 422
    assert "Een svg is een tekening" in page.text
    assert 'value="Mijn titel"' in page.text
    assert SENTENCE in page.text
    assert 'value="teamleider" checked' in page.text
    assert (count(app), stored(app)) == (0, before)


def test_what_is_called_a_pdf_and_is_none_is_told_so(app: Flask, client: CheckedClient, jet: Persona) -> None:
    page = send(app, client, b"Dit is platte tekst.", "verslag.pdf")
    assert page.status_code == 422
    assert "De naam eindigt op .pdf, maar het is geen echte pdf." in page.text
    assert "Dit soort bestand kunnen we niet bewaren." in send(app, client, b"Tekst.", "verslag.txt").text


def test_a_good_file_with_a_bad_form_is_asked_for_again(app: Flask, client: CheckedClient, jet: Persona) -> None:
    before = stored(app)
    page = send(app, client, files.pdf(), reflection="Goed gesprek.")
    assert page.status_code == 422
    assert "Schrijf ten minste één hele zin" in page.text
    assert "Kies je bestand nog een keer" in page.text
    assert (count(app), stored(app)) == (0, before)


@pytest.mark.parametrize(("changes", "told"), [
    ({"title": " "}, "Geef het een titel"),
    ({"title": "x" * 151}, "Maak het korter"),
    ({"text": ""}, "Schrijf hier wat je wilt bewaren"),
    ({"reflection": "Ging goed."}, "ten minste één hele zin"),
    ({"happened_on": "2199-01-01"}, "Deze dag moet nog komen"),
    ({"happened_on": "0026-01-01"}, "Kijk of het jaartal klopt"),
    ({"happened_on": "gisteren"}, "Schrijf de datum als"),
    ({"goal": "999999"}, "Kies een van je doelen"),
    ({"goal": ""}, "Kies een van je doelen"),
    ({"competencies": []}, "Kies ten minste één onderwerp"),
    ({"competencies": ["bestaat-niet"]}, "Kies onderwerpen uit de lijst"),
    ({"seen_by": "iedereen"}, "Kies een van de twee"),
])
def test_what_is_missing_is_told(
    app: Flask, client: CheckedClient, jet: Persona, changes: dict[str, object], told: str
) -> None:
    page = client.send("/dossier/nieuw/notitie", typed(app, **{"text": "Wat er gebeurde.", **changes}))
    assert page.status_code == 422
    assert told in page.text
    assert count(app) == 0


@pytest.mark.parametrize("address", ["javascript:alert(1)", "javascript://x.nl/%0aalert(1)", "data:text/html,x",
                                     "https://", "https://dienst@voorbeeld.nl/", "file:///etc/passwd", "hallo daar",
                                     "http://[::1", "https://voorbeeld.nl:99999/"])
def test_a_link_leads_to_a_page(app: Flask, client: CheckedClient, jet: Persona, address: str) -> None:
    page = client.send("/dossier/nieuw/link", typed(app, url=address))
    assert page.status_code == 422
    assert "Dit is geen adres van een webpagina" in page.text


def test_it_hangs_on_a_goal(app: Flask, client: CheckedClient, jet: Persona, stranger: Persona) -> None:
    goal = make_goal(app, jet)
    page = client.get(f"/dossier/nieuw/notitie?doel={goal.goal_id}")
    assert f'value="{goal.goal_id}" checked' in page.text
    answer = client.send("/dossier/nieuw/notitie", typed(app, text="x", goal=str(goal.goal_id), competencies=[]))
    assert answer.status_code == 303
    with app.app_context():
        kept = db.session.scalars(select(Evidence)).one()
        assert kept.goal_id == goal.goal_id
    assert "Ik vraag het in het eerste gesprek." in client.get(answer.location).text
    theirs = make_goal(app, stranger)
    refused = client.send("/dossier/nieuw/notitie", typed(app, text="x", goal=str(theirs.goal_id)))
    assert refused.status_code == 422


def test_the_list_is_narrowed(app: Flask, client: CheckedClient, jet: Persona) -> None:
    goal = make_goal(app, jet)
    make_evidence(app, jet, title="Bij het doel", goal_id=goal.goal_id)
    make_evidence(app, jet, title="Los ervan", slug="luisteren", days_ago=400)
    both = client.get("/dossier").text
    assert both.index("Bij het doel") < both.index("Los ervan")
    assert str(today().year) in both
    one = client.get(f"/dossier?doel={goal.goal_id}").text
    assert "Bij het doel" in one
    assert "Los ervan" not in one
    assert "Los ervan" in client.get("/dossier?competentie=luisteren").text
    assert "samen is er geen bewijs" in client.get(f"/dossier?doel={goal.goal_id}&competentie=luisteren").text
    assert "Los ervan" in client.get("/dossier?doel=-1&competentie=onzin").text


def test_it_is_changed(app: Flask, client: CheckedClient, jet: Persona) -> None:
    one = make_evidence(app, jet)
    page = client.get(f"/dossier/bewijs/{one}/bewerken")
    changes = {"title": "Anders", "competencies": [topic(app, "luisteren")], "seen_by": "teamleider"}
    answer = client.submit(page, changes)
    assert answer.status_code == 303
    assert evidence(app, one).title == "Anders"
    assert evidence(app, one).shown
    shown = client.get(answer.location).text
    assert "/luisteren" in shown
    assert "/verwachtingen-ophalen" not in shown


def test_a_file_is_replaced(app: Flask, client: CheckedClient, jet: Persona) -> None:
    before = stored(app)
    one = make_evidence(app, jet, EvidenceKind.FILE)
    (old,) = stored(app) - before
    page = client.get(f"/dossier/bewijs/{one}/bewerken")
    assert "Nu bewaard: verslag.pdf" in page.text
    assert client.submit(page, {"title": "Zelfde bestand"}).status_code == 303
    assert stored(app) - before == {old}
    address = f"/dossier/bewijs/{one}/bewerken"
    refused = send(app, client, b"MZ", "x.exe", to=address)
    assert refused.status_code == 422
    assert stored(app) - before == {old}
    answer = send(app, client, files.picture(), "bord.png", to=address)
    assert answer.status_code == 303
    (new,) = stored(app) - before
    assert new != old
    assert evidence(app, one).media_type == "image/png"
    assert client.get(f"/dossier/bewijs/{one}/bestand").mimetype == "image/png"


def test_it_is_thrown_away_with_its_file(app: Flask, client: CheckedClient, jet: Persona) -> None:
    before = stored(app)
    one = make_evidence(app, jet, EvidenceKind.FILE)
    assert len(stored(app) - before) == 1
    page = client.get(f"/dossier/bewijs/{one}/weg")
    assert "verslag.pdf" in page.text
    assert count(app) == 1
    assert client.submit(page).status_code == 303
    assert (count(app), stored(app)) == (0, before)
    assert client.get(f"/dossier/bewijs/{one}").status_code == 404


def test_a_double_click_keeps_one(app: Flask, client: CheckedClient, jet: Persona) -> None:
    before = stored(app)
    for _ in range(2):
        assert send(app, client, files.pdf()).status_code == 303
        assert client.send("/dossier/nieuw/notitie", typed(app, text="x")).status_code == 303
    assert count(app) == 2
    assert len(stored(app) - before) == 1
    assert send(app, client, files.picture(), "bord.png").status_code == 303
    assert count(app) == 3


def test_two_uploads_at_once_are_both_kept(app: Flask, client: CheckedClient, jet: Persona) -> None:
    before = stored(app)

    def act(number: int) -> int:
        other = browser_of(app, jet)
        photo = files.picture("JPEG", (900 + number, 900))
        return send(app, other, photo, "bord.jpg", title=f"Bord {number}").status_code

    assert together(*(lambda number=number: act(number) for number in range(4))) == [303] * 4
    assert count(app) == 4
    assert len(stored(app) - before) == 4


def test_a_file_that_is_gone_is_a_page_that_is_not_there(app: Flask, client: CheckedClient, jet: Persona) -> None:
    one = make_evidence(app, jet, EvidenceKind.FILE)
    (app.config["SETTINGS"].uploads_dir / str(evidence(app, one).stored_name)).unlink()
    assert client.get(f"/dossier/bewijs/{one}/bestand").status_code == 404
    assert client.get(f"/dossier/bewijs/{make_evidence(app, jet)}/bestand").status_code == 404
    assert client.send(f"/dossier/bewijs/{one}/weg").status_code == 303


def test_what_looks_like_a_person_is_told_to_her_alone(
    app: Flask, client: CheckedClient, jet: Persona, teamleider: Persona
) -> None:
    answer = client.send("/dossier/nieuw/notitie", typed(
        app, text="De moeder van Sem de Boer belde, zijn nummer is 111222333.", seen_by="teamleider"))
    page = client.get(answer.location).text
    assert "Dit lijkt op een naam, geboortedatum of burgerservicenummer" in page
    assert "‘111222333’" in page
    log_in(client, teamleider)
    assert "Dit lijkt op een naam" not in client.get(answer.location).text


def test_text_is_text_wherever_it_stands(app: Flask, client: CheckedClient, jet: Persona) -> None:
    nasty = "<script>alert(1)</script>{{ 7*7 }} \u202e %(x)s"
    answer = client.send("/dossier/nieuw/notitie", typed(app, title=nasty, text=nasty, reflection=nasty + SENTENCE))
    assert answer.status_code == 303
    for address in (answer.location, "/dossier", f"{answer.location}/bewerken", f"{answer.location}/weg"):
        page = client.get(address)
        assert "<script>alert" not in page.text
        assert "\u202e" not in page.text


def test_the_past_can_be_told(app: Flask, client: CheckedClient, jet: Persona) -> None:
    day = now().date() - dt.timedelta(days=3000)
    assert client.send("/dossier/nieuw/notitie", typed(app, text="x", happened_on=day.isoformat())).status_code == 303


def test_words_travel_through_the_log_in_and_the_file_is_asked_for_again(
    app: Flask, client: CheckedClient, begeleider: Persona
) -> None:
    """Her session ended while the form lay open."""
    before = stored(app)
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    page = send(app, client, files.pdf(), title="Mijn titel")
    assert page.status_code == 401
    page = client.submit(page, {"email": begeleider.email, "password": PASSWORD})
    page = client.submit(page)
    assert page.status_code == 422
    assert "Kies een bestand." in page.text
    assert 'value="Mijn titel"' in page.text
    assert SENTENCE in page.text
    assert stored(app) == before


def test_a_sheet_is_shown_as_it_was_filled_in(
    app: Flask, client: CheckedClient, jet: Persona, teamleider: Persona, stranger: Persona
) -> None:
    busy, done, theirs = (make_sheet(app, jet), make_sheet(app, jet, finished=True),
                          make_sheet(app, stranger, finished=True))
    page = client.get(f"/dossier/nieuw/praktijkblad?blad={done.sheet_id}")
    assert f'value="{done.sheet_id}" checked' in page.text
    for other in (busy, theirs):
        refused = client.send("/dossier/nieuw/praktijkblad", typed(app, sheet=str(other.sheet_id)))
        assert refused.status_code == 422
        assert "Kies een van je afgeronde praktijkbladen" in refused.text
    answer = client.submit(page, typed(app, seen_by="teamleider"))
    assert answer.status_code == 303
    log_in(client, teamleider)
    assert client.get(f"/praktijk/blad/{done.sheet_id}").status_code in (403, 404)
    shown = client.get(answer.location)
    assert "Hulpvraag in één zin" in shown.text
    assert "Iets over hulpvraag in één zin" in shown.text


def test_it_stands_beside_its_goal(app: Flask, client: CheckedClient, jet: Persona, teamleider: Persona) -> None:
    goal = make_goal(app, jet)
    make_evidence(app, jet, title="Laat ik zien", goal_id=goal.goal_id, shown=True)
    make_evidence(app, jet, title="Houd ik voor mij", goal_id=goal.goal_id)
    page = client.get(f"/ontwikkelplan/doelen/{goal.goal_id}").text
    assert "Laat ik zien" in page
    assert "Houd ik voor mij" in page
    assert f"/dossier/nieuw?doel={goal.goal_id}" in page
    plan_id = make_plan(app, jet, teamleider, shown=True)
    with app.app_context():
        db.session.get_one(Goal, goal.goal_id).plan_id = plan_id
        db.session.commit()
    log_in(client, teamleider)
    page = client.get(f"/ontwikkelplan/van/{plan_id}").text
    assert "Laat ik zien" in page
    assert "Houd ik voor mij" not in page
    assert f"/dossier/van/{jet.id}" in page


@pytest.mark.parametrize("of", ["new", "existing"])
def test_a_goal_that_goes_while_a_file_is_looked_at(
    app: Flask, client: CheckedClient, jet: Persona, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    goal = make_goal(app, jet)
    to = "/dossier/nieuw/bestand"
    if of == "existing":
        to = f"/dossier/bewijs/{make_evidence(app, jet, EvidenceKind.FILE)}/bewerken"
    kept = stored(app)

    def look(content: bytes, name: str) -> Upload:
        with app.app_context():
            db.session.delete(db.session.get_one(Goal, goal.goal_id))
            db.session.commit()
        return judge(content, name)

    monkeypatch.setattr(views, "judge", look)
    page = send(app, client, files.pdf(), to=to, title="Mijn titel", goal=str(goal.goal_id))
    assert page.status_code == 422
    assert "Kies een van je doelen" in page.text
    assert 'value="Mijn titel"' in page.text
    assert SENTENCE in page.text
    assert stored(app) == kept
