"""Each verified function's derivation, source and certificate."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

import convproof as cp
from convproof.functions import (
    activation,
    conv,
    conv_transpose,
    correlation,
    numerics,
    pooling,
    provenance,
)
from convproof.functions.arrays import Form, reshaped
from convproof.functions.correlation import Correlation, Transposed
from convproof.functions.reduction import Pool
from convproof.generated import conv1d, max_pool1d
from convproof.schedules.layer import Layer, Window
from convproof.spec import AvgPool

OPERATIONS = ("conv", "conv_transpose", "max_pool", "avg_pool")


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_derivation_source_certificate(operation: str, rank: int) -> None:
    function = getattr(cp, f"{operation}{rank}d")
    derivation = function.derivation()
    assert derivation.steps
    source = function.source()
    kind = operation.replace("conv_transpose", "conv")
    assert source == inspect.getsource(
        __import__("importlib").import_module(f"convproof.generated.{kind}{rank}d")
    )
    certificate = function.certificate()
    certificate.verdict.require()
    assert certificate.compared > 20


def test_the_certified_layers_have_no_symmetry_to_hide_behind() -> None:
    for table in (provenance.CONV, provenance.MAX_POOL, provenance.AVG_POOL):
        for rank, (spec, shape) in table.items():
            assert spec.rank == rank
            assert len(shape) == rank + 2
            assert any(lo != hi for lo, hi in spec.padding) or spec.ceil_mode


def test_a_certificate_for_a_layer_of_ones_own() -> None:
    certificate = cp.conv2d.certificate(cp.Conv(2, 1, padding="same"), (3, 3))
    assert certificate.verdict.holds
    with pytest.raises(cp.SpecError, match="a Conv of rank 2"):
        cp.conv2d.certificate(cp.Conv((2,)), (3,))
    with pytest.raises(cp.SpecError, match="a Conv of rank 2"):
        cp.conv_transpose2d.certificate(cp.MaxPool(2), (3, 3))
    with pytest.raises(TypeError, match=r"^spec=5: allowed is a Conv of rank 2"):
        cp.conv2d.certificate(5, (3, 3))
    for wrong in (5, 3.0, "33", (3, 1.5), Ellipsis):
        with pytest.raises(TypeError, match=r"^input_shape=.*: allowed is"):
            cp.conv2d.certificate(cp.Conv(3, 1), wrong)
    for wrong in ((3,), (3, 3, 1, 1, 1), (3, -1), (10**5000, 3)):
        with pytest.raises(cp.SpecError, match=r"^input_shape=.*: allowed is"):
            cp.conv2d.certificate(cp.Conv(3, 1), wrong)
    with pytest.raises(cp.SpecError, match="together"):
        cp.conv2d.certificate(cp.Conv(2))


# What each wrapper might get wrong, in the words of the audit that first planted them.
def doubled(self, x, kernel, bias):
    return 2 * RIGHT["forward"](self, x, kernel, bias)


def zero(self, x, kernel, bias):
    return 0 * RIGHT["transposed"](self, x, kernel, bias)


def turned(self, x, kernel, bias):
    return RIGHT["forward"](self, x.swapaxes(1, 2), kernel, bias).swapaxes(1, 2)


def ungrouped(array, shape):
    if len(shape) < 2 or shape[-1] < 4:
        return reshaped(array, shape)
    return array.swapaxes(-1, -2).reshape(shape).copy()


def swapped(self):
    return tuple(part[::-1] for part in NUMBERS.func(self))


def ungapped(self):
    stride, gaps, *rest = POOL[1](self)
    return (stride, (1,) * len(gaps), *rest) if self.top else (stride, gaps, *rest)


def cut(dtype):
    return np.dtype(np.float32) if dtype == np.float64 else dtype


RESULT = conv_transpose.result_dtype
POOL = (Pool.forward, Pool.__dict__["steps"].func)
NUMBERS = Correlation.__dict__["numbers"]
RIGHT = {"forward": Correlation.forward, "transposed": Transposed.forward}
PLANTED = {
    "doubled": ("conv2d", lambda m: m.setattr(Correlation, "forward", doubled)),
    "transposed zero": ("conv_transpose2d", lambda m: m.setattr(Transposed, "forward", zero)),
    "transposed bias lost": (
        "conv_transpose1d",
        lambda m: m.setattr(
            Transposed, "forward", lambda self, x, k, b: RIGHT["transposed"](self, x, k, None)
        ),
    ),
    "axes swapped": (
        "conv2d",
        lambda m: m.setattr(Correlation, "numbers", property(swapped)),
    ),
    "pad_lo lost": (
        "conv1d",
        lambda m: m.setattr(Window, "pad_lo", property(lambda w: (0,) * len(w.taps))),
    ),
    "groups in another order": ("conv1d", lambda m: m.setattr(correlation, "reshaped", ungrouped)),
    "an activation's sign": (
        "conv1d",
        lambda m: m.setattr(
            activation, "apply", lambda kind, z: z if kind is None else -APPLY(kind, z)
        ),
    ),
    "an activation's gradient": (
        "conv1d",
        lambda m: m.setattr(activation, "pull_back", lambda kind, dy, z: dy),
    ),
    "a layout's axes": (
        "conv2d",
        lambda m: m.setattr(
            Form, "leave_kernel", lambda self, k, dtype: FORM(self, k, dtype) * (1 + self.first)
        ),
    ),
    "a border's gradient": (
        "conv1d",
        lambda m: m.setattr(correlation, "unbordered", lambda dx, w: dx[:, : w.space[0]]),
    ),
    "a dtype's numbers": (
        "conv1d",
        lambda m: m.setattr(
            numerics, "working_dtype", lambda d: np.dtype(np.int8) if d == np.float32 else d
        ),
    ),
    "a gradient's bias": (
        "conv2d",
        lambda m: m.setattr(Correlation, "gradient_bias", lambda self, dy: dy.sum((1, 2))[0]),
    ),
    "the winner": (
        "max_pool1d",
        lambda m: m.setattr(max_pool1d, "gradient_x_argmax", lambda dy, x, *rest: 0 * x),
    ),
    "no bias": (
        "conv1d",
        lambda m: m.setattr(
            Correlation,
            "forward",
            lambda self, x, k, b: RIGHT["forward"](self, x, k, b) + (b is None),
        ),
    ),
    "a transposed dtype": (
        "conv_transpose1d",
        lambda m: m.setattr(conv_transpose, "result_dtype", lambda **kinds: cut(RESULT(**kinds))),
    ),
    "a maximum's gaps": ("max_pool2d", lambda m: m.setattr(Pool, "steps", property(ungapped))),
    "a maximum in float32": (
        "max_pool1d",
        lambda m: m.setattr(
            Pool, "forward", lambda self, x: POOL[0](self, x) + (x.dtype == np.float32)
        ),
    ),
    "a mean's divisor": (
        "avg_pool2d",
        lambda m: m.setattr(
            pooling, "Layer", lambda op, *rest: Layer(op.replace("exclude", "include"), *rest)
        ),
    ),
    "a mean's ceil mode": (
        "avg_pool3d",
        lambda m: m.setattr(
            pooling, "AvgPool", lambda *args, **told: AvgPool(*args, **{**told, "ceil_mode": False})
        ),
    ),
    "a mean of integers": (
        "avg_pool1d",
        lambda m: m.setattr(pooling, "DOUBLE", np.dtype(np.float32)),
    ),
    "images taken in turns": (
        "max_pool1d",
        lambda m: m.setattr(
            max_pool1d, "share", lambda task, *cuts: task(*(slice(0, most) for _, most in cuts))
        ),
    ),
    "one schedule's kernel": (
        "conv1d",
        lambda m: m.setattr(
            conv1d, "forward_im2col", lambda x, k, *rest: TAP(x, k[::-1], *rest[:-1])
        ),
    ),
}
APPLY, FORM, TAP = activation.apply, Form.leave_kernel, conv1d.forward_tap


@pytest.mark.parametrize("fault", PLANTED)
def test_a_wrong_function_gets_no_certificate(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, plant = PLANTED[fault]
    clear_plans()
    plant(monkeypatch)
    try:
        verdict = getattr(cp, name).certificate().verdict
    except (ValueError, IndexError):
        return  # what was planted does not even run
    finally:
        monkeypatch.undo()
        clear_plans()
    assert not verdict.holds


def clear_plans() -> None:
    """What was decided before is decided anew."""
    for one in (conv.plan, conv_transpose.plan, pooling.plan):
        one.clear()
