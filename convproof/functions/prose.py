"""The public functions' docstrings: one text an operation, filled in for each rank.

The examples run as doctests, under the name of every function they belong to.
"""

from __future__ import annotations

LAYOUTS = """\
    layout: "channels_last": x (N, {space}, C_in), kernel ({taps}, C_in/groups, C_out), as in the
        chapter; "channels_first": x (N, C_in, {space}), kernel (C_out, C_in/groups, {taps}), as
        in PyTorch.  Without N the result has none either.  Plain x ({space}) with a plain kernel
        ({taps}) is (10.1)."""

CONV_KEYWORDS = """\
    stride, dilation: an int >= 1 or one per axis.
    padding: pixels beyond the border: an int, one per axis, (lo, hi) pairs, "valid" (none) or
        "same" (ceil(size / stride) outputs; the odd pixel goes at the end).
    groups: splits the channels into groups that do not see each other.
    padding_mode: what lies beyond the border: "zeros", "circular" (padding <= size), "reflect"
        (padding < size) or "replicate".
    activation: None, "relu", "sigmoid" or "tanh"."""

DTYPES = """\
    float16, float32 and float64 keep their dtype (float16 is summed in float32 and rounded once),
    complex numbers work without activation, integers are exact."""

ERRORS = """\
Raises:
    SpecError: names the argument, its value and what is allowed (a TypeError too, where the type
        is wrong); integers whose result does not fit their dtype are refused, not wrapped."""

CONV = """\
{dimensions} convolution (cross-correlation) of a batch of images; {source}.

    Z[n, o, m] = b[m] + sum over c, k of X'[n, stride*o + dilation*k - pad_lo, c] * K[k, c, m]

Args:
    x: the images; an array, never written.
    kernel: the weights, one for each tap, input channel of a group, and output channel.
    bias: None, or (C_out,).
{keywords}
{layouts}

Returns:
    The output, (N, {out}, C_out) in the layout asked for: C-contiguous, its own memory.
{dtypes}

{errors}

>>> import numpy as np
>>> import convproof as cp
>>> x, kernel = np.arange({size}).reshape({shape}), np.ones({ones}, int)
>>> cp.conv{rank}d(x, kernel).ravel().tolist()
{answer}
"""

CONV_BACKWARD = """\
The gradients of `conv{rank}d` for its image, kernel and bias; chapter 10.1.5.

Each copy of a shared weight passes its gradient back, and a weight takes the sum over its copies.

Args:
    dy: the gradient for the output (after the activation), of the output's shape.
    x, kernel, bias: the arguments of the forward call; never written.
{keywords}
{layouts}

Returns:
    Gradients(x, kernel, bias), each of the shape of its array.  The bias's is there also when no
    bias was given (that of a bias of zeros).  The gradient of relu at 0 is 0.  For complex numbers
    they are the plain transposed maps, without conjugation.

{errors}

>>> import numpy as np
>>> import convproof as cp
>>> x, kernel = np.arange({size}).reshape({shape}), np.ones({ones}, int)
>>> g = cp.conv{rank}d_backward(np.ones_like(cp.conv{rank}d(x, kernel)), x, kernel)
>>> g.x.ravel().tolist(), g.kernel.ravel().tolist(), g.bias.tolist()
({answer_x}, {answer_kernel}, {answer_bias})
"""

TRANSPOSE_KEYWORDS = """\
    stride, dilation: an int >= 1 or one per axis, those of the convolution it transposes.
    padding: as in `conv{rank}d`; it takes pixels away here.  "same" gives size * stride pixels.
    output_padding: pixels added at the end, less than the stride or the dilation.
    groups: as in `conv{rank}d`.
    layout: "channels_last": x (N, {space}, C_in), kernel ({taps}, C_out/groups, C_in);
        "channels_first": x (N, C_in, {space}), kernel (C_in, C_out/groups, {taps}), as in PyTorch.
        Either is the kernel of the convolution it transposes.  Without N the result has none."""

