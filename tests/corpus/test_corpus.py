"""Every wrong entry is wrong at its witness, every right one agrees with PyTorch."""

from __future__ import annotations

import inspect
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
sys.path.insert(0, str(Path(__file__).parent))
from oracle import ORACLE

from convproof.errors import SpecError
from property_tests import corpus
from property_tests.corpus import right_function, sources
from property_tests.corpus.witness import arguments, fitting, replay, trouble

WRONG, RIGHT = corpus.wrong(), corpus.right()


@pytest.mark.parametrize("entry", WRONG, ids=lambda entry: entry.name)
def test_a_wrong_one_is_wrong_at_its_witness(entry):
    assert replay(entry.build(), entry.witness, ORACLE) is not None


@pytest.mark.parametrize("entry", WRONG, ids=lambda entry: entry.name)
def test_a_witness_accuses_no_right_function(entry):
    """The same calls on right functions show nothing: the witness tests the mistake alone."""
    functions = {call.op: right_function(call.op) for call in entry.witness}
    assert replay(functions, entry.witness, ORACLE) is None


@pytest.mark.parametrize(
    "entry", [e for e in WRONG if e.kind == "reported"], ids=lambda entry: entry.name
)
def test_the_file_without_its_slip_is_right_at_the_witness(entry):
    """What the witness shows is the slip, and not how the file is written."""
    assert replay(sources.functions(entry.family), entry.witness, ORACLE) is None


def random_calls(op: str, functions, count: int, square: bool):
    """Calls of `op` within what its function takes; `square`: one number for both axes."""
    rng = np.random.default_rng(sum(op.encode()))
    rank = int(next(letter for letter in op if letter.isdigit()))
    takes = inspect.signature(functions[op]).parameters

    def some(low, high):
        drawn = tuple(int(v) for v in rng.integers(low, high, rank))
        return drawn[:1] * rank if square else drawn

    for number in range(count):
        taps, stride = some(1, 5), some(1, 4)
        if number % 4 == 0 and rank == 2:
            taps, stride = (3, 3), (1, 1)
        if "pool" in op:
            padding = tuple(int(rng.integers(0, k // 2 + 1)) for k in taps)
            padding = padding[:1] * rank if square else padding
            space = tuple(k + extra for k, extra in zip(taps, some(0, 7), strict=True))
            shape = (int(rng.integers(1, 4)), int(rng.integers(1, 4)), *space)
            yield corpus.Call(op, shape, taps, stride, padding, values="normal", seed=number)
            continue
        padding = some(0, 4) if "padding" in takes else (0,) * rank
        dilation = some(1, 3) if "dilation" in takes and number % 3 else (1,) * rank
        groups = int(rng.choice([1, 1, 2, 3])) if "groups" in takes else 1
        extent = [d * (k - 1) + 1 for d, k in zip(dilation, taps, strict=True)]
        space = tuple(
            max(1, e - 2 * p + extra)
            for e, p, extra in zip(extent, padding, some(0, 7), strict=True)
        )
        depth, width = (int(v) for v in rng.integers(1, 4, 2))
        yield corpus.Call(
            op,
            (int(rng.integers(1, 4)), depth * groups, *space),
            (width * groups, depth, *taps),
            stride if "stride" in takes else 1,
            padding,
            dilation,
            groups,
            bias="b" in takes and number % 2 == 0,
            values="normal",
            seed=number,
            dtype="float32" if number % 5 == 0 else "float64",
        )


def lawful_oracle(entry, op):
    """PyTorch, or its own setting for a declared convention of averages."""
    if entry.conventions.get("count_include_pad") is not False:
        return ORACLE[op]
    import torch

    def forward(x, kernel, stride=None, padding=0):
        return torch.nn.functional.avg_pool2d(
            torch.from_numpy(np.array(x, dtype=float)),
            kernel,
            stride,
            padding,
            count_include_pad=False,
        ).numpy()

    def backward(x, grad_y, kernel, stride=None, padding=0):
        leaf = torch.from_numpy(np.array(x, dtype=float)).requires_grad_()
        y = torch.nn.functional.avg_pool2d(leaf, kernel, stride, padding, count_include_pad=False)
        y.backward(torch.from_numpy(np.array(grad_y, dtype=float)))
        return leaf.grad.numpy()

    return backward if op.endswith("backward") else forward


@pytest.mark.parametrize(
    ("entry", "op"),
    [(entry, op) for entry in RIGHT for op in entry.ops],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_a_right_one_agrees_with_torch(entry, op):
    functions, oracle = entry.build(), lawful_oracle(entry, op)
    count = 200 if "2d" in op else 60
    square = entry.name == "right-file-loops"
    for call in random_calls(op, functions, count, square):
        made = fitting(functions[op], arguments(call))
        if square:  # course work takes one number for both axes
            made |= {name: made[name][0] for name in ("stride", "padding")}
        # 16: transforms and matrix products sum in another order than the bound's, with a few
        # more operations; a mistake is some 1e6 times larger than this.
        normwise = entry.family in ("fft", "winograd")
        said = trouble(call, made, functions[op](**made), oracle, 16, normwise)
        assert said is None, f"{call}: {said}"


def test_there_are_enough_of_each_kind():
    kinds = Counter(entry.kind for entry in WRONG)
    assert len(WRONG) >= 120
    assert len(RIGHT) >= 14
    assert all(kinds[kind] >= 20 for kind in ("easy", "parameter-bound", "thin-slice", "stateful"))


def test_every_entry_says_what_it_is():
    for entry in corpus.entries():
        assert entry.about.endswith("."), entry.name
        assert "\n\n" not in entry.about, entry.name
        assert bool(entry.witness) is not entry.right, entry.name


def test_an_entry_that_does_not_exist_is_named():
    with pytest.raises(SpecError, match="kernel-flopped"):
        corpus.find("kernel-flopped")


def test_fresh_state_each_time():
    entry = corpus.find("weights-cached-by-shape")
    first, second = (replay(entry.build(), entry.witness, ORACLE) for _ in range(2))
    assert first == second
    assert first.startswith("call 2")
