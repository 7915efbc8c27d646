"""One call of an adapter: the case's arrays in its layout, its results in ours, effects noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.conformance.target.adapter import Adapter, Function
from convproof.conformance.target.blame import classify
from convproof.conformance.target.capture import guarded
from convproof.conformance.target.clock import Stopwatch
from convproof.conformance.target.layouts import from_native, to_native
from convproof.conformance.target.outcome import Outcome, TargetFailure, TargetNonsense
from convproof.conformance.target.returned import results_of
from convproof.laws.by_name import word
from convproof.laws.case import Case, arrange

Array = np.ndarray[Any, Any]
LARGEST = 1 << 30  # bytes of a result
# a parameter of the contract -> what a case calls its array
ARRAYS = {"x": "x", "w": "kernel", "b": "bias", "grad_y": "dy"}


@dataclass
class Call:
    """What one call leaves behind, for `Target.calls` to look at again."""

    outcome: Outcome
    natives: dict[str, Array]
    results: tuple[Array | None, ...]


def native_arrays(case: Case, layout: str) -> dict[str, Array]:
    """The case's arrays as the target sees them, laid out in memory as the case says."""
    return {
        name: arrange(to_native(name, array, layout), case.memory)
        for name, array in case.arrays.items()
    }


def refill(old: Mapping[str, Array], case: Case, layout: str) -> dict[str, Array]:
    """The same array objects as before with new contents, where shape and dtype agree."""
    out = native_arrays(case, layout)
    for name, array in out.items():
        before = old.get(name)
        if (
            before is not None
            and before.shape == array.shape
            and before.dtype == array.dtype
            and before.flags.writeable
        ):
            np.copyto(before, array)
            out[name] = before
    return out


def numbers(case: Case, adapter: Adapter) -> dict[str, Any]:
    """parameter -> value, of all but the arrays, in the contract's own words."""
    pads = case.padding
    low = tuple([lo for lo, _ in pads])
    said: Any = low if low == tuple([hi for _, hi in pads]) else pads
    if case.spelled:
        said = adapter.words.get(word(case.spelled), "")
    # every other call that the default suits leaves the stride to it
    by_default = adapter.stride_by_default and case.stride == case.window
    return {
        "kernel": case.window,
        "stride": None if by_default and sum(case.x.shape) % 2 else case.stride,
        "padding": said,
        "dilation": case.dilation,
        "groups": case.groups,
        "output_padding": case.output_padding or (0,) * case.rank,
        "ceil_mode": case.ceil_mode,
        "count_include_pad": case.count_include_pad,
    }


def arguments(case: Case, adapter: Adapter, natives: Mapping[str, Array]) -> list[Any]:
    """The values of the adapter's parameters, in order."""
    values = numbers(case, adapter)
    return [
        natives.get(ARRAYS[name]) if name in ARRAYS else values[name] for name in adapter.parameters
    ]


def invoke(
    adapter: Adapter,
    function: Function,
    case: Case,
    natives: dict[str, Array] | None = None,
    *,
    own_errors: bool = False,
    earlier: Callable[[tuple[Array | None, ...]], bool] | None = None,
) -> Call:
    """Call the adapter once and say what came of it; never raises for the target's doing.

    Args:
        adapter: the op.
        function: what its lines define.
        case: the call.
        natives: its arrays in the adapter's layout, if they are there already.
        own_errors: whether every exception is a refusal that the target means.
        earlier: says whether results share memory with what earlier calls returned.
    """
    natives = native_arrays(case, adapter.layout) if natives is None else natives
    before = [(name, array, array.tobytes(), _state(array)) for name, array in natives.items()]
    results: tuple[Array | None, ...] = ()
    values: tuple[Array | None, ...] | None = None
    error: TargetFailure | None = None
    refused, raw = False, None
    given = arguments(case, adapter, natives)
    with guarded() as record:
        watch = Stopwatch()
        try:
            raw = function(*given)
        except BaseException as caught:  # one of ours, if it raises such, is a stranger's here
            error, refused = classify(caught, own_errors)
            refused = refused or _untiled(adapter, case, caught)
            caught.__traceback__ = None
        else:
            try:
                results = results_of(raw, case, adapter.absent)
                _expect_room(results)
            except TargetFailure as nonsense:
                error = nonsense
            except BaseException as caught:  # an object that does not let itself be looked at
                error, _ = classify(caught, own_errors=False)
        seconds = watch.seconds()
    if error is None:
        names = ("x", "kernel", "bias")
        values = tuple(
            [
                None
                if item is None
                else np.array(from_native(name, item, adapter.layout, case.rank), order="C")
                for name, item in zip(names, results, strict=False)
            ]
        )
    written = [
        name if array.tobytes() != numbers else f"the {what} of {name}"
        for name, array, numbers, state in before
        for what in _changed(numbers, state, array)
    ]
    shared = [
        name
        for name, array in natives.items()
        for r in results
        if r is not None and np.may_share_memory(r, array)
    ]
    if earlier is not None and earlier(results):
        shared.append("earlier result")
    outcome = Outcome(
        values,
        error,
        raw,
        tuple(written),
        tuple(dict.fromkeys(shared)),
        record.printed,
        seconds,
        tuple(record.warned),
        refused,
        disturbed=tuple(record.disturbed),
        lists=isinstance(raw, list),
    )
    return Call(outcome, natives, results)


def _expect_room(results: tuple[Array | None, ...]) -> None:
    """A few bytes of memory can be shown as an array of any size: it is not copied out.

    Raises:
        TargetNonsense: if a result is larger than any call's can be.
    """
    for array in results:
        if array is not None and array.nbytes > LARGEST:
            raise TargetNonsense(
                f"an array of shape {array.shape} was returned: {array.nbytes >> 30} GiB"
            )


def _untiled(adapter: Adapter, case: Case, error: BaseException) -> bool:
    """Whether a pool without a stride could not cut an image that its windows do not fill.

    It reshapes the image into windows, so that NumPy says no for it.
    """
    tiles = case.window is not None and "stride" not in adapter.takes
    cut = type(error) is ValueError and str(error).startswith("cannot reshape array")
    return bool(tiles and cut and any(n % k for n, k in zip(case.space, case.taps, strict=True)))


def _state(array: Array) -> tuple[tuple[int, ...], Any, bool]:
    """What a caller relies on besides the numbers."""
    return array.shape, array.dtype, array.flags.writeable


_STATES = ("shape", "dtype", "write permission")


def _changed(numbers: bytes, state: tuple[Any, ...], array: Array) -> list[str]:
    """What of an array is no longer as it was: at most one thing, the plainest first."""
    now = _state(array)
    if now != state:
        return [what for what, was, is_ in zip(_STATES, state, now, strict=True) if was != is_][:1]
    return ["numbers"] if array.tobytes() != numbers else []
