"""A line on a terminal while calls are made, and a word about one that hangs."""

from __future__ import annotations

import faulthandler
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from convproof.printable import printable

if TYPE_CHECKING:
    from convproof.conformance.report.record import Finding
    from convproof.conformance.target.target import Target


SOON = 1.0  # seconds after which a failure is told, if the run still goes on
WIDTH = 100
HANGS = 20  # seconds of one call before a word is said of it


@contextmanager
def watched(target: Target, says: bool = False) -> Iterator[None]:
    """On a terminal, one line with the calls made so far; anywhere, a word about a call that hangs.

    With `says`, a line about each failure while the run goes on, in a pipe too.
    A target that crashes takes this process with it: Python then says at least where it was.
    """
    from convproof.conformance.run.state import HEARD  # what judges takes a while to import

    if not faulthandler.is_enabled():
        faulthandler.enable()
    done = threading.Event()
    found: list[tuple[float, Finding]] = []
    heard = HEARD.set(lambda failure: found.append((time.monotonic(), failure)))
    stream: Any = sys.stderr
    shows = stream.isatty()
    began = time.monotonic()

    def watch() -> None:
        calls, since, warned = -1, began, False
        while not done.wait(0.2):
            now = time.monotonic()
            while says and found and now - found[0][0] > SOON:
                _tell(found.pop(0)[1], shows)
            if target.calls_made != calls:
                calls, since = target.calls_made, now
            if now - since > HANGS and not warned:
                warned = True
                stream.write(f"a call has taken {HANGS} s: --timeout SECONDS ends such calls\n")
            if shows:
                stream.write(f"\r\x1b[K{target.name}: {calls} calls, {now - began:.0f} s")
            stream.flush()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        HEARD.reset(heard)
        if shows:
            stream.write("\r\x1b[K")
            stream.flush()


def _tell(failure: Finding, shows: bool) -> None:
    """One line, before what is printed when all is done."""
    about = failure.diagnosis[0] if failure.diagnosis else failure.reason
    text = f"✗ {failure.headline}: {about}"
    short = text if len(text) <= WIDTH else f"{text[: WIDTH - 3]}..."
    try:
        short.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        short = short.replace("✗", "X")
    sys.stdout.write(("\r\x1b[K" if shows else "") + printable(short) + "\n")
    sys.stdout.flush()


@contextmanager
def noticed(what: str) -> Iterator[None]:
    """Once, a word about something that takes long, and what ends such things."""

    def tell() -> None:
        sys.stderr.write(f"{what} has taken {HANGS} s: --timeout SECONDS ends what hangs\n")
        sys.stderr.flush()

    timer = threading.Timer(HANGS, tell)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
