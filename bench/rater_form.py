"""What a rater's form costs: opening a page of it and saving an answer, by link, without an account.

    .venv-test/bin/python -m bench.rater_form [--seconds 5] [--without postgres]

Two web processes of four threads; 200 people are asked 34 statements about one begeleider, a competency a page, and
have answered half of them. The reference in the same run is a plain Flask page of the size of the form's page, without
queries. Read the ratios, as in bench/pages.py.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.load import run
from bench.pages import HEAD, databases, row
from bench.server import Server, application, bare

SECRET = "5a" * 32
CONNECTIONS = (1, 16)
HALF = 17


@dataclass(frozen=True, slots=True)
class Links:
    """Everybody's way in: her link, and what she is asked on the third page."""

    tokens: tuple[str, ...]
    page: int
    statements: tuple[str, ...]

    def opening(self, path: str) -> list[bytes]:
        return [request("GET", f"/b/{token}{path}") for token in self.tokens]

    def saving(self) -> list[bytes]:
        """Everybody once with a score, then everybody with another: each really changes something."""
        turns = [{self.statements[turn % len(self.statements)]: 1 + turn % 5} for turn in range(6)]
        bodies = [json.dumps({"page": str(self.page), "answers": answers}) for answers in turns]
        return [request("POST", f"/b/{token}/antwoord", body) for body in bodies for token in self.tokens]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--without", default="")
    options = parser.parse_args()
    os.environ["SECRET"] = SECRET
    print("| " + " | ".join(HEAD) + " |\n|" + "---|" * len(HEAD))
    for name, address in databases(options.without.split(",")):
        with tempfile.TemporaryDirectory(prefix="groeispiegel-bench-") as folder:
            address = address or f"sqlite:///{folder}/bench.db"
            with application(address) as server:
                measure(name, server, make_links(Path(folder), address), options.seconds)
    return 0


def make_links(folder: Path, address: str) -> Links:
    """A round beside the demo's, made with the secret that the server has."""
    from app import create_app
    from app.config import Config
    from app.db import db
    from app.measurement.scale import Group
    from app.rating import drafts, packing, queries
    from app.rating.page import form_of
    from tests.support.builders import make_organisation, make_person
    from tests.support.rounds import make_round

    app = create_app(Config(instance_dir=folder, database_url=address, secret=bytes.fromhex(SECRET)))
    organisation_id = make_organisation(app, "Dienst van de meting")
    subject, organiser = (make_person(app, organisation_id) for _ in range(2))
    made = make_round(app, organiser, [subject], {Group.SCHOOL: 200})
    with app.app_context():
        for token in made.tokens:
            asked = queries.find(token)
            codes = packing.codes(asked.catalog, asked.group, asked.question_set)
            drafts.save(asked, {code: 1 + number % 5 for number, code in enumerate(codes[:HALF])})
        page = form_of(asked).page(3)
        db.session.commit()
    with app.app_context():
        db.engine.dispose()
    return Links(made.tokens, 3, page.codes)


def measure(database: str, server: Server, links: Links, seconds: float) -> None:
    with bare(size_of(server, links)) as reference:
        for connections in CONNECTIONS:
            plain = [request("GET", "/")]
            base = row("–", "plain Flask page", reference, plain, connections, seconds, None)
            for page, requests in (
                ("rater's first page", links.opening("")),
                ("rater's form", links.opening(f"/{links.page}")),
                ("save one answer", links.saving()),
            ):
                row(database, page, server, requests, connections, seconds, base)


def size_of(server: Server, links: Links) -> int:
    """Bytes of a page of the form, not compressed."""
    plain = [line.replace(b"Accept-Encoding: gzip\r\n", b"") for line in links.opening(f"/{links.page}")]
    return run(server.port, plain, 1, 0.2).size


def request(method: str, path: str, body: str = "") -> bytes:
    sent = body.encode()
    fields = "Content-Type: application/json\r\nAccept: application/json\r\n" if body else ""
    length = f"Content-Length: {len(sent)}\r\n" if body else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{fields}{length}\r\n"
    return head.encode() + sent


if __name__ == "__main__":
    sys.exit(main())
