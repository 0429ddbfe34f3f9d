"""Starts the real application on a loopback port with the demo dienst, and signs its people in."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PASSWORD = "groeispiegel-demo"


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """User and system time of the server and its children, so far."""
        ticks = os.sysconf("SC_CLK_TCK")
        return sum(_ticks(pid) for pid in _family(self.pid)) / ticks


@contextmanager
def application(database_url: str | None = None) -> Iterator[Server]:
    """script/server's serve.py, from scratch: a fresh instance, the demo dienst, web and worker."""
    with tempfile.TemporaryDirectory(prefix="groeispiegel-bench-") as folder:
        env = {"INSTANCE_DIR": folder} | ({"DATABASE_URL": database_url} if database_url else {})
        with _process([sys.executable, "serve.py"], env) as server:
            yield server


@contextmanager
def bare(size: int) -> Iterator[Server]:
    """A plain Flask page of this many bytes behind the same web server."""
    command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--threads", "4", "--worker-class", "gthread",
               "--log-level", "warning", "--no-control-socket"]  # fmt: skip
    with _process([*command, "--bind", "127.0.0.1:{port}", "bench.bare:app"], {"BARE_BYTES": str(size)}) as server:
        yield server


class Visitor:
    """Somebody's browser: cookies, and forms filled in with their token."""

    def __init__(self, port: int, email: str) -> None:
        self.port, self.cookies = port, dict[str, str]()
        self.token = self.find(self.get("/inloggen"), r'name="csrf_token" value="([^"]+)"')
        self.post("/inloggen", {"email": email, "password": PASSWORD})

    def get(self, path: str) -> str:
        return self.ask("GET", path)[1]

    def post(self, path: str, fields: dict[str, str]) -> str:
        body = urllib.parse.urlencode({"csrf_token": self.token, **fields})
        status, text, location = self._send("POST", path, body, "application/x-www-form-urlencoded")
        assert status < 400, (path, status, text[:400])
        return location

    def ask(self, method: str, path: str) -> tuple[int, str]:
        status, text, location = self._send(method, path)
        return self.ask("GET", location) if status in (302, 303) else (status, text)

    def raw(self, method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
        """The bytes of a request by this visitor, to be sent as often as one likes."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        fields = {"Host": f"127.0.0.1:{self.port}", "Cookie": cookie, "Accept-Encoding": "gzip", **headers}
        if body:
            fields["Content-Length"] = str(len(body))
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body

    @staticmethod
    def find(text: str, pattern: str) -> str:
        found = re.search(pattern, text)
        assert found, f"{pattern} not in {text[:400]}"
        return found[1]

    def _send(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())} | (
            {"Content-Type": kind} if kind else {}
        )
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, content = value.split(";")[0].partition("=")
                self.cookies[cookie] = content
        text = answer.read().decode()
        connection.close()
        return answer.status, text, answer.headers.get("Location", "")


@contextmanager
def _process(command: list[str], env: dict[str, str]) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [word.format(port=port) for word in command]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port), **env},
                               stdout=subprocess.DEVNULL)  # fmt: skip
    try:
        end = time.monotonic() + 120
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, "the server stopped"
                assert time.monotonic() < end, "the server did not start"
                time.sleep(0.1)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _family(pid: int) -> list[int]:
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
    family = [pid]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])
