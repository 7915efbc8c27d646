"""Stand-alone modules give what the public functions give, or refuse what they refuse."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

import convproof as cp
from convproof.emit.standalone import layer_source
from convproof.spec import AvgPool, Conv, MaxPool
from tests.functions.configurations import Configuration, draw, kernel_last, last

Array = np.ndarray[Any, Any]
Layer = Conv | MaxPool | AvgPool

# What the arrays are of: x, kernel, bias, dy.
KINDS = [
    ("float64",) * 4,
    ("float32",) * 4,
    ("float16",) * 4,
    ("int64",) * 4,
    ("int8", "int8", "int8", "int8"),
    ("int8", "float64", "float64", "float64"),
    ("float64", "int16", "int8", "int64"),
    ("uint8", "float32", "float32", "float16"),
    ("uint8", "int8", "int16", "int8"),
    ("uint64", "int8", "int8", "int8"),
    ("float32", "float32", "float32", "complex64"),
    ("complex128",) * 4,
    ("int32", "complex64", "float32", "float16"),
    (">f8", ">i4", "float32", ">f4"),
    ("bool", "float64", "float64", "float64"),
    ("float64", "float64", "float64", "longdouble"),
]


@cache
def module(spec: Layer) -> dict[str, Any]:
    scope: dict[str, Any] = {}
    exec(compile(layer_source(spec), str(spec), "exec"), scope)
    return scope


def keywords(spec: Layer) -> dict[str, Any]:
    names = ["stride", "padding", "dilation", "groups", "padding_mode", "activation"]
    names += ["ceil_mode", "count_include_pad"]
    if isinstance(spec, AvgPool):
        names.remove("dilation")
    return {name: getattr(spec, name) for name in names if hasattr(spec, name)}


def public(spec: Layer) -> tuple[Callable[..., Array], Callable[..., Any]]:
    """The package's functions, as a module's are called."""
    name = {Conv: "conv", MaxPool: "max_pool", AvgPool: "avg_pool"}[type(spec)] + f"{spec.rank}d"
    window = () if isinstance(spec, Conv) else (spec.window,)
    forward, backward = getattr(cp, name), getattr(cp, f"{name}_backward")
    return (
        lambda *arrays: forward(*arrays, *window, **keywords(spec)),
        lambda *arrays: backward(*arrays, *window, **keywords(spec)),
    )


def outcome(function: Callable[..., Any], arrays: tuple[Any, ...]) -> list[Array] | str:
    """What a call gives, or "refused"; a warning is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            found = function(*arrays)
        except (ValueError, TypeError):
            return "refused"
    return list(found) if isinstance(found, tuple) else [found]


def compare(spec: Layer, dy: Any, *arrays: Any) -> bool:
    """Whether both give something: the same then, and of one dtype."""
    made = module(spec)
    forward, backward = public(spec)
    kept = [np.copy(a) for a in (dy, *arrays) if a is not None]
    for mine, theirs, given in (
        (made["forward"], forward, arrays),
        (made["backward"], backward, (dy, *arrays)),
    ):
        got, right = outcome(mine, given), outcome(theirs, given)
        assert isinstance(got, str) == isinstance(right, str), (spec, got, right)
        if isinstance(got, str) or isinstance(right, str):
            continue
        for one, other in zip(got, right, strict=True):
            assert one.dtype == other.dtype, spec
            np.testing.assert_array_equal(one, other, err_msg=str(spec))
            assert not any(np.shares_memory(one, a) for a in given if isinstance(a, np.ndarray))
    for before, after in zip(kept, (a for a in (dy, *arrays) if a is not None), strict=True):
        np.testing.assert_array_equal(before, after)
    return not isinstance(got, str)


def spec_of(case: Configuration, rng: np.random.Generator) -> Layer:
    if case.op == "max_pool":
        return MaxPool(
            case.taps, stride=case.stride, padding=case.pads, dilation=case.dilation, **case.extra
        )
    if case.op == "avg_pool":
        return AvgPool(case.taps, stride=case.stride, padding=case.pads, **case.extra)
    assert case.kernel is not None
    return Conv(
        case.taps,
        len(case.kernel) if rng.random() < 0.5 else None,
        stride=case.stride,
        padding=case.pads,
        dilation=case.dilation,
        groups=case.groups,
        activation=rng.choice([None, None, "relu"]),
        **case.extra,
    )


