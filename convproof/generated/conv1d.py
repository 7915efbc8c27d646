"""Convolution in 1d.

Generated from conv1d (4ce3e93245467ce0)
by `python -m convproof.emit`, never edited: a test compares.
x (N, *space, G, C), kernel (*taps, C, G, M), z (N, *out, G, M).
"""

from __future__ import annotations

import numpy as np

from convproof.lower.channels import tiled, weigh, weighed
from convproof.lower.parallel import along, multiply, share, stacked, total
from convproof.lower.recurring import kept
from convproof.lower.runtime import (
    Array,
    add,
    add_columns,
    columns,
    constant,
    multiplied,
    near,
    spans,
    spread,
    untile,
    windows,
    windows_turned,
)
from convproof.lower.transforms import crossed, lay, mixed, restored, spectrum


def forward_im2row(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    block: int,
) -> Array:
    """The output before bias and activation.

    Schedule im2row: the taps of each position gathered as a row, then a matrix product.
    """
    N, _, G, C = x.shape
    K_W, _, _, M = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    flat = kernel.reshape(C*K_W, G, M)
    z = np.empty((N, O_W, G, M), dtype=np.promote_types(kernel.dtype, x.dtype))

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        patches = near(
            windows(x[images], (K_W,), (D_W,), (-P_W + S_W*rows_start,), (S_W,), (rows_size,))
        )
        left = patches.reshape(images_size*rows_size, G, C*K_W).transpose(1, 0, 2)
        right = flat.transpose(1, 0, 2)
        multiply(
            left, right, out=z[images, rows].reshape(
                images_size*rows_size, G, M,
            ).transpose(1, 0, 2),
        )

    images_most = max(1, (block // O_W))
    rows_most = min(O_W, block)
    if images_most >= N and rows_most >= O_W:
        task(slice(0, N), slice(0, O_W))
    else:
        share(task, (N, images_most), (O_W, rows_most))
    return z


def forward_depthwise(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    block: int,
) -> Array:
    """The output before bias and activation.

    Schedule depthwise: each channel by itself, the taps of a block summed in one loop.
    """
    N, _, G, _ = x.shape
    K_W, _, _, M = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    wide = tiled(kernel, min(O_W, block))
    z = np.empty((N, O_W, G, M), dtype=np.promote_types(kernel.dtype, x.dtype))

    def task(images: slice, rows: slice) -> None:
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        seen = windows(x[images], (K_W,), (D_W,), (-P_W + S_W*rows_start,), (S_W,), (rows_size,))
        weigh(z[images, rows], seen, wide)

    images_most = max(1, (block // O_W))
    rows_most = min(O_W, block)
    if images_most >= N and rows_most >= O_W:
        task(slice(0, N), slice(0, O_W))
    else:
        share(task, (N, images_most), (O_W, rows_most))
    return z


def forward_fft(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    step: int,
    block: int,
) -> Array:
    """The output before bias and activation.

    Schedule fft: spectra of overlapping tiles, multiplied.
    """
    N, _, G, _ = x.shape
    K_W, _, _, M = kernel.shape
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    sides = (D_W*(K_W - 1) + step, D_W)

    def evaluated(w: Array) -> Array:
        w = spectrum(w, 0, (D_W*(K_W - 1) + step,), (D_W,), turned=True)
        return w

    w = kept(evaluated, kernel, sides)
    z = np.empty((N, O_W, G, M), dtype=np.promote_types(kernel.dtype, x.dtype))

    def task(images: slice, rows: slice) -> None:
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        v = windows(
            x[images], (D_W*(K_W - 1) + step,), (1,), (
                -P_W + rows_start*step,
            ), (step,), (rows_size,),
        )
        v = spectrum(v, 3, (D_W*(K_W - 1) + step,), (1,))
        v = mixed(v, w)
        v = restored(
            v, 3, (D_W*(K_W - 1) + step,), (step,), (1,), np.promote_types(kernel.dtype, x.dtype),
        )
        band = slice(step*rows.start, step*rows.stop)
        lay(z[images, band], v, step)

    images_most = max(1, (block // (-((-O_W) // step))))
    rows_most = min(block, (-((-O_W) // step)))
    if images_most >= N and rows_most >= (-((-O_W) // step)):
        task(slice(0, N), slice(0, (-((-O_W) // step))))
    else:
        share(task, (N, images_most), ((-((-O_W) // step)), rows_most))
    return z


def forward_im2col(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    block: int,
) -> Array:
    """The output before bias and activation.

    Schedule im2col: the taps of each position gathered as a column, then a matrix product.
    """
    N, _, G, C = x.shape
    K_W, _, _, M = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    flat = kernel.reshape(C*K_W, G, M)
    z = np.empty((N, O_W, G, M), dtype=np.promote_types(kernel.dtype, x.dtype))

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        patches = windows(
            x[images], (K_W,), (D_W,), (-P_W + S_W*rows_start,), (S_W,), (rows_size,),
        ).transpose(3, 4, 2, 0, 1)
        left = patches.reshape(C*K_W, G, images_size*rows_size).transpose(1, 2, 0)
        right = flat.transpose(1, 0, 2)
        multiply(
            left, right, out=z[images, rows].reshape(
                images_size*rows_size, G, M,
            ).transpose(1, 0, 2),
        )

    images_most = max(1, (block // O_W))
    rows_most = min(O_W, block)
    if images_most >= N and rows_most >= O_W:
        task(slice(0, N), slice(0, O_W))
    else:
        share(task, (N, images_most), (O_W, rows_most))
    return z


def forward_images_last(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    block: int,
) -> Array:
    """The output before bias and activation.

    Schedule images_last: columns of patches, of arrays whose images lie side by side.
    """
    N, _, G, C = x.shape
    K_W, _, _, M = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    flat = kernel.reshape(C*K_W, G, M)
    z = np.empty(
        (G, M, O_W, N), dtype=np.promote_types(kernel.dtype, x.dtype),
    ).transpose(3, 2, 0, 1)

    def task(rows: slice) -> None:
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        patches = windows_turned(
            x, (K_W,), (D_W,), (-P_W + S_W*rows_start,), (S_W,), (rows_size,),
        ).transpose(3, 4, 2, 1, 0)
        left = flat.transpose(1, 2, 0)
        right = patches.reshape(C*K_W, G, N*rows_size).transpose(1, 0, 2)
        multiply(
            left,
            right,
            out=z[:, rows].transpose(1, 0, 2, 3).reshape(N*rows_size, G, M).transpose(1, 2, 0),
        )

    rows_most = min(O_W, block)
    if rows_most >= O_W:
        task(slice(0, O_W))
    else:
        share(task, (O_W, rows_most))
    return z


def forward_tap(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
) -> Array:
    """The output before bias and activation; schedule tap: a slice for each tap."""
    N, W, G, C = x.shape
    K_W, _, _, M = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    z = np.zeros((N, O_W, G, M), dtype=np.promote_types(kernel.dtype, x.dtype))
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for l, j_o, j_i in j_spans:
        for c in range(C):
            part = z[:, j_o]
            part += kernel[l, c] * x[:, j_i, :, c, None]
    return z


def forward_whole(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
) -> Array:
    """The output before bias and activation.

    Schedule whole: all patches at once, then one matrix product.
    """
    N, _, G, C = x.shape
    K_W, _, _, M = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    O_W, = out_space
    patches = windows(x, (K_W,), (D_W,), (-P_W,), (S_W,), (O_W,))
    z = multiplied(patches.reshape(N*O_W, C*K_W), kernel.reshape(C*K_W, M), (N, O_W, G, M))
    return z


def forward_winograd_2x3(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    tiles: int,
) -> Array:
    """The output before bias and activation.

    Schedule winograd_2x3: F(2, 3) on each axis at 0, 1, -1 and infinity.
    """
    N, _, G, C = x.shape
    _, _, _, M = kernel.shape
    P_W, = pad_lo
    O_W, = out_space
    taps_at = constant(
        ((-2, 0, 0), (1, 1, 1), (1, -1, 1), (0, 0, 2)), 2, np.promote_types(kernel.dtype, x.dtype),
    )
    window = constant(
        ((-1, 0, 1, 0), (0, 1, 1, 0), (0, -1, 1, 0), (0, -1, 0, 1)),
        1,
        np.promote_types(kernel.dtype, x.dtype),
    )
    outputs = constant(((1, 1, 1, 0), (0, 1, -1, 1)), 1, np.promote_types(kernel.dtype, x.dtype))

    def evaluated(w: Array) -> Array:
        w = along(taps_at, w, 1, 0)
        w = w.reshape(4, C, G, M)
        w = w[:].transpose(0, 2, 1, 3)
        w = w.reshape(4*G, C, M)
        return w

    w = kept(evaluated, kernel, taps_at)
    z = np.empty((N, O_W, G, M), dtype=np.promote_types(kernel.dtype, x.dtype))

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        v = windows(
            x[images], (4,), (1,), (-P_W + 2*rows_start,), (2,), (rows_size,),
        ).transpose(3, 2, 0, 1, 4)
        v = along(window, v, 1, 0)
        v = stacked(v.reshape(4*G, images_size*rows_size, C), w.reshape(4*G, C, M))
        v = along(outputs, v, 1, 0)
        band = slice(2*rows.start, 2*rows.stop)
        untile(z[images, band], v.reshape(2, G, images_size, rows_size, M), (2,))

    images_most = max(1, (tiles // (-((-O_W) // 2))))
    rows_most = min(tiles, (-((-O_W) // 2)))
    share(task, (N, images_most), ((-((-O_W) // 2)), rows_most))
    return z


def forward_winograd_4x3(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    tiles: int,
) -> Array:
    """The output before bias and activation.

    Schedule winograd_4x3: F(4, 3) on each axis at 0, 3/4, -3/4, 3/2, -3/2 and infinity.
    """
    N, _, G, C = x.shape
    _, _, _, M = kernel.shape
    P_W, = pad_lo
    O_W, = out_space
    taps_at = constant(
        ((192, 0, 0), (-128, -96, -72), (-128, 96, -72), (32, 48, 72), (32, -48, 72), (0, 0, 243)),
        243,
        np.promote_types(kernel.dtype, x.dtype),
    )
    window = constant(
        (
            (81, 0, -180, 0, 64, 0),
            (0, -108, -144, 48, 64, 0),
            (0, 108, -144, -48, 64, 0),
            (0, -54, -36, 96, 64, 0),
            (0, 54, -36, -96, 64, 0),
            (0, 81, 0, -180, 0, 64),
        ),
        64,
        np.promote_types(kernel.dtype, x.dtype),
    )
    outputs = constant(
        (
            (64, 64, 64, 64, 64, 0),
            (0, 48, -48, 96, -96, 0),
            (0, 36, 36, 144, 144, 0),
            (0, 27, -27, 216, -216, 64),
        ),
        64,
        np.promote_types(kernel.dtype, x.dtype),
    )

    def evaluated(w: Array) -> Array:
        w = along(taps_at, w, 1, 0)
        w = w.reshape(6, C, G, M)
        w = w[:].transpose(0, 2, 1, 3)
        w = w.reshape(6*G, C, M)
        return w

    w = kept(evaluated, kernel, taps_at)
    z = np.empty((N, O_W, G, M), dtype=np.promote_types(kernel.dtype, x.dtype))

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        v = windows(
            x[images], (6,), (1,), (-P_W + 4*rows_start,), (4,), (rows_size,),
        ).transpose(3, 2, 0, 1, 4)
        v = along(window, v, 1, 0)
        v = stacked(v.reshape(6*G, images_size*rows_size, C), w.reshape(6*G, C, M))
        v = along(outputs, v, 1, 0)
        band = slice(4*rows.start, 4*rows.stop)
        untile(z[images, band], v.reshape(4, G, images_size, rows_size, M), (4,))

    images_most = max(1, (tiles // (-((-O_W) // 4))))
    rows_most = min(tiles, (-((-O_W) // 4)))
    share(task, (N, images_most), ((-((-O_W) // 4)), rows_most))
    return z


def forward_winograd_4x5(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    tiles: int,
) -> Array:
    """The output before bias and activation.

    Schedule winograd_4x5: F(4, 5) on each axis at 0, 1/2, -1/2, 1, -1, 7/4, -7/4 and infinity.
    """
    N, _, G, C = x.shape
    _, _, _, M = kernel.shape
    P_W, = pad_lo
    O_W, = out_space
    taps_at = constant(
        (
            (-95040, 0, 0, 0, 0),
            (68992, 34496, 17248, 8624, 4312),
            (68992, -34496, 17248, -8624, 4312),
            (-23520, -23520, -23520, -23520, -23520),
            (-23520, 23520, -23520, 23520, -23520),
            (2048, 3584, 6272, 10976, 19208),
            (2048, -3584, 6272, -10976, 19208),
            (0, 0, 0, 0, 72765),
        ),
        72765,
        np.promote_types(kernel.dtype, x.dtype),
    )
    window = constant(
        (
            (-49, 0, 261, 0, -276, 0, 64, 0),
            (0, 98, 196, -130, -260, 32, 64, 0),
            (0, -98, 196, 130, -260, -32, 64, 0),
            (0, 49, 49, -212, -212, 64, 64, 0),
            (0, -49, 49, 212, -212, -64, 64, 0),
            (0, 28, 16, -140, -80, 112, 64, 0),
            (0, -28, 16, 140, -80, -112, 64, 0),
            (0, -49, 0, 261, 0, -276, 0, 64),
        ),
        64,
        np.promote_types(kernel.dtype, x.dtype),
    )
    outputs = constant(
        (
            (64, 64, 64, 64, 64, 64, 64, 0),
            (0, 32, -32, 64, -64, 112, -112, 0),
            (0, 16, 16, 64, 64, 196, 196, 0),
            (0, 8, -8, 64, -64, 343, -343, 64),
        ),
        64,
        np.promote_types(kernel.dtype, x.dtype),
    )

    def evaluated(w: Array) -> Array:
        w = along(taps_at, w, 1, 0)
        w = w.reshape(8, C, G, M)
        w = w[:].transpose(0, 2, 1, 3)
        w = w.reshape(8*G, C, M)
        return w

    w = kept(evaluated, kernel, taps_at)
    z = np.empty((N, O_W, G, M), dtype=np.promote_types(kernel.dtype, x.dtype))

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        v = windows(
            x[images], (8,), (1,), (-P_W + 4*rows_start,), (4,), (rows_size,),
        ).transpose(3, 2, 0, 1, 4)
        v = along(window, v, 1, 0)
        v = stacked(v.reshape(8*G, images_size*rows_size, C), w.reshape(8*G, C, M))
        v = along(outputs, v, 1, 0)
        band = slice(4*rows.start, 4*rows.stop)
        untile(z[images, band], v.reshape(4, G, images_size, rows_size, M), (4,))

    images_most = max(1, (tiles // (-((-O_W) // 4))))
    rows_most = min(tiles, (-((-O_W) // 4)))
    share(task, (N, images_most), ((-((-O_W) // 4)), rows_most))
    return z


def forward_winograd_2x7(
    x: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    out_space: tuple[int, ...],
    tiles: int,
) -> Array:
    """The output before bias and activation.

    Schedule winograd_2x7: F(2, 7) on each axis at 0, 1/2, -1/2, 1, -1, 7/4, -7/4 and infinity.
    """
    N, _, G, C = x.shape
    _, _, _, M = kernel.shape
    P_W, = pad_lo
    O_W, = out_space
    taps_at = constant(
        (
            (-190080, 0, 0, 0, 0, 0, 0),
            (137984, 68992, 34496, 17248, 8624, 4312, 2156),
            (137984, -68992, 34496, -17248, 8624, -4312, 2156),
            (-47040, -47040, -47040, -47040, -47040, -47040, -47040),
            (-47040, 47040, -47040, 47040, -47040, 47040, -47040),
            (4096, 7168, 12544, 21952, 38416, 67228, 117649),
            (4096, -7168, 12544, -21952, 38416, -67228, 117649),
            (0, 0, 0, 0, 0, 0, 145530),
        ),
        145530,
        np.promote_types(kernel.dtype, x.dtype),
    )
    window = constant(
        (
            (-49, 0, 261, 0, -276, 0, 64, 0),
            (0, 98, 196, -130, -260, 32, 64, 0),
            (0, -98, 196, 130, -260, -32, 64, 0),
            (0, 49, 49, -212, -212, 64, 64, 0),
            (0, -49, 49, 212, -212, -64, 64, 0),
            (0, 28, 16, -140, -80, 112, 64, 0),
            (0, -28, 16, 140, -80, -112, 64, 0),
            (0, -49, 0, 261, 0, -276, 0, 64),
        ),
        64,
        np.promote_types(kernel.dtype, x.dtype),
    )
    outputs = constant(
        ((4, 4, 4, 4, 4, 4, 4, 0), (0, 2, -2, 4, -4, 7, -7, 4)),
        4,
        np.promote_types(kernel.dtype, x.dtype),
    )

    def evaluated(w: Array) -> Array:
        w = along(taps_at, w, 1, 0)
        w = w.reshape(8, C, G, M)
        w = w[:].transpose(0, 2, 1, 3)
        w = w.reshape(8*G, C, M)
        return w

    w = kept(evaluated, kernel, taps_at)
    z = np.empty((N, O_W, G, M), dtype=np.promote_types(kernel.dtype, x.dtype))

    def task(images: slice, rows: slice) -> None:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        v = windows(
            x[images], (8,), (1,), (-P_W + 2*rows_start,), (2,), (rows_size,),
        ).transpose(3, 2, 0, 1, 4)
        v = along(window, v, 1, 0)
        v = stacked(v.reshape(8*G, images_size*rows_size, C), w.reshape(8*G, C, M))
        v = along(outputs, v, 1, 0)
        band = slice(2*rows.start, 2*rows.stop)
        untile(z[images, band], v.reshape(2, G, images_size, rows_size, M), (2,))

    images_most = max(1, (tiles // (-((-O_W) // 2))))
    rows_most = min(tiles, (-((-O_W) // 2)))
    share(task, (N, images_most), ((-((-O_W) // 2)), rows_most))
    return z


def gradient_x_im2row(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    block: int,
) -> Array:
    """The input's gradient.

    Schedule im2row: the taps of each position gathered as a row, then a matrix product.
    """
    N, O_W, G, M = dz.shape
    K_W, C, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    W, = space
    flat = kernel.reshape(C*K_W, G, M)
    dx = np.zeros((N, W, G, C), dtype=np.promote_types(kernel.dtype, dz.dtype))

    def task(images: slice) -> None:
        images_size = images.stop - images.start
        rows_most = min(O_W, block)
        for rows_start in range(0, O_W, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_W))
            rows_size = rows.stop - rows_start
            patches = np.empty(
                (images_size, rows_size, G, K_W, C), dtype=np.promote_types(kernel.dtype, dz.dtype),
            )
            left = dz[images, rows].reshape(images_size*rows_size, G, M).transpose(1, 0, 2)
            right = flat.transpose(1, 2, 0)
            multiply(
                left, right, out=patches.reshape(
                    images_size*rows_size, G, C*K_W,
                ).transpose(1, 0, 2),
            )
            j_spans = spans(K_W, D_W, -P_W + S_W*rows_start, S_W, rows_size, W)
            for l, j_o, j_i in j_spans:
                add(dx[images, j_i], patches[:, j_o, :, l])

    images_most = max(1, (block // O_W))
    if images_most >= N:
        task(slice(0, N))
    else:
        share(task, (N, images_most))
    return dx


def gradient_x_dgrad_im2row(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    block: int,
) -> Array:
    """The input's gradient.

    Schedule dgrad_im2row: a convolution of stride 1 with the rotated kernel, by im2row.
    """
    _, O_W, _, _ = dz.shape
    K_W, _, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    rotated = kernel[::-1].transpose(0, 3, 2, 1)
    wide = spread(dz, (O_W,), (S_W,))
    rotated_lo = (D_W*(K_W - 1) - P_W,)
    ones = (1,)
    dx = forward_im2row(wide, rotated, ones, dilation, rotated_lo, space, block)
    return dx


def gradient_x_dgrad_im2col(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    block: int,
) -> Array:
    """The input's gradient.

    Schedule dgrad_im2col: a convolution of stride 1 with the rotated kernel, by im2col.
    """
    _, O_W, _, _ = dz.shape
    K_W, _, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    rotated = kernel[::-1].transpose(0, 3, 2, 1)
    wide = spread(dz, (O_W,), (S_W,))
    rotated_lo = (D_W*(K_W - 1) - P_W,)
    ones = (1,)
    dx = forward_im2col(wide, rotated, ones, dilation, rotated_lo, space, block)
    return dx


def gradient_x_dgrad_depthwise(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    block: int,
) -> Array:
    """The input's gradient.

    Schedule dgrad_depthwise: the rotated kernel's convolution of stride 1, each channel by itself.
    """
    _, O_W, _, _ = dz.shape
    K_W, _, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    rotated = kernel[::-1].transpose(0, 3, 2, 1)
    wide = spread(dz, (O_W,), (S_W,))
    rotated_lo = (D_W*(K_W - 1) - P_W,)
    ones = (1,)
    dx = forward_depthwise(wide, rotated, ones, dilation, rotated_lo, space, block)
    return dx


def gradient_x_fft(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    step: int,
    block: int,
) -> Array:
    """The input's gradient; schedule fft: spectra of overlapping tiles, multiplied."""
    _, O_W, _, _ = dz.shape
    K_W, _, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    rotated = kernel[::-1].transpose(0, 3, 2, 1)
    wide = spread(dz, (O_W,), (S_W,))
    rotated_lo = (D_W*(K_W - 1) - P_W,)
    ones = (1,)
    dx = forward_fft(wide, rotated, ones, dilation, rotated_lo, space, step, block)
    return dx


def gradient_x_im2col(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    block: int,
) -> Array:
    """The input's gradient.

    Schedule im2col: the taps of each position gathered as a column, then a matrix product.
    """
    N, O_W, G, M = dz.shape
    K_W, C, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    W, = space
    flat = kernel.reshape(C*K_W, G, M)
    dx = np.empty((N, W, G, C), dtype=np.promote_types(kernel.dtype, dz.dtype))

    def task(images: slice) -> None:
        images_size = images.stop - images.start
        planes = np.zeros(
            (G, C, images_size, W), dtype=np.promote_types(kernel.dtype, dz.dtype),
        ).transpose(2, 3, 0, 1)
        rows_most = min(O_W, block)
        for rows_start in range(0, O_W, rows_most):
            rows = slice(rows_start, min(rows_start + rows_most, O_W))
            rows_size = rows.stop - rows_start
            patches = np.empty(
                (K_W, C, G, images_size, rows_size), dtype=np.promote_types(kernel.dtype, dz.dtype),
            )
            left = flat.transpose(1, 0, 2)
            right = dz[images, rows].reshape(images_size*rows_size, G, M).transpose(1, 2, 0)
            multiply(
                left, right, out=patches.reshape(
                    C*K_W, G, images_size*rows_size,
                ).transpose(1, 0, 2),
            )
            j_spans = spans(K_W, D_W, -P_W + S_W*rows_start, S_W, rows_size, W)
            for l, j_o, j_i in j_spans:
                add(planes[:, j_i], patches[l, :, :, :, j_o].transpose(2, 3, 1, 0))
        dx[images] = planes

    images_most = max(1, (block // O_W))
    if images_most >= N:
        task(slice(0, N))
    else:
        share(task, (N, images_most))
    return dx


def gradient_x_images_last(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    block: int,
) -> Array:
    """The input's gradient.

    Schedule images_last: columns of patches, of arrays whose images lie side by side.
    """
    N, O_W, G, M = dz.shape
    K_W, C, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    W, = space
    flat = kernel.reshape(C*K_W, G, M)
    dx = np.zeros(
        (G, C, W, N), dtype=np.promote_types(kernel.dtype, dz.dtype),
    ).transpose(3, 2, 0, 1)
    rows_most = min(O_W, block)
    for rows_start in range(0, O_W, rows_most):
        rows = slice(rows_start, min(rows_start + rows_most, O_W))
        rows_size = rows.stop - rows_start
        patches = np.empty(
            (K_W, C, G, rows_size, N), dtype=np.promote_types(kernel.dtype, dz.dtype),
        )
        left = flat.transpose(1, 0, 2)
        right = dz[:, rows].transpose(1, 0, 2, 3).reshape(N*rows_size, G, M).transpose(1, 2, 0)
        multiply(left, right, out=patches.reshape(C*K_W, G, N*rows_size).transpose(1, 0, 2))
        j_spans = spans(K_W, D_W, -P_W + S_W*rows_start, S_W, rows_size, W)
        for l, j_o, j_i in j_spans:
            add(dx[:, j_i], patches[l, :, :, j_o].transpose(3, 2, 1, 0))
    return dx


def gradient_x_tap(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
) -> Array:
    """The input's gradient; schedule tap: a slice for each tap."""
    N, O_W, G, M = dz.shape
    K_W, C, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    W, = space
    dx = np.zeros((N, W, G, C), dtype=np.promote_types(kernel.dtype, dz.dtype))
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for l, j_o, j_i in j_spans:
        for m in range(M):
            part = dx[:, j_i]
            part += kernel[l, :, :, m].transpose(1, 0) * dz[:, j_o, :, m, None]
    return dx


def gradient_x_dgrad_whole(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
) -> Array:
    """The input's gradient.

    Schedule dgrad_whole: a convolution of stride 1 with the rotated kernel, all patches at once.
    """
    _, O_W, _, _ = dz.shape
    K_W, _, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    rotated = kernel[::-1].transpose(0, 3, 2, 1)
    wide = spread(dz, (O_W,), (S_W,))
    rotated_lo = (D_W*(K_W - 1) - P_W,)
    ones = (1,)
    dx = forward_whole(wide, rotated, ones, dilation, rotated_lo, space)
    return dx


def gradient_x_winograd_2x3(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    tiles: int,
) -> Array:
    """The input's gradient.

    Schedule winograd_2x3: F(2, 3) on each axis at 0, 1, -1 and infinity.
    """
    _, O_W, _, _ = dz.shape
    K_W, _, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    rotated = kernel[::-1].transpose(0, 3, 2, 1)
    wide = spread(dz, (O_W,), (S_W,))
    rotated_lo = (D_W*(K_W - 1) - P_W,)
    ones = (1,)
    dx = forward_winograd_2x3(wide, rotated, ones, dilation, rotated_lo, space, tiles)
    return dx


def gradient_x_winograd_4x3(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    tiles: int,
) -> Array:
    """The input's gradient.

    Schedule winograd_4x3: F(4, 3) on each axis at 0, 3/4, -3/4, 3/2, -3/2 and infinity.
    """
    _, O_W, _, _ = dz.shape
    K_W, _, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    rotated = kernel[::-1].transpose(0, 3, 2, 1)
    wide = spread(dz, (O_W,), (S_W,))
    rotated_lo = (D_W*(K_W - 1) - P_W,)
    ones = (1,)
    dx = forward_winograd_4x3(wide, rotated, ones, dilation, rotated_lo, space, tiles)
    return dx


def gradient_x_winograd_4x5(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    tiles: int,
) -> Array:
    """The input's gradient.

    Schedule winograd_4x5: F(4, 5) on each axis at 0, 1/2, -1/2, 1, -1, 7/4, -7/4 and infinity.
    """
    _, O_W, _, _ = dz.shape
    K_W, _, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    rotated = kernel[::-1].transpose(0, 3, 2, 1)
    wide = spread(dz, (O_W,), (S_W,))
    rotated_lo = (D_W*(K_W - 1) - P_W,)
    ones = (1,)
    dx = forward_winograd_4x5(wide, rotated, ones, dilation, rotated_lo, space, tiles)
    return dx


def gradient_x_winograd_2x7(
    dz: Array,
    kernel: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    space: tuple[int, ...],
    tiles: int,
) -> Array:
    """The input's gradient.

    Schedule winograd_2x7: F(2, 7) on each axis at 0, 1/2, -1/2, 1, -1, 7/4, -7/4 and infinity.
    """
    _, O_W, _, _ = dz.shape
    K_W, _, _, _ = kernel.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    rotated = kernel[::-1].transpose(0, 3, 2, 1)
    wide = spread(dz, (O_W,), (S_W,))
    rotated_lo = (D_W*(K_W - 1) - P_W,)
    ones = (1,)
    dx = forward_winograd_2x7(wide, rotated, ones, dilation, rotated_lo, space, tiles)
    return dx


def gradient_kernel_im2row(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """The kernel's gradient, all copies summed.

    Schedule im2row: the taps of each position gathered as a row, then a matrix product.
    """
    N, O_W, G, M = dz.shape
    _, _, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps

    def task(images: slice, rows: slice) -> Array:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        patches = near(
            windows(x[images], (K_W,), (D_W,), (-P_W + S_W*rows_start,), (S_W,), (rows_size,))
        )
        part = multiply(
            patches.reshape(images_size*rows_size, G, C*K_W).transpose(1, 2, 0),
            dz[images, rows].reshape(images_size*rows_size, G, M).transpose(1, 0, 2),
        )
        return part

    images_most = max(1, (block // O_W))
    rows_most = min(O_W, block)
    if images_most >= N and rows_most >= O_W:
        summed = task(slice(0, N), slice(0, O_W))
    else:
        summed = total(task, (N, images_most), (O_W, rows_most))
    dkernel = np.empty((K_W, C, G, M), dtype=np.promote_types(x.dtype, dz.dtype))
    dkernel[...] = summed[:].transpose(1, 0, 2).reshape(K_W, C, G, M)
    return dkernel


def gradient_kernel_depthwise(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """The kernel's gradient, all copies summed.

    Schedule depthwise: each channel by itself, the taps of a block summed in one loop.
    """
    N, O_W, _, _ = dz.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps

    def task(images: slice, rows: slice) -> Array:
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        seen = windows(x[images], (K_W,), (D_W,), (-P_W + S_W*rows_start,), (S_W,), (rows_size,))
        part = weighed(seen, dz[images, rows])
        return part

    images_most = max(1, (block // O_W))
    rows_most = min(O_W, block)
    if images_most >= N and rows_most >= O_W:
        dkernel = task(slice(0, N), slice(0, O_W))
    else:
        dkernel = total(task, (N, images_most), (O_W, rows_most))
    return dkernel


def gradient_kernel_fft(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
    step: int,
    block: int,
) -> Array:
    """The kernel's gradient, all copies summed.

    Schedule fft: spectra of overlapping tiles, multiplied.
    """
    N, O_W, G, M = dz.shape
    _, _, _, C = x.shape
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps

    def task(images: slice, rows: slice) -> Array:
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        v = windows(dz[images], (step,), (1,), (rows_start*step,), (step,), (rows_size,))
        flow = spectrum(v, 3, (D_W*(K_W - 1) + step,), (1,), turned=True)
        v = windows(
            x[images], (D_W*(K_W - 1) + step,), (1,), (
                -P_W + rows_start*step,
            ), (step,), (rows_size,),
        )
        v = spectrum(v, 3, (D_W*(K_W - 1) + step,), (1,))
        part = crossed(v, flow, 1)
        return part

    images_most = max(1, (block // (-((-O_W) // step))))
    rows_most = min(block, (-((-O_W) // step)))
    if images_most >= N and rows_most >= (-((-O_W) // step)):
        w = task(slice(0, N), slice(0, (-((-O_W) // step))))
    else:
        w = total(task, (N, images_most), ((-((-O_W) // step)), rows_most))
    w = restored(w, 1, (D_W*(K_W - 1) + step,), (K_W,), (D_W,), np.promote_types(x.dtype, dz.dtype))
    dkernel = np.empty((K_W, C, G, M), dtype=np.promote_types(x.dtype, dz.dtype))
    dkernel[...] = w[:].transpose(1, 2, 0, 3)
    return dkernel


def gradient_kernel_im2col(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """The kernel's gradient, all copies summed.

    Schedule im2col: the taps of each position gathered as a column, then a matrix product.
    """
    N, O_W, G, M = dz.shape
    _, _, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps

    def task(images: slice, rows: slice) -> Array:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        patches = windows(
            x[images], (K_W,), (D_W,), (-P_W + S_W*rows_start,), (S_W,), (rows_size,),
        ).transpose(3, 4, 2, 0, 1)
        part = multiply(
            patches.reshape(C*K_W, G, images_size*rows_size).transpose(1, 0, 2),
            dz[images, rows].reshape(images_size*rows_size, G, M).transpose(1, 0, 2),
        )
        return part

    images_most = max(1, (block // O_W))
    rows_most = min(O_W, block)
    if images_most >= N and rows_most >= O_W:
        summed = task(slice(0, N), slice(0, O_W))
    else:
        summed = total(task, (N, images_most), (O_W, rows_most))
    dkernel = np.empty((K_W, C, G, M), dtype=np.promote_types(x.dtype, dz.dtype))
    dkernel[...] = summed[:].transpose(1, 0, 2).reshape(K_W, C, G, M)
    return dkernel


def gradient_kernel_images_last(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
    block: int,
) -> Array:
    """The kernel's gradient, all copies summed.

    Schedule images_last: columns of patches, of arrays whose images lie side by side.
    """
    N, O_W, G, M = dz.shape
    _, _, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps

    def task(rows: slice) -> Array:
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        patches = windows_turned(
            x, (K_W,), (D_W,), (-P_W + S_W*rows_start,), (S_W,), (rows_size,),
        ).transpose(3, 4, 2, 1, 0)
        part = multiply(
            patches.reshape(C*K_W, G, N*rows_size).transpose(1, 0, 2),
            dz[:, rows].transpose(1, 0, 2, 3).reshape(N*rows_size, G, M).transpose(1, 0, 2),
        )
        return part

    rows_most = min(O_W, block)
    if rows_most >= O_W:
        summed = task(slice(0, O_W))
    else:
        summed = total(task, (O_W, rows_most))
    dkernel = np.empty((K_W, C, G, M), dtype=np.promote_types(x.dtype, dz.dtype))
    dkernel[...] = summed[:].transpose(1, 0, 2).reshape(K_W, C, G, M)
    return dkernel


def gradient_kernel_tap(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The kernel's gradient, all copies summed; schedule tap: a slice for each tap."""
    _, O_W, G, M = dz.shape
    _, W, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps
    dkernel = np.zeros((K_W, C, G, M), dtype=np.promote_types(x.dtype, dz.dtype))
    j_spans = spans(K_W, D_W, -P_W, S_W, O_W, W)
    for l, j_o, j_i in j_spans:
        for c in range(C):
            part = dkernel[l, c]
            part += (x[:, j_i, :, c, None] * dz[:, j_o]).sum(axis=(0, 1))
    return dkernel


def gradient_kernel_whole(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
) -> Array:
    """The kernel's gradient, all copies summed.

    Schedule whole: all patches at once, then one matrix product.
    """
    N, O_W, G, M = dz.shape
    _, _, _, C = x.shape
    S_W, = stride
    D_W, = dilation
    P_W, = pad_lo
    K_W, = taps
    patches = windows(x, (K_W,), (D_W,), (-P_W,), (S_W,), (O_W,))
    dkernel = multiplied(
        patches.reshape(N*O_W, C*K_W).transpose(), dz.reshape(N*O_W, M), (K_W, C, G, M),
    )
    return dkernel


def gradient_kernel_winograd_2x3(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
    tiles: int,
) -> Array:
    """The kernel's gradient, all copies summed.

    Schedule winograd_2x3: F(2, 3) on each axis at 0, 1, -1 and infinity.
    """
    N, O_W, G, M = dz.shape
    _, _, _, C = x.shape
    P_W, = pad_lo
    K_W, = taps
    taps_at = constant(
        ((-2, 1, 1, 0), (0, 1, -1, 0), (0, 1, 1, 2)), 2, np.promote_types(x.dtype, dz.dtype),
    )
    window = constant(
        ((-1, 0, 1, 0), (0, 1, 1, 0), (0, -1, 1, 0), (0, -1, 0, 1)),
        1,
        np.promote_types(x.dtype, dz.dtype),
    )
    outputs = constant(((1, 0), (1, 1), (1, -1), (0, 1)), 1, np.promote_types(x.dtype, dz.dtype))

    def task(images: slice, rows: slice) -> Array:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        v = windows(
            dz[images], (2,), (1,), (2*rows_start,), (2,), (rows_size,),
        ).transpose(3, 2, 0, 1, 4)
        v = along(outputs, v, 1, 2)
        flow = v
        v = windows(
            x[images], (4,), (1,), (-P_W + 2*rows_start,), (2,), (rows_size,),
        ).transpose(3, 2, 0, 1, 4)
        v = along(window, v, 1, 0)
        part = stacked(
            v.reshape(4*G, images_size*rows_size, C).transpose(0, 2, 1),
            flow.reshape(4*G, images_size*rows_size, M),
        )
        return part

    images_most = max(1, (tiles // (-((-O_W) // 2))))
    rows_most = min(tiles, (-((-O_W) // 2)))
    w = total(task, (N, images_most), ((-((-O_W) // 2)), rows_most))
    w = along(taps_at, w, 1, 0)
    w = w.reshape(3, G, C, M)
    dkernel = np.empty((K_W, C, G, M), dtype=np.promote_types(x.dtype, dz.dtype))
    dkernel[...] = w[:].transpose(0, 2, 1, 3)
    return dkernel


def gradient_kernel_winograd_4x3(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
    tiles: int,
) -> Array:
    """The kernel's gradient, all copies summed.

    Schedule winograd_4x3: F(4, 3) on each axis at 0, 3/4, -3/4, 3/2, -3/2 and infinity.
    """
    N, O_W, G, M = dz.shape
    _, _, _, C = x.shape
    P_W, = pad_lo
    K_W, = taps
    taps_at = constant(
        ((192, -128, -128, 32, 32, 0), (0, -96, 96, 48, -48, 0), (0, -72, -72, 72, 72, 243)),
        243,
        np.promote_types(x.dtype, dz.dtype),
    )
    window = constant(
        (
            (81, 0, -180, 0, 64, 0),
            (0, -108, -144, 48, 64, 0),
            (0, 108, -144, -48, 64, 0),
            (0, -54, -36, 96, 64, 0),
            (0, 54, -36, -96, 64, 0),
            (0, 81, 0, -180, 0, 64),
        ),
        64,
        np.promote_types(x.dtype, dz.dtype),
    )
    outputs = constant(
        (
            (64, 0, 0, 0),
            (64, 48, 36, 27),
            (64, -48, 36, -27),
            (64, 96, 144, 216),
            (64, -96, 144, -216),
            (0, 0, 0, 64),
        ),
        64,
        np.promote_types(x.dtype, dz.dtype),
    )

    def task(images: slice, rows: slice) -> Array:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        v = windows(
            dz[images], (4,), (1,), (4*rows_start,), (4,), (rows_size,),
        ).transpose(3, 2, 0, 1, 4)
        v = along(outputs, v, 1, 2)
        flow = v
        v = windows(
            x[images], (6,), (1,), (-P_W + 4*rows_start,), (4,), (rows_size,),
        ).transpose(3, 2, 0, 1, 4)
        v = along(window, v, 1, 0)
        part = stacked(
            v.reshape(6*G, images_size*rows_size, C).transpose(0, 2, 1),
            flow.reshape(6*G, images_size*rows_size, M),
        )
        return part

    images_most = max(1, (tiles // (-((-O_W) // 4))))
    rows_most = min(tiles, (-((-O_W) // 4)))
    w = total(task, (N, images_most), ((-((-O_W) // 4)), rows_most))
    w = along(taps_at, w, 1, 0)
    w = w.reshape(3, G, C, M)
    dkernel = np.empty((K_W, C, G, M), dtype=np.promote_types(x.dtype, dz.dtype))
    dkernel[...] = w[:].transpose(0, 2, 1, 3)
    return dkernel


def gradient_kernel_winograd_4x5(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
    tiles: int,
) -> Array:
    """The kernel's gradient, all copies summed.

    Schedule winograd_4x5: F(4, 5) on each axis at 0, 1/2, -1/2, 1, -1, 7/4, -7/4 and infinity.
    """
    N, O_W, G, M = dz.shape
    _, _, _, C = x.shape
    P_W, = pad_lo
    K_W, = taps
    taps_at = constant(
        (
            (-95040, 68992, 68992, -23520, -23520, 2048, 2048, 0),
            (0, 34496, -34496, -23520, 23520, 3584, -3584, 0),
            (0, 17248, 17248, -23520, -23520, 6272, 6272, 0),
            (0, 8624, -8624, -23520, 23520, 10976, -10976, 0),
            (0, 4312, 4312, -23520, -23520, 19208, 19208, 72765),
        ),
        72765,
        np.promote_types(x.dtype, dz.dtype),
    )
    window = constant(
        (
            (-49, 0, 261, 0, -276, 0, 64, 0),
            (0, 98, 196, -130, -260, 32, 64, 0),
            (0, -98, 196, 130, -260, -32, 64, 0),
            (0, 49, 49, -212, -212, 64, 64, 0),
            (0, -49, 49, 212, -212, -64, 64, 0),
            (0, 28, 16, -140, -80, 112, 64, 0),
            (0, -28, 16, 140, -80, -112, 64, 0),
            (0, -49, 0, 261, 0, -276, 0, 64),
        ),
        64,
        np.promote_types(x.dtype, dz.dtype),
    )
    outputs = constant(
        (
            (64, 0, 0, 0),
            (64, 32, 16, 8),
            (64, -32, 16, -8),
            (64, 64, 64, 64),
            (64, -64, 64, -64),
            (64, 112, 196, 343),
            (64, -112, 196, -343),
            (0, 0, 0, 64),
        ),
        64,
        np.promote_types(x.dtype, dz.dtype),
    )

    def task(images: slice, rows: slice) -> Array:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        v = windows(
            dz[images], (4,), (1,), (4*rows_start,), (4,), (rows_size,),
        ).transpose(3, 2, 0, 1, 4)
        v = along(outputs, v, 1, 2)
        flow = v
        v = windows(
            x[images], (8,), (1,), (-P_W + 4*rows_start,), (4,), (rows_size,),
        ).transpose(3, 2, 0, 1, 4)
        v = along(window, v, 1, 0)
        part = stacked(
            v.reshape(8*G, images_size*rows_size, C).transpose(0, 2, 1),
            flow.reshape(8*G, images_size*rows_size, M),
        )
        return part

    images_most = max(1, (tiles // (-((-O_W) // 4))))
    rows_most = min(tiles, (-((-O_W) // 4)))
    w = total(task, (N, images_most), ((-((-O_W) // 4)), rows_most))
    w = along(taps_at, w, 1, 0)
    w = w.reshape(5, G, C, M)
    dkernel = np.empty((K_W, C, G, M), dtype=np.promote_types(x.dtype, dz.dtype))
    dkernel[...] = w[:].transpose(0, 2, 1, 3)
    return dkernel


def gradient_kernel_winograd_2x7(
    dz: Array,
    x: Array,
    stride: tuple[int, ...],
    dilation: tuple[int, ...],
    pad_lo: tuple[int, ...],
    taps: tuple[int, ...],
    tiles: int,
) -> Array:
    """The kernel's gradient, all copies summed.

    Schedule winograd_2x7: F(2, 7) on each axis at 0, 1/2, -1/2, 1, -1, 7/4, -7/4 and infinity.
    """
    N, O_W, G, M = dz.shape
    _, _, _, C = x.shape
    P_W, = pad_lo
    K_W, = taps
    taps_at = constant(
        (
            (-190080, 137984, 137984, -47040, -47040, 4096, 4096, 0),
            (0, 68992, -68992, -47040, 47040, 7168, -7168, 0),
            (0, 34496, 34496, -47040, -47040, 12544, 12544, 0),
            (0, 17248, -17248, -47040, 47040, 21952, -21952, 0),
            (0, 8624, 8624, -47040, -47040, 38416, 38416, 0),
            (0, 4312, -4312, -47040, 47040, 67228, -67228, 0),
            (0, 2156, 2156, -47040, -47040, 117649, 117649, 145530),
        ),
        145530,
        np.promote_types(x.dtype, dz.dtype),
    )
    window = constant(
        (
            (-49, 0, 261, 0, -276, 0, 64, 0),
            (0, 98, 196, -130, -260, 32, 64, 0),
            (0, -98, 196, 130, -260, -32, 64, 0),
            (0, 49, 49, -212, -212, 64, 64, 0),
            (0, -49, 49, 212, -212, -64, 64, 0),
            (0, 28, 16, -140, -80, 112, 64, 0),
            (0, -28, 16, 140, -80, -112, 64, 0),
            (0, -49, 0, 261, 0, -276, 0, 64),
        ),
        64,
        np.promote_types(x.dtype, dz.dtype),
    )
    outputs = constant(
        ((4, 0), (4, 2), (4, -2), (4, 4), (4, -4), (4, 7), (4, -7), (0, 4)),
        4,
        np.promote_types(x.dtype, dz.dtype),
    )

    def task(images: slice, rows: slice) -> Array:
        images_size = images.stop - images.start
        rows_start = rows.start
        rows_size = rows.stop - rows.start
        v = windows(
            dz[images], (2,), (1,), (2*rows_start,), (2,), (rows_size,),
        ).transpose(3, 2, 0, 1, 4)
        v = along(outputs, v, 1, 2)
        flow = v
        v = windows(
            x[images], (8,), (1,), (-P_W + 2*rows_start,), (2,), (rows_size,),
        ).transpose(3, 2, 0, 1, 4)
        v = along(window, v, 1, 0)
        part = stacked(
            v.reshape(8*G, images_size*rows_size, C).transpose(0, 2, 1),
            flow.reshape(8*G, images_size*rows_size, M),
        )
        return part

    images_most = max(1, (tiles // (-((-O_W) // 2))))
    rows_most = min(tiles, (-((-O_W) // 2)))
    w = total(task, (N, images_most), ((-((-O_W) // 2)), rows_most))
    w = along(taps_at, w, 1, 0)
    w = w.reshape(7, G, C, M)
    dkernel = np.empty((K_W, C, G, M), dtype=np.promote_types(x.dtype, dz.dtype))
    dkernel[...] = w[:].transpose(0, 2, 1, 3)
    return dkernel


def gradient_bias(dz: Array) -> Array:
    """The bias's gradient, summed over images and positions.

    Schedule columns: one array operation.
    """
    N, O_W, G, M = dz.shape
    dbias = columns(dz, N*O_W, G*M).reshape(G, M)
    return dbias


def add_bias(z: Array, bias: Array) -> Array:
    """One number per output channel added, in place; schedule columns: one array operation."""
    add_columns(z, bias)
    return z
