"""A file that is far too big, sent to the real server: told, and neither in memory nor on disk."""

from __future__ import annotations

import http.client
import os
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

from app.config import ROOT
from tests.server.conftest import Served, Start
from tests.support.builders import PASSWORD

BIG = 200_000_000
PEOPLE = """
from app import create_app
from tests.support.builders import make_organisation, make_person
app = create_app()
print(make_person(app, make_organisation(app)).email)
"""


class Browser:
    """Keeps a session; every answer as text."""

    def __init__(self, served: Served) -> None:
        self.host, self.cookies = f"127.0.0.1:{served.port}", SimpleCookie()

    def ask(self, way: str, path: str, body: bytes | Iterator[bytes] | None = None, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.host, timeout=120)
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        try:
            connection.request(way, path, body, {"Cookie": cookie, "Sec-Fetch-Site": "same-origin", **headers})
            answer = connection.getresponse()
            for told in answer.headers.get_all("Set-Cookie") or ():
                self.cookies.load(told)
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def token(self, path: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.ask("GET", path)[1])
        assert found
        return found[1]

    def sign_in(self, email: str) -> None:
        from urllib.parse import urlencode

        form = {"csrf_token": self.token("/inloggen"), "email": email, "password": PASSWORD}
        status, _ = self.ask("POST", "/inloggen", urlencode(form).encode(),
                             **{"Content-Type": "application/x-www-form-urlencoded"})
        assert status in (302, 303)


def beginning(token: str) -> bytes:
    fields = {"csrf_token": token, "title": "Mijn film van het gesprek", "reflection": "Ik luisterde langer dan eerst."}
    parts = [f'--grens\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
             for name, value in fields.items()]
    parts.append('--grens\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\n\r\n')
    return "".join(parts).encode()


def pieces(first: bytes, length: int) -> Iterator[bytes]:
    yield first
    left, piece = length - len(first), bytes(1_000_000)
    while left > 0:
        yield piece[:left]
        left -= len(piece)


def memory(served: Served) -> int:
    """The most that any of its processes ever had in memory, in bytes."""
    highest = 0
    for pid in served.family():
        told = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
        highest = max(highest, int(told[1]) * 1000 if told else 0)
    return highest


def on_disk(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_two_hundred_megabytes(start: Start, tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    served = start("--empty", TMPDIR=str(temporary))
    served.wait_until_ready()
    env = os.environ | {"INSTANCE_DIR": str(served.instance), "PYTHONPATH": str(ROOT)}
    email = subprocess.run([sys.executable, "-c", PEOPLE], cwd=ROOT, env=env, capture_output=True, text=True,
                           check=True).stdout.split()[-1]
    browser = Browser(served)
    browser.sign_in(email)
    first = beginning(browser.token("/dossier/nieuw/bestand"))
    send = {"Content-Type": "multipart/form-data; boundary=grens", "Content-Length": str(BIG)}
    before, stored, told = memory(served), on_disk(served.instance), {}

    def upload(number: int) -> None:
        told[number] = browser.ask("POST", "/dossier/nieuw/bestand", pieces(first, BIG), **send)

    sending = [threading.Thread(target=upload, args=(number,)) for number in range(2)]
    for thread in sending:
        thread.start()
    for thread in sending:
        thread.join()
    for status, page in told.values():
        assert status == 413
        assert "Dit bestand is groter dan 10 MB" in page
        assert "Mijn film van het gesprek" in page
        assert "Ik luisterde langer dan eerst." in page
    assert len(told) == 2
    assert memory(served) - before < 30_000_000
    assert on_disk(served.instance) - stored < 1_000_000
    assert not on_disk(temporary)
    assert not (served.instance / "uploads").exists()
    with sqlite3.connect(served.instance / "groeispiegel.db") as database:
        assert database.execute("select count(*) from evidence").fetchone() == (0,)
    assert served.answer() == 200
    said = served.output()
    assert "film" not in said
    assert "Mijn" not in said
