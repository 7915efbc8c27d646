"""Functions of one filter a channel are found out by their numbers, and judged as what they are."""

from __future__ import annotations

import numpy as np
import pytest

from convproof.conformance.run.engine import check
from convproof.conformance.target.resolve import resolve
from convproof.conformance.target.target import Target

# how the kernel is read: channels first (C, 1, K) and (C, K), channels last (K, C)
READ = {"one filter": "w[:, 0]", "without an axis": "w"}
TEXT = """
import numpy as np

def {name}(x, w, stride=1):
    k = {read}
    seen = np.lib.stride_tricks.sliding_window_view(x, k.shape[1:], axis=(2, 3))
    return np.einsum("ncijkl,ckl->ncij", seen[:, :, ::stride, ::stride], k)

def {name}_backward(x, w, grad_y, stride=1):
    k = {read}
    seen = np.lib.stride_tricks.sliding_window_view(x, k.shape[1:], axis=(2, 3))
    dk = np.einsum("ncijkl,ncij->ckl", seen[:, :, ::stride, ::stride], grad_y){twice}
    dx = np.zeros_like(x)
    for i, j in np.ndindex(grad_y.shape[2:]):
        top, left = i * stride, j * stride
        rows, columns = slice(top, top + k.shape[1]), slice(left, left + k.shape[2])
        dx[:, :, rows, columns] += grad_y[:, :, i, j, None, None] * k
    return dx, dk.reshape(w.shape), None
"""


def file_of(tmp_path, laid, name="depthwise_conv2d", twice=""):
    path = tmp_path / "own.py"
    path.write_text(TEXT.format(name=name, read=READ[laid], twice=twice))
    return str(path)


@pytest.mark.parametrize("laid", READ)
def test_both_ways_are_judged_with_as_many_filters_as_channels(laid, tmp_path):
    made = resolve(file_of(tmp_path, laid))
    assert made.ops == {"conv2d", "conv2d_backward"}
    assert made.adapter("conv2d").depthwise == "one filter"
    result = check(made, examples=20, laws=["definition", "shape"], allow=["empty batches"])
    assert result.ok, str(result)
    assert any("it is depthwise" in text for text in result.not_exercised)


def test_a_doubled_gradient_is_caught(tmp_path):
    made = resolve(file_of(tmp_path, "without an axis", twice=" * 2"))
    result = check(made, examples=20, fail_fast=True)
    assert result.failures[0].op == "conv2d_backward"


def test_a_function_by_another_name_is_known_by_its_numbers():
    def conv1d(x, w, stride=1):
        seen = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)
        return np.einsum("ncik,ck->nci", seen[:, :, ::stride], w[:, 0])

    def turned(x, w, stride=1):
        seen = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)
        return np.einsum("ncik,ck->nci", seen[:, :, ::stride], w[:, 0, ::-1])

    assert Target("right", conv1d=conv1d).adapter("conv1d").depthwise
    assert not Target("wrong", conv1d=turned).adapter("conv1d").depthwise  # whatever it is


@pytest.mark.parametrize(("order", "holds"), [("cm", True), ("mc", False)])
def test_several_filters_a_channel_are_judged_in_their_order(order, holds):
    def depthwise_conv2d(x, w):
        """w (KH, KW, C, M) as TensorFlow has it: the outputs of a channel lie together."""
        seen = np.lib.stride_tricks.sliding_window_view(x, w.shape[:2], axis=(1, 2))
        y = np.einsum(f"nijckl,klcm->nij{order}", seen, w)
        return y.reshape(*y.shape[:3], -1)

    target = Target("multiples", conv2d=depthwise_conv2d, layout="channels_last")
    result = check(target, examples=20, laws=["definition", "shape"])
    assert result.ok == holds
    if holds:
        assert target.adapter("conv2d").depthwise == "filters"
    else:
        assert "dealt out in turn" in result.failures[0].diagnosis[0]
