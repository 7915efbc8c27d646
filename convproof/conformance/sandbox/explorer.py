"""The process that finds out how a target is called."""

from __future__ import annotations

import functools
import threading

from convproof.conformance.sandbox.process import Start, beside_us, forked
from convproof.conformance.sandbox.worker import found
from convproof.conformance.target.libraries import KNOWN, threaded
from convproof.conformance.target.target import Target


def explorer(target: Target | str, op: str, layout: str) -> Start:
    """A fork of this process, if nothing is in its way; one of its own otherwise."""
    if isinstance(target, Target):
        return forked(lambda message: target)
    others = [one for one in threading.enumerate() if one is not threading.main_thread()]
    threads = threaded() or not all(
        one.daemon
        for one in others  # such as only wait for the time to say a word
    )
    if threads or target in KNOWN:
        return beside_us(target, op, layout)
    return forked(functools.partial(found, target, op, layout), bare=True)
