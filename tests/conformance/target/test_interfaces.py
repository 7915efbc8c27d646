"""Interfaces that are no plain function of arrays: understood, and wrong ones caught."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import convproof as cp
from convproof.conformance.target.resolve import resolve
from convproof.conformance.target.wrapper import alias, parameters
from convproof.errors import TargetError
from tests.conformance.target.interfaces import BOTH, CASES, FORWARD, HEAD, LAYER, SIZED
from tests.conformance.target.torch_interfaces import ALONE, AUTOGRAD, MODULE, TORCH

EXAMPLES = 30


def file_of(folder: Path, text: str) -> str:
    path = folder / "mine.py"
    path.write_text(
        HEAD.replace("forward(", "_forward(").replace("backward(", "_backward(") + TO + text
    )
    return str(path)


# under names that say nothing of an op
TO = "\n\nglobals().update(forward=_forward, backward=_backward)\n"


@pytest.mark.parametrize("name", CASES)
def test_a_right_one_is_understood_and_holds(name, tmp_path):
    text, ops, _, _ = CASES[name]
    target = resolve(file_of(tmp_path, text))
    assert target.ops == ops
    result = cp.check(target, examples=EXAMPLES, allow=["empty batches"])
    assert result.ok, str(result)
    held = {e.op for e in result.exercises if e.law == "definition" and e.status == "held"}
    assert held == ops


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_one_is_caught(name, tmp_path):
    text, _, right, wrong = CASES[name]
    assert right in text
    assert not cp.check(file_of(tmp_path, text.replace(right, wrong)), examples=EXAMPLES).ok


@pytest.mark.parametrize(
    ("text", "ops", "right", "wrong"),
    [
        (TORCH, FORWARD, "* K)", "* K.flip(0))"),
        (ALONE, BOTH, "x, w.shape, dy)", "x, w.shape, dy) / len(x)"),
        (MODULE, BOTH, "self.stride, self.padding)", "self.stride)"),
        (MODULE, BOTH, "return torch", "x = x.detach() * 2 - x\n        return torch"),
        (AUTOGRAD, BOTH, "x, w.shape, dy)", "x, w.shape, dy) / len(x)"),
    ],
)
def test_torch_without_annotations(text, ops, right, wrong, tmp_path):
    pytest.importorskip("torch")
    path = tmp_path / "mine.py"
    path.write_text(text)
    target = resolve(str(path))
    assert target.ops == ops
    assert {target.adapter(op).array for op in ops} == {"torch"}
    assert cp.check(target, examples=20).ok
    path.write_text(text.replace(right, wrong))
    assert not cp.check(str(path), examples=20).ok


@pytest.mark.parametrize("name", ["layer", "mode", "config", "into", "transposed", "steps"])
def test_a_script_of_a_wrapped_failure_stands_alone(name, tmp_path):
    text, _, right, wrong = CASES[name]
    result = cp.check(file_of(tmp_path, text.replace(right, wrong)), examples=EXAMPLES)
    script = tmp_path / "again.py"
    script.write_text(result.failures[0].script)
    assert "import convproof" not in script.read_text()
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "WRONG" in done.stdout


def test_one_class_can_be_named_and_the_result_says_what_was_taken(tmp_path):
    place = file_of(tmp_path, LAYER + SIZED)
    target = resolve(f"{place}:Convolution")
    assert target.ops == BOTH
    result = cp.check(target, examples=10)
    assert any("conv2d is Convolution(...).forward" in note for note in result.notes)


def test_a_wrapped_target_runs_in_a_process_of_its_own(tmp_path):
    result = cp.check(file_of(tmp_path, SIZED), examples=10, timeout=20)
    assert result.ok, str(result)


def test_half_precision_is_a_limit_of_code_that_does_not_name_it(tmp_path):
    text = HEAD.replace("np.einsum", "_sum").replace("forward(", "conv2d(", 1)
    text = text.split("def backward")[0] + (
        "\n\ndef _sum(how, seen, w):\n"
        "    y = np.zeros((len(seen), len(w), *seen.shape[2:4]), np.result_type(seen, w))\n"
        "    for c, i, j in np.ndindex(*w.shape[1:]):\n"
        "        y += seen[:, None, c, :, :, i, j] * w[None, :, c, i, j, None, None]\n"
        "    return y\n"
    )
    path = tmp_path / "mine.py"
    path.write_text(text)
    result = cp.check(str(path), examples=20)
    assert result.ok, str(result)
    assert any("summed in half precision" in said for said in map(str, result.limits))
    path.write_text(text + "\n# float16 is welcome\n")
    failures = cp.check(str(path), examples=20).failures
    assert [failure.law for failure in failures] == ["half-precision-sums"]


def test_what_cannot_be_understood_is_told_what_to_write(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(
        "class Convolver:\n    def __init__(self, secret): ...\n    def forward(self, x): ...\n"
    )
    with pytest.raises(TargetError, match=r"Convolver is a class.*write def conv2d"):
        resolve(str(path))


def test_names_in_a_wrapper():
    assert alias("conv2d", "conv2d") == "own_conv2d"
    assert parameters(len) is not None
    assert parameters(lambda x, *, step=np.add: x).names == ("x",)


def test_torch_s_own_layers_are_named_with_what_they_are_made_of():
    pytest.importorskip("torch")
    target = resolve("torch.nn:Conv2d")
    assert target.ops == BOTH
    source = target.adapter("conv2d_backward").source
    assert "torch.autograd.grad(y, [x, layer.weight, layer.bias], grad_y)" in source
    assert max(map(len, source.splitlines())) <= 100
    laws = ["definition", "shape"]
    assert cp.check(target, laws=laws, examples=10).ok
