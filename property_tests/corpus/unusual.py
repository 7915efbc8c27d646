"""Right, and seldom written so: other algorithms, other containers, other precisions on the way."""

from __future__ import annotations

from typing import Any

import numpy as np

from property_tests.corpus import engines
from property_tests.corpus.job import Array, Job, Window
from property_tests.corpus.mutant import as_conv, as_pool, correct

# Winograd's F(4, 3) with its textbook points 0, +-1, +-2: image, kernel and output transforms.
IMAGE = np.array(
    [
        [4, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1],
    ],
    float,
)
KERNEL = np.array(
    [
        [1 / 4, 0, 0],
        [-1 / 6, -1 / 6, -1 / 6],
        [-1 / 6, 1 / 6, -1 / 6],
        [1 / 24, 1 / 12, 1 / 6],
        [1 / 24, -1 / 12, 1 / 6],
        [0, 0, 1],
    ]
)
OUTPUT = np.array(
    [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]], float
)


def tiles_of_four(c: Job) -> Array:
    """F(4x4, 3x3) in the arguments' precision; sums of taps where it does not apply."""
    plain = max(c.stride) == max(c.dilation) == c.groups == 1
    if c.taps != (3, 3) or not plain or c.kind.kind != "f" or c.kind == np.float16:
        return engines.taps(c)
    padded = c.padded()
    (high, wide), (rows, columns) = c.out, (-(-n // 4) for n in c.out)
    room = np.zeros((*padded.shape[:2], 4 * rows + 2, 4 * columns + 2), c.kind)
    room[:, :, : padded.shape[2], : padded.shape[3]] = padded
    tiles = np.lib.stride_tricks.sliding_window_view(room, (6, 6), axis=(2, 3))[:, :, ::4, ::4]
    turn, spread, back = (m.astype(c.kind) for m in (IMAGE, KERNEL, OUTPUT))
    images, kernels = turn @ tiles @ turn.T, spread @ c.w.astype(c.kind) @ spread.T
    products = np.einsum("ncijab,mcab->nmijab", images, kernels)
    y = (back @ products @ back.T).transpose(0, 1, 2, 4, 3, 5)
    y = y.reshape(len(padded), len(c.w), 4 * rows, 4 * columns)[:, :, :high, :wide]
    return np.ascontiguousarray(y if c.b is None else y + c.b[:, None, None].astype(c.kind))


def lists(c: Job) -> Array:
    """Python's own numbers in lists."""
    image, kernel = c.padded().tolist(), c.w.tolist()
    bias = [0] * len(kernel) if c.b is None else c.b.tolist()
    width, depth = len(kernel) // c.groups, c.w.shape[1]
    y: list[Any] = [
        [
            [
                [
                    bias[m]
                    + sum(
                        weight * item[m // width * depth + k][i * s + p * d][j * t + q * e]
                        for k, plane in enumerate(kernel[m])
                        for p, row in enumerate(plane)
                        for q, weight in enumerate(row)
                    )
                    for j in range(c.out[1])
                ]
                for i in range(c.out[0])
            ]
            for m in range(len(kernel))
        ]
        for item in image
        for (s, t), (d, e) in [(c.stride, c.dilation)]
    ]
    shape = (len(image), len(kernel), *c.out)
    return np.array(y, dtype=c.kind if c.kind.kind == "f" else None).reshape(shape)


def table_of_sums(c: Window) -> Array:
    """Means from a summed-area table in double precision."""
    padded = c.padded(0)
    table = np.zeros((*padded.shape[:2], padded.shape[2] + 1, padded.shape[3] + 1))
    table[:, :, 1:, 1:] = padded.cumsum(2, dtype=float).cumsum(3)
    (k, q), (s, t) = c.taps, c.stride
    y = table[:, :, k:, q:] - table[:, :, :-k, q:] - table[:, :, k:, :-q] + table[:, :, :-k, :-q]
    y = y[:, :, ::s, ::t][:, :, : c.shape[2], : c.shape[3]] / (k * q)
    return y.astype(padded.dtype) if padded.dtype.kind == "f" else y


correct(
    "right-winograd-of-four",
    "winograd",
    "F(4x4, 3x3) with textbook points in single precision, whose rounding is ten times a sum's.",
    {"conv2d": as_conv(tiles_of_four)},
)
correct(
    "right-lists",
    "loops",
    "Lists of Python's own numbers all the way.",
    {"conv2d": as_conv(lists)},
)
correct(
    "right-table-of-sums",
    "precision",
    "Averages from a summed-area table in double precision.",
    {"avg_pool2d": as_pool(table_of_sums)},
)
