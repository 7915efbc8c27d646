"""Concrete calls as data, and what is wrong with a set of functions when they are replayed.

A witness is a short sequence of calls on one target.  Most need one call; mistakes that live in
state need two or three, and some need a certain memory layout, a refusal or several threads.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.laws.op import Op
from property_tests.corpus.job import Array, Function, Functions, Job, Sizes, Window

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call: shapes, parameters, and how its arrays are filled and laid out.

    `window` is the kernel's shape (M, C/groups, *taps) for convolution and the window for
    pooling. `values` and `memory` name an entry of `fill` and `lay`. `refuse` calls must raise;
    `again` ones write new values into the very arrays of the call before.
    """

    op: str
    x: tuple[int, ...]
    window: tuple[int, ...]
    stride: tuple[int, ...] | int | None = 1
    padding: tuple[int, ...] | int = 0
    dilation: tuple[int, ...] | int = 1
    groups: int = 1
    bias: bool = False
    dtype: str = "float64"
    values: str = "integers"
    memory: str = "C"
    seed: int = 0
    refuse: bool = False
    again: bool = False
    threads: int = 1
    unchecked: bool = False

    @property
    def pools(self) -> bool:
        """It is a pooling."""
        return Op.of(self.op).kind != "conv"

    @property
    def backward(self) -> bool:
        """It takes grad_y."""
        return Op.of(self.op).backward


def at(x: Sizes, w: Sizes, **more: Any) -> Call:
    """A call of conv2d."""
    return Call("conv2d", x, w, **more)


def bat(x: Sizes, w: Sizes, **more: Any) -> Call:
    """A call of conv2d_backward."""
    return Call("conv2d_backward", x, w, **more)


def mx(x: Sizes, k: Sizes, **more: Any) -> Call:
    """A call of max_pool2d."""
    return Call("max_pool2d", x, k, **more)


def mxb(x: Sizes, k: Sizes, **more: Any) -> Call:
    """A call of max_pool2d_backward."""
    return Call("max_pool2d_backward", x, k, **more)


def av(x: Sizes, k: Sizes, **more: Any) -> Call:
    """A call of avg_pool2d."""
    return Call("avg_pool2d", x, k, **more)


def avb(x: Sizes, k: Sizes, **more: Any) -> Call:
    """A call of avg_pool2d_backward."""
    return Call("avg_pool2d_backward", x, k, **more)