TRANSPOSE = """\
{dimensions} transposed convolution: the input gradient of `conv{rank}d`, as a layer.

Its size is (size - 1)*stride + dilation*(taps - 1) + 1 - pad_lo - pad_hi + output_padding.

Args:
    x: the images, shaped as the output of the convolution it transposes; never written.
    kernel: the weights of that convolution.
    bias: None, or (C_out,).
{transpose_keywords}

Returns:
    The output, in the layout asked for: C-contiguous, its own memory.
{dtypes}

{errors}

>>> import numpy as np
>>> import convproof as cp
>>> x, kernel = np.arange({size}).reshape({shape}), np.ones({ones}, int)
>>> cp.conv_transpose{rank}d(x, kernel, stride=2).shape
{answer_transpose}
"""

TRANSPOSE_BACKWARD = """\
The gradients of `conv_transpose{rank}d` for its image, kernel and bias.

The gradient for the image is the convolution that it transposes.

Args:
    dy: the gradient for the output, of the output's shape.
    x, kernel, bias: the arguments of the forward call; never written.
{transpose_keywords}

Returns:
    Gradients(x, kernel, bias), each of the shape of its array; the bias's also without a bias.

{errors}

>>> import numpy as np
>>> import convproof as cp
>>> x, kernel = np.arange({size}).reshape({shape}), np.ones({ones}, int)
>>> dy = np.ones_like(cp.conv_transpose{rank}d(x, kernel))
>>> cp.conv_transpose{rank}d_backward(dy, x, kernel).x.ravel().tolist()
{answer_transpose_x}
"""

POOL_KEYWORDS = """\
    window: pixels of the window, an int or one per axis.
    stride: as in `conv{rank}d`; None is the window itself.
    padding: as in `conv{rank}d`, less than the window's extent."""

POOL_LAYOUT = """\
    ceil_mode: keep a last window that overhangs the end, if it starts before the high padding.
    layout: "channels_last": x (N, {space}, C), as in the chapter; "channels_first":
        (N, C, {space}).  N may be absent, and N and C."""

MAX = """\
{dimensions} max-pooling; equation (10.9).

Padding never wins; a NaN is a maximum.  A window that dilation carries over the whole image gives
-inf, and is refused for integers.

Args:
    x: the images; an array, never written.
{pool_keywords}
    dilation: an int >= 1 or one per axis.
{pool_layout}

Returns:
    The maxima, of x's dtype: C-contiguous, its own memory.

{errors}

>>> import numpy as np
>>> import convproof as cp
>>> cp.max_pool{rank}d(np.arange({size}).reshape({shape}), 2, stride=1).ravel().tolist()
{answer_max}
"""

MAX_BACKWARD = """\
The gradient of `max_pool{rank}d`: the first maximum of each window, in row-major order, takes it.

Windows that overlap add up.  The first NaN of a window is its maximum.

Args:
    dy: the gradient for the output, of the output's shape.
    x: the images of the forward call; never written.
{pool_keywords}
    dilation: an int >= 1 or one per axis.
{pool_layout}

Returns:
    The gradient for x, of dy's dtype: C-contiguous, its own memory.

{errors}

>>> import numpy as np
>>> import convproof as cp
>>> x = np.arange({size}).reshape({shape})
>>> cp.max_pool{rank}d_backward(cp.max_pool{rank}d(x, 2, stride=1), x, 2, stride=1).ravel().tolist()
{answer_max_x}
"""

AVG = """\
{dimensions} average-pooling: the mean of each window; chapter 10.1.4.

Args:
    x: the images; an array, never written.
{pool_keywords}
    count_include_pad: whether padding counts in the divisor; an overhang (`ceil_mode`) never does.
{pool_layout}

Returns:
    The means, of x's dtype, float64 for integers: C-contiguous, its own memory.

{errors}

>>> import numpy as np
>>> import convproof as cp
>>> cp.avg_pool{rank}d(np.arange({size}).reshape({shape}), 2, stride=1).ravel().tolist()
{answer_avg}
"""

