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
from convproof.laws.case import Case
from tests.conformance.target.engine_interfaces import ENGINES
from tests.conformance.target.habit_interfaces import HABITS, KEPT
from tests.conformance.target.habit_interfaces import HEAD as USED
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


# -- what no name tells ----------------------------------------------------------------------------

LINES = """
import numpy as np


def comb(tracks, coefs, every=1):
    '''Correlates tracks (N, C, T) with a bank of filters (M, C, K).'''
    size = (tracks.shape[2] - coefs.shape[2]) // every + 1
    y = np.zeros((len(tracks), len(coefs), size))
    for t in range(size):
        seen = tracks[:, :, t * every : t * every + coefs.shape[2]]
        y[:, :, t] = np.einsum("nck,mck->nm", seen, coefs)
    return y


def comb_adjoint(flow, tracks, coefs, every=1):
    dx, dw = np.zeros(tracks.shape), np.zeros(coefs.shape)
    for t in range(flow.shape[2]):
        part = slice(t * every, t * every + coefs.shape[2])
        dx[:, :, part] += np.einsum("nm,mck->nck", flow[:, :, t], coefs)
        dw += np.einsum("nm,nck->mck", flow[:, :, t], tracks[:, :, part])
    return dx, dw
"""
SOFT = """
import numpy as np


def soften(photo, side):
    '''The mean of each window of side by side pixels of a plane.'''
    h, w = photo.shape[0] - side + 1, photo.shape[1] - side + 1
    y = np.zeros((h, w))
    for i in range(side):
        for j in range(side):
            y += photo[i : i + h, j : j + w]
    return y / (side * side)
"""
SPACES = """
import numpy as np


def conv_of_volumes(x, w):
    '''x (N, C, D, H, W), w (M, C, KD, KH, KW)'''
    seen = np.lib.stride_tricks.sliding_window_view(x, w.shape[2:], (2, 3, 4))
    return np.einsum("ncdhwijk,mcijk->nmdhw", seen, w)
"""
OPERATOR = """
import numpy as np


class Convolution:
    def __init__(self, step=1):
        self.s = step

    def run(self, a, b):
        seen = np.lib.stride_tricks.sliding_window_view(a, b.shape[2:], (2, 3))
        return np.einsum("nchwij,mcij->nmhw", seen[:, :, :: self.s, :: self.s], b)

    def back(self, flow, a, b):
        da, db, s = np.zeros(a.shape), np.zeros(b.shape), self.s
        for i in range(flow.shape[2]):
            for j in range(flow.shape[3]):
                rows = slice(i * s, i * s + b.shape[2])
                seen = rows, slice(j * s, j * s + b.shape[3])
                da[:, :, *seen] += np.einsum("nm,mcij->ncij", flow[:, :, i, j], b)
                db += np.einsum("nm,ncij->mcij", flow[:, :, i, j], a[:, :, *seen])
        return da, db
"""
RIGID = """
import numpy as np


def lattice_sum(grid, stencil, jump, margin):
    '''Cross-correlates maps (N, C, H, W) with stencils (M, C, KH, KW).'''
    grid = np.pad(grid, ((0, 0), (0, 0), (margin, margin), (margin, margin)))
    seen = np.lib.stride_tricks.sliding_window_view(grid, stencil.shape[2:], (2, 3))
    return np.einsum("nchwij,mcij->nmhw", seen[:, :, ::jump, ::jump], stencil)
"""
OWN_ORDER = """
import numpy as np


def convolve_layer(images, filters, levels, skip=1):
    seen = np.lib.stride_tricks.sliding_window_view(images, filters.shape[1:3], (1, 2))
    return np.einsum("nhwcij,mijc->nhwm", seen[:, ::skip, ::skip], filters) + levels
"""
WINOGRAD = (
    SPACES.replace("conv_of_volumes", "winograd_conv3x3")
    .replace("D, H", "H")
    .replace("KD, ", "")
    .replace("(2, 3, 4)", "(2, 3)")
    .replace("ncdhwijk,mcijk->nmdhw", "nchwij,mcij->nmhw")
)
TRIED = {
    "lines": (LINES, {"conv1d", "conv1d_backward"}, "dw += np", "dw = np"),
    "soft": (SOFT, {"avg_pool2d"}, "/ (side * side)", "/ (side * side) + (side == 3)"),
    "spaces": (SPACES, {"conv3d"}, "w)\n", "w[..., ::-1])\n"),
    "operator": (OPERATOR, {"conv2d", "conv2d_backward"}, "return da", "return da * (len(a) < 2)"),
    "rigid": (RIGID, {"conv2d"}, "margin), (margin", "margin), (2 * margin"),
    "own order": (OWN_ORDER, {"conv2d"}, "+ levels", "+ levels * (skip < 3)"),
    "winograd": (WINOGRAD, {"conv2d"}, "->nmhw\", seen", "->nmhw\", seen.round(2)"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRIED)
def test_what_no_name_tells_is_tried(name, tmp_path):
    text, ops, right, wrong = TRIED[name]
    path = tmp_path / "mine.py"
    path.write_text(text)
    target = resolve(str(path))
    assert target.ops == ops
    assert all(target.adapter(op).called for op in ops)
    result = cp.check(target, examples=8, allow=["empty batches"])
    assert result.ok, str(result)
    assert right in text
    path.write_text(text.replace(right, wrong))
    assert not cp.check(str(path), examples=8, fail_fast=True).ok


@pytest.mark.parametrize("name", HABITS)
def test_habits_are_found_out(name, tmp_path):
    text, ops, right, wrong = HABITS[name]
    text = text if name == "lists" else USED + text
    path = tmp_path / "mine.py"
    path.write_text(text)
    target = resolve(str(path))
    assert target.ops == ops
    result = cp.check(target, laws=["definition"], examples=8)
    assert result.ok, str(result)
    assert right in text
    path.write_text(text.replace(right, wrong))
    assert not cp.check(str(path), laws=["definition", "shape"], examples=8, fail_fast=True).ok


def test_a_buffer_of_a_layer_that_a_larger_image_has_filled(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(KEPT)
    assert cp.check(str(path), laws=["definition"], examples=8).ok
    path.write_text(KEPT.replace("        room[...] = 0\n", ""))
    failure = cp.check(str(path), laws=["definition"], examples=8, fail_fast=True).failures[0]
    assert "with a larger image, shows in this one" in failure.diagnosis[0]


@pytest.mark.parametrize("name", ENGINES)
def test_objects_and_layers_that_keep_gradients(name, tmp_path):
    text, ops, right, wrong, said = ENGINES[name]
    path = tmp_path / "mine.py"
    path.write_text(text)
    target = resolve(str(path))
    assert target.ops == ops
    result = cp.check(target, laws=["definition", "empty-batch"], examples=8)
    assert result.ok, str(result)
    assert right in text
    path.write_text(text.replace(right, wrong))
    failure = cp.check(str(path), laws=["definition"], examples=8, fail_fast=True).failures[0]
    assert said in failure.diagnosis[0], str(failure)


def test_gradients_that_jax_is_given_are_judged(tmp_path):
    pytest.importorskip("jax")
    path = tmp_path / "mine.py"
    path.write_text(JAX)
    target = resolve(str(path))
    assert target.ops == {"conv1d", "conv1d_backward"}
    x, k, dy = np.arange(6.0).reshape(1, 6, 1), np.array([1.0, 2, 5]).reshape(3, 1, 1), np.eye(4, 1)
    case = Case("conv1d_backward", x, k, None, dy[None], (1,), ((0, 0),), (1,))
    assert np.array_equal(target.call(case).values[0].ravel(), [1, 2, 5, 0, 0, 0])
    assert np.array_equal(target.call(case).values[1].ravel(), [0, 1, 2])


JAX = """
import jax
import jax.numpy as jnp
from jax import lax

LAID = ("NCH", "OIH", "NCH")


@jax.custom_vjp
def conv1d(x, w):
    return lax.conv_general_dilated(x, w, (1,), "VALID", dimension_numbers=LAID)


def back(kept, dy):
    x, w = kept
    k = w.shape[-1] - 1
    turned = w[..., ::-1].transpose(1, 0, 2)
    dx = lax.conv_general_dilated(dy, turned, (1,), ((k, k),), dimension_numbers=LAID)
    flat, ones = x.transpose(1, 0, 2), dy.transpose(1, 0, 2)
    dw = lax.conv_general_dilated(flat, ones, (1,), "VALID", dimension_numbers=LAID)
    return dx, dw.transpose(1, 0, 2)


conv1d.defvjp(lambda x, w: (conv1d(x, w), (x, w)), back)
"""


@pytest.mark.parametrize(
    "body",
    [
        "return np.median(np.lib.stride_tricks.sliding_window_view(x, (k, k), (2, 3)), (4, 5))",
        "return x * np.sum(k)",
        "raise ValueError(k)",
    ],
)
def test_what_computes_something_else_is_not_taken_for_an_op(body, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(f"import numpy as np\n\n\ndef window_kernel_mean_max(x, k):\n    {body}\n")
    with pytest.raises(TargetError, match="no function has a name like"):
        resolve(str(path))


def test_what_does_something_is_not_called(tmp_path):
    path, mark = tmp_path / "mine.py", tmp_path / "mark"
    path.write_text(f"def save_kernel(x, k):\n    open({str(mark)!r}, 'w').close()\n")
    with pytest.raises(TargetError):
        resolve(str(path))
    assert not mark.exists()


SINGLE = '''"""Means of planes."""
import numpy as np


def avg_pool2d(x, window, stride):
    """Means, summed in float32 whatever comes."""
    view = np.lib.stride_tricks.sliding_window_view(x.astype(np.float32), window, axis=(2, 3))
    return view[:, :, :: stride[0], :: stride[1]].mean(axis=(-2, -1)).astype(x.dtype)
'''


def test_who_says_that_it_works_in_single_precision_is_asked_for_no_more(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(SINGLE)
    laws = ["definition", "no-memory", "long-sums"]
    result = cp.check(str(path), laws=laws, examples=8)
    assert result.ok, str(result)
    assert result.calls > 50
    said = {str(one) for one in result.not_judged}
    assert any("float64: its text says that it works in less" in one for one in said), said
    others = 'def other():\n    """In float32."""\n'  # what is said of others is not said of it
    for text in ("", " in float32, of float64", " over half the kernel"):
        path.write_text(SINGLE.replace(" in float32", text) + "\n\n" + others)
        assert not cp.check(str(path), laws=laws, examples=8, fail_fast=True).ok
