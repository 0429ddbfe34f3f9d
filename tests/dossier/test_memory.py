"""How much memory a picture takes while it is looked at: measured in a process of its own, which looks at nothing else.

The pictures are the worst there are: as big as they may be, of little bytes, and of the kinds that take most.
"""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

MOST = 400                              # MB more than before; 316 were measured
PNG = b"\x89PNG\r\n\x1a\n"
PARTS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}      # of a pixel, by the kind of colours of a PNG
MEASURE = """
import sys
from app.dossier.uploads import judge, Refused

def most():
    with open("/proc/self/status") as told:
        return next(int(line.split()[1]) for line in told if line.startswith("VmHWM:"))

content = sys.stdin.buffer.read()
before = most()
try:
    told = judge(content, "bestand").kind.name
except Refused as refused:
    told = refused.reason.name
print(told, (most() - before) // 1024)
"""


def measured(content: bytes) -> tuple[str, int]:
    """What became of it, and how many MB that took. Of its own: what getrusage tells begins at what its parent had."""
    done = subprocess.run([sys.executable, "-c", MEASURE], input=content, capture_output=True, check=True,
                          cwd=Path(__file__).parents[2])
    told, took = done.stdout.decode().split()
    return told, int(took)


def png(wide: int, high: int, colours: int, bits: int) -> bytes:
    packing = zlib.compressobj(1)
    row = b"\0" * (1 + (wide * PARTS[colours] * bits + 7) // 8)
    blocks, rest = divmod(high, at_once := 1 + 100_000 // len(row))     # row by row would take half a minute
    data = b"".join(packing.compress(row * count) for count in (*[at_once] * blocks, rest)) + packing.flush()
    parts = [(b"IHDR", struct.pack(">IIBBBBB", wide, high, bits, colours, 0, 0, 0)), (b"IDAT", data), (b"IEND", b"")]
    if colours == 3:
        parts[1:1] = [(b"PLTE", b"abcabc"), (b"tRNS", b"\0")]
    return PNG + b"".join(
        struct.pack(">I", len(what)) + name + what + struct.pack(">I", zlib.crc32(name + what)) for name, what in parts
    )


def plain(kind: str, size: tuple[int, int], mode: str, **how: object) -> bytes:
    into = io.BytesIO()
    Image.new(mode, size, 1).save(into, kind, **how)
    return into.getvalue()


@pytest.mark.parametrize("made", [
    lambda: png(5000, 5000, 2, 16), lambda: png(3500, 3500, 6, 8), lambda: png(3500, 3500, 6, 16),
    lambda: png(3500, 3500, 3, 8), lambda: png(12_000, 2080, 0, 16), lambda: png(2080, 12_000, 2, 8),
    lambda: plain("JPEG", (5712, 4284), "RGB", progressive=True, subsampling=0),
    lambda: plain("JPEG", (5000, 5000), "CMYK", progressive=True),
    lambda: plain("WEBP", (3500, 3500), "RGBA", lossless=True, method=0),
    lambda: plain("GIF", (5000, 5000), "P"),
], ids=["deep", "see-through", "deep-see-through", "palette", "wide", "high", "photo", "print", "webp",
        "gif"])  # fmt: skip
def test_the_biggest_that_are_kept(made: object) -> None:
    told, took = measured(made())       # type: ignore[operator]
    assert told in ("PNG", "JPEG", "WEBP")
    assert took < MOST


@pytest.mark.parametrize(("wide", "high", "colours", "bits"), [
    (12_001, 10, 2, 8), (10, 12_001, 2, 8), (1, 49_000_000, 0, 1), (5001, 5000, 2, 8), (5000, 5000, 6, 8),
    (5000, 5000, 3, 8), (7070, 7070, 6, 8),
])  # fmt: skip
def test_more_is_refused_before_anything_is_unpacked(wide: int, high: int, colours: int, bits: int) -> None:
    told, took = measured(png(wide, high, colours, bits))
    assert told == "TOO_MANY_PIXELS"
    assert took < 20
