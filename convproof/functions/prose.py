"""The public functions' docstrings: one text an operation, filled in for each rank.

The examples run as doctests, under the name of every function they belong to.
"""

from __future__ import annotations

from convproof.functions.examples import ANSWERS, EXAMPLES
from convproof.functions.formulas import formulas

LAYOUTS = """\
    schedule: how it is computed: None for what is expected to be quickest; "exact" for sums in the
        definition's own terms only; or the name of a schedule, as `convproof.plan` shows them.
    layout: "channels_last", as in the chapter: x (N, {space}, C_in), kernel
        ({taps}, C_in/groups, C_out); "channels_first", as in PyTorch: x (N, C_in, {space}),
        kernel (C_out, C_in/groups, {taps}).  Without N the result has none either.  Plain x
        ({space}) with a plain kernel ({taps}) is (10.1)."""

CONV_KEYWORDS = """\
    stride, dilation: an int >= 1 or one per axis.
    padding: pixels beyond the border: an int, one per axis, (lo, hi) pairs, "valid" (none) or
        "same" (ceil(size / stride) outputs; the odd pixel goes at the end).
    groups: splits the channels into groups that do not see each other.
    padding_mode: what lies beyond the border: "zeros", "circular" (padding <= size), "reflect"
        (padding < size) or "replicate".
    activation: None, "relu", "sigmoid" or "tanh"."""

SIZES = """\
    On each axis size_out = (size + pad_lo + pad_hi - dilation*(taps - 1) - 1) // stride + 1, and
    ceil(size / stride) with "same"."""

DTYPES = """\
    float16, float32 and float64 keep their dtype (float16 is summed in float32 and rounded once),
    complex numbers work without activation, integers are exact."""

ERRORS = """\
Raises:
    SpecError: names the argument, its value and what is allowed (a TypeError too, where the type
        is wrong); integers whose result does not fit their dtype are refused, not wrapped."""

CONV = """\
{dimensions} convolution (cross-correlation); equation {source}.

{formula_conv}

All indices count from 1.  X' is x with its padding, S and D the stride and the dilation of the
axis; c runs over the inputs in the group of output m.  The result is sigma(Z), sigma the
activation.

Args:
    x: the images, (N, {space}, C_in); an array, never written.
    kernel: the weights, ({taps}, C_in/groups, C_out); never written.
    bias: None, or (C_out,).
{keywords}
{layouts}

Returns:
    The output, (N, {out}, C_out) in the layout asked for; C-contiguous, its
    own memory.
{sizes}
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

{formula_conv_backward}

Each sum takes the terms for which the last line holds: each copy of a shared weight passes its
gradient back, and a weight takes the sum over its copies.  All indices count from 1.  X' is x with
its padding, S and D the stride and the dilation of the axis; c and m are of one group.  dZ is dy
times the activation's slope at Z.  dX is dX' on x itself; pixels beyond the border pass theirs on
to the pixels that they stand for, if `padding_mode` is not "zeros".

Args:
    dy: the gradient for the output, after the activation: (N, {out}, C_out).
    x, kernel, bias: the arguments of the forward call, (N, {space}, C_in),
        ({taps}, C_in/groups, C_out) and None or (C_out,); never written.
{keywords}
{layouts}

Returns:
    Gradients(x, kernel, bias), each of the shape of its array.  The bias's, (C_out,), is there
    also when no bias was given (that of a bias of zeros).  The gradient of relu at 0 is 0.  For
    complex numbers they are the plain transposed maps, without conjugation.

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
        "channels_first", as in PyTorch: x (N, C_in, {space}), kernel
        (C_in, C_out/groups, {taps}).  Either is the kernel of the convolution it transposes.
        Without N the result has none.  Plain x ({space}) goes with a plain kernel ({taps})."""

TRANSPOSE = """\
{dimensions} transposed convolution: the input gradient of `conv{rank}d`, as a layer.

{formula_transposed}

The sum takes the terms for which the last line holds.  All indices count from 1.  S, D and P are
the stride, the dilation and the low padding of the axis; m runs over the inputs in the group of
output c.

Args:
    x: the images, (N, {space}, C_in), shaped as the output of the convolution it transposes;
        never written.
    kernel: the weights of that convolution, ({taps}, C_out/groups, C_in); never written.
    bias: None, or (C_out,).
{transpose_keywords}

Returns:
    The output, (N, {out}, C_out) in the layout asked for; C-contiguous, its
    own memory.
    On each axis size_out = (size - 1)*stride + dilation*(taps - 1) + 1 - pad_lo - pad_hi
    + output_padding, and size * stride with "same".
    float16, float32 and float64 keep their dtype (float16 is summed in float32 and rounded once),
    complex numbers work, integers are exact.

{errors}

>>> import numpy as np
>>> import convproof as cp
>>> x, kernel = np.arange({size}).reshape({shape}), np.ones({ones}, int)
>>> cp.conv_transpose{rank}d(x, kernel, stride=2).shape
{answer_transpose}
"""

TRANSPOSE_BACKWARD = """\
The gradients of `conv_transpose{rank}d` for its image, kernel and bias.

{formula_transposed_backward}

The gradient for the image is the convolution that it transposes; pixels that dy does not have count
as zeros.  All indices count from 1.  S, D and P are the stride, the dilation and the low padding of
the axis; c and m are of one group.

Args:
    dy: the gradient for the output, (N, {out}, C_out).
    x, kernel, bias: the arguments of the forward call, (N, {space}, C_in),
        ({taps}, C_out/groups, C_in) and None or (C_out,); never written.
{transpose_keywords}

Returns:
    Gradients(x, kernel, bias), each of the shape of its array; the bias's, (C_out,), also without
    a bias.  For complex numbers they are the plain transposed maps, without conjugation.

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
    schedule: how it is computed: None for what is expected to be quickest, or a schedule's name.
    layout: "channels_last": x (N, {space}, C), as in the chapter; "channels_first":
        (N, C, {space}).  N may be absent, and N and C."""

