"""What a command needs before it starts: somewhere to say its verdict, and a place to stand."""

from __future__ import annotations

import contextlib
import io
import os
import sys


def prepare() -> str:
    """Make the streams fit to be written to; what cannot be mended, in a line.

    A closed descriptor would be given to the next file that is opened, and that file the verdict.
    """
    closed = [number for number in range(3) if not _is_open(number)]
    for _ in closed:
        os.open(os.devnull, os.O_RDWR)  # takes the lowest that is free
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115  # for as long as the process lives
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115  # likewise
    if 1 in closed:
        return "stdout is closed, and a verdict could not be said: give it a place (> FILE)"
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what an encoding lacks is written as an escape
            with contextlib.suppress(OSError, ValueError):
                stream.reconfigure(errors="backslashreplace")
    try:
        os.getcwd()
    except OSError:
        return "the working directory is there no more: change to one that is (cd)"
    return ""


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True
