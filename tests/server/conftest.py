"""Starts the real programs, each in surroundings of its own, and ends what it started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
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
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code

    def wait_until_ready(self) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if self.answer() == 200:
                    self.family()
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"did not start: {self.output()}")

    def family(self) -> set[int]:
        """The processes under this one that run now; remembered, so that none is missed after its parent died."""
        self.seen |= below(self.process.pid)
        return {pid for pid in self.seen if is_running(pid)}

    def children(self) -> dict[str, int]:
        """The two that serve.py forked, by what they do: the web has workers of its own."""
        own = below(self.process.pid, deep=False)
        return {"web" if below(pid) else "worker": pid for pid in own}

    def output(self) -> str:
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.communicate(timeout=30)[0]

    def ends(self, seconds: float = 25) -> int:
        return self.process.wait(seconds)


def below(pid: int, *, deep: bool = True) -> set[int]:
    own = {int(word) for word in ps("pid=", "--ppid", pid).split()}
    return own | {lower for child in own for lower in below(child)} if deep else own


def is_running(pid: int) -> bool:
    state = ps("stat=", "-p", pid).strip()
    return bool(state) and not state.startswith("Z")


def ps(column: str, choice: str, pid: int) -> str:
    return subprocess.run(["ps", "-o", column, choice, str(pid)], capture_output=True, text=True, check=False).stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
        served.process.communicate(timeout=30)
        for pid in family:
            if is_running(pid):
                os.kill(pid, signal.SIGKILL)
