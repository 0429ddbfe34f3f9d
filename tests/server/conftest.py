"""Starts the real programs, each in surroundings of its own, and ends what it started."""

from __future__ import annotations

import http.client
import itertools
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.config import ROOT


@dataclass
class Served:
    """One started serve.py."""

    process: subprocess.Popen[str]
    port: int
    instance: Path
    seen: set[int] = field(default_factory=set)

    def answer(self, path: str = "/healthz") -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def wait_until_ready(self) -> None:
        end = time.monotonic() + 180
        while time.monotonic() < end and self.process.poll() is None:
            with suppress(OSError, http.client.HTTPException):
                if self.answer() == 200:
                    self.family()
                    return
            time.sleep(0.1)
        raise AssertionError(f"did not start: {self.output()}")

    def family(self) -> set[int]:
        """The processes under this one that run now; remembered, so that none is missed after its parent died."""
        self.seen |= below(self.process.pid)
        every = processes()
        return {pid for pid in self.seen if pid in every and not every[pid][1].startswith("Z")}

    def children(self) -> dict[str, int]:
        """The two that serve.py forked, by what they do: the web has workers of its own."""
        own = below(self.process.pid, deep=False)
        return {"web" if below(pid) else "worker": pid for pid in own}

    def output(self) -> str:
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.communicate(timeout=120)[0]

    def ends(self, seconds: float = 120) -> int:
        return self.process.wait(seconds)


def below(pid: int, *, deep: bool = True) -> set[int]:
    """The processes under this one, or only those that it started itself."""
    every = processes()
    found = own = {child for child, (parent, _) in every.items() if parent == pid}
    while deep and (lower := {child for child, (parent, _) in every.items() if parent in found} - found):
        found = found | lower
    return found if deep else own


def is_running(pid: int) -> bool:
    return not processes().get(pid, (0, "Z"))[1].startswith("Z")


def processes() -> dict[int, tuple[int, str]]:
    """Of every process its parent and its state, all at one moment."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    return {int(pid): (int(parent), state) for pid, parent, state in map(str.split, told.splitlines())}


_ports = itertools.count(random.SystemRandom().randrange(5000))


def free_port() -> int:
    """One that nobody is given by chance between here and its use: below those that the system hands out."""
    place = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % 2
    while True:
        port = 20_000 + place * 5000 + next(_ports) % 5000
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


Start = Callable[..., Served]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """start("--empty", PORT=…, DATABASE_URL=…) starts serve.py; `wait_until_ready` waits for it."""
    started: list[Served] = []

    def begin(*arguments: str, **settings: str) -> Served:
        port = int(settings.get("PORT", "0")) if settings.get("PORT", "0").isdecimal() else 0
        port = port or free_port()
        instance = Path(settings.get("INSTANCE_DIR") or tmp_path / f"instance-{len(started)}")
        clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        env = clean | {"PORT": str(port), "INSTANCE_DIR": str(instance), "WEB_WORKERS": "1"} | settings
        process = subprocess.Popen([sys.executable, "serve.py", *arguments], cwd=ROOT, env=env, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        started.append(Served(process, port, instance))
        return started[-1]

    yield begin
    for served in started:
        family = served.family()
        if served.process.poll() is None:
            served.process.kill()
        served.process.communicate(timeout=120)
        for pid in family:
            if is_running(pid):
                os.kill(pid, signal.SIGKILL)
