"""OpenCV's filters of planes: filter2D for convolutions, dilate for maxima, boxFilter for means.

They have no strides, groups or batches: a stride is a subsampling of the dense result, a dilated
kernel is one with zeros between its taps, and the rest is a loop; forward only.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.target import Target

NEEDS = {"cv2": "opencv-python-headless"}
EXTRA = "opencv"

Array = np.ndarray[Any, Any]


def _pair(value: Any) -> tuple[Any, ...]:
    return (value, value) if isinstance(value, int) else tuple(value)


def _windows(x: Array, taps: Any, stride: Any, padding: Any, value: float) -> tuple[Array, Any]:
    """The planes with a border of `value`, and which places of a dense result are asked for."""
    pairs = [(p, p) if isinstance(p, int) else tuple(p) for p in _pair(padding)]
    x = np.pad(x, [(0, 0), (0, 0), *pairs], constant_values=value)
    if any(n < t for n, t in zip(x.shape[2:], taps, strict=True)):
        raise ValueError("the window is larger than the padded input")
    sizes = zip(x.shape[2:], taps, _pair(stride), strict=True)
    return x, tuple(slice(0, n - t + 1, s) for n, t, s in sizes)


def _conv(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Array:
    import cv2

    if w.dtype.kind == "f" and x.dtype.kind != "f":
        x = x.astype(w.dtype)  # a filter's result has the depth of its image
    if x.shape[1] != w.shape[1] * groups or len(w) % groups:
        raise ValueError("the channels do not suit the kernel and the groups")
    (dh, dw), taps = _pair(dilation), w.shape[2:]
    wide = np.zeros((*w.shape[:2], dh * (taps[0] - 1) + 1, dw * (taps[1] - 1) + 1), w.dtype)
    wide[:, :, ::dh, ::dw] = w
    x, places = _windows(x, wide.shape[2:], stride, padding, 0)
    planes = []
    for image in x:
        for m, kernels in enumerate(wide):
            first = m // (len(w) // groups) * w.shape[1]
            part = np.zeros(x.shape[2:], x.dtype)
            for plane, kernel in zip(image[first:], kernels, strict=False):
                # from the window's first tap on: what lies beyond the plane is cut off
                part += cv2.filter2D(np.ascontiguousarray(plane), -1, kernel, anchor=(0, 0))
            planes.append(part[places])
    y = np.array(planes, x.dtype).reshape(len(x), len(w), *_room(x, places))
    return y if b is None else y + b.reshape(-1, 1, 1)


def _room(x: Array, places: Any) -> list[int]:
    """The size of a plane of results, of which there may be none."""
    sizes = zip(places, x.shape[2:], strict=True)
    return [len(range(*place.indices(n))) for place, n in sizes]


def _each_plane(x: Array, filtered: Any, places: Any) -> Array:
    planes = [filtered(np.ascontiguousarray(plane))[places] for image in x for plane in image]
    return np.array(planes, x.dtype).reshape(*x.shape[:2], *_room(x, places))


def _max_pool(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
    import cv2

    window = _pair(kernel)
    x, places = _windows(x, window, kernel if stride is None else stride, padding, -np.inf)
    element = np.ones(window, np.uint8)
    return _each_plane(x, lambda plane: cv2.dilate(plane, element, anchor=(0, 0)), places)


def _avg_pool(x: Array, kernel: Any, stride: Any = None, padding: Any = 0) -> Array:
    import cv2

    window = _pair(kernel)
    x, places = _windows(x, window, kernel if stride is None else stride, padding, 0)
    size = window[::-1]
    return _each_plane(x, lambda plane: cv2.boxFilter(plane, -1, size, anchor=(0, 0)), places)


def target() -> Target:
    """OpenCV's filters as a target."""
    ops: dict[str, Any] = {"conv2d": _conv, "max_pool2d": _max_pool, "avg_pool2d": _avg_pool}
    return Target(
        "opencv_filters",
        spec="opencv_filters",
        own_errors=True,
        conventions={"count_include_pad": True, "nan": "unspecified"},
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        **lines_of(ops),
    )