def arrays_of(case: Configuration) -> list[Array | None]:
    if case.kernel is None:
        return [last(case.x)]
    return [last(case.x), kernel_last(case.kernel), case.bias]


def flow(spec: Layer, arrays: list[Array | None], rng: np.random.Generator) -> Array:
    """Integers of the output's shape, for which means are exact."""
    shape = public(spec)[0](*arrays).shape
    return rng.integers(-4, 5, shape).astype(float)


def cast(array: Array | None, dtype: str) -> Array | None:
    if array is None:
        return None
    return (np.abs(array) if "u" in dtype else array).astype(dtype)


CASES = [(op, rank, seed) for op in ("conv", "max_pool", "avg_pool") for rank in (1, 2, 3)
         for seed in range(12 if op == "conv" else 6)]  # fmt: skip


@pytest.mark.parametrize(("op", "rank", "seed"), CASES)
def test_on_numbers_of_every_kind(op: str, rank: int, seed: int) -> None:
    rng = np.random.default_rng([rank, seed])
    case = draw(op, rank, rng)
    spec, arrays = spec_of(case, rng), arrays_of(case)
    dy = flow(spec, arrays, rng)
    if op == "avg_pool":
        arrays, dy = [arrays[0] / 216], dy  # type: ignore[operator]  # a pool has an x
    given = 0
    for kinds in KINDS:
        cast_arrays = [cast(a, kind) for a, kind in zip(arrays, kinds, strict=False)]
        given += compare(spec, cast(dy, kinds[-1]), *cast_arrays)
    assert given >= 5
    for value in (np.nan, np.inf, -np.inf):
        for number in range(len(arrays) + 1):
            spoilt = [None if a is None else a.copy() for a in (dy, *arrays)]
            if (array := spoilt[number]) is not None and array.size:
                array.flat[rng.integers(array.size)] = value
                assert compare(spec, *spoilt)
    empty = [None if a is None else a[:0] if i < 2 else a for i, a in enumerate((dy, *arrays))]
    assert compare(spec, *empty)
    assert compare(spec, *(None if a is None else np.asfortranarray(a) for a in (dy, *arrays)))
    assert compare(spec, *(None if a is None else a.tolist() for a in (dy, *arrays)))
    if any(extent > 1 for extent in dy.shape):
        assert not compare(spec, dy.reshape(-1), *arrays)
    for wrong in (dy[..., None], dy[:, :-1], np.zeros(()), dy[..., :0], np.ma.masked_array(dy)):
        assert not compare(spec, wrong, *arrays)
    for wrong in (arrays[0][:, :0], arrays[0][..., :0], "x", None):  # type: ignore[index]  # there is an x
        assert not compare(spec, dy, wrong, *arrays[1:])
    # One image alone, which the package takes, is none of a module's forms.
    assert outcome(module(spec)["forward"], (arrays[0][0], *arrays[1:])) == "refused"  # type: ignore[index]  # there is an x


INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
LAYERS: list[Layer] = [
    Conv((2,), stride=1),
    Conv((3,), padding=1, activation="relu"),
    Conv((3,), padding=2, padding_mode="reflect"),
    Conv((2, 2), 2, padding=1, groups=2),
    MaxPool((3,), stride=1, padding=1),
    AvgPool((2,), stride=1),
]
DIVISORS = (1, 2, 3, 9, 40, 200, 900, 9000, 10**6)


