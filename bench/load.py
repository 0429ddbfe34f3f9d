"""A small load generator: keep-alive connections over plain sockets, in a process of its own. Loopback only."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run measured. Latencies in milliseconds; `size` is the body in bytes as it went over the wire."""

    requests: int
    seconds: float
    latencies: tuple[float, ...]
    statuses: tuple[int, ...]
    size: int

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def run(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> Outcome:
    """Send the requests in turn over this many connections for so long; raises OSError when the server refuses."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_work, args=(sender, port, list(requests), connections, seconds))
    process.start()
    outcome = receiver.recv()
    process.join()
    if isinstance(outcome, BaseException):
        raise outcome
    assert isinstance(outcome, Outcome)
    return outcome


def _work(sender, port: int, requests: list[bytes], connections: int, seconds: float) -> None:  # type: ignore[no-untyped-def]
    try:
        sender.send(asyncio.run(_drive(port, requests, connections, seconds)))
    except BaseException as error:
        sender.send(OSError(f"{type(error).__name__}: {error}"))


async def _drive(port: int, requests: list[bytes], connections: int, seconds: float) -> Outcome:
    latencies: list[float] = []
    statuses: set[int] = set()
    sizes: list[int] = []
    start = time.perf_counter()
    end = start + seconds

    async def connection(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        turn = number
        while time.perf_counter() < end:
            sent = time.perf_counter()
            writer.write(requests[turn % len(requests)])
            turn += connections
            head = await reader.readuntil(b"\r\n\r\n")
            fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:-2])
            size = int(fields.get(b"content-length", 0))
            await reader.readexactly(size)
            latencies.append((time.perf_counter() - sent) * 1000)
            statuses.add(int(head[9:12]))
            sizes.append(size)
            if fields.get(b"connection") == b"close":
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()

    await asyncio.gather(*(connection(number) for number in range(connections)))
    took = time.perf_counter() - start
    return Outcome(len(latencies), took, tuple(latencies), tuple(sorted(statuses)), sum(sizes) // len(sizes))