AVG_BACKWARD = """\
The gradient of `avg_pool{rank}d`: each output's, in equal parts, to the pixels of its window.

Args:
    dy: the gradient for the output, of the output's shape.
    x: the images of the forward call (only their shape matters); never written.
{pool_keywords}
    count_include_pad: whether padding counts in the divisor; an overhang (`ceil_mode`) never does.
{pool_layout}

Returns:
    The gradient for x, of dy's dtype, float64 for integers: C-contiguous, its own memory.

{errors}

>>> import numpy as np
>>> import convproof as cp
>>> x = np.arange({size}).reshape({shape})
>>> cp.avg_pool{rank}d_backward(cp.avg_pool{rank}d(x, 2, stride=1), x, 2, stride=1).ravel().tolist()
{answer_avg_x}
"""

EXAMPLES: tuple[dict[str, object], ...] = (
    {
        "dimensions": "One-dimensional",
        "source": "equation (10.8) on one axis",
        "space": "W",
        "taps": "K_W",
        "out": "W_out",
        "size": 4,
        "shape": 4,
        "ones": 2,
    },
    {
        "dimensions": "Two-dimensional",
        "source": "equation (10.8), with the bias and activation of (10.6)",
        "space": "H, W",
        "taps": "K_H, K_W",
        "out": "H_out, W_out",
        "size": 6,
        "shape": (2, 3),
        "ones": (2, 2),
    },
    {
        "dimensions": "Three-dimensional",
        "source": "equation (10.8) on three axes",
        "space": "D, H, W",
        "taps": "K_D, K_H, K_W",
        "out": "D_out, H_out, W_out",
        "size": 8,
        "shape": (2, 2, 2),
        "ones": (2, 2, 2),
    },
)

ANSWERS: tuple[dict[str, object], ...] = (
    {
        "answer": [1, 3, 5],
        "answer_x": [1, 2, 2, 1],
        "answer_kernel": [3, 6],
        "answer_bias": 3,
        "answer_transpose": (8,),
        "answer_transpose_x": [2] * 4,
        "answer_max": [1, 2, 3],
        "answer_max_x": [0, 1, 2, 3],
        "answer_avg": [0.5, 1.5, 2.5],
        "answer_avg_x": [0.25, 1.0, 2.0, 1.25],
    },
    {
        "answer": [8, 12],
        "answer_x": [1, 2, 1, 1, 2, 1],
        "answer_kernel": [1, 3, 7, 9],
        "answer_bias": 2,
        "answer_transpose": (4, 6),
        "answer_transpose_x": [4] * 6,
        "answer_max": [4, 5],
        "answer_max_x": [0, 0, 0, 0, 4, 5],
        "answer_avg": [2.0, 3.0],
        "answer_avg_x": [0.5, 1.25, 0.75] * 2,
    },
    {
        "answer": [28],
        "answer_x": [1] * 8,
        "answer_kernel": [0, 1, 2, 3, 4, 5, 6, 7],
        "answer_bias": 1,
        "answer_transpose": (4, 4, 4),
        "answer_transpose_x": [8] * 8,
        "answer_max": [7],
        "answer_max_x": [0] * 7 + [7],
        "answer_avg": [3.5],
        "answer_avg_x": [0.4375] * 8,
    },
)


def fill(template: str, rank: int) -> str:
    """`template` with the words, and the worked answers, of one rank."""
    words = {"rank": rank, **EXAMPLES[rank - 1], **ANSWERS[rank - 1]}
    parts = {
        "keywords": CONV_KEYWORDS,
        "layouts": LAYOUTS,
        "dtypes": DTYPES,
        "errors": ERRORS,
        "transpose_keywords": TRANSPOSE_KEYWORDS,
        "pool_keywords": POOL_KEYWORDS,
        "pool_layout": POOL_LAYOUT,
    }
    filled = {name: part.format_map(words) for name, part in parts.items()}
    return template.format_map({**words, **filled})
