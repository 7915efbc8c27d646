"""Right functions that take less, or take it in another form: recognised, and wrong ones caught."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

import convproof as cp
from convproof.conformance.target.resolve import resolve
from convproof.errors import TargetError

EXAMPLES = 150


def slide(x, w, stride, pads):
    """Right: x (N, C, H, W), w (M, C, KH, KW), `pads` (lo, hi) for each axis."""
    x = np.pad(x, ((0, 0), (0, 0), *pads))
    if any(n < k for n, k in zip(x.shape[2:], w.shape[2:], strict=True)):
        raise ValueError("the kernel is larger than the image")
    seen = sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, :: stride[0], :: stride[1]]
    return np.einsum("nchwkl,mckl->nmhw", seen, w)


def by_name(late=True):
    def conv2d(input, filters, strides=(1, 1), padding="VALID"):
        """Channels last, padding by name."""
        x, w = np.moveaxis(input, -1, 1), np.moveaxis(filters, (-1, -2), (0, 1))
        pads = [(0, 0), (0, 0)]
        if padding == "SAME":
            for axis, (n, k, s) in enumerate(zip(x.shape[2:], w.shape[2:], strides, strict=True)):
                total = max((-(-n // s) - 1) * s + k - n, 0)
                pads[axis] = (total // 2, total - total // 2)
                pads[axis] = pads[axis] if late else pads[axis][::-1]
        return np.moveaxis(slide(x, w, strides, pads), 1, -1)

    return conv2d


def as_pairs(x, w, window_strides=(1, 1), padding=((0, 0), (0, 0))):
    return slide(x, w, window_strides, padding)


def flat(X, W, strides=(1, 1), pads=(0, 0, 0, 0)):
    return slide(X, W, strides, (pads[::2], pads[1::2]))


def image(x, w, b, stride=1, pad=0):
    """(C, H, W) and (M, C, KH, KW)."""
    assert x.ndim == 3
    return slide(x[None], w, (stride,) * 2, ((pad, pad),) * 2)[0] + b[:, None, None]


def plane(image, kernel):
    """(H, W) and (KH, KW)."""
    kh, kw = kernel.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    out = np.zeros((rows, columns), np.result_type(image, kernel))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return out


def square(x, w, stride=1, padding=0):
    assert w.shape[2] == w.shape[3], "square kernels only"
    return slide(x, w, (stride,) * 2, ((padding, padding),) * 2)


def single(x, w):
    if x.dtype != np.float32:
        raise TypeError("float32 only")
    return slide(x, w, (1, 1), ((0, 0), (0, 0)))


FORMS = {
    "VALID": by_name(),
    "pairs": as_pairs,
    "flat": flat,
    "image": image,
    "plain": plane,
    "square": square,
    "single": single,
}


# what the lines of its adapter say
LINES = {
    "VALID": "'SAME' if any(padding) else 'VALID'",
    "pairs": "tuple((p, p) if isinstance(p, int) else tuple(p) for p in padding)",
    "flat": "(*(lo for lo, _ in padding), *(hi for _, hi in padding))",
    "image": "function(x[n], w, b, stride=stride[0], pad=padding[0])",
    "plain": "function(x[n, c], w[m, c])",
    "square": "stride=stride[0], padding=padding[0]",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_right_function_of_another_form_is_met_half_way(form):
    target = resolve(FORMS[form], op="conv2d")
    adapter = target.adapter("conv2d")
    assert LINES.get(form, "function(x, w") in " ".join(adapter.source.split())
    assert form in (adapter.padding, adapter.lifted, "pairs", "flat", "square", "single")
    assert adapter.square is (form == "square")
    assert adapter.only == ("float32" if form == "single" else "")
    result = cp.check(target, examples=EXAMPLES)
    assert result.ok, str(result)
    held = {e.law for e in result.exercises if e.status == "held"}
    assert {"definition", "locality", "translation"} <= held


def test_same_on_the_wrong_side_is_caught():
    result = cp.check(resolve(by_name(late=False), op="conv2d"), examples=400)
    assert not result.ok


def pool_last(x, size=2, stride=2):
    """(N, H, W, C), one number for the window."""
    seen = sliding_window_view(x, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    return seen.max(axis=(-1, -2))


def test_channels_last_is_found_with_a_window_of_one_number():
    target = resolve(pool_last, op="max_pool2d")
    assert target.adapter("max_pool2d").layout == "channels_last"
    assert cp.check(target, examples=EXAMPLES).ok


def gradients(x, w, b, grad_y):
    """Of one image, stride 1: dx (C, H, W), dw, db."""
    assert x.ndim == 3
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for k, r in np.ndindex(*w.shape[2:]):
        rows, columns = slice(k, k + grad_y.shape[1]), slice(r, r + grad_y.shape[2])
        dx[:, rows, columns] += np.einsum("mc,mhw->chw", w[:, :, k, r], grad_y)
        dw[:, :, k, r] = np.einsum("chw,mhw->mc", x[:, rows, columns], grad_y)
    return dx, dw, grad_y.reshape(len(grad_y), -1).sum(axis=1)


def test_gradients_of_single_images_are_summed():
    result = cp.check(resolve(gradients, op="conv2d_backward"), examples=EXAMPLES)
    assert result.ok, str(result)


def test_a_script_for_a_plane_runs(tmp_path: Path):
    path = tmp_path / "planes.py"
    path.write_text(
        "import numpy as np\n\n\ndef conv2d(image, kernel):\n"
        "    kh, kw = kernel.shape\n"
        "    out = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))\n"
        "    for i, j in np.ndindex(*out.shape):\n"
        "        out[i, j] = (image[i : i + kh, j : j + kw] * kernel[::-1]).sum()\n"
        "    return out\n"
    )
    result = cp.check(str(path), examples=60)
    assert not result.ok
    script = tmp_path / "again.py"
    script.write_text(result.failures[0].script)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "WRONG" in done.stdout


def test_parameters_that_cannot_be_told_are_no_broken_law():
    def max_pool2d_backward(grad_y, places, shape):
        raise IndexError("not what it wants")

    with pytest.raises(TargetError, match="places, shape"):
        cp.check(cp.Target("mine", max_pool2d_backward=max_pool2d_backward))


def test_a_torch_module_is_given_tensors():
    torch = pytest.importorskip("torch")

    class Layer(torch.nn.Module):
        def forward(self, x, weight, bias=None):
            return torch.nn.functional.conv2d(x, weight, bias)

    target = resolve(Layer(), op="conv2d")
    assert target.array == "torch"
    assert cp.check(target, examples=EXAMPLES).ok


def rounding_up(reduce, fill):
    """A pool whose ceil mode rounds up and asks no further: its last window may see no pixel."""

    def pool(x, kernel, stride=None, padding=(0, 0), ceil_mode=False):
        stride = kernel if stride is None else stride
        room = [n + 2 * p - k for n, p, k in zip(x.shape[2:], padding, kernel, strict=True)]
        if min(room) < 0:
            raise ValueError("the window does not fit")
        out = [(-(-r // s) if ceil_mode else r // s) + 1 for r, s in zip(room, stride, strict=True)]
        ends = [
            (p, max(0, s * (o - 1) + k - n - p))
            for n, p, k, s, o in zip(x.shape[2:], padding, kernel, stride, out, strict=True)
        ]
        wide = np.pad(x, ((0, 0), (0, 0), *ends), constant_values=fill(x))
        seen = np.lib.stride_tricks.sliding_window_view(wide, kernel, (2, 3))
        seen = seen[:, :, :: stride[0], :: stride[1]][:, :, : out[0], : out[1]]
        return reduce(seen, axis=(4, 5))

    return pool


def smallest(x):
    return -np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).min


@pytest.mark.parametrize(
    ("op", "pool", "declared"),
    [
        ("max_pool2d", rounding_up(np.max, smallest), {"ceil": "any"}),
        ("avg_pool2d", rounding_up(np.mean, lambda x: 0), {"ceil": "any", "divisor": "full"}),
    ],
)
def test_a_ceil_mode_of_another_rule_is_no_failure_once_it_is_declared(op, pool, declared):
    laws = ["definition", "shape", "returns-an-answer"]
    result = cp.check(cp.Target("any", conventions=declared, **{op: pool}), laws=laws, examples=200)
    assert result.ok, str(result)
    assert any("as declared" in text for text in map(str, result.limits))
