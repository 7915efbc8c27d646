"""Against PyTorch: thousands of generated configurations an op, forward and backward, exactly.

Both sides work on integer-valued float64 arrays whose sums are all exact, so any right
implementation gives the very same numbers: the comparison is `==`.
"""

from __future__ import annotations

import numpy as np
import pytest

import convproof as cp
from tests.functions.configurations import (
    DIVISIBLE,
    Configuration,
    draw,
    integers,
    kernel_last,
    last,
)

torch = pytest.importorskip("torch")
functional = torch.nn.functional

PER_OP = 2000
TORCH_MODES = {
    "zeros": "constant",
    "circular": "circular",
    "reflect": "reflect",
    "replicate": "replicate",
}


def flat(pads: tuple[tuple[int, int], ...]) -> list[int]:
    """Pairs in `torch.nn.functional.pad`'s order: last axis first."""
    return [n for pair in reversed(pads) for n in pair]


def theirs(
    case: Configuration, x: torch.Tensor, kernel: torch.Tensor, bias: torch.Tensor
) -> torch.Tensor:
    """PyTorch's output for the case."""
    rank, lows = case.rank, tuple(lo for lo, _ in case.pads)
    symmetric = all(lo == hi for lo, hi in case.pads)
    numbers = {"stride": case.stride, "dilation": case.dilation}
    if case.op == "conv":
        call = getattr(functional, f"conv{rank}d")
        if symmetric and case.extra["padding_mode"] == "zeros":
            return call(x, kernel, bias, padding=lows, groups=case.groups, **numbers)
        x = functional.pad(x, flat(case.pads), mode=TORCH_MODES[case.extra["padding_mode"]])
        return call(x, kernel, bias, groups=case.groups, **numbers)
    if case.op == "conv_transpose":
        call = getattr(functional, f"conv_transpose{rank}d")
        # Its padding is one number an axis: the output padding is added to the full result as
        # zeros, and both ends are then cut off.
        y = call(x, kernel, None, groups=case.groups, **numbers)
        y = functional.pad(y, flat(tuple((0, more) for more in case.extra["output_padding"])))
        y = functional.pad(y, [-n for n in flat(case.pads)])
        return y if bias is None else y + bias.reshape(-1, *(1,) * rank)
    if case.op == "max_pool":
        call = getattr(functional, f"max_pool{rank}d")
        if symmetric:
            return call(x, case.taps, padding=lows, ceil_mode=case.extra["ceil_mode"], **numbers)
        return call(functional.pad(x, flat(case.pads), value=-torch.inf), case.taps, **numbers)
    call = getattr(functional, f"avg_pool{rank}d")
    if symmetric:
        return call(x, case.taps, case.stride, lows, **case.extra)
    return call(functional.pad(x, flat(case.pads)), case.taps, case.stride)


def ours(
    case: Configuration, dy: np.ndarray, first: bool
) -> tuple[np.ndarray, tuple[np.ndarray | None, ...]]:
    """Our output and gradients for the case, in either layout, brought back to channels first."""
    turn = (lambda a: a) if first else last
    back = (lambda a: a) if first else (lambda a: np.moveaxis(a, -1, 1))
    name, layout = f"{case.op}{case.rank}d", "channels_first" if first else "channels_last"
    forward, backward = getattr(cp, name), getattr(cp, f"{name}_backward")
    keywords = {"stride": case.stride, "padding": case.pads, "layout": layout, **case.extra}
    if case.op != "avg_pool":
        keywords["dilation"] = case.dilation
    x = turn(case.x)
    if case.kernel is None:
        y = forward(x, case.taps, **keywords)
        return back(y), (back(backward(turn(dy), x, case.taps, **keywords)), None, None)
    kernel = case.kernel if first else kernel_last(case.kernel)
    keywords["groups"] = case.groups
    y = forward(x, kernel, case.bias, **keywords)
    g = backward(turn(dy), x, kernel, case.bias, **keywords)
    dkernel = g.kernel if first else np.moveaxis(g.kernel, (-1, -2), (0, 1))
    return back(y), (back(g.x), dkernel, None if case.bias is None else g.bias)


def compare(case: Configuration, rng: np.random.Generator) -> None:
    leaves = [
        None if a is None else torch.tensor(a, requires_grad=True)
        for a in (case.x, case.kernel, case.bias)
    ]
    expected = theirs(case, *leaves)
    dy = integers(rng, tuple(expected.shape), DIVISIBLE if case.op == "avg_pool" else 1)
    y, gradients = ours(case, dy, first=bool(rng.random() < 0.5))
    assert y.shape == tuple(expected.shape), case
    assert (y == expected.detach().numpy()).all(), case
    expected.backward(torch.tensor(dy))
    for leaf, mine in zip(leaves, gradients, strict=True):
        if leaf is not None:
            assert mine is not None
            assert mine.shape == tuple(leaf.shape), case
            assert (mine == leaf.grad.numpy()).all(), case


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("op", ["conv", "conv_transpose", "max_pool", "avg_pool"])
def test_equal_to_torch(op: str, rank: int) -> None:
    rng = np.random.default_rng([rank, len(op)])
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # waking a second thread costs more than these images
    try:
        for _ in range(PER_OP):
            compare(draw(op, rank, rng), rng)
    finally:
        torch.set_num_threads(threads)


def test_a_planted_bug_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    right = cp.conv2d_backward

    def wrong(*args: object, **keywords: object) -> cp.Gradients:
        return right(*args, **{**keywords, "dilation": 1})

    monkeypatch.setattr(cp, "conv2d_backward", wrong)

    def first_fifty() -> None:
        rng = np.random.default_rng(0)
        for _ in range(50):
            compare(draw("conv", 2, rng), rng)

    with pytest.raises((AssertionError, cp.SpecError)):
        first_fifty()


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh"])
def test_activations(activation: str) -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        case = draw("conv", 2, rng)
        leaves = [torch.tensor(a, requires_grad=True) for a in (case.x, case.kernel)]
        z = theirs(case, *leaves, None)
        expected = getattr(torch, activation)(z)
        dy = integers(rng, tuple(z.shape))
        expected.backward(torch.tensor(dy))
        keywords = dict(
            stride=case.stride, padding=case.pads, dilation=case.dilation, groups=case.groups,
            activation=activation, layout="channels_first", **case.extra,
        )  # fmt: skip
        y = cp.conv2d(case.x, case.kernel, **keywords)
        g = cp.conv2d_backward(dy, case.x, case.kernel, **keywords)
        # z is exact.  A function value is off by a few units in the last place on either side,
        # and a gradient is a sum of at most `terms` such values times exact integers.
        units = 16 * np.finfo(float).eps
        np.testing.assert_allclose(y, expected.detach().numpy(), rtol=units, atol=0)
        terms = max(dy.size, case.kernel.size)
        size = np.abs(dy).max(initial=0) * max(np.abs(case.x).max(), np.abs(case.kernel).max())
        for mine, leaf in zip((g.x, g.kernel), leaves, strict=True):
            np.testing.assert_allclose(mine, leaf.grad.numpy(), rtol=0, atol=units * terms * size)
