"""A signal that ends the command says so, from its first line to its last."""

from __future__ import annotations

import contextlib
import os
import signal

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def say_before_the_end() -> None:
    """From now on a signal that ends this process is told in a line, and then ends it."""
    owner = os.getpid()

    def end(number: int, frame: object) -> None:
        if os.getpid() == owner:  # not in a fork of ours
            with contextlib.suppress(OSError):
                os.write(2, ended_by(number).encode())
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    for number in ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


def say_no_more() -> None:
    """A signal ends this process at once again, in a child whose parent has the word."""
    for number in ENDING:
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)


def ended_by(number: int) -> str:
    r"""The line that is said.

    >>> ended_by(15)
    'convproof: ended by SIGTERM; finished work is kept\n'
    """
    return f"convproof: ended by {signal.Signals(number).name}; finished work is kept\n"
