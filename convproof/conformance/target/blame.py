"""Whose doing an exception is: a refusal the target meant, an accident, or an attempt to leave."""

from __future__ import annotations

import dis
import traceback
from types import TracebackType

from convproof.conformance.target.adapter import is_adapters
from convproof.conformance.target.capture import OutOfPatienceError
from convproof.conformance.target.outcome import (
    TargetExited,
    TargetFailure,
    TargetMemory,
    TargetRaised,
    TargetTimeout,
    TargetUnsupported,
)

_RAISE = {dis.opmap["RAISE_VARARGS"]}


def _last(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace


def raised_explicitly(error: BaseException) -> bool:
    """True if the innermost frame stood at a `raise` or `assert` statement.

    >>> try:
    ...     raise ValueError("no")
    ... except ValueError as error:
    ...     raised_explicitly(error)
    True
    """
    last = _last(error.__traceback__)
    if last is None:
        return False
    code = last.tb_frame.f_code.co_code
    return 0 <= last.tb_lasti < len(code) and code[last.tb_lasti] in _RAISE


def _of_the_adapter(error: BaseException) -> bool:
    """True if the adapter's own lines raised it: they have no way to make such a call."""
    last = _last(error.__traceback__)
    ours = last is not None and is_adapters(last.tb_frame.f_code.co_filename)
    return ours and raised_explicitly(error)


def _inside_numpy(error: BaseException) -> bool:
    """True if the innermost frame is NumPy's own Python code: an accident on its arrays."""
    last = _last(error.__traceback__)
    name = last.tb_frame.f_globals.get("__name__", "") if last is not None else ""
    return name == "numpy" or name.startswith("numpy.")


def classify(error: BaseException, own_errors: bool) -> tuple[TargetFailure, bool]:
    """The failure an exception is, and whether it is a refusal the target means.

    A KeyboardInterrupt that no `raise` statement raised came from the keyboard: it is passed on.
    """
    if isinstance(error, OutOfPatienceError):
        return TargetTimeout(str(error)), False
    if isinstance(error, KeyboardInterrupt) and not raised_explicitly(error):
        raise error
    name = type(error).__name__
    if isinstance(error, (SystemExit, KeyboardInterrupt, GeneratorExit)):
        text = _one_line(error)
        shown = f" ({text})" if text else ""
        return TargetExited(f"it raised {name}{shown} to end the process"), False
    if isinstance(error, MemoryError) or "DefaultCPUAllocator" in _one_line(error):
        text = _one_line(error)
        return TargetMemory("it ran out of memory" + (f": {text}" if text else "")), False
    if isinstance(error, Exception) and not own_errors and _of_the_adapter(error):
        return TargetUnsupported(_one_line(error)), False  # the target was not even asked
    refused = (
        isinstance(error, NotImplementedError)
        or (isinstance(error, Exception) and own_errors)
        or (isinstance(error, Exception) and raised_explicitly(error) and not _inside_numpy(error))
        # compiled libraries say no by RuntimeError from C; NumPy does not
        or (type(error) is RuntimeError and not _inside_numpy(error))
    )
    return TargetRaised(f"{name}: {_one_line(error)}", name, _where(error)), refused


def _one_line(error: BaseException) -> str:
    try:
        text = " ".join(str(error)[:3000].split())  # some are as long as an image
    except BaseException:  # a stranger's exception may fail to show itself
        text = "(its message cannot be shown)"
    return text[:300]


def _where(error: BaseException) -> str:
    """The innermost lines of the traceback, the target's own."""
    start, ahead, steps = error.__traceback__, error.__traceback__, 0
    while ahead is not None:  # a recursion without end has far too many to look at each
        ahead, steps = ahead.tb_next, steps + 1
        start = start.tb_next if start is not None and steps > 3 else start
    return "".join(traceback.format_list(traceback.extract_tb(start)))[-1500:]