POOL_SIZES = """\
    On each axis size_out = (size + pad_lo + pad_hi - extent) // stride + 1, where a window spans
    extent = {extent} pixels; one more with `ceil_mode`, if a window is left over;
    ceil(size / stride) with "same"."""

MAX = """\
{dimensions} max-pooling; equation (10.9).

{formula_max}

All indices count from 1.  X' is x with its padding, S and D the stride and the dilation of the
axis.  Padding never wins; a NaN is a maximum.  A window that dilation carries over the whole image
gives -inf, and is refused for integers.

Args:
    x: the images, (N, {space}, C); an array, never written.
{pool_keywords}
    dilation: an int >= 1 or one per axis.
    return_indices: whether to give the number of each window's first maximum as well.
{pool_layout}

Returns:
    The maxima, (N, {out}, C) in the layout asked for, of x's dtype; C-contiguous, its
    own memory.  With `return_indices` a pair: beside them, in the same shape, the number of each
    first maximum in its window, row by row from 0 (-1 in a window without a pixel), for
    `max_pool{rank}d_backward`.
{max_sizes}

{errors}

>>> import numpy as np
>>> import convproof as cp
>>> cp.max_pool{rank}d(np.arange({size}).reshape({shape}), 2, stride=1).ravel().tolist()
{answer_max}
"""

MAX_BACKWARD = """\
The gradient of `max_pool{rank}d`: the first maximum of each window, in row-major order, takes it.

{formula_max_backward}

The sum takes the terms for which the last line holds.  A_{{n,{index_tap},c}} is 1 where {tap} is
the first maximum of the window, in row-major order, and 0 elsewhere; the first NaN of a window is
its maximum.  All indices count from 1.  X' is x with its padding, S and D the stride and the
dilation of the axis; dZ is dy, and dX is dX' on x itself.

Args:
    dy: the gradient for the output, (N, {out}, C).
    x: the images of the forward call, (N, {space}, C); never written.
    indices: what the forward returned for this x with `return_indices`: then no pixels are
        compared again.
{pool_keywords}
    dilation: an int >= 1 or one per axis.
{pool_layout}

Returns:
    The gradient for x, of x's shape and dy's dtype: C-contiguous, its own memory.

{errors}

>>> import numpy as np
>>> import convproof as cp
>>> x = np.arange({size}).reshape({shape})
>>> cp.max_pool{rank}d_backward(cp.max_pool{rank}d(x, 2, stride=1), x, 2, stride=1).ravel().tolist()
{answer_max_x}
"""

AVG = """\
{dimensions} average-pooling: the mean of each window; chapter 10.1.4.

{formula_avg}

All indices count from 1.  X' is x with zeros for its padding, S the stride of the axis.
T_{{{index}}} is the number of the window's pixels on the image, and on its padding with
`count_include_pad`.

Args:
    x: the images, (N, {space}, C); an array, never written.
{pool_keywords}
    count_include_pad: whether padding counts in the divisor; an overhang (`ceil_mode`) never does.
{pool_layout}

Returns:
    The means, (N, {out}, C) in the layout asked for, of x's dtype, or of float64
    for integers; C-contiguous, its own memory.
{avg_sizes}

{errors}

>>> import numpy as np
>>> import convproof as cp
>>> cp.avg_pool{rank}d(np.arange({size}).reshape({shape}), 2, stride=1).ravel().tolist()
{answer_avg}
"""

AVG_BACKWARD = """\
The gradient of `avg_pool{rank}d`: each output's, in equal parts, to the pixels of its window.

{formula_avg_backward}

The sum takes the terms for which the last line holds.  T_{{{index}}} is the number of the window's
pixels on the image, and on its padding with `count_include_pad`.  All indices count from 1.  X' is
x with its padding, S the stride of the axis; dZ is dy, and dX is dX' on x itself.

Args:
    dy: the gradient for the output, (N, {out}, C).
    x: the images of the forward call, (N, {space}, C); only their shape matters; never written.
{pool_keywords}
    count_include_pad: whether padding counts in the divisor; an overhang (`ceil_mode`) never does.
{pool_layout}

Returns:
    The gradient for x, of x's shape and dy's dtype, float64 for integers: C-contiguous, its own
    memory.

{errors}

>>> import numpy as np
>>> import convproof as cp
>>> x = np.arange({size}).reshape({shape})
>>> cp.avg_pool{rank}d_backward(cp.avg_pool{rank}d(x, 2, stride=1), x, 2, stride=1).ravel().tolist()
{answer_avg_x}
"""


def fill(template: str, rank: int) -> str:
    """`template` with the words, the equations and the worked answers of one rank."""
    words = {"rank": rank, **EXAMPLES[rank - 1], **ANSWERS[rank - 1]}
    parts = {
        "keywords": CONV_KEYWORDS,
        "layouts": LAYOUTS,
        "sizes": SIZES,
        "dtypes": DTYPES,
        "errors": ERRORS,
        "transpose_keywords": TRANSPOSE_KEYWORDS,
        "pool_keywords": POOL_KEYWORDS,
        "pool_layout": POOL_LAYOUT,
    }
    filled = {name: part.format_map(words) for name, part in parts.items()}
    extents = {"max_sizes": "dilation*(window - 1) + 1", "avg_sizes": "window"}
    sizes = {name: POOL_SIZES.format(extent=extent) for name, extent in extents.items()}
    return template.format_map({**words, **filled, **sizes, **formulas(rank)})
