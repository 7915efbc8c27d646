"""Random calls, lawful and not: each ends in a right result, or in a SpecError or TypeError.

`python -m tests.functions.fuzz --calls 100000` runs it by the hundred thousand.  A call starts
lawful; then some arguments are replaced, by others that may be lawful or by rubbish.  Results are
compared with the plain loops of `convproof.reference`, exactly: all values are small integers,
now and then with a NaN or an infinity among them.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections import Counter
from typing import Any

import numpy as np

import convproof as cp
from convproof import reference
from convproof.spec import AvgPool, Conv, MaxPool, resolve_axes
from tests.functions.configurations import Configuration, draw, kernel_last, last

OPERATIONS = ("conv", "conv_transpose", "max_pool", "avg_pool")


class Hostile:
    """An object each of whose methods fails."""

    def __repr__(self) -> str:
        raise RuntimeError("repr")

    def __index__(self) -> int:
        raise RuntimeError("index")

    def __array__(self, *args: Any, **kwargs: Any) -> np.ndarray:
        raise RuntimeError("array")


def nested(depth: int) -> Any:
    """A tuple in a tuple, and so on."""
    value: Any = ()
    for _ in range(depth):
        value = (value,)
    return value


RUBBISH: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 2, 3, 4, 1.5, float("nan"), "", "same", "valid", "full", "relu",
    "sigmoid", "tanh", "reflect", "circular", "channels_first", "channels_last", b"same", (), [],
    {}, (1,), (2, 1), [1, 2], (1, 2, 3), ((1, 2),), ((0, 1), (1, 0)), ((1, 1), (0, 2), (1, 0)),
    (1.0, 1), (True, 1), np.int64(2), np.uint8(1), np.float64(2), np.array(2), np.array([1, 2]),
    np.array([1, 2, 1]), object(), 10**30, -(10**30), 2**62, range(2), {1, 2}, (None, None),
    "2", 1j, (-1, 2), ((1, 2, 3), 1), ((-1, 0), (0, 0)), lambda: 1, np.True_, np.array([2]),
    np.array([[0, 1], [1, 0]]), 10**5000, -(10**5000), (10**5000, 1), [True, 2], [2**63 + 1, 2],
    [2**64, 1], bytearray(b"ab"), range(10**12), Hostile(), (Hostile(), 1), nested(100_000),
)  # fmt: skip
DTYPES = (
    "float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint64",
    "complex64", "complex128", "bool", "object", ">f4", "longdouble", "U2",
)  # fmt: skip
LAWFUL = ("float16", "float32", "float64", "int32", "int64", "complex128", ">f4")


class WrongResult(AssertionError):
    """A call returned something else than the reference."""


def arguments(case: Configuration, backward: bool, rng: np.random.Generator) -> dict[str, Any]:
    """Lawful arguments for the case, in a layout, dtype and form drawn at random."""
    first = bool(rng.random() < 0.5)
    turn = (lambda a: a) if first else last
    given: dict[str, Any] = {"x": turn(case.x), "stride": case.stride, "padding": case.pads}
    given |= {"layout": "channels_first" if first else "channels_last", **case.extra}
    if case.op != "avg_pool":
        given["dilation"] = case.dilation
    if case.kernel is None:
        given["window"] = case.taps
    else:
        given |= {"kernel": case.kernel if first else kernel_last(case.kernel), "bias": case.bias}
        given["groups"] = case.groups
        if case.op == "conv" and rng.random() < 0.2:
            given["activation"] = "relu"
    if rng.random() < 0.3:
        given["x"] = given["x"][0]
    arrays = [name for name in ("x", "kernel", "bias") if given.get(name) is not None]
    if rng.random() < 0.5:
        real = case.op == "max_pool" or "activation" in given
        dtype = str(rng.choice([d for d in LAWFUL if not (real and d == "complex128")]))
        for name in arrays:
            given[name] = given[name].astype(dtype)
    if rng.random() < 0.1 and given["x"].dtype.kind == "f" and given["x"].size:
        spot = int(rng.integers(given["x"].size))
        given["x"] = given["x"].copy()
        given["x"].flat[spot] = rng.choice([np.nan, np.inf, -np.inf])
    if rng.random() < 0.3:
        name = str(rng.choice(arrays))
        given[name] = np.asfortranarray(given[name])[..., ::-1].copy()[..., ::-1]
    if backward:
        shape = np.shape(expected(case.op, case.rank, "", given))
        given["dy"] = (rng.integers(-4, 5, shape) * 216).astype(given["x"].dtype)
    return given


def spoil(given: dict[str, Any], rng: np.random.Generator) -> None:
    """Replace one argument by something else, lawful perhaps."""
    name = str(rng.choice(list(given)))
    value = given[name]
    kind = rng.random()
    if not isinstance(value, np.ndarray) or kind < 0.2 or value.ndim == 0:
        given[name] = RUBBISH[int(rng.integers(len(RUBBISH)))]
    elif kind < 0.5:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a cast to another dtype may lose the imaginary part
            # Eight bits would wrap the means' multiples of every divisor into inexact ones.
            dtype = str(rng.choice([d for d in DTYPES if "window" not in given or d[-2:] != "t8"]))
            plain = np.nan_to_num(np.asarray(value.real, float), posinf=3, neginf=-3)
            # A negative number cast to uint64 is huge, and sums of such are not exact in floats.
            given[name] = (np.abs(plain) if dtype.startswith("uint") else plain).astype(dtype)
    elif kind < 0.7:
        given[name] = value[(slice(0, int(rng.integers(0, 3))),) * value.ndim]
    elif kind < 0.8:
        given[name] = np.moveaxis(value, 0, -1)
    elif kind < 0.9:
        given[name] = value[..., None] if rng.random() < 0.5 else value.reshape(-1)
    else:
        given[name] = value.tolist()


def expected(op: str, rank: int, way: str, given: dict[str, Any]) -> Any:
    """What the reference makes of arguments that were accepted: an array, or a tuple of three."""
    first = given.get("layout") == "channels_first"
    x = np.asarray(given["x"])
    lead, plain = x.ndim < rank + 2, x.ndim == rank

    def enter(a: np.ndarray) -> np.ndarray:
        a = a[None] if lead else a
        return a[..., None] if plain else np.moveaxis(a, 1, -1) if first else a

    def leave(a: np.ndarray) -> np.ndarray:
        a = a[..., 0] if plain else np.moveaxis(a, -1, 1) if first else a
        return a[0] if lead else a

    keywords = {k: given[k] for k in ("stride", "padding", "dilation", "ceil_mode") if k in given}
    dy = enter(wide(given["dy"])) if way else None
    if op in ("max_pool", "avg_pool"):
        window = given["window"]
        window = tuple(window) if np.ndim(window) else (int(window),) * rank
        spec = MaxPool if op == "max_pool" else AvgPool
        extra = {k: given[k] for k in ("count_include_pad",) if k in given}
        axes = spec(window, **keywords, **extra).axes(enter(x).shape[1:-1])
        if op == "max_pool":
            found = (
                reference.max_pool(enter(x), axes)[0]
                if dy is None
                else reference.max_pool_backward(dy, enter(x), axes)
            )
        elif dy is None:
            found = reference.avg_pool(enter(wide(x)), axes, **extra)
        else:
            found = reference.avg_pool_backward(dy, enter(wide(x)), axes, **extra)
        return leave(found)
    return convolved(op, rank, given, keywords, dy, enter, leave)


def convolved(
    op: str,
    rank: int,
    given: dict[str, Any],
    keywords: dict[str, Any],
    dy: Any,
    enter: Any,
    leave: Any,
) -> Any:
    """The same for convolutions, transposed ones by the definition of their gradients."""
    x, kernel = enter(wide(given["x"])), wide(given["kernel"])
    plain, first = kernel.ndim == rank, given.get("layout") == "channels_first"
    inner = kernel[..., None, None] if plain else kernel_last(kernel) if first else kernel
    bias = None if given.get("bias") is None else np.atleast_1d(wide(given["bias"]))
    groups, mode = int(given.get("groups", 1)), given.get("padding_mode", "zeros")
    spec = Conv(inner.shape[:rank], **keywords)
    if op == "conv_transpose":
        return transposed(spec, x, inner, bias, groups, given, dy, leave, kernel)
    axes = spec.axes(x.shape[1:-1])
    z = reference.conv(x, inner, bias, axes, groups, mode)
    if dy is None:
        return leave(np.maximum(z, 0) if given.get("activation") == "relu" else z)
    if given.get("activation") == "relu":
        dy = np.where(z <= 0, 0, dy)
    return back(reference.conv_backward(dy, x, inner, axes, groups, mode), leave, kernel, given)


def transposed(
    spec: Conv,
    x: Any,
    inner: Any,
    bias: Any,
    groups: int,
    given: Any,
    dy: Any,
    leave: Any,
    kernel: Any,
) -> Any:
    more = np.broadcast_to(given.get("output_padding", 0), spec.rank)
    space = x.shape[1:-1]
    if spec.padding == "same":
        out = tuple(n * s for n, s in zip(space, spec.stride, strict=True))
        axes = spec.axes(out)
    else:
        axes = resolve_axes(spec.kernel_size, spec.stride, spec.dilation, spec.padding, space)
        out = tuple(
            (n - 1) * a.stride + a.extent - a.pad_lo - a.pad_hi + int(m)
            for n, a, m in zip(space, axes, more, strict=True)
        )
    # Output positions beyond x's would read no gradient: cut the windows to x's own.
    image = np.zeros((len(x), *out, inner.shape[-2] * groups), np.result_type(x, inner))
    taller = [a.output_size(n) for a, n in zip(axes, out, strict=True)]
    padded = np.zeros((len(x), *taller, x.shape[-1]), x.dtype)
    window = (slice(None), *(slice(0, n) for n in space))
    padded[window] = x
    if dy is None:
        y = reference.conv_backward(padded, image, inner, axes, groups)[0]
        return leave(y if bias is None else y + bias)
    dx = reference.conv(dy, inner, None, axes, groups)[window]
    dkernel = reference.conv_backward(padded, dy, inner, axes, groups)[1]
    return back((dx, dkernel, dy.sum(axis=tuple(range(dy.ndim - 1)))), leave, kernel, given)


def back(found: Any, leave: Any, kernel: np.ndarray, given: dict[str, Any]) -> tuple[Any, ...]:
    dx, dkernel, dbias = found
    if dkernel.ndim != kernel.ndim:
        dkernel = dkernel[..., 0, 0]
    elif given.get("layout") == "channels_first":
        dkernel = np.moveaxis(dkernel, (-1, -2), (0, 1))
    plain_scalar = kernel.ndim < dkernel.ndim + 1 and np.ndim(given.get("bias", 0)) == 0
    if kernel.ndim <= 3 and plain_scalar and dbias.shape == (1,) and given.get("bias") is None:
        dbias = dbias.reshape(-1)
    return leave(dx), dkernel, dbias


def wide(a: Any) -> np.ndarray:
    """`a` in a dtype where the reference's sums are exact: Python's integers for large ones."""
    array = np.asarray(a)
    if array.dtype.kind == "c":
        return array.astype(complex)
    large = (
        array.dtype.kind in "iu"
        and array.size
        and max(map(abs, (int(array.max()), int(array.min())))) > 2**31
    )
    return array.astype(object if large else np.float64)


def same(found: Any, right: Any) -> bool:
    """Whether a result equals the reference's, rounded once to the result's dtype."""
    for mine, theirs in zip(
        found if isinstance(found, tuple) else (found,),
        right if isinstance(right, tuple) else (right,),
        strict=True,
    ):
        theirs = theirs.reshape(mine.shape) if theirs.size == mine.size == 1 else theirs
        if mine.shape != theirs.shape:
            return False
        with np.errstate(all="ignore"):
            rounded = theirs.astype(mine.dtype)
        if mine.dtype.kind == "c":
            # An infinite factor makes NaN of either part, as the multiplication is carried out.
            finite = np.isfinite(rounded)
            if not np.array_equal(finite, np.isfinite(mine)):
                return False
            mine, rounded = mine[finite], rounded[finite]
        if not np.array_equal(mine, rounded, equal_nan=mine.dtype.kind in "fc"):
            return False
    return True


def one_call(rng: np.random.Generator) -> str:
    """Make one call; say how it ended. Raises `WrongResult`, or whatever must not be raised."""
    op, rank = str(rng.choice(OPERATIONS)), int(rng.choice([1, 1, 1, 2, 2, 3]))
    way = str(rng.choice(["", "_backward"]))
    case = draw(op, rank, rng)
    with np.errstate(all="ignore"):
        given = arguments(case, bool(way), rng)
    spoilt = rng.random() < 0.6
    if spoilt:
        for _ in range(int(rng.integers(1, 4))):
            spoil(given, rng)
    try:
        found = getattr(cp, f"{op}{rank}d{way}")(**given)
    except TypeError:
        ending = "TypeError"
    except cp.SpecError:
        ending = "SpecError"
    else:
        if given.get("activation") in ("sigmoid", "tanh"):
            return "result (an inexact activation: its shape alone is known)"
        with np.errstate(all="ignore"):
            right = expected(op, rank, way, given)
        if not same(found, right):
            raise WrongResult(f"{op}{rank}d{way}({given}) gave\n{found}\nnot\n{right}")
        return "right result"
    if not spoilt:
        raise WrongResult(f"refused a lawful call: {op}{rank}d{way}({given})")
    return ending


def fuzz(calls: int, seed: int) -> Counter[str]:
    """How `calls` random calls ended; warnings are errors."""
    rng = np.random.default_rng(seed)
    endings: Counter[str] = Counter()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(calls):
            endings[one_call(rng)] += 1
    return endings


def main() -> int:
    parser = argparse.ArgumentParser(description="Fuzz the verified functions.")
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    for ending, count in fuzz(args.calls, args.seed).most_common():
        print(f"{count:8d}  {ending}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
