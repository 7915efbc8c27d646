"""Parameters of names that say nothing: told by their effect, left alone where there is none."""

from __future__ import annotations

import numpy as np

import convproof as cp
from convproof.conformance.target.resolve import resolve


def bank(x, w, level=None, every=1, holes=1, blocks=1, border=0):
    """Of (N, C, L) and (M, C / blocks, K), by sums over the taps."""
    x, w = np.asarray(x, float), np.asarray(w, float)
    x = np.pad(x, ((0, 0), (0, 0), (border, border)))
    span = x.shape[2] - holes * (w.shape[2] - 1)
    if span < 1:
        raise ValueError("too short")
    parts = []
    for signal, kernels in zip(np.split(x, blocks, 1), np.split(w, blocks), strict=True):
        taps = [signal[:, :, holes * k : holes * k + span : every] for k in range(w.shape[2])]
        parts.append(np.einsum("kncl,mck->nml", taps, kernels))
    return np.concatenate(parts, axis=1) + (0 if level is None else np.reshape(level, (-1, 1)))


def largest(x, size, hop=None, gap=1, whole=False):
    """A maximum over a line: `whole` keeps what is left over at the end."""
    hop, n = hop or size, x.shape[2]
    reach = gap * (size - 1) + 1
    if n < reach:
        raise ValueError("too short")
    starts = list(range(0, n - reach + 1, hop))
    if whole and starts[-1] + hop < n and (n - reach) % hop:
        starts.append(starts[-1] + hop)
    return np.stack([x[:, :, s : s + reach : gap].max(2) for s in starts], 2)


def unmoved(x, w, gain=1, loud=False):
    return bank(x, w)


def test_what_a_result_follows_is_what_a_parameter_is():
    target = resolve(bank, op="conv1d")
    adapter = target.adapter("conv1d")
    assert adapter.takes >= {"stride", "dilation", "groups", "padding", "bias"}
    assert not adapter.ignored
    assert "holes taken for dilation, blocks taken for groups" in adapter.about
    assert cp.check(target, examples=60).ok


def test_a_flag_and_a_default_of_none():
    adapter = resolve(largest, op="max_pool1d").adapter("max_pool1d")
    assert adapter.takes >= {"stride", "dilation", "ceil_mode"}
    assert "whole taken for ceil_mode" in adapter.about


def test_what_changes_nothing_stays_at_its_default():
    adapter = resolve(unmoved, op="conv1d").adapter("conv1d")
    assert adapter.ignored == ("gain", "loud")
    assert not adapter.about


def test_what_does_something_else_stays_at_its_default():
    def scaled(x, w, power=1):
        return bank(x, w) * power

    assert resolve(scaled, op="conv1d").adapter("conv1d").ignored == ("power",)


def test_a_mistake_behind_such_a_parameter_is_found():
    def wrong(x, w, every=1):
        return bank(x, w, every=every) - (every > 2)

    result = cp.check(resolve(wrong, op="conv1d"), examples=80)
    assert "definition" in {one.law for one in result.failures}


def test_a_gradient_of_a_name_of_its_own_comes_before_a_bias():
    def conv1d_grads(x, w, flow):
        dx = np.zeros(x.shape)
        taps = w.shape[2]
        for k in range(taps):
            dx[:, :, k : k + flow.shape[2]] += np.einsum("nml,mc->ncl", flow, w[:, :, k])
        seen = [x[:, :, k : k + flow.shape[2]] for k in range(taps)]
        return dx, np.einsum("nml,kncl->mck", flow, seen)

    assert cp.check(resolve(conv1d_grads), examples=40).ok


def test_what_is_documented_as_an_int_is_given_one_number():
    def mean_pool(image, size, stride=1, padding=0):
        """image: (H, W); padding: int, zeros on all sides."""
        image = np.pad(image, padding)
        size = (size, size) if np.isscalar(size) else size
        seen = np.lib.stride_tricks.sliding_window_view(image, size)
        return seen[::stride, ::stride].mean((2, 3))

    adapter = resolve(mean_pool, op="avg_pool2d").adapter("avg_pool2d")
    assert "unequal_padding" not in adapter.takes
    mean_pool.__doc__ = None
    adapter = resolve(mean_pool, op="avg_pool2d").adapter("avg_pool2d")
    assert "unequal_padding" in adapter.takes  # nobody said that it may not be asked