def fill(shape: Sequence[int], values: str, dtype: str, rng: np.random.Generator) -> Array:
    """An array of a named kind of values."""
    shape = tuple(shape)
    if values in ("integers", "nan", "low"):
        array = rng.integers(1, 5, shape) * rng.choice([-1, 1], shape)
    elif values == "ties":
        array = rng.integers(0, 2, shape)
    elif values == "negative":
        array = -rng.integers(1001, 1010, shape)
    elif values == "large":
        array = rng.integers(1, 5, shape) * rng.choice([-1, 1], shape) * 1000
    elif values == "ones":
        array = np.ones(shape)
    elif values == "odd":
        array = rng.integers(2**25, 2**25 + 99, shape) | 1
    elif values == "normal":
        array = rng.standard_normal(shape)
    else:
        raise ValueError(f"values={values!r} is not known")
    array = array.astype(dtype)
    if values == "nan" and array.size:
        array.reshape(-1)[array.size // 2] = np.nan
    if values == "low":
        array[...] = -np.inf
    return np.asarray(array)


def lay(array: Array, memory: str) -> Array:
    """The same values in another memory layout."""
    if memory == "C":
        return array
    if memory == "F":
        return np.asfortranarray(array)
    if memory == "reversed":
        return np.ascontiguousarray(array[..., ::-1])[..., ::-1]
    if memory == "sliced":
        wide = np.full((*array.shape[:-1], 2 * array.shape[-1]), 7, dtype=array.dtype)
        wide[..., ::2] = array
        return wide[..., ::2]
    if memory == "last":  # channels last in memory
        return np.moveaxis(np.ascontiguousarray(np.moveaxis(array, 1, -1)), -1, 1)
    if memory == "broadcast":
        return np.broadcast_to(array[..., :1], array.shape)
    if memory == "readonly":
        array = array.copy()
        array.flags.writeable = False
        return array
    raise ValueError(f"memory={memory!r} is not known")


def arguments(call: Call) -> Arguments:
    """The keyword arguments of `call`, arrays made."""
    rng = np.random.default_rng(call.seed)

    def array(shape: Sequence[int]) -> Array:
        usual = "integers" if call.values in ("nan", "low") else call.values
        return lay(fill(shape, usual, call.dtype, rng), call.memory)

    made: Arguments = {"x": lay(fill(call.x, call.values, call.dtype, rng), call.memory)}
    if call.pools:
        made |= {"kernel": call.window, "stride": call.stride, "padding": call.padding}
        if call.stride is None:
            made["stride"] = call.window
        if call.backward:
            shape = Window.of(made["x"], call.window, call.stride, call.padding).shape
            made["grad_y"] = array(shape)
        return made
    made |= {"w": array(call.window), "b": array(call.window[:1]) if call.bias else None}
    made |= {
        "stride": call.stride,
        "padding": call.padding,
        "dilation": call.dilation,
        "groups": call.groups,
    }
    if call.backward:
        shape = Job.of(
            made["x"], made["w"], None, call.stride or 1, call.padding, call.dilation, call.groups
        ).shape
        made["grad_y"] = array(shape)
    return made


def parts(result: Any) -> list[Array | None]:
    """A result as a list of arrays."""
    return list(result) if isinstance(result, tuple | list) else [result]


def unit(dtype: np.dtype[Any]) -> float:
    """Half the gap above one; 0 for integers, which are exact."""
    return float(np.finfo(dtype).eps) / 2 if dtype.kind in "fc" else 0.0


def bound(call: Call, made: Arguments, oracle: Function, own: np.dtype[Any]) -> list[float]:
    """How far right results may lie from the oracle's: (terms + 4) u max|oracle on |arguments||.

    Every partial sum of a direct method is at most the sum of absolute values, so each addition
    errs by at most u times that (Higham, Accuracy and Stability, section 3.1).  Float16 results
    may be sums in float32, rounded once.
    """
    sized = {k: np.abs(v) if isinstance(v, np.ndarray) else v for k, v in made.items()}
    sized = {
        k: np.nan_to_num(v, posinf=1.0) if isinstance(v, np.ndarray) and v.dtype.kind == "f" else v
        for k, v in sized.items()
    }
    terms = math.prod(call.window) + math.prod(made.get("grad_y", np.zeros(1)).shape)
    u, inner = unit(own), min(unit(own), unit(np.dtype(np.float32)))
    most = [
        0.0 if a is None or a.size == 0 else float(np.abs(a).max()) for a in parts(oracle(**sized))
    ]
    return [(4 * u + (terms + 4) * inner) * m for m in most]


def spread(made: Arguments) -> float:
    """The product of the norms of the arrays: the scale of a transform's error."""
    norms = [
        float(np.linalg.norm(v))
        for k, v in made.items()
        if isinstance(v, np.ndarray) and k in ("x", "w", "grad_y")
    ]
    return math.prod(max(norm, 1.0) for norm in norms)


def trouble(
    call: Call,
    made: Arguments,
    result: Any,
    oracle: Function,
    slack: float = 1.0,
    normwise: bool = False,
) -> str | None:
    """What is wrong with `result`, or None; `slack` widens the bound, `normwise` changes it."""
    expected, got = parts(oracle(**made)), parts(result)
    if len(expected) != len(got):
        return f"{len(got)} results for {len(expected)}"
    kind = np.result_type(made["x"], made.get("w", made["x"]))
    for place, (want, have) in enumerate(zip(expected, got, strict=True)):
        if want is None or have is None:
            if want is not have:
                return f"result {place}: None for an array, or an array for None"
            continue
        have = np.asarray(have)
        if have.shape != want.shape:
            return f"result {place}: shape {have.shape} for {want.shape}"
        own = have.dtype if have.dtype.kind in "fc" else kind
        limit = slack * bound(call, made, oracle, own)[place]
        if normwise:  # transforms err relative to the whole image, not to each window
            limit += slack * 16 * unit(own) * spread(made)
        with np.errstate(invalid="ignore"):
            far = ~(
                (np.abs(have - want) <= limit) | (have == want) | (np.isnan(have) & np.isnan(want))
            )
        if far.any():
            where = tuple(int(i) for i in np.argwhere(far)[0])
            return f"result {place}: {have[where]} for {want[where]} at {where}"
        if slack <= 1 and have.dtype.kind == "f" and kind.kind == "f" and have.dtype != kind:
            return f"result {place}: {have.dtype} for {kind}"
    return None


def fitting(function: Function, made: Arguments) -> Arguments:
    """The arguments without those at their default that `function` does not take."""
    takes = inspect.signature(function).parameters
    defaults = (None, 0, 1, *((size,) * rank for size in (0, 1) for rank in (1, 2, 3)))
    return {
        name: value
        for name, value in made.items()
        if name in takes or isinstance(value, np.ndarray) or value not in defaults
    }


def replay(
    functions: Functions, calls: Sequence[Call], oracle: Mapping[str, Function]
) -> str | None:
    """Make the calls in order; say what first goes wrong, or None when nothing does."""
    kept: list[tuple[Any, list[Array | None]]] = []
    made: Arguments = {}
    for number, call in enumerate(calls, 1):
        fresh = arguments(call)
        if call.again:
            for key, value in fresh.items():
                if isinstance(value, np.ndarray) and isinstance(made.get(key), np.ndarray):
                    made[key][...] = value
                    fresh[key] = made[key]
        function = functions[call.op]
        made = fitting(function, fresh)
        before = {k: v.copy() for k, v in made.items() if isinstance(v, np.ndarray)}
        if call.refuse:
            try:
                function(**made)
            except Exception:  # any exception is a refusal, which is what is due
                continue
            return f"call {number}: accepted"
        if call.threads > 1:
            said = in_threads(function, call, oracle[call.op])
        else:
            try:
                result = function(**made)
            except Exception as error:
                return f"call {number}: {type(error).__name__}: {error}"
            said = trouble(call, made | before, result, oracle[call.op])
            said = said or purity(made, before, result)
            copies = [None if a is None else np.array(a) for a in parts(result)]
            for old, copy in kept:
                for a, b in zip(parts(old), copy, strict=True):
                    if a is not None and b is not None and not np.array_equal(a, b, equal_nan=True):
                        said = said or "an earlier result has changed"
            kept.append((result, copies))
        if said:
            return f"call {number}: {said}"
    return None


def purity(made: Arguments, before: Arguments, result: Any) -> str | None:
    """Inputs written, or results that share memory with inputs or with each other."""
    for key, copy in before.items():
        if not np.array_equal(made[key], copy, equal_nan=copy.dtype.kind == "f"):
            return f"{key} was written to"
        if any(a is not None and np.shares_memory(a, made[key]) for a in parts(result)):
            return f"a result shares memory with {key}"
    return None


def in_threads(function: Function, call: Call, oracle: Function) -> str | None:
    """Many calls with different arrays from several threads at once; what is wrong with one."""
    jobs = [
        arguments(Call(**{**vars(call), "seed": seed, "threads": 1}))
        for seed in range(call.threads)
    ]
    with ThreadPoolExecutor(call.threads) as pool:
        for _ in range(20):
            results = list(pool.map(lambda made: function(**made), jobs))
            for made, result in zip(jobs, results, strict=True):
                said = trouble(call, made, result, oracle)
                if said:
                    return f"in threads: {said}"
    return None
