"""A file that is too big: told, with everything else she typed still there."""

from __future__ import annotations

import pytest
from flask import Flask

from app.dossier.models import EvidenceKind
from app.dossier.uploads import MOST
from tests.dossier import files
from tests.dossier.acts import SENTENCE, send, stored, typed
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.records import make_evidence

TOLD = ("Dit bestand is groter dan 10 MB. Kies een kleiner bestand. Wat je typte, staat er nog, maar is nog niet "
        "bewaard.")
OURS = {"Sec-Fetch-Site": "same-origin"}


class Line:
    """What comes over the line: a beginning, and zeros up to what was promised or really came. `most`: read at once."""

    def __init__(self, beginning: bytes, length: int, really: int | None = None) -> None:
        self.beginning, self.length, self.most = beginning, length, 0
        self.left = length if really is None else really
        self.place = 0

    def read(self, size: int = -1) -> bytes:
        size = self.left if size < 0 else min(size, self.left)
        self.most = max(self.most, size)
        self.left -= size
        given, self.beginning = self.beginning[:size], self.beginning[size:]
        return given + b"\0" * (size - len(given))

    def seek(self, place: int, whence: int = 0) -> None:
        self.place = self.length if whence else place

    def tell(self) -> int:
        """Where the client looks for the length."""
        return self.place

    def close(self) -> None: ...


@pytest.fixture
def jet(client: CheckedClient, begeleider: Persona) -> Persona:
    log_in(client, begeleider)
    return begeleider


def beginning(app: Flask, boundary: str = "grens", **changes: str) -> bytes:
    fields = {name: value for name, value in (typed(app) | changes).items() if isinstance(value, str)}
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
             for name, value in fields.items()]
    parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\n'
                 "Content-Type: video/mp4\r\n\r\n")
    return "".join(parts).encode()


@pytest.mark.parametrize("extra", [1, 400_000])
def test_what_was_typed_comes_back(app: Flask, client: CheckedClient, jet: Persona, extra: int) -> None:
    before = stored(app)
    page = send(app, client, b"\0" * (MOST + extra), "film.mp4", title="Mijn <titel>", seen_by="teamleider")
    assert page.status_code == 413
    assert TOLD in page.text
    assert 'value="Mijn &lt;titel&gt;"' in page.text
    assert SENTENCE in page.text
    assert 'value="teamleider" checked' in page.text
    assert stored(app) == before


def test_a_replacement_that_is_too_big(app: Flask, client: CheckedClient, jet: Persona) -> None:
    one = make_evidence(app, jet, EvidenceKind.FILE)
    kept = stored(app)
    page = client.post(f"/dossier/bewijs/{one}/bewerken", headers=OURS,
                       input_stream=Line(beginning(app, title="Nieuwe titel"), MOST + 700_000),
                       content_type="multipart/form-data; boundary=grens")
    assert page.status_code == 413
    assert TOLD in page.text
    assert 'value="Nieuwe titel"' in page.text
    assert stored(app) == kept


def test_two_hundred_megabytes_are_let_go_by(app: Flask, client: CheckedClient, jet: Persona) -> None:
    line = Line(beginning(app, title="Mijn titel"), 200_000_000)
    page = client.post("/dossier/nieuw/bestand", input_stream=line, headers=OURS,
                       content_type="multipart/form-data; boundary=grens")
    assert page.status_code == 413
    assert TOLD in page.text
    assert 'value="Mijn titel"' in page.text
    assert line.left == 0
    assert line.most <= 500_000


@pytest.mark.parametrize("who", ["nobody", "teamleider", "another site", "far too much", "another form", "cut off",
                                 "no boundary", "somebody else's"])
def test_others_are_not_listened_to(app: Flask, client: CheckedClient, jet: Persona, teamleider: Persona,
                                    stranger: Persona, who: str) -> None:
    length = 2_000_000_000 if who == "far too much" else 30_000_000
    line = Line(beginning(app), length, 20_000_000 if who == "cut off" else None)
    kind = "multipart/form-data; boundary=grens"
    if who == "another form":
        kind = "application/x-www-form-urlencoded"
    if who == "no boundary":
        kind = "multipart/form-data"
    if who == "teamleider":
        log_in(client, teamleider)
    address = "/dossier/nieuw/bestand"
    if who == "somebody else's":
        address = f"/dossier/bewijs/{make_evidence(app, stranger)}/bewerken"
    anybody = app.test_client() if who == "nobody" else client
    page = anybody.post(address, input_stream=line, content_type=kind,
                        headers={"Sec-Fetch-Site": "cross-site"} if who == "another site" else OURS)
    assert page.status_code == (404 if who == "somebody else's" else 413)
    assert TOLD not in page.text
    assert SENTENCE not in page.text


def test_other_pages_take_no_more_than_before(app: Flask, client: CheckedClient, jet: Persona) -> None:
    assert client.post("/dossier/bewijs/1/weg", data={"x": "x" * 2_100_000}).status_code == 413
    assert client.post("/account", data={"x": "x" * 2_100_000}).status_code == 413
    words = {"text": "x" * 2_100_000} | typed(app)
    assert client.send("/dossier/nieuw/notitie", words).status_code == 413


def test_ten_megabytes_fit(app: Flask, client: CheckedClient, jet: Persona) -> None:
    padded = files.pdf(padding=MOST - 1000)
    assert MOST - 1000 < len(padded) <= MOST
    assert send(app, client, padded, "scan.pdf").status_code == 303
