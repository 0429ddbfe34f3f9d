"""What the main pages cost: requests per second, latency, bytes and server time, on SQLite and on PostgreSQL.

    .venv-test/bin/python -m bench.pages [--seconds 5] [--without postgres]

Two web processes of four threads, the demo dienst, and in the same run the reference: a plain Flask page of the size of
the questionnaire page, without queries. Server time is processor time of all server processes divided by the requests
(PostgreSQL's own processes not included). Everything is on this machine, the load generator too: read the ratios.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.load import run
from bench.server import Server, Visitor, application, bare

CONNECTIONS = (1, 16, 64)
VISITORS = 8
HEAD = ("database", "page", "connections", "requests/s", "p50 ms", "p95 ms", "p99 ms", "server ms", "kB", "x bare")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--without", default="")
    options = parser.parse_args()
    print("| " + " | ".join(HEAD) + " |\n|" + "---|" * len(HEAD))
    for name, address in databases(options.without.split(",")):
        with application(address) as server:
            measure(name, server, options.seconds)
    return 0


def databases(without: list[str]) -> Iterator[tuple[str, str | None]]:
    yield "SQLite", None
    if "postgres" not in without:
        with postgres() as address:
            yield "PostgreSQL", address


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL of its own that really writes to disk."""
    from tests.support.postgres import PostgresServer

    server = PostgresServer(durable=True)
    try:
        yield server.new_database()
    finally:
        server.stop()


def measure(database: str, server: Server, seconds: float) -> None:
    visitors = [Begeleider(server.port, email) for email in emails()]
    size = len(visitors[0].get(visitors[0].question))
    with bare(size) as reference:
        for connections in CONNECTIONS:
            plain = [b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n"]
            base = row("–", "plain Flask page", reference, plain, connections, seconds, None)
            for page, requests in (
                ("questionnaire page", [v.raw("GET", v.question) for v in visitors]),
                ("save one answer", [request for v in visitors for request in v.saving()]),
                ("profile page", [v.raw("GET", "/profiel") for v in visitors]),
            ):
                row(database, page, server, requests, connections, seconds, base)


def row(database: str, page: str, server: Server, requests: list[bytes], connections: int, seconds: float,
        base: float | None) -> float:  # fmt: skip
    """Measures and prints one line; returns the server time per request in milliseconds."""
    run(server.port, requests, connections, min(1.0, seconds))      # warm
    before = server.cpu_seconds()
    outcome = run(server.port, requests, connections, seconds)
    spent = (server.cpu_seconds() - before) * 1000 / outcome.requests
    assert outcome.statuses == (200,), f"{page}: {outcome.statuses}"
    figures = [f"{outcome.per_second:.0f}", *(f"{outcome.percentile(p):.1f}" for p in (0.5, 0.95, 0.99))]
    figures += [f"{spent:.2f}", f"{outcome.size / 1000:.1f}", "1" if base is None else f"{spent / base:.1f}"]
    print(f"| {database} | {page} | {connections} | " + " | ".join(figures) + " |", flush=True)
    return spent


def emails() -> list[str]:
    names = ("amira.el.idrissi", "bas.hoekstra", "carla.mendes", "esther.groen", "gijs.brouwer", "hanneke.smeets",
             "ilse.kramer", "lotte.peeters")  # fmt: skip
    return ["begeleider@dienst.example", *(f"{name}@dienst.example" for name in names)][:VISITORS]


class Begeleider(Visitor):
    """Somebody busy with her self-assessment."""

    def __init__(self, port: int, email: str) -> None:
        super().__init__(port, email)
        page = self.get("/zelfbeeld")
        if "lijst" in page:         # nothing is running
            self.token = self.find(page, r'name="csrf_token" value="([^"]+)"')
            page = self.post("/zelfbeeld", {"lijst": "tweede"})
        self.assessment = self.find(page, r"/zelfbeeld/(\d+)")
        self.question = f"/zelfbeeld/{self.assessment}/vraag-expliciteren"
        self.token = self.find(self.get(self.question), r'name="csrf_token" value="([^"]+)"')

    def saving(self) -> list[bytes]:
        """Twenty different answers to the same statements."""
        return [
            self.raw(
                "POST", f"/zelfbeeld/{self.assessment}/antwoord",
                json.dumps({"page": "VM2", "answers": {f"VM2.{1 + turn % 4}": 1 + turn % 5}}).encode(),
                **{"Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": self.token},
            )
            for turn in range(20)
        ]


if __name__ == "__main__":
    sys.exit(main())
