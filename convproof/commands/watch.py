"""A line on a terminal while calls are made, and a word about one that hangs."""

from __future__ import annotations

import faulthandler
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from convproof.conformance.target.target import Target


HANGS = 20  # seconds of one call before a word is said of it


@contextmanager
def watched(target: Target) -> Iterator[None]:
    """On a terminal, one line with the calls made so far; anywhere, a word about a call that hangs.

    A target that crashes takes this process with it: Python then says at least where it was.
    """
    if not faulthandler.is_enabled():
        faulthandler.enable()
    done = threading.Event()
    stream: Any = sys.stderr
    shows = stream.isatty()
    began = time.monotonic()

    def watch() -> None:
        calls, since, warned = -1, began, False
        while not done.wait(0.2):
            now = time.monotonic()
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
        if shows:
            stream.write("\r\x1b[K")
            stream.flush()


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