@pytest.mark.parametrize("spec", LAYERS, ids=str)
@pytest.mark.parametrize("dtype", INTEGERS)
def test_integers_near_their_limits(spec: Layer, dtype: str) -> None:
    """Right wherever the results fit the dtype, by Python's integers; refused where they do not."""
    rng = np.random.default_rng(LAYERS.index(spec))
    info = np.iinfo(dtype)

    def some(shape: tuple[int, ...], top: int) -> Array:
        return rng.integers(max(-top, info.min), top, shape, dtype, endpoint=True)

    endings = set()
    for trial in range(40):
        top = int(info.max) // DIVISORS[trial % 9]
        small = min(top, (3, 2**20, 2**40)[trial % 3])
        arrays = [some((1, *(4,) * spec.rank, 2), top)]
        if isinstance(spec, Conv):
            shape = (*spec.kernel_size, 2 // spec.groups, 2)
            arrays += [some(shape, small), some((2,), top)]
        y = public(spec)[0](*(np.zeros_like(a) for a in arrays))
        dy = some(y.shape, small if trial % 4 else top)
        if isinstance(spec, AvgPool):
            endings.add(compare(spec, dy, *arrays))
        else:
            endings |= exact(spec, dtype, dy, *arrays)
    # Means of small integers always are exact.
    small_mean = isinstance(spec, AvgPool) and info.bits < 64
    assert endings == ({True} if small_mean else {True, False})


def exact(spec: Layer, dtype: str, dy: Array, *arrays: Array) -> set[bool]:
    """Whether forward and backward gave results: the right ones, and the package's if any."""
    info, endings = np.iinfo(dtype), set()
    for mine, theirs, given in zip(
        (module(spec)["forward"], module(spec)["backward"]),
        public(spec),
        (arrays, (dy, *arrays)),
        strict=True,
    ):
        right = outcome(mine, tuple(a.astype(object) for a in given))
        got, other = outcome(mine, given), outcome(theirs, given)
        assert not isinstance(right, str)
        fits = all(info.min <= v <= info.max for a in right for v in a.reshape(-1))
        if isinstance(got, str) and isinstance(other, str) and getattr(spec, "activation", None):
            fits = False  # what relu makes of a sum would fit, and the sum does not
        assert isinstance(got, str) is not fits
        if not isinstance(other, str):
            for one, two in zip(got, other, strict=True):
                assert isinstance(one, np.ndarray)
                assert one.dtype == two.dtype == dtype
                np.testing.assert_array_equal(one, two)
        if fits:
            for one, two in zip(got, right, strict=True):
                np.testing.assert_array_equal(one, two.astype(dtype))
        endings.add(fits)
    return endings


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh"])
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_activations_are_the_packages(activation: str, dtype: str) -> None:
    """To the last bit, on all kinds of numbers; a kernel of one tap rounds nothing before."""
    spec = Conv((1,), 1, activation=activation)
    x = [0.0, -0.0, 1e-3, -1e-3, 0.5, -0.5, 3, -3, 9, -9, 20, -20, 88, -88, 700, -700]
    x += [60000, -60000, np.inf, -np.inf, np.nan]
    arrays = np.array(x, dtype).reshape(1, -1, 1), np.ones((1, 1, 1), dtype)
    assert compare(spec, np.full((1, len(x), 1), 2, dtype), *arrays)
    assert compare(spec, np.full((1, len(x), 1), np.inf, dtype), *arrays)


def test_an_activation_is_of_floats() -> None:
    whole = np.ones((1, 4, 1), int), np.ones((1, 1, 1), int)
    assert not compare(Conv((1,), 1, activation="tanh"), whole[0], *whole)
    assert compare(Conv((1,), 1, activation="relu"), whole[0], *whole)
    for activation in ("relu", "sigmoid"):
        assert not compare(
            Conv((1,), 1, activation=activation), whole[0], whole[0].astype(complex), whole[1]
        )


@pytest.mark.parametrize(
    ("spec", "shape"),
    [
        (Conv((2, 2), 1, padding="same", padding_mode="reflect"), (1, 1, 3, 1)),
        (Conv((2, 2), 1, padding=2, padding_mode="circular"), (1, 3, 1, 1)),
        (Conv((2,), 1, padding=1, padding_mode="replicate"), (1, 0, 1)),
        (Conv((3, 1), 1), (1, 2, 5, 1)),
        (MaxPool((5,), stride=3, ceil_mode=True), (1, 4, 1)),
        (AvgPool((5, 1), stride=3, ceil_mode=True, padding=((1, 0), (0, 0))), (1, 3, 3, 1)),
        (MaxPool((2, 2)), (1, 2, 0, 1)),
    ],
    ids=str,
)
def test_an_image_too_small_is_refused(spec: Layer, shape: tuple[int, ...]) -> None:
    x = np.ones(shape)
    kernel = [np.ones((*spec.kernel_size, 1, 1))] if isinstance(spec, Conv) else []
    for function in (module(spec)["forward"], public(spec)[0]):
        with pytest.raises(ValueError, match=r"pixel|image|size"):
            function(x, *kernel)


def test_integers_have_no_maximum_of_nothing() -> None:
    spec = MaxPool((2,), stride=1, padding=2, dilation=4)
    x = np.ones((1, 1, 1))
    assert compare(spec, x, x)
    assert not compare(spec, x, x.astype(int))


def test_a_kernel_of_other_channels_is_refused() -> None:
    spec = Conv((1,), 2, groups=2)
    with pytest.raises(ValueError, match=r"kernel \(1, C, 2\)"):
        module(spec)["forward"](np.ones((1, 3, 2)), np.ones((1, 1, 4)))
    with pytest.raises(ValueError, match=r"\(4,\).*bias \(2,\)"):
        module(spec)["forward"](np.ones((1, 3, 2)), np.ones((1, 1, 2)), np.ones(4))
    with pytest.raises(ValueError, match=r"dy has shape \(1, 2, 2\): .*\(1, 3, 2\)"):
        module(spec)["backward"](np.ones((1, 2, 2)), np.ones((1, 3, 2)), np.ones((1, 1, 2)))


PADDED, WIDE = Conv((3,), 1, padding=1), MaxPool((3,), stride=1, padding=1)
FAULTS: list[tuple[Layer, str, str]] = [
    (PADDED, "finite(kernel)", "True"),
    (PADDED, "not finite(found)", "False"),
    (PADDED, "2**53", "2**63"),
    (PADDED, "2**63", "2**99"),
    (PADDED, "np.float32 if", "np.float16 if"),
    (PADDED, "if found.size and not", "if False and not"),
    (PADDED, 'expect("dy"', 'str("dy"'),
    (PADDED, "common(dy, x,", "common(x,"),
    (PADDED, '@np.errstate(all="ignore")', ""),
    (WIDE, "peak(dy)", "0"),
]


@pytest.mark.parametrize(("spec", "right", "wrong"), FAULTS)
def test_a_planted_fault_is_seen(
    spec: Layer, right: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = layer_source(spec)
    assert right in text
    scope: dict[str, Any] = {}
    exec(text.replace(right, wrong), scope)
    for name in ("forward", "backward"):
        monkeypatch.setitem(module(spec), name, scope[name])
    rng = np.random.default_rng(0)
    shapes = ((1, 4, 1), (1, 4, 1), (3, 1, 1))
    dy, x, kernel = (rng.integers(1, 5, shape).astype(float) for shape in shapes)
    given: list[list[Array]] = [[dy, x, kernel], [dy, x, kernel * np.inf], [dy[:, :1], x, kernel]]
    given += [[np.where(dy == dy[0, 0], np.inf, dy), x, kernel], [dy.astype("F"), x, kernel]]
    # 3 * 683 + 1 is 2050: in float16, where 2049 is 2048, it comes to 2048.
    half = (dy, 0 * x + 683, np.array([[[0]], [[3]], [[0]]]), np.ones(1))
    given += [[a.astype("e") for a in half]]
    for kind, top, weight in (("b", 63, 1), ("q", 2**33 + 1, 2**21 + 1), ("q", 2**61 + 1, 9)):
        given += [[np.full(shape, top, kind) for shape in shapes]]
        given += [[*given[-1][:2], np.full(shapes[2], weight, kind)]]
    with pytest.raises((AssertionError, Warning)):  # noqa: PT012 (any of the calls may tell)
        for arrays in given:
            compare(spec, *arrays[: 4 if isinstance(spec, Conv) else 2])
