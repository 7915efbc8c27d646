"""A right implementation to plant mistakes in: patches by strided slices, channels first."""

import functools

import numpy as np


def wide_sums(function):
    """Sums of halves are kept in single precision."""

    @functools.wraps(function)
    def summed(*arrays, **keywords):
        if arrays[0].dtype != np.float16:
            return function(*arrays, **keywords)
        single = [a.astype(np.float32) if hasattr(a, "astype") else a for a in arrays]
        found = function(*single, **keywords)
        if isinstance(found, tuple):
            return tuple(a if a is None else a.astype(np.float16) for a in found)
        return found.astype(np.float16)

    return summed


def patches(x, taps, stride, padding, dilation, fill=0.0):
    """(taps..., N, C, OH, OW)."""
    (ph, pw), (sh, sw), (dh, dw) = padding, stride, dilation
    n, c, h, w = x.shape
    image = np.full((n, c, h + 2 * ph, w + 2 * pw), fill, x.dtype)
    image[:, :, ph : ph + h, pw : pw + w] = x
    oh = (h + 2 * ph - dh * (taps[0] - 1) - 1) // sh + 1
    ow = (w + 2 * pw - dw * (taps[1] - 1) - 1) // sw + 1
    if oh < 1 or ow < 1:
        raise ValueError("the kernel is larger than the padded image")
    return image, [
        (
            k,
            j,
            np.s_[
                :,
                :,
                k * dh : k * dh + sh * (oh - 1) + 1 : sh,
                j * dw : j * dw + sw * (ow - 1) + 1 : sw,
            ],
        )
        for k in range(taps[0])
        for j in range(taps[1])
    ]


@wide_sums
def conv2d(x, w, b=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Shift and add."""
    if x.shape[1] != w.shape[1] * groups:
        raise ValueError("channels do not match")
    image, taps = patches(x, w.shape[2:], stride, padding, dilation)
    n, y = len(x), None
    by_group = w.reshape(groups, len(w) // groups, *w.shape[1:])
    for k, j, where in taps:
        seen = image[where]
        seen = seen.reshape(n, groups, w.shape[1], *seen.shape[2:])
        part = np.einsum("ngchw,gmc->ngmhw", seen, by_group[..., k, j])
        y = part if y is None else y + part
    y = y.reshape(n, len(w), *y.shape[3:])
    return y if b is None else y + b[None, :, None, None]


@wide_sums
def conv2d_backward(x, w, b, grad_y, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """The same loop, transposed."""
    image, taps = patches(x, w.shape[2:], stride, padding, dilation)
    dimage, dw = np.zeros(image.shape, x.dtype), np.zeros(w.shape, x.dtype)
    by_group = w.reshape(groups, len(w) // groups, *w.shape[1:])
    parts = grad_y.reshape(len(x), groups, len(w) // groups, *grad_y.shape[2:])
    for k, j, where in taps:
        seen = image[where]
        dimage[where] += np.einsum("ngmhw,gmc->ngchw", parts, by_group[..., k, j]).reshape(
            seen.shape
        )
        seen = seen.reshape(len(x), groups, w.shape[1], *seen.shape[2:])
        dw[:, :, k, j] = np.einsum("ngmhw,ngchw->gmc", parts, seen).reshape(dw.shape[:2])
    (ph, pw), (h, wide) = padding, x.shape[2:]
    dx = dimage[:, :, ph : ph + h, pw : pw + wide].copy()
    return dx, dw, grad_y.sum(axis=(0, 2, 3))


@wide_sums
def conv_transpose2d(
    x, w, b=None, stride=(1, 1), padding=(0, 0), output_padding=(0, 0), dilation=(1, 1), groups=1
):
    """The gradient of the image in the convolution that it transposes."""
    size = [
        s * (n - 1) + d * (k - 1) + 1 - 2 * p + more
        for n, k, s, p, more, d in zip(
            x.shape[2:], w.shape[2:], stride, padding, output_padding, dilation, strict=True
        )
    ]
    image = np.zeros((len(x), w.shape[1] * groups, *size), x.dtype)
    y = conv2d_backward(image, w, None, x, stride, padding, dilation, groups)[0]
    return y if b is None else y + b[None, :, None, None]


@wide_sums
def conv_transpose2d_backward(
    x, w, b, grad_y, stride=(1, 1), padding=(0, 0), output_padding=(0, 0), dilation=(1, 1), groups=1
):
    """The convolution of the gradient, and the convolution's own gradient of the kernel."""
    dx = conv2d(grad_y, w, None, stride, padding, dilation, groups)
    dw = conv2d_backward(grad_y, w, None, x, stride, padding, dilation, groups)[1]
    return dx, dw, grad_y.sum(axis=(0, 2, 3))


def _windows(x, kernel, stride, padding, fill):
    image, taps = patches(x, kernel, stride or kernel, padding, (1, 1), fill)
    return image, taps, np.stack([image[where] for *_, where in taps])


def max_pool2d(x, kernel, stride=None, padding=(0, 0)):
    """The maximum over the stacked taps."""
    return _windows(x, kernel, stride, padding, -np.inf)[2].max(axis=0)


def avg_pool2d(x, kernel, stride=None, padding=(0, 0)):
    """The mean over the stacked taps, padding counted."""
    return _windows(x, kernel, stride, padding, 0)[2].mean(axis=0)


def _spread(x, kernel, stride, padding, weights, grad_y):
    image, taps, _ = _windows(x, kernel, stride, padding, 0)
    dimage = np.zeros(image.shape, grad_y.dtype)
    for weight, (*_, where) in zip(weights, taps, strict=True):
        dimage[where] += grad_y * weight
    (ph, pw), (h, w) = padding, x.shape[2:]
    return dimage[:, :, ph : ph + h, pw : pw + w].copy()


def max_pool2d_backward(x, grad_y, kernel, stride=None, padding=(0, 0)):
    """To the first maximum."""
    values = _windows(x, kernel, stride, padding, -np.inf)[2]
    places = np.arange(len(values)).reshape(-1, 1, 1, 1, 1)
    return _spread(x, kernel, stride, padding, places == values.argmax(axis=0), grad_y)


def avg_pool2d_backward(x, grad_y, kernel, stride=None, padding=(0, 0)):
    """Equal parts."""
    size = kernel[0] * kernel[1]
    return _spread(x, kernel, stride, padding, [1 / size] * size, grad_y)


OPS = {
    f.__name__: f
    for f in (
        conv2d,
        conv2d_backward,
        conv_transpose2d,
        conv_transpose2d_backward,
        max_pool2d,
        max_pool2d_backward,
        avg_pool2d,
        avg_pool2d_backward,
    )
}
